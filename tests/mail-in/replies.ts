// Replies as mail programs write them, in many languages: what is new, and what they put around it. All invented.

export interface Reply {
  readonly name: string;
  readonly fresh: string;
  /** Follows what is new. */
  readonly below: string;
  /** Stands before what is new. */
  readonly above?: string;
}

const quoted = "> Dear Ada,\n>\n> has the parcel arrived?\n>\n> Kind regards\n> Support\n";
const plain = "Dear Ada,\n\nhas the parcel arrived?\n\nKind regards\nSupport\n";

const top = (name: string, fresh: string, introduction: string, history = quoted): Reply => ({ name, fresh, below: `\n\n${introduction}\n${history}` });

const gmail: readonly Reply[] = [
  top("Gmail, en", "It has, thank you.", "On Tue, 3 Mar 2026 at 09:14, Support <support@desk.example> wrote:"),
  top("Gmail, en, wrapped", "It has.", "On Tue, Mar 3, 2026 at 9:14 AM Customer Support Department <\nsupport@desk.example> wrote:\n"),
  top("Gmail, de", "Ja, gestern.", "Am Di., 3. März 2026 um 09:14 Uhr schrieb Support <support@desk.example>:"),
  top("Gmail, de, wrapped", "Ja, gestern.", "Support Abteilung Nord <support@desk.example> schrieb am Di., 3. März 2026,\n09:14:"),
  top("Gmail, fr", "Oui, merci.", "Le mar. 3 mars 2026 à 09:14, Support <support@desk.example> a écrit :"),
  top("Gmail, es", "Sí, gracias.", "El mar, 3 mar 2026 a las 9:14, Support (<support@desk.example>) escribió:"),
  top("Gmail, pt", "Chegou, obrigada.", "Em ter., 3 de mar. de 2026 às 09:14, Support <support@desk.example> escreveu:"),
  top("Gmail, it", "Sì, grazie.", "Il giorno mar 3 mar 2026 alle ore 09:14 Support <support@desk.example> ha scritto:"),
  top("Gmail, nl", "Ja, dank u.", "Op di 3 mrt 2026 om 09:14 schreef Support <support@desk.example>:"),
  top("Gmail, nb", "Ja, takk.", "tir. 3. mars 2026 kl. 09:14 skrev Support <support@desk.example>:"),
  top("Gmail, da", "Ja, tak.", "Den tirs. 3. mar. 2026 kl. 09.14 skrev Support <support@desk.example>:"),
  top("Gmail, sv", "Ja, tack.", "Den tis 3 mars 2026 kl 09:14 skrev Support <support@desk.example>:"),
  top("Gmail, fi", "Kyllä, kiitos.", "ti 3. maalisk. 2026 klo 9.14 Support (support@desk.example) kirjoitti:"),
  top("Gmail, pl", "Tak, dziękuję.", "wt., 3 mar 2026 o 09:14 Support <support@desk.example> napisał(a):"),
  top("Gmail, ru", "Да, спасибо.", "вт, 3 мар. 2026 г. в 09:14, Support <support@desk.example>:"),
  top("Gmail, ko", "네, 감사합니다.", "2026년 3월 3일 (화) 오전 9:14, Support <support@desk.example>님이 작성:"),
  top("Gmail, zh", "收到了，谢谢。", "Support <support@desk.example> 于2026年3月3日周二 09:14写道："),
  top("Gmail, zh-TW", "收到了，謝謝。", "Support <support@desk.example> 於 2026年3月3日 週二 上午9:14寫道："),
  top("Gmail, ja", "届きました。ありがとうございます。", "2026年3月3日(火) 9:14 Support <support@desk.example>:"),
  top("Gmail, tr", "Evet, teşekkürler.", "Support <support@desk.example>, 3 Mar 2026 Sal, 09:14 tarihinde şunu yazdı:"),
  top("Gmail, cs", "Ano, děkuji.", "út 3. 3. 2026 v 9:14 odesílatel Support <support@desk.example> napsal:"),
];

const header = (from: string, sent: string, to: string, subject: string): string =>
  `${from}: Support <support@desk.example>\n${sent}: Tuesday, March 3, 2026 9:14 AM\n${to}: Ada Byron <ada@example.com>\n${subject}: Your parcel\n`;

const outlook: readonly Reply[] = [
  top("Outlook, en", "It has.", `________________________________\n${header("From", "Sent", "To", "Subject")}`, plain),
  top("Outlook, en, bold", "It has.", `*From:* Support <support@desk.example>\n*Sent:* Tuesday, March 3, 2026 9:14 AM\n*To:* ada@example.com\n*Subject:* Your parcel\n`, plain),
  top("Outlook, de", "Ja.", `Von: Support <support@desk.example>\nGesendet: Dienstag, 3. März 2026 09:14\nAn: Ada Byron <ada@example.com>\nCc: Lager <lager@desk.example>\nBetreff: Ihr Paket\n`, plain),
  top("Outlook, de, original", "Ja.", `-----Ursprüngliche Nachricht-----\n${header("Von", "Gesendet", "An", "Betreff")}`, plain),
  top("Outlook, fr", "Oui.", `De : Support <support@desk.example>\nEnvoyé : mardi 3 mars 2026 09:14\nÀ : Ada Byron <ada@example.com>\nObjet : Votre colis\n`, plain),
  top("Outlook, es", "Sí.", header("De", "Enviado el", "Para", "Asunto"), plain),
  top("Outlook, it", "Sì.", header("Da", "Inviato", "A", "Oggetto"), plain),
  top("Outlook, nl", "Ja.", header("Van", "Verzonden", "Aan", "Onderwerp"), plain),
  top("Outlook, nb", "Ja.", header("Fra", "Sendt", "Til", "Emne"), plain),
  top("Outlook, sv", "Ja.", header("Från", "Skickat", "Till", "Ämne"), plain),
  top("Outlook, fi", "Kyllä.", header("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"), plain),
  top("Outlook, pl", "Tak.", header("Od", "Wysłano", "Do", "Temat"), plain),
  top("Outlook, ru", "Да.", header("От", "Отправлено", "Кому", "Тема"), plain),
  top("Outlook, ko", "네.", header("보낸 사람", "보낸 날짜", "받는 사람", "제목"), plain),
  top("Outlook, zh", "收到。", "发件人: Support <support@desk.example>\n发送时间: 2026年3月3日 9:14\n收件人: Ada <ada@example.com>\n主题: 您的包裹\n", plain),
  top("Outlook, ja", "届きました。", "差出人: Support <support@desk.example>\n送信日時: 2026年3月3日 9:14\n宛先: Ada <ada@example.com>\n件名: お荷物\n", plain),
  top("Outlook for iOS, en", "It has.", `Get Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\n${header("From", "Sent", "To", "Subject")}`, plain),
];

const others: readonly Reply[] = [
  top("Apple Mail, en", "It has.", "On 3 Mar 2026, at 09:14, Support <support@desk.example> wrote:\n"),
  top("Apple Mail, de", "Ja.", "Am 03.03.2026 um 09:14 schrieb Support <support@desk.example>:\n"),
  top("Apple Mail, fr", "Oui.", "> Le 3 mars 2026 à 09:14, Support <support@desk.example> a écrit :\n>"),
  top("Apple Mail, zh", "收到。", "> 在 2026年3月3日，上午9:14，Support <support@desk.example> 写道：\n>"),
  top("iPhone, ja", "届きました。", "2026/03/03 9:14、Support <support@desk.example>のメール:\n"),
  top("iPhone, en", "It has.", "Sent from my iPhone\n\n> On 3 Mar 2026, at 09:14, Support <support@desk.example> wrote:\n>"),
  top("iPhone, de", "Ja.", "Von meinem iPhone gesendet\n\n> Am 03.03.2026 um 09:14 schrieb Support <support@desk.example>:\n>"),
  top("iPhone, sv", "Ja.", "Skickat från min iPhone\n\n> 3 mars 2026 kl. 09:14 skrev Support <support@desk.example>:\n>"),
  top("iPhone, nb", "Ja.", "Sendt fra min iPhone\n\n> 3. mars 2026 kl. 09:14 skrev Support <support@desk.example>:\n>"),
  top("iPhone, ko", "네.", "나의 iPhone에서 보냄\n\n> 2026. 3. 3. 오전 9:14, Support <support@desk.example> 작성:\n>"),
  top("Thunderbird, en", "It has.", "On 03/03/2026 09:14, Support wrote:"),
  top("Thunderbird, de", "Ja.", "Am 03.03.2026 um 09:14 schrieb Support:"),
  top("Thunderbird, pl", "Tak.", "W dniu 3.03.2026 o 09:14, Support pisze:"),
  top("Thunderbird, name only", "It has.", "Support Department wrote:"),
  top("Yahoo, en", "It has.", "On Tuesday, March 3, 2026 at 09:14:00 AM GMT+1, Support <support@desk.example> wrote:\n", plain),
  top("Proton", "It has.", "Sent with Proton Mail secure email.\n\nOn Tuesday, March 3rd, 2026 at 9:14 AM, Support <support@desk.example> wrote:\n"),
  top("Zoho", "It has.", "---- On Tue, 03 Mar 2026 09:14:00 +0100 Support <support@desk.example> wrote ----\n", plain),
  top("Naver", "네, 도착했습니다.", "-----Original Message-----\nFrom: \"Support\"<support@desk.example>\nTo: <ada@example.com>;\nCc:\nSent: 2026-03-03 (화) 09:14:00 (GMT+09:00)\nSubject: 택배\n", plain),
  top("QQ", "收到了。", "------------------&nbsp;原始邮件&nbsp;------------------\n发件人: \"Support\" <support@desk.example>;\n发送时间: 2026年3月3日(星期二) 上午9:14\n收件人: \"Ada\"<ada@example.com>;\n主题: 您的包裹\n", plain),
  top("QQ, plain", "收到了。", "------------------ 原始邮件 ------------------\n发件人: \"Support\";\n", plain),
  top("NetEase 163", "收到。", "At 2026-03-03 09:14:00, \"Support\" <support@desk.example> wrote:\n", plain),
  top("Lotus Notes", "It has.", "-----Support <support@desk.example> wrote: -----\nTo: ada@example.com\nFrom: Support <support@desk.example>\nDate: 03/03/2026 09:14AM\nSubject: Your parcel\n", plain),
  top("Forward, en", "What is this about?", "---------- Forwarded message ---------\nFrom: Shop <shop@example.org>\nDate: Tue, Mar 3, 2026 at 9:14 AM\nSubject: Offer\nTo: <ada@example.com>\n", plain),
  top("Forward, Apple", "What is this about?", "Begin forwarded message:\n\nFrom: Shop <shop@example.org>\nSubject: Offer\nDate: 3 March 2026 at 09:14:00 CET\nTo: ada@example.com\n", plain),
  top("A date and a name alone, de", "Ja.", "Am Dienstag, 3. März 2026 schrieb Ada Byron :\n", plain),
  top("A date and a name alone, fr", "Oui.", "Le mardi 3 mars 2026, Ada Byron <support@desk.example> a écrit :\n", plain),
  top("A date and a user, pl", "Tak.", "W dniu 2026-03-03 09:14 użytkownik Support <support@desk.example> napisał:"),
  top("A name, then a date, sv", "Ja.", "Support <support@desk.example> skrev den tis 3 mars 2026 kl 09:14:"),
  top("A zone and no verb", "Yes.", "2026-03-03 9:14 GMT+01:00 Support <support@desk.example>:\n"),
  top("On behalf of", "Yes.", "*From:* Support [mailto:support@desk.example] *On Behalf Of *Support\n*Sent:* 03 March 2026 09:14\n*To:* ada@example.com\n*Subject:* Your parcel\n", plain),
  top("Portal's line", "It has.", "##- Please type your reply above this line -##\n\nYour request (1042) has been updated.", plain),
];

const signed: readonly Reply[] = [
  top("Signature", "It has.", "-- \nAda Byron\nAnalytical Engines Ltd\n+44 20 7946 0000\n", ""),
  top("Signature above the quotation", "It has.", "-- \nAda Byron\n\nOn Tue, 3 Mar 2026 at 09:14, Support <support@desk.example> wrote:\n"),
  top("Signature below the quotation", "It has.", `On Tue, 3 Mar 2026 at 09:14, Support <support@desk.example> wrote:\n${quoted}\n--\nAda Byron\nAnalytical Engines Ltd`, ""),
  top("Underscores", "It has.", "_______________\nAda Byron\nAnalytical Engines Ltd", ""),
  top("Telephone, fr", "Oui.", "Envoyé de mon iPhone", ""),
  top("Telephone, es", "Sí.", "Enviado desde mi iPhone", ""),
  top("Telephone, ja", "はい。", "iPhoneから送信", ""),
  top("Telephone, zh", "是。", "发自我的 iPhone", ""),
  top("List's footer", "I agree.", "_______________________________________________\nEngines mailing list\nengines@lists.example\nhttps://lists.example/mailman/listinfo/engines", ""),
  top("Group's footer", "I agree.", "-- \nYou received this message because you are subscribed to the Google Groups \"Engines\" group.\nTo unsubscribe from this group, send an email to engines+unsubscribe@example.com.", ""),
];

const below: readonly Reply[] = [
  { name: "Answer below the quotation", above: `On Tue, 3 Mar 2026 at 09:14, Support <support@desk.example> wrote:\n${quoted}\n`, fresh: "It has, yesterday.\n\nThank you", below: "" },
  { name: "Answer below, German", above: `Am 03.03.2026 um 09:14 schrieb Support:\n${quoted}\n`, fresh: "Ja, gestern.", below: "\n\n-- \nAda" },
  { name: "Answer below, list without addresses", above: "Support wrote:\n> Has it arrived?\n", fresh: "Yes.", below: "" },
];

/** Nothing in these may be taken away, though much in them looks like the end of what is new. */
export const whole: readonly { name: string; text: string }[] = [
  { name: "a shipment's From and To", text: "Please change this shipment:\n\nFrom: Oslo\nTo: Bergen\nDate: 3 March 2026\n\nThe rest stays as it is." },
  { name: "a sentence with wrote", text: "On 12 May you wrote: we will repair it.\nIt is not repaired.\n\nWhat now?" },
  { name: "a date and you wrote", text: "On 12 May 2025 you wrote:\n\nwe will repair it.\n\nIt is not repaired." },
  { name: "a colon and a time", text: "At 10:30 the technician wrote:\n\nCome back tomorrow.\n\nI did, and nobody was there." },
  { name: "headings underlined", text: "First problem\n-------------\nIt is too loud.\n\nSecond problem\n--------------\nIt is too hot." },
  { name: "a table", text: "These are wrong:\n\n| item | price |\n|------|-------|\n| a    | 3     |\n\nPlease correct them." },
  { name: "a rule before a long text", text: `Hello,\n\n-----\n\n${Array.from({ length: 20 }, (_, line) => `This is sentence ${line}.`).join("\n")}` },
  { name: "a list with dashes", text: "I need:\n- one bolt\n- two nuts\n\nCan you send them?" },
  { name: "sent from, in a sentence", text: "The parcel was sent from my office in Bergen.\nIt never came." },
  { name: "subject alone", text: "Subject: I wrote it twice.\nYou never answered." },
  { name: "a greater-than in a condition", text: "The alarm comes when\nx > 5 and y < 3.\nIs that right?" },
  { name: "only a quotation", text: "> Has it arrived?" },
  { name: "only a forward", text: "---------- Forwarded message ---------\nFrom: Shop <shop@example.org>\nDate: Tue, Mar 3, 2026 at 9:14 AM\nSubject: Offer\nTo: <ada@example.com>\n\nBuy now" },
  { name: "an address and a date", text: "My address is ada@example.com since 3 March 2026:\nplease correct it." },
  { name: "an original message, in a sentence", text: "The original message was deleted.\nCan you restore it?" },
  { name: "rules between sections", text: "Here is my plan:\n\n## Key\n----\n\n1. one\n2. two\n\n----\n\nThe dashes above are markdown, not a signature.\n\n====\n\nAlso these are separators in my text." },
  { name: "a rule between two questions", text: "I have two problems.\n\nThe first is the printer.\n\n---\n\nThe second is the screen. Can you help me with it?" },
  { name: "stars between two wishes", text: "Please cancel order 5.\n\n*****\n\nAlso, please change my address to 5 Main St." },
  { name: "words of somebody else, quoted", text: "I said to him:\n\n> you must pay\n\nand he did not." },
  { name: "lines of a log", text: "My log:\n\n2026-03-03 09:14 GMT+1: error\n2026-03-03 09:15 GMT+1: error\n\nHelp!" },
  { name: "the head of a letter", text: "Hello,\n\nDate: 3 March 2026\nTo: Acme\nSubject: Complaint\n\nI complain about the thing." },
  { name: "sentences that begin as header fields do", text: "From: the desk of Ada\nI need help with the order.\nTo: be clear, I want a refund." },
  { name: "a sentence about what was written", text: "Am 3. März 2026 um 9:14 schrieb ich Ihnen:\n\nKeine Antwort bisher.\nWas nun?" },
];

/** Answers between quotations: the quotations that they answer stay, and all answers do. */
export const between: readonly { name: string; text: string; answers: readonly string[] }[] = [
  {
    name: "two answers",
    text: "On Tue, 3 Mar 2026 at 09:14, Support <support@desk.example> wrote:\n> Has it arrived?\n\nYes.\n\n> Is it whole?\n\nNo, it is broken.\n",
    answers: ["Yes.", "No, it is broken."],
  },
  {
    name: "a greeting above and answers below",
    text: "Hello, see below.\n\nAm 03.03.2026 um 09:14 schrieb Support:\n> Ist es da?\n\nJa.\n\n> Ist es heil?\n\nNein!\n\n-- \nAda",
    answers: ["Hello, see below.", "Ja.", "Nein!"],
  },
  {
    name: "above and below",
    text: "Thank you.\n\nOn Tue, 3 Mar 2026 at 09:14, Support <support@desk.example> wrote:\n> Has it arrived?\n> Support\n\nYes, it came this morning and all is well.\n",
    answers: ["Thank you.", "Yes, it came this morning and all is well."],
  },
];

export const replies: readonly Reply[] = [...gmail, ...outlook, ...others, ...signed, ...below];
