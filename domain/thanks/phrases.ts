// The phrases of which thanks are made, by language, in small letters. A phrase is here only if it asks for nothing, in whatever
// order it stands: "thanks in advance" asks, and so it is not.

/** Every way of going on from every beginning. */
function each(...parts: readonly (readonly string[])[]): readonly string[] {
  return parts.reduce((all, next) => all.flatMap((begin) => next.map((end) => `${begin}${end}`)), [""]);
}

const english = {
  thanks: [
    ...each(
      ["thanks", "thank you", "many thanks", "thank u", "thx", "ty", "cheers", "much appreciated", "big thanks"],
      ["", " so much", " very much", " a lot", " a million", " a bunch", " again", " so very much", " very much indeed", " all", " everyone", " guys", " both"],
      ["", " for everything", " for that", " for this", " for sorting it", " for sorting it out", " for sorting this out", " for fixing it", " for fixing this", " for helping", " for helping me", " for helping out", " for getting back to me", " for letting me know"],
    ),
    ...each(
      ["thanks", "thank you", "thanks a lot", "thanks so much", "thank you so much", "thank you very much", "many thanks", "thanks again", "thank you again"],
      [" for your", " for the", " for all your", " for all the"],
      [" ", " quick ", " fast ", " great ", " kind ", " prompt ", " good ", " speedy ", " excellent ", " friendly ", " very quick ", " amazing ", " super quick ", " swift "],
      ["help", "reply", "response", "support", "answer", "assistance", "time", "effort", "efforts", "explanation", "service", "solution", "clarification", "work", "update"],
    ),
    ...each(["i", "we", "i really", "we really", "really", "i do"], [" appreciate it", " appreciate your help", " appreciate the help", " appreciate that"]),
    ...each(["i am", "i'm", "we are"], [" very grateful", " so grateful", " grateful"]),
    "i appreciate your time", "appreciated", "appreciate it", "appreciate the help", "a big thank you", "i just wanted to say thank you", "just wanted to say thanks", "i want to thank you", "thanks and goodbye",
  ],
  greetings: each(["hi", "hello", "hey", "dear", "good morning", "good afternoon", "good evening"], ["", " there", " team", " all", " support", " support team", " everyone", " again"]),
  closings: [
    ...each(["best", "kind", "warm", "warmest", "with best", "with kind"], [" regards", " wishes"]),
    "best", "regards", "sincerely", "yours sincerely", "bye", "goodbye", "take care", "yours", "all the best", "love", "have a great day", "have a nice day", "have a good day", "have a great weekend", "have a nice weekend", "have a good one", "have a lovely day", "sent from my iphone", "sent from my ipad", "sent from my phone", "sent from my android device",
  ],
  benign: [
    ...each(["it", "that", "this", "everything", "it all", "all"], [" works", " works now", " worked", " is working now", " is working", " is fine now", " is perfect", " helped", " did the trick", " solved it", " helps a lot", " helped a lot", " works perfectly", " works great", " worked perfectly", " worked like a charm", " is working fine now", " is fixed now", " is solved now", " is great", " is good now"]),
    ...each(["you", "you guys", "you all"], [" are the best", " are great", " are awesome", " rock", " have been very helpful", " have been great", " were very helpful", " saved my day", " made my day"]),
    ...each(["that's", "that is", "it's", "it is"], [" great", " perfect", " wonderful", " very kind", " very kind of you", " very helpful", " exactly what i needed", " all sorted", " all good", " working now", " working"]),
    "ok", "okay", "great", "perfect", "awesome", "wonderful", "excellent", "brilliant", "super", "fantastic", "lovely", "amazing", "cool", "nice", "very helpful", "very kind", "so helpful", "so kind of you", "very kind of you", "great service", "great job", "great work", "good job", "well done", "excellent service", "problem solved", "issue solved", "solved", "all good", "all good now", "all sorted", "all sorted now", "got it", "received", "works now", "works perfectly", "works great", "works like a charm", "understood", "perfect service", "yes", "and", "now", "indeed", "really", "so", "that was quick", "that was fast", "you too", "sorted", "all is well", "all is well now", "great support", "it was very helpful", "noted", "much better now",
  ],
};

const german = {
  thanks: [
    ...each(["danke", "vielen dank", "herzlichen dank", "vielen herzlichen dank", "besten dank", "tausend dank", "dankeschön", "danke schön", "danke sehr", "danke vielmals", "ich danke ihnen", "ich danke dir", "ich danke euch", "wir danken ihnen", "ich bedanke mich", "lieben dank", "recht herzlichen dank", "nochmals danke", "nochmals vielen dank", "merci vielmals"], ["", " nochmal", " nochmals", " noch einmal", " sehr", " vielmals", " herzlich", " dafür", " an alle", " an das ganze team"]),
    ...each(
      ["danke", "vielen dank", "herzlichen dank", "besten dank", "danke nochmals", "nochmals vielen dank", "nochmals danke", "lieben dank", "tausend dank", "ich danke ihnen", "ich bedanke mich"],
      [" für die", " für ihre", " für deine", " für eure", " für den", " für das", " für ihren", " für deinen", " für euren"],
      [" ", " schnelle ", " rasche ", " super ", " tolle ", " nette ", " freundliche ", " prompte ", " gute ", " schnellen ", " tollen ", " netten ", " guten ", " sehr schnelle ", " kompetente "],
      ["hilfe", "antwort", "unterstützung", "rückmeldung", "auskunft", "lösung", "erklärung", "mühe", "bearbeitung", "service", "support", "einsatz", "info", "zeit", "geduld"],
    ),
    "danke ihnen", "danke dir", "danke euch", "danke euch allen", "danke für alles", "vielen dank für alles", "ich bin ihnen sehr dankbar", "sehr dankbar",
  ],
  greetings: each(["hallo", "guten tag", "guten morgen", "guten abend", "hi", "moin", "servus", "grüezi", "liebes team", "liebes support-team", "sehr geehrte damen und herren", "hallo zusammen", "hallo team", "hallo liebes team"], [""]),
  closings: [
    ...each(["viele", "liebe", "beste", "schöne", "herzliche", "freundliche"], [" grüße", " grüsse"]),
    "mit freundlichen grüßen", "mit freundlichem gruß", "mit besten grüßen", "mit freundlichen grüssen", "gruß", "grüße", "beste grüsse", "lg", "vg", "mfg", "bg", "tschüss", "auf wiedersehen", "schönen tag noch", "einen schönen tag noch", "schönes wochenende", "ein schönes wochenende", "schönen abend", "schönen abend noch", "ich wünsche ihnen einen schönen tag", "alles gute", "bis bald", "ciao", "servus", "von meinem iphone gesendet", "gesendet von meinem iphone", "von meinem ipad gesendet",
  ],
  benign: [
    ...each(["es", "das", "jetzt", "nun", "alles"], [" klappt es", " geht es", " funktioniert es", " läuft es"," funktioniert", " funktioniert jetzt", " funktioniert wieder", " funktioniert wunderbar", " funktioniert einwandfrei", " klappt", " klappt jetzt", " klappt wieder", " hat geklappt", " hat funktioniert", " hat geholfen", " hat mir sehr geholfen", " geht", " geht wieder", " geht jetzt", " läuft wieder", " läuft jetzt", " ist super", " ist nett", " ist sehr nett", " ist gelöst", " ist erledigt", " passt", " ging schnell", " ging ja schnell"]),
    "ok", "okay", "super", "perfekt", "prima", "toll", "klasse", "wunderbar", "spitze", "alles klar", "alles gut", "alles bestens", "sehr gut", "sehr nett", "sehr freundlich", "gelöst", "problem gelöst", "hat geklappt", "hat funktioniert", "hat geholfen", "funktioniert", "funktioniert wieder", "funktioniert jetzt", "erledigt", "ja", "und", "angekommen", "erhalten", "sie haben mir sehr geholfen", "du hast mir sehr geholfen", "ihr seid die besten", "ihr seid super", "sie sind ein schatz", "toller service", "super service", "guter service", "großartig", "ebenso", "ihnen auch", "wirklich", "sehr hilfreich", "das war sehr hilfreich", "verstanden", "bestens", "genial", "freut mich", "freut mich sehr", "super schnell",
  ],
};

const scandinavian = {
  thanks: [
    ...each(
      ["takk", "tusen takk", "mange takk", "hjertelig takk", "takker", "takk skal du ha", "takk skal dere ha", "takk igjen", "tusen takk igjen", "supert takk", "tack", "tack så mycket", "stort tack", "tusen tack", "tackar", "många tack", "tak", "mange tak", "tusind tak", "takker mange ganger"],
      ["", " for hjelpen", " for hjelpa", " for svaret", " for svar", " for raskt svar", " for rask hjelp", " for god hjelp", " for rask tilbakemelding", " for tilbakemeldingen", " for god service", " for rask service", " for all hjelp", " for all hjelpen", " for alt", " for hjelpen i dag", " for innsatsen", " for informasjonen", " for oppklaringen", " så mye", " så meget", " alle sammen", " kjære dere", " för hjälpen", " för all hjälp", " för snabbt svar", " för svaret", " för snabb hjälp", " för allt", " för er hjälp", " för din hjälp", " hjälpen", " for hjælpen", " for hurtigt svar", " for din hjælp"],
    ),
    "jeg setter stor pris på det", "setter pris på det", "setter stor pris på hjelpen", "det setter jeg stor pris på",
  ],
  greetings: each(["hei", "heisann", "hallo", "god dag", "god morgen", "hej", "hejsan", "god kveld", "hei igjen", "kjære dere", "hei sann", "hei alle sammen"], [""]),
  closings: [
    "med vennlig hilsen", "vennlig hilsen", "mvh", "hilsen", "beste hilsen", "beste hilsener", "ha en fin dag", "ha en fin dag videre", "ha en god dag", "ha det", "ha det bra", "ha det fint", "god helg", "ha en god helg", "ha en fin helg", "klem", "med vänlig hälsning", "vänliga hälsningar", "hälsningar", "ha en bra dag", "trevlig helg", "ha det gott", "hej då", "venlig hilsen", "med venlig hilsen", "sendt fra min iphone", "skickat från min iphone",
  ],
  benign: [
    ...each(["det", "dette", "alt", "nå", "alt det"], [" fungerer", " fungerer nå", " fungerte", " fungerer igjen", " virker", " virker nå", " virket", " løste seg", " ordnet seg", " hjalp", " er fint", " er i orden", " er i orden nå", " er perfekt", " er supert", " fungerer perfekt", " fungerer som det skal", " gikk fort", " var raskt", " er løst", " er ordnet", " gikk bra"]),
    ...each(["det", "allt", "nu"], [" fungerar", " fungerar nu", " fungerade", " funkar", " funkar nu", " löste sig", " är bra", " är perfekt", " fungerar igen", " fungerar det", " funkar det"]),
    "ok", "okei", "supert", "perfekt", "flott", "fint", "bra", "topp", "kjempebra", "kjempefint", "strålende", "herlig", "fantastisk", "utmerket", "da fungerer det", "nå fungerer det", "nå virker det", "da virker det", "problemet er løst", "problem løst", "løst", "alt i orden", "alt er i orden nå", "alt er bra nå", "mottatt", "forstått", "skjønner", "ja", "og", "og det", "veldig hyggelig", "veldig snilt", "så hyggelig", "veldig bra", "veldig bra service", "god service", "flott service", "super service", "kjempebra service", "dere er best", "dere er flinke", "du er en engel", "i like måte", "det var til stor hjelp", "til stor hjelp", "den er god", "toppers", "super", "toppen", "jättebra", "underbart", "vad bra", "det var snällt", "och", "snabbt och bra", "så bra", "så fint", "det hjalp meg mye", "jättesnällt", "problemet är löst",
  ],
};

const spanish = {
  thanks: [
    ...each(
      ["gracias", "muchas gracias", "muchísimas gracias", "mil gracias", "muchas gracias de nuevo", "gracias de nuevo", "gracias otra vez", "te lo agradezco", "se lo agradezco", "os lo agradezco", "muy agradecido", "muy agradecida", "le agradezco", "les agradezco"],
      ["", " por todo", " por la ayuda", " por su ayuda", " por tu ayuda", " por vuestra ayuda", " por la respuesta", " por su respuesta", " por tu respuesta", " por la rápida respuesta", " por su rápida respuesta", " por responder tan rápido", " por la atención", " por su atención", " por su tiempo", " por tu tiempo", " por el apoyo", " por su apoyo", " por la solución", " por la información", " por la aclaración", " por la rapidez", " a todos", " a ustedes", " por ayudarme", " mucho", " muchísimo", " su ayuda", " la ayuda", " su pronta respuesta", " por su pronta respuesta"],
    ),
    "se agradece", "agradecido", "agradecida",
  ],
  greetings: each(["hola", "buenos días", "buenas tardes", "buenas noches", "buenas", "buen día", "estimados", "estimado equipo", "hola a todos", "hola de nuevo", "hola equipo"], [""]),
  closings: [
    "saludos", "un saludo", "saludos cordiales", "cordialmente", "un cordial saludo", "atentamente", "un abrazo", "abrazos", "hasta luego", "hasta pronto", "adiós", "que tenga un buen día", "que tengas un buen día", "que tengan un buen día", "buen fin de semana", "feliz día", "feliz fin de semana", "besos", "enviado desde mi iphone",
  ],
  benign: [
    "ok", "vale", "perfecto", "genial", "estupendo", "excelente", "fantástico", "muy bien", "de acuerdo", "listo", "todo bien", "todo perfecto", "todo solucionado", "todo resuelto", "solucionado", "resuelto", "problema resuelto", "problema solucionado", "ya funciona", "ahora funciona", "ya está", "ya está solucionado", "ya está resuelto", "funciona perfectamente", "funciona", "ya funciona perfectamente", "ya funciona bien", "ya me funciona", "funcionó", "me ha servido", "me sirvió", "me ha ayudado mucho", "me ayudó mucho", "muy amable", "muy amables", "son los mejores", "sois los mejores", "excelente servicio", "buen servicio", "muy buen servicio", "gran servicio", "recibido", "entendido", "sí", "y", "igualmente", "muy rápido", "qué rápido", "de verdad", "todo en orden", "súper", "qué bien", "con eso me sirve", "todo correcto", "ha funcionado",
  ],
};

const french = {
  thanks: [
    ...each(
      ["merci", "merci beaucoup", "merci bien", "un grand merci", "mille mercis", "merci infiniment", "merci encore", "encore merci", "merci à vous", "merci à toi", "merci à tous", "grand merci", "merci mille fois", "je vous remercie", "je te remercie", "nous vous remercions", "je vous remercie beaucoup", "je vous remercie infiniment", "merci vraiment"],
      ["", " pour tout", " pour votre aide", " pour ton aide", " pour l'aide", " de votre aide", " pour votre réponse", " pour ta réponse", " pour la réponse", " de votre réponse", " pour votre réponse rapide", " de votre réponse rapide", " pour votre réactivité", " pour la réactivité", " pour votre rapidité", " pour votre retour", " de votre retour", " pour ce retour", " pour votre retour rapide", " pour ces précisions", " pour l'information", " pour les explications", " pour vos explications", " pour votre soutien", " pour votre temps", " pour votre efficacité", " pour la solution", " pour l'info", " beaucoup", " encore", " à tous", " infiniment"],
    ),
    "c'est très gentil merci",
  ],
  greetings: each(["bonjour", "bonsoir", "salut", "bonjour à tous", "bonjour à vous", "re-bonjour", "chère équipe", "bonjour madame", "bonjour monsieur"], [""]),
  closings: [
    "cordialement", "bien cordialement", "bien à vous", "bonne journée", "très bonne journée", "bonne soirée", "bonne fin de journée", "bon week-end", "excellente journée", "amicalement", "au revoir", "à bientôt", "sincères salutations", "salutations", "belle journée", "bises", "bonne continuation", "je vous souhaite une bonne journée", "envoyé de mon iphone",
  ],
  benign: [
    "ok", "d'accord", "parfait", "super", "génial", "excellent", "très bien", "c'est parfait", "c'est bon", "c'est réglé", "c'est résolu", "c'est super", "c'est gentil", "c'est très gentil", "tout est bon", "tout est réglé", "tout est résolu", "tout est parfait", "tout est en ordre", "problème résolu", "problème réglé", "le problème est résolu", "le problème est réglé", "résolu", "réglé", "ça marche", "ça fonctionne", "ça marche maintenant", "ça fonctionne maintenant", "cela fonctionne", "tout fonctionne", "tout fonctionne parfaitement", "cela fonctionne parfaitement", "ça marche parfaitement", "ça a marché", "ça a fonctionné", "bien reçu", "compris", "oui", "et", "vous êtes au top", "vous êtes formidables", "vous êtes les meilleurs", "très réactif", "très réactifs", "service au top", "excellent service", "impeccable", "nickel", "au top", "top", "c'est noté", "à vous aussi", "vraiment", "très efficace", "quelle efficacité", "quelle rapidité",
  ],
};

const chinese = {
  thanks: ["谢谢", "多谢", "感谢", "非常感谢", "十分感谢", "万分感谢", "太感谢了", "感谢感谢", "谢了", "谢啦", "感激不尽", "謝謝", "多謝", "感謝", "非常感謝", "太感謝了", "感恩", "谢谢大家", "谢谢客服", "谢谢老师"],
  greetings: ["你好", "您好", "早上好", "下午好", "晚上好", "大家好", "客服您好"],
  closings: ["再见", "拜拜", "祝好", "祝您生活愉快", "祝你生活愉快", "祝工作顺利", "祝您工作顺利", "祝工作愉快", "此致敬礼", "此致", "敬礼", "周末愉快", "祝您愉快", "祝一切顺利", "再見"],
  benign: [
    "你", "您", "你们", "您们", "大家", "的帮助", "的幫助", "你帮忙", "您帮忙", "的帮忙", "的支持", "的回复", "的快速回复", "的及时回复", "的耐心解答", "的解答", "的耐心", "的服务", "的快速处理", "的处理", "了", "啦", "啊", "哦", "哈", "呀", "好的", "好", "好了", "收到", "已收到", "明白", "明白了", "知道了", "了解", "了解了", "辛苦了", "您辛苦了", "你们辛苦了", "解决了", "已解决", "已经解决了", "问题解决了", "问题已解决", "问题已经解决了", "问题已经解决", "可以了", "已经可以了", "现在可以了", "没问题了", "现在好了", "已经好了", "可以用了", "现在可以用了", "恢复了", "已恢复正常", "恢复正常了", "很棒", "太好了", "太棒了", "非常好", "服务很好", "服务真好", "很满意", "非常满意", "真的", "非常", "十分", "太", "给力", "嗯", "嗯嗯", "行", "ok", "解決了", "已解決", "收到了", "收到啦", "有帮助", "很有帮助", "效率真高", "效率很高", "速度真快", "真快",
  ],
};

const korean = {
  thanks: ["감사합니다", "감사드립니다", "감사해요", "감사드려요", "고맙습니다", "고마워요", "고마워", "감사", "감사했습니다", "고마웠습니다", "땡큐", "감사합니당", "감사히 생각합니다"],
  greetings: ["안녕하세요", "안녕하십니까", "반갑습니다"],
  closings: ["안녕히 계세요", "수고하세요", "수고하십시오", "수고하셨습니다", "수고 많으셨습니다", "수고 많으십니다", "좋은 하루 되세요", "좋은 하루 보내세요", "즐거운 하루 되세요", "좋은 주말 되세요", "좋은 주말 보내세요", "행복한 하루 되세요", "드림", "올림", "건강하세요"],
  benign: [
    "정말", "진심으로", "대단히", "너무", "매우", "진짜", "다시 한번", "다시 한 번", "네", "넵", "넹", "예", "아", "오", "와", "알겠습니다", "확인했습니다", "잘 확인했습니다", "확인하였습니다", "잘 받았습니다", "받았습니다", "이해했습니다", "덕분에", "해결됐습니다", "해결되었습니다", "해결됐어요", "해결했습니다", "잘 해결됐습니다", "잘 해결되었습니다", "잘 됩니다", "잘 돼요", "이제 잘 됩니다", "이제 잘 돼요", "잘 작동합니다", "정상 작동합니다", "이제 정상 작동합니다", "문제가 해결되었습니다", "문제가 해결됐습니다", "문제 해결됐습니다", "도와주셔서", "도와 주셔서", "빠른 답변", "친절한 답변", "빠른 답변에", "빠른 답변 주셔서", "친절한 답변에", "답변", "답변에", "답변 주셔서", "빠른 처리", "빠른 처리에", "빠르게 처리해 주셔서", "친절하게 안내해 주셔서", "친절한 안내", "친절한 안내에", "신속한 처리", "신속한 답변", "신속한 처리에", "큰 도움이 되었습니다", "큰 도움이 됐습니다", "많은 도움이 되었습니다", "도움이 되었습니다", "도움이 많이 됐어요", "최고예요", "최고입니다", "완벽합니다", "완벽해요", "좋아요", "좋습니다", "좋네요", "ㅎㅎ", "^^", "친절하시네요", "항상", "늘", "모두", "여러분", "도움", "도움에", "설명", "자세한 설명", "자세한 설명에", "자세히 알려주셔서", "알려주셔서", "알려 주셔서", "해결해 주셔서", "해결해주셔서", "잘", "이제",
  ],
};

const japanese = {
  thanks: ["ありがとうございます", "ありがとうございました", "ありがとう", "有難うございます", "有難うございました", "有り難うございます", "有り難うございました", "感謝します", "感謝いたします", "感謝しております", "感謝申し上げます", "お礼申し上げます", "御礼申し上げます", "助かりました", "大変助かりました", "とても助かりました", "サンキュー"],
  greetings: ["こんにちは", "おはようございます", "こんばんは", "お世話になっております", "お世話になります", "いつもお世話になっております", "お疲れ様です", "サポート担当者様", "ご担当者様", "サポートの皆様", "担当者様"],
  closings: ["失礼いたします", "失礼します", "失礼致します", "それでは失礼いたします", "今後ともよろしくお願いいたします", "今後ともよろしくお願いします", "今後ともよろしくお願い致します", "お世話になりました", "敬具"],
  benign: [
    "どうも", "本当に", "誠に", "大変", "とても", "この度は", "いろいろと", "色々と", "はい", "了解しました", "了解いたしました", "了解です", "承知しました", "承知いたしました", "承知致しました", "わかりました", "分かりました", "かしこまりました", "確認しました", "確認いたしました", "確認できました", "受け取りました", "届きました", "解決しました", "解決いたしました", "無事解決しました", "無事に解決しました", "問題なく動きました", "問題は解決しました", "問題が解決しました", "できました", "直りました", "治りました", "動きました", "使えるようになりました", "無事に使えるようになりました", "ログインできました", "ご対応", "ご対応いただき", "ご対応いただきまして", "迅速なご対応", "迅速な対応", "迅速なご対応いただき", "迅速にご対応いただき", "早速のご対応", "早速のご返信", "早速のご回答", "早速のお返事", "ご丁寧に", "ご丁寧な回答", "丁寧なご説明", "丁寧なご対応", "ご返信", "ご返信いただき", "ご連絡", "ご連絡いただき", "ご回答", "ご回答いただき", "ご説明", "ご協力", "ご親切に", "お忙しい中", "すばやい対応", "素早い対応", "素早いご対応", "おかげさまで", "お陰様で", "おかげで", "を", "に", "の", "、", "完璧です", "最高です", "素晴らしい", "素晴らしいサポート", "すごく", "心より", "心から", "深く", "厚く", "教えていただき", "教えてくださり", "助けていただき", "対応していただき", "対応してくださり", "いつも", "皆様", "皆さん", "ok", "okです",
  ],
};

const languages = [english, german, scandinavian, spanish, french, chinese, korean, japanese];

export const thanking: readonly string[] = languages.flatMap(({ thanks }) => thanks);
export const greetings: readonly string[] = languages.flatMap((language) => language.greetings);
export const closings: readonly string[] = languages.flatMap((language) => language.closings);
export const benign: readonly string[] = languages.flatMap((language) => language.benign);

/** Words that begin with a capital and name nobody: alone in their place they ask for something. */
export const risky: ReadonlySet<string> = new Set(
  (
    "refund cancel stop unsubscribe invoice help urgent wait no not nope none never still again however but also please when why what where who how problem issue error question order payment money password delete close reopen escalate manager nothing " +
    "rechnung storno stornierung kündigung rückerstattung hilfe fehler problem frage bestellung passwort aber leider nein nicht dringend bitte wann warum wie wo geld mahnung voraus ironie " +
    "faktura refusjon hjelp feil spørsmål bestilling passord men dessverre nei ikke haster vennligst når hvorfor hvordan hvor penger oppsigelse forhånd hjälp fel nej inte " +
    "factura reembolso ayuda error pregunta pedido contraseña pero no urgente cuándo dónde cómo dinero cancelar antemano " +
    "facture remboursement aide erreur commande mais non pas urgent quand pourquoi comment argent annuler résilier avance"
  ).split(" "),
);
