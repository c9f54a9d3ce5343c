// The words of machines that answer for people: data only. A language that isn't recognised is one more row.

/** What programs of many languages call an automatic answer. Nobody begins a subject so to ask about one. */
const reply = [
  String.raw`auto(?:matic|mated)?[- ]?(?:reply|responder|response|replied)|autoresponse|vacation (?:reply|message|response)`,
  String.raw`automatische antwort|auto-?antwort|abwesenheits(?:notiz|assistent|nachricht)`,
  String.raw`automatisch(?:es)? antwoord|afwezigheids(?:bericht|assistent)`,
  String.raw`(?:automatisk|auto)[- ]?svar|fraværs(?:melding|besked|assistent)|frånvaro(?:meddelande|assistent)`,
  String.raw`automaattinen (?:vastaus|poissaoloviesti)|poissaoloilmoitus|automaatvastus`,
  String.raw`réponse automatique(?: d['’]absence)?|message d['’]absence|respuesta automática|resposta automática|risposta automatica|răspuns automat|resposta automàtica`,
  String.raw`odpowiedź automatyczna|automatyczna odpowiedź|autoodpowiedź|automatická odpov[eě]ď|automatikus válasz`,
  String.raw`automatski odgovor|samodejni odgovor|automatinis atsakymas|autom[aā]tisk[aā] atbilde`,
  String.raw`автоматический ответ|автоответ(?:чик)?|автоматична відповідь|автоматичен отговор|αυτόματη απάντηση`,
  String.raw`otomatik (?:yanıt|cevap)|trả lời tự động|balasan otomatis|jawapan automatik|ตอบกลับอัตโนมัติ|תגובה אוטומטית|מענה אוטומטי|رد تلقائي|الرد التلقائي`,
  String.raw`自[动動](?:回[复覆復]|答[复覆])|自動(?:返信|応答)|不在通知|자동 ?(?:회신|응답|답장)|부재중`,
].join("|");

/** Subjects of automatic answers: in front of the subject that they answer, in brackets, or behind it in brackets. */
export const autoSubjects: readonly RegExp[] = [
  new RegExp(String.raw`^\s*(?:${reply})\s*(?:[:：]|-?\s*(?=re:))`, "iu"),
  new RegExp(String.raw`^\s*[[【［(](?:${reply})[\]】］)]`, "iu"),
  new RegExp(String.raw`[[(](?:${reply})[\])]\s*$`, "iu"),
  /^AUTO: .{1,80} is out of (?:the )?office/i,
];

/** Subjects that speak of absence: people write such things too, so they count only beside a machine's header or words. */
export const awaySubjects =
  /\b(?:out of (?:the )?office|ooo|away|on (?:vacation|holiday|leave)|vacation|holiday|abwesen(?:d|heit)|urlaub|absen(?:t|ce)|vacaciones|vacances|congés|ferie|fuera de (?:la )?oficina|fuori (?:sede|ufficio)|assente|fora do escritório|ausência|ausencia|afwezig(?:heid)?|fravær\w*|frånvaro\w*|ikke til stede|poza biurem|nieobecn\w*|mimo kancelář|atvaļinājum\w*|atvalinājum\w*)(?!\p{L})|autoreply|auto-?response|automatic|automatisch|automatique|нет на месте|отпуск|отсутств|不在|休假|自[动動]|부재|자동/iu;

/** In front of the subject that is answered, "Out of office: Parcel": counts beside words of absence alone. */
export const awayFront =
  /^\s*(?:out of (?:the )?office|ooo|abwesend|absence(?: du bureau)?|fuera de (?:la )?oficina|fuori (?:sede|ufficio)|assente|fora do escritório|ausência(?: temporária)?|afwezig|fravær|frånvaro|ikke til stede|poza biurem|nieobecność|mimo kancelář|нет на месте|不在|부재)[^:：]{0,40}[:：]/iu;

/** How an absent person's machine speaks of them. */
export const awaySentences =
  /\b(?:I(?: am|['’]m| will be)(?: currently)? (?:away|out of|on (?:vacation|holiday|leave|annual|maternity|parental)|not in the office|travell?ing)|(?:currently )?out of (?:the )?office (?:until|from|and|with)|automat(?:ic|ed) (?:reply|response))|\b(?:ich bin|bin ich) .{0,60}(?:nicht (?:im (?:büro|haus)|da|erreichbar)|im urlaub|abwesend|außer haus|wieder)|je suis .{0,30}(?:absente?|en congés?|en vacances|de retour)|(?:estoy|estaré) .{0,30}(?:fuera|ausente|de vacaciones)|(?:estou|estarei) .{0,30}(?:fora|ausente|de férias)|sono .{0,30}(?:fuori|assente|in ferie)|ik ben .{0,30}(?:afwezig|niet (?:aanwezig|op kantoor)|met vakantie|op vakantie)|jeg er .{0,40}(?:på ferie|ikke på kontoret|fraværende|bortreist|tilbage|tilbake)|jag är .{0,40}(?:på semester|inte på kontoret|frånvarande|ledig|tillbaka)|olen .{0,30}(?:lomalla|poissa)|jestem .{0,30}(?:poza biurem|na urlopie|nieobecn)|(?:jsem|budu) .{0,30}(?:mimo kancelář|na dovolené)|(?:в отпуске|отсутствую|буду отсутствовать)|(?:ofis dışında|izinde)yim|(?:不在|休暇|休假|外出|出差)|(?:부재|휴가) ?중/iu;
