// What mail programs write around a quotation in English, German, Dutch, Danish, Norwegian, Swedish: data only.
import type { Phrases } from "./phrases";

export const en: Phrases = {
  wrote: ["wrote", "writes", "said"],
  lead: ["On", "At", "In message", "Quoting"],
  from: ["From", "Sender"],
  date: ["Sent", "Date", "Sent at", "Received"],
  to: ["To"],
  cc: ["Cc", "Bcc", "Reply-To", "Organization", "Importance", "Attachments?"],
  subject: ["Subject"],
  original: ["Original Message", "Original", "Original E-?mail", "Original Appointment", "Forwarded message", "Forwarded by .*", "Repl(?:y|ied) Message", "Reply above this line"],
  forwarded: ["Begin forwarded message", "Forwarded message follows"],
  sentFrom: [
    "Sent from (?:my|AT&T|Yahoo|Mail for|Outlook|Proton|Gmail|Samsung|Windows|Mail|Mailbox|mobile|Edison|a|an|the|TypeApp|Mailspring|Spark|AOL|BlueMail|Nine)\\b.*",
    "Sent with (?:Proton|Spark|Airmail|Unibox|Tutanota|my|AquaMail)\\b.*",
    "Sent (?:via|by) .{2,40}",
    "(?:From my|Someone (?:on|from)(?: my)?) (?:(?:android|mobile|cell|smart)[ -]?phone|i?phone|ipad|ipod|android|galaxy|mobile|blackberry)(?: device| tablet)?(?: \\d\\w*)?",
    "Sent from \\[.{2,60}\\]\\(https?:.{4,80}\\).{0,20}",
    "Get \\[?Outlook for .*",
    "Download Outlook for .*",
    "Get .{2,30} for (?:Android|iOS|iPhone|iPad|Windows|Mac)\\.?",
    "Yahoo Mail: Search, Organi[sz]e, Conquer",
  ],
};

export const de: Phrases = {
  wrote: ["schrieb", "schreibt", "hat geschrieben", "geschrieben"],
  lead: ["Am", "Um", "Zitat von"],
  from: ["Von", "Absender"],
  date: ["Gesendet", "Datum", "Gesendet am"],
  to: ["An"],
  cc: ["Kopie", "Antwort an", "Wichtigkeit", "Anlagen"],
  subject: ["Betreff", "Thema"],
  original: ["Urspr(?:ü|ue)ngliche (?:Nachricht|Mail|E-?Mail)", "Original-?\\s?(?:nachricht|mail)", "Weitergeleitete (?:Nachricht|Mail)"],
  forwarded: ["Anfang der weitergeleiteten (?:Nachricht|E-?Mail)"],
  sentFrom: ["(?:Von meinem|Von einem|Gesendet von|Gesendet mit|Diese Nachricht wurde von meinem|Outlook für (?:iOS|Android)|Holen Sie sich Outlook)\\b.*", "Mit (?:der )?(?:.{0,30}Proton|Tuta|Spark).{0,30}(?:gesendet|versendet|verschickt)\\.?"],
};

export const nl: Phrases = {
  wrote: ["schreef", "heeft geschreven", "het volgende geschreven", "schrijft"],
  lead: ["Op"],
  from: ["Van", "Afzender"],
  date: ["Verzonden", "Datum", "Verzonden op"],
  to: ["Aan"],
  cc: ["Kopie", "CC"],
  subject: ["Onderwerp"],
  original: ["Oorspronkelijk bericht", "Origineel bericht", "Doorgestuurd bericht"],
  forwarded: ["Begin doorgestuurd bericht"],
  sentFrom: ["(?:Verstuurd vanaf|Verzonden (?:vanaf|met|vanuit|via)|Outlook voor|Download Outlook)\\b.*"],
};

export const da: Phrases = {
  wrote: ["skrev"],
  lead: ["Den"],
  from: ["Fra"],
  date: ["Sendt", "Dato"],
  to: ["Til"],
  cc: ["Kopi"],
  subject: ["Emne"],
  original: ["Oprindelig (?:meddelelse|besked|mail)", "Videresendt (?:meddelelse|besked|mail)"],
  forwarded: ["Start på videresendt besked", "Videresendt besked"],
  sentFrom: ["(?:Sendt fra|Sendt med|Sendt via|Hent Outlook|Få Outlook)\\b.*"],
};

export const nb: Phrases = {
  wrote: ["skrev", "skreiv"],
  lead: ["Den", "På"],
  from: ["Fra"],
  date: ["Sendt", "Dato"],
  to: ["Til"],
  cc: ["Kopi"],
  subject: ["Emne"],
  original: ["Opprinnelig melding", "Original melding", "Videresendt melding", "Opprinneleg melding", "Videresendt e-post"],
  forwarded: ["Start på videresendt melding", "Videresendt melding"],
  sentFrom: ["(?:Sendt fra|Sendt med|Skaff deg Outlook|Last ned Outlook)\\b.*"],
};

export const sv: Phrases = {
  wrote: ["skrev", "skriver"],
  lead: ["Den"],
  from: ["Från", "Avsändare"],
  date: ["Skickat", "Datum"],
  to: ["Till"],
  cc: ["Kopia"],
  subject: ["Ämne"],
  original: ["Ursprungligt meddelande", "Originalmeddelande", "Vidarebefordrat (?:meddelande|brev)"],
  forwarded: ["Vidarebefordrat (?:brev|meddelande|mejl)", "Början på vidarebefordrat meddelande"],
  sentFrom: ["(?:Skickat från|Skickat med|Skickades från|Skaffa Outlook|Hämta Outlook)(?!\\p{L}).*"],
};
