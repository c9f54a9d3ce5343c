import type { MailWords } from "./shape";
import { waitIn } from "./wait";

/** Mails in German, with the polite "Sie" to requesters and a plain "du" among colleagues. */
export const de: MailWords = {
  letters: {
    acknowledgement: ({ number, assignee, ...wait }) => ({
      subject: "Ihre Anfrage ist angekommen",
      before: [
        `vielen Dank, dass Sie sich an uns wenden. Ihre Anfrage ist bei uns angekommen; sie hat die Nummer #${number}.`,
        assignee === null
          ? "Wir geben sie jetzt an die richtige Person weiter."
          : `${assignee} kümmert sich darum und meldet sich bei Ihnen.`,
        ...waitIn({
          opens: (at) => `Im Moment haben wir geschlossen; wieder da sind wir ab ${at}.`,
          expected: (at) => `In der Regel hören Sie spätestens ${at} von uns.`,
          position: (place) => (place === 1 ? "Ihre Anfrage ist als nächste an der Reihe." : `Ihre Anfrage steht auf Platz ${place} der Warteschlange.`),
          solved: (at) => `Die meisten Anfragen wie Ihre sind spätestens ${at} gelöst.`,
        }, wait),
        "Sie müssen nichts weiter tun. Möchten Sie etwas ergänzen oder den Stand sehen, nutzen Sie bitte diesen Link:",
      ],
      after: [],
      link: "Anfrage ansehen",
    }),
    "new-assignee": ({ assignee }) => ({
      subject:
        assignee === null ? "Ihre Anfrage wurde neu zugeteilt" : `${assignee} kümmert sich jetzt um Ihre Anfrage`,
      before: [
        assignee === null
          ? "jemand anderes aus unserem Team hat Ihre Anfrage übernommen und meldet sich bei Ihnen."
          : `${assignee} hat Ihre Anfrage übernommen und meldet sich bei Ihnen.`,
      ],
      after: [],
      link: "Anfrage ansehen",
    }),
    "public-reply": ({ subject }) => ({
      subject: `Re: ${subject}`,
      before: [],
      after: [],
      link: "Antworten oder Verlauf ansehen",
    }),
    pending: () => ({
      subject: "Wir brauchen Ihre Antwort",
      before: [],
      after: ["Sobald wir von Ihnen hören, machen wir weiter."],
      link: "Antworten",
    }),
    "ask-back": ({ missing }) => ({
      subject: "Uns fehlen noch ein paar Angaben",
      before: ["Damit wir Ihnen schnell helfen können, brauchen wir noch Folgendes von Ihnen:", ...missing.map((each) => `• ${each}`)],
      after: ["Über den Link unten können Sie es ausfüllen; alles andere geht inzwischen seinen Gang. Was immer Sie uns sagen können, hilft, auch wenn es nicht alles ist."],
      link: "Ausfüllen",
    }),
    "still-waiting": () => ({
      subject: "Wir warten noch auf Ihre Antwort",
      before: ["vor einiger Zeit haben wir Sie etwas gefragt und seitdem nichts von Ihnen gehört."],
      after: ["Wir würden gern weitermachen: bitte antworten Sie, sobald Sie können. Ohne Antwort betrachten wir Ihre Anfrage als gelöst."],
      link: "Antworten",
    }),
    "later-than-expected": ({ expected }) => ({
      subject: "Es dauert etwas länger als angekündigt",
      before: [
        "es tut uns leid: bei uns ist mehr los als sonst, und wir haben uns nicht zur angekündigten Zeit bei Ihnen gemeldet.",
        expected === null ? "Wir haben Sie nicht vergessen und melden uns, sobald wir können." : `In der Regel hören Sie spätestens ${expected} von uns.`,
      ],
      after: [],
      link: "Anfrage ansehen",
    }),
    solved: ({ closesIn, replied }) => ({
      subject: "Ihre Anfrage ist gelöst",
      before: replied ? [] : ["aus unserer Sicht ist Ihre Anfrage gelöst."],
      after: [
        (replied ? "Damit ist Ihre Anfrage aus unserer Sicht gelöst. " : "") +
          "Hat es geholfen? Bitte sagen Sie uns über den Link unten kurz Bescheid, ob ja oder nein." +
          (closesIn === null
            ? ""
            : ` Wenn wir nichts mehr von Ihnen hören, wird Ihre Anfrage ${closesIn} automatisch geschlossen.`),
      ],
      link: "Gelöst oder noch nicht?",
    }),
    "new-link": ({ number }) => ({
      subject: "Ihr neuer Link",
      before: [`Sie haben um einen neuen Link zu Ihrer Anfrage #${number} gebeten. Hier ist er:`],
      after: [],
      link: "Anfrage ansehen",
    }),
  },
  memos: {
    assigned: ({ by }) => ({
      what: "Dir zugewiesen",
      says: by === null ? "Dieses Ticket wurde dir zugewiesen." : `${by} hat dir dieses Ticket zugewiesen.`,
    }),
    "taken-over": ({ by }) => ({
      what: "Nicht mehr bei dir",
      says: by === null ? "Dieses Ticket ist dir nicht mehr zugewiesen." : `${by} hat dir dieses Ticket abgenommen.`,
    }),
    unassigned: ({ by }) => ({
      what: "Niemand hat dieses Ticket",
      says:
        by === null
          ? "Dieses Ticket ist niemandem mehr zugewiesen."
          : `${by} hat die Zuweisung dieses Tickets aufgehoben.`,
    }),
    declined: () => ({
      what: "Niemand will dieses Ticket",
      says: "Alle, denen es angeboten wurde, haben abgelehnt. Es wartet, bis es jemandem gegeben wird; seine Fristen laufen weiter.",
    }),
    "colleague-wrote": ({ by }) => ({
      what: by === null ? "Neues aus dem Team" : `${by} hat geschrieben`,
      says:
        by === null
          ? "Jemand aus dem Team hat zu deinem Ticket geschrieben:"
          : `${by} hat zu deinem Ticket geschrieben:`,
    }),
    "requester-wrote": () => ({ what: "Neue Nachricht zur Anfrage", says: "Die anfragende Person schreibt:" }),
    "requester-reopened": () => ({
      what: "Nicht gelöst",
      says: "Die anfragende Person sagt, dass es noch nicht gelöst ist.",
    }),
    reopened: ({ by }) => ({
      what: "Wieder geöffnet",
      says: by === null ? "Dieses Ticket ist wieder offen." : `${by} hat dieses Ticket wieder geöffnet.`,
    }),
    resumed: () => ({ what: "Wartezeit vorbei", says: "Die Wartezeit ist abgelaufen; das Ticket ist wieder offen." }),
    reminder: ({ metric, percent, due }) => ({
      what: due === null ? `Erinnerung: ${metric}` : `Fällig ${due}: ${metric}`,
      says:
        (percent === null ? `Bald fällig: ${metric}.` : `${percent} % der Zeit sind verbraucht: ${metric}.`) +
        (due === null ? "" : ` Fällig ${due}.`),
    }),
    escalation: ({ metric, level, due, also }) => ({
      what: due === null ? `Eskalation, Stufe ${level}: ${metric}` : `Stufe ${level}: ${metric} war fällig ${due}`,
      says:
        `Ziel verfehlt: ${metric}` +
        (due === null ? "." : `, fällig ${due}.`) +
        ` Dies ist Stufe ${level} der Eskalation.` +
        (also === null ? "" : ` Darunter wurde auch Stufe ${also} fällig und hat niemanden eigens benachrichtigt.`),
    }),
    escalated: ({ by, level }) => ({
      what: by === null ? `Eskaliert, Stufe ${level}` : `${by} hat eskaliert, Stufe ${level}`,
      says: by === null ? "Dieses Ticket wurde an dich eskaliert." : `${by} hat dieses Ticket an dich eskaliert:`,
    }),
    "merged-in": ({ by, source }) => ({
      what: `#${source} hiermit zusammengeführt`,
      says: by === null ? `Ticket #${source} geht in diesem weiter.` : `${by} hat Ticket #${source} mit diesem zusammengeführt.`,
    }),
    "requester-thanked": () => ({ what: "Dank", says: "Die anfragende Person hat sich bedankt; das Ticket bleibt gelöst. Wenn doch mehr dahintersteckt, bitte wieder öffnen:" }),
    undelivered: () => ({
      what: "Mail nicht zugestellt",
      says:
        "Eine Mail an die anfragende Person konnte nicht zugestellt werden; bitte melde dich auf einem anderen Weg. " +
        "War es die Mail mit der Lösung, schließt sich das Ticket nicht von selbst.",
    }),
    "copy-undelivered": () => ({ what: "Kopie nicht zugestellt", says: "Die Kopie einer Antwort konnte jemandem, der am Ticket beteiligt ist, nicht zugestellt werden. Die Mail an die anfragende Person ist eine andere." }),
    "staff-undelivered": () => ({ what: "Mail ans Team nicht zugestellt", says: "Eine Mail zu diesem Ticket an jemanden aus dem Team oder in Bereitschaft konnte nicht zugestellt werden. Die Benachrichtigung zeigt, an wen und warum; bitte gib es auf anderem Weg weiter." }),
    "mail-loop": () => ({
      what: "Mails gehen hin und her",
      says:
        "Eine Maschine scheint unsere Eingangsbestätigungen an diese Person immer wieder zu beantworten. Wir bestätigen dieser " +
        "Adresse vorerst nichts mehr; was du schreibst, wird weiterhin gesendet.",
    }),
    "template-broken": () => ({
      what: "Eine Mailvorlage ist unbrauchbar",
      says: "Eine Mail an die anfragende Person ging mit unseren eigenen Worten hinaus, da ihre Vorlage unbrauchbar ist. Bitte sag es jemandem mit Adminrechten.",
    }),
    "address-suspended": () => ({
      what: "Mails erreichen eine Adresse nicht",
      says:
        "Eine Mail zu diesem Ticket kam endgültig zurück, oder die Empfängerseite hat sich beschwert. An diese Adresse wird nichts " +
        "mehr gesendet, bis jemand die Sperre aufhebt. Bitte finde einen anderen Weg.",
    }),
    "message-held": () => ({
      what: "Eine Nachricht wartet auf dich",
      says: "Jemand, der an diesem Ticket nicht beteiligt ist, hat an dessen Adresse geschrieben. Die Nachricht ist nicht veröffentlicht: Nimm sie an, womit die Person dazukommt, oder lehne sie ab.",
    }),
    "not-sent": () => ({
      what: "Deine Antwort wurde NICHT gesendet",
      says: "Per Mail kam eine Antwort in deinem Namen, und wir können nicht sicher sein, dass sie von dir ist. Sie wurde nicht gesendet. Nimm sie am Ticket an, wenn du sie geschrieben hast.",
    }),
  },
  digest: ({ count, due }) => ({
    what: due === null ? `${count} Nachrichten` : `${count} Nachrichten, die erste fällig ${due}`,
    says: "Mehreres auf einmal; das dringendste Ticket steht oben.",
  }),
  copy: {
    because: "Sie erhalten diese Mail, weil Sie an diesem Gespräch beteiligt sind.",
    answer: "Ihre Antwort auf diese Mail lesen alle, die daran arbeiten.",
  },
  hello: "Guten Tag,",
  team: "Ihr Support-Team",
  footer: [
    "Zum Antworten nutzen Sie bitte den Link: Antworten an diese Adresse werden nicht gelesen.",
    "Der Link ist nur für Sie. Wer ihn hat, kann diesen Verlauf lesen und in Ihrem Namen antworten.",
  ],
  answering: {
    reply: "Eine Antwort auf diese Mail geht an die anfragende Person.",
    note: "Eine Antwort auf diese Mail wird eine interne Notiz.",
  },
  answerByMail: "Zum Antworten schreiben Sie einfach auf diese Mail zurück, oder nutzen Sie den Link.",
  labels: { subject: "Betreff", status: "Status", priority: "Priorität", deadline: "Frist", ticket: "Ticket" },
  statuses: {
    new: "neu",
    open: "offen",
    pending: "wartet auf Antwort",
    "on-hold": "zurückgestellt",
    solved: "gelöst",
    closed: "geschlossen",
  },
  priorities: { low: "niedrig", normal: "normal", high: "hoch", urgent: "dringend" },
  metrics: { firstResponse: "erste Antwort", nextResponse: "nächste Antwort", periodicUpdate: "Zwischenstand", assignment: "Zuweisung", resolution: "Lösung" },
  placed: (time, place) => `${time} (Ortszeit ${place})`,
  shortly: "in Kürze",
};
