import type { PortalWords } from "./shape";

/** The requester's page in German. */
export const de: PortalWords = {
  tag: "de",
  request: "Anfrage",
  statuses: {
    new: { title: "Angekommen", says: "Bald sieht sich jemand Ihre Anfrage an." },
    open: { title: "Wir kümmern uns darum", says: "Sobald es etwas Neues gibt, schreiben wir Ihnen." },
    pending: {
      title: "Wir warten auf Ihre Antwort",
      says: "Damit wir weitermachen können, brauchen wir etwas von Ihnen.",
    },
    "on-hold": { title: "Wir kümmern uns darum", says: "Sobald es etwas Neues gibt, schreiben wir Ihnen." },
    solved: { title: "Gelöst", says: "Aus unserer Sicht ist Ihre Anfrage gelöst." },
    closed: { title: "Abgeschlossen", says: "Diese Anfrage ist erledigt." },
  },
  conversation: "Verlauf",
  files: "Dateien",
  you: "Sie",
  team: "Support",
  solvedQuestion: "Hat es geholfen?",
  solved: "Ja, gelöst, vielen Dank",
  notSolved: "Nein, noch nicht gelöst",
  lacking: { title: "Noch ein paar Angaben", says: "Was immer Sie ausfüllen können, hilft uns; es muss nicht alles sein." },
  rating: {
    title: "Ihre Meinung",
    says: "Wie haben wir geholfen?",
    stars: { 1: "Sehr schlecht", 2: "Schlecht", 3: "Mittelmäßig", 4: "Gut", 5: "Sehr gut" },
    comment: "Was sollten wir wissen? (freiwillig)",
    send: "Senden",
  },
  reply: {
    title: "Schreiben Sie uns",
    label: "Ihre Nachricht",
    whenClosed: "Diese Anfrage ist abgeschlossen. Wenn Sie uns schreiben, eröffnen wir dazu eine neue.",
    send: "Senden",
  },
  privacy:
    "Diese Seite ist nur für Sie. Wer den Link hat, kann mitlesen und für Sie antworten; geben Sie ihn bitte nicht weiter.",
  flashes: {
    "reply-received": () => "Vielen Dank, Ihre Nachricht ist angekommen.",
    "closed-thanks": () => "Vielen Dank für die Rückmeldung. Wir haben Ihre Anfrage abgeschlossen.",
    reopened: () => "Danke, dass Sie es uns sagen. Wir sehen es uns noch einmal an.",
    "follow-up": (followUp) =>
      `Diese Anfrage war schon abgeschlossen, daher haben wir eine neue eröffnet: ${followUp}. Wir schreiben Ihnen.`,
    rated: () => "Vielen Dank für Ihre Meinung.",
    "try-again": () =>
      "Das hat gerade leider nicht geklappt. Es ist nichts verloren: Bitte versuchen Sie es gleich noch einmal.",
    refused: () => "Das geht nicht mehr, denn die Anfrage hat sich inzwischen geändert. So steht sie jetzt.",
  },
  expired: {
    title: "Dieser Link ist abgelaufen",
    says: "Zum Schutz Ihrer Anfrage gilt ein Link nur begrenzte Zeit. Gern schicken wir Ihnen einen neuen per Mail.",
    send: "Neuen Link schicken",
    sentTitle: "Ein neuer Link ist unterwegs",
    sent: "Bitte sehen Sie gleich in Ihr Postfach. Der Link geht an die Adresse, von der Ihre Anfrage kam.",
  },
  notFound: {
    title: "Dieser Link funktioniert nicht",
    says: "Vielleicht fehlt ein Stück. Bitte öffnen Sie ihn noch einmal aus unserer Mail oder kopieren Sie ihn ganz.",
  },
};
