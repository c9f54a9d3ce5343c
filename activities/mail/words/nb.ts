import type { MailWords } from "./shape";
import { waitIn } from "./wait";

/** Mails in Norwegian bokmål. */
export const nb: MailWords = {
  letters: {
    acknowledgement: ({ number, assignee, ...wait }) => ({
      subject: "Vi har mottatt henvendelsen din",
      before: [
        `Takk for at du tok kontakt. Vi har mottatt henvendelsen din, og den har fått nummer #${number}.`,
        assignee === null
          ? "Nå finner vi den rette personen til å hjelpe deg."
          : `${assignee} tar seg av den og gir deg svar.`,
        ...waitIn({
          opens: (at) => `Akkurat nå har vi stengt; vi åpner igjen ${at}.`,
          expected: (at) => `Som regel hører du fra oss innen ${at}.`,
          position: (place) => (place === 1 ? "Henvendelsen din er den neste i køen." : `Henvendelsen din er nummer ${place} i køen.`),
          solved: (at) => `De fleste slike henvendelser er løst innen ${at}.`,
        }, wait),
        "Du trenger ikke å gjøre noe nå. Vil du legge til noe eller se hvordan det går, kan du bruke denne lenken:",
      ],
      after: [],
      link: "Se henvendelsen din",
    }),
    "new-assignee": ({ assignee }) => ({
      subject:
        assignee === null ? "En kollega har overtatt henvendelsen din" : `${assignee} tar seg nå av henvendelsen din`,
      before: [
        assignee === null
          ? "En kollega har overtatt henvendelsen din og gir deg svar."
          : `${assignee} har overtatt henvendelsen din og gir deg svar.`,
      ],
      after: [],
      link: "Se henvendelsen din",
    }),
    "public-reply": ({ subject }) => ({
      subject: `Re: ${subject}`,
      before: [],
      after: [],
      link: "Svar eller se hele samtalen",
    }),
    pending: () => ({
      subject: "Vi trenger svar fra deg",
      before: [],
      after: ["Vi fortsetter så snart vi hører fra deg."],
      link: "Svar",
    }),
    "ask-back": ({ missing }) => ({
      subject: "Vi trenger litt mer fra deg",
      before: ["For å kunne hjelpe deg raskt trenger vi fortsatt dette fra deg:", ...missing.map((each) => `• ${each}`)],
      after: ["Du kan fylle det ut via lenken under; resten går sin gang imens. Alt du kan fortelle oss, hjelper, også om det ikke er alt."],
      link: "Fyll ut",
    }),
    "still-waiting": () => ({
      subject: "Vi venter fortsatt på svar fra deg",
      before: ["For en stund siden spurte vi deg om noe, og vi har ikke hørt fra deg siden."],
      after: ["Vi vil gjerne fortsette: svar når du kan. Uten svar regner vi henvendelsen som løst."],
      link: "Svar",
    }),
    "later-than-expected": ({ expected }) => ({
      subject: "Det tar litt lengre tid enn vi sa",
      before: [
        "Beklager: det er mer å gjøre enn vanlig, og du har ikke hørt fra oss innen tiden vi oppga.",
        expected === null ? "Vi har ikke glemt deg, og skriver så snart vi kan." : `Som regel hører du fra oss innen ${expected}.`,
      ],
      after: [],
      link: "Se henvendelsen din",
    }),
    solved: ({ closesIn, replied }) => ({
      subject: "Henvendelsen din er løst",
      before: replied ? [] : ["Vi mener at henvendelsen din nå er løst."],
      after: [
        (replied ? "Med dette mener vi at henvendelsen din er løst. " : "") +
          "Hjalp det? Si gjerne fra via lenken nedenfor, enten det gjorde det eller ikke." +
          (closesIn === null ? "" : ` Hører vi ikke mer fra deg, lukkes henvendelsen automatisk ${closesIn}.`),
      ],
      link: "Løst, eller ikke ennå?",
    }),
    "new-link": ({ number }) => ({
      subject: "Her er den nye lenken din",
      before: [`Du har bedt om en ny lenke til henvendelsen din #${number}. Her er den:`],
      after: [],
      link: "Se henvendelsen din",
    }),
  },
  memos: {
    assigned: ({ by }) => ({
      what: "Tildelt deg",
      says: by === null ? "Du har fått tildelt denne saken." : `${by} har tildelt deg denne saken.`,
    }),
    "taken-over": ({ by }) => ({
      what: "Ikke lenger din",
      says: by === null ? "Denne saken er ikke lenger tildelt deg." : `${by} har tatt denne saken fra deg.`,
    }),
    unassigned: ({ by }) => ({
      what: "Ingen har denne saken",
      says: by === null ? "Denne saken er ikke lenger tildelt noen." : `${by} har fjernet tildelingen av denne saken.`,
    }),
    declined: () => ({
      what: "Ingen vil ha denne saken",
      says: "Alle som fikk tilbud om den, har takket nei. Den venter til noen får den; fristene løper videre.",
    }),
    "colleague-wrote": ({ by }) => ({
      what: `${by ?? "En kollega"} har skrevet`,
      says: `${by ?? "En kollega"} har skrevet i saken din:`,
    }),
    "requester-wrote": () => ({ what: "Ny melding fra innsenderen", says: "Innsenderen skriver:" }),
    "requester-reopened": () => ({ what: "Ikke løst", says: "Innsenderen sier at saken ikke er løst ennå." }),
    reopened: ({ by }) => ({
      what: "Gjenåpnet",
      says: by === null ? "Denne saken er åpen igjen." : `${by} har gjenåpnet denne saken.`,
    }),
    resumed: () => ({ what: "Ventetiden er over", says: "Ventetiden er over, og saken er åpen igjen." }),
    reminder: ({ metric, percent, due }) => ({
      what: due === null ? `Påminnelse: ${metric}` : `Frist ${due}: ${metric}`,
      says:
        (percent === null ? `Fristen er nær: ${metric}.` : `${percent} % av tiden er brukt: ${metric}.`) +
        (due === null ? "" : ` Fristen er ${due}.`),
    }),
    escalation: ({ metric, level, due, also }) => ({
      what: due === null ? `Eskalering, nivå ${level}: ${metric}` : `Nivå ${level}: ${metric} forfalt ${due}`,
      says:
        `Målet er ikke nådd: ${metric}` +
        (due === null ? "." : `, frist ${due}.`) +
        ` Dette er nivå ${level} i eskaleringen.` +
        (also === null ? "" : ` Under det forfalt også nivå ${also}, uten eget varsel til noen.`),
    }),
    escalated: ({ by, level }) => ({
      what: by === null ? `Eskalert, nivå ${level}` : `${by} har eskalert, nivå ${level}`,
      says: by === null ? "Denne saken er eskalert til deg." : `${by} har eskalert denne saken til deg:`,
    }),
    "merged-in": ({ by, source }) => ({
      what: `#${source} slått sammen med denne`,
      says: by === null ? `Sak #${source} fortsetter i denne.` : `${by} har slått sak #${source} sammen med denne.`,
    }),
    "requester-thanked": () => ({ what: "Takk", says: "Innsenderen sa takk; saken forblir løst. Gjenåpne den hvis det ligger mer i det:" }),
    undelivered: () => ({
      what: "E-posten kom ikke fram",
      says:
        "En e-post til innsenderen kunne ikke leveres; ta kontakt på en annen måte. " +
        "Gjaldt den løsningen, lukkes saken ikke automatisk.",
    }),
    "copy-undelivered": () => ({ what: "Kopien kom ikke fram", says: "Kopien av et svar kunne ikke leveres til en som deltar i saken. E-posten til innsenderen er en annen." }),
    "staff-undelivered": () => ({ what: "E-post til en kollega kom ikke fram", says: "En e-post om denne saken til en kollega eller en som har vakt, kunne ikke leveres. Varselet viser til hvem og hvorfor; si fra på en annen måte." }),
    "mail-loop": () => ({
      what: "E-poster går fram og tilbake",
      says:
        "En maskin ser ut til å svare på bekreftelsene våre til denne innsenderen igjen og igjen. Vi bekrefter ikke mer til denne " +
        "adressen foreløpig; det du skriver, sendes fortsatt.",
    }),
    "template-broken": () => ({
      what: "En e-postmal kan ikke brukes",
      says: "En e-post til innsenderen ble sendt med våre egne ord, fordi malen ikke kan brukes. Si fra til en administrator.",
    }),
    "address-suspended": () => ({
      what: "E-post når ikke fram til en adresse",
      says:
        "En e-post om denne saken kom tilbake for godt, eller mottakeren har klaget på den. Ingenting mer sendes til adressen før " +
        "noen opphever sperren. Finn en annen måte.",
    }),
    "message-held": () => ({
      what: "En melding venter på deg",
      says: "Noen som ikke deltar i denne saken, har skrevet til adressen dens. Meldingen er ikke publisert: godta den, så blir avsenderen med, eller avvis den.",
    }),
    "not-sent": () => ({
      what: "Svaret ditt ble IKKE sendt",
      says: "Det kom et svar i ditt navn på e-post, og vi kan ikke være sikre på at det er fra deg. Det ble ikke sendt. Godta det i saken hvis du skrev det.",
    }),
  },
  digest: ({ count, due }) => ({
    what: due === null ? `${count} varsler` : `${count} varsler, første frist ${due}`,
    says: "Flere varsler på én gang; saken som haster mest, står øverst.",
  }),
  copy: {
    because: "Du får denne e-posten fordi du deltar i samtalen.",
    answer: "Svaret ditt på denne e-posten leses av alle som arbeider med saken.",
  },
  hello: "Hei!",
  team: "Vennlig hilsen kundestøtte",
  footer: [
    "Bruk lenken når du vil svare: Svar til denne adressen blir ikke lest.",
    "Lenken er bare for deg. Den som har den, kan lese samtalen og svare i ditt navn.",
  ],
  answering: {
    reply: "Et svar på denne e-posten sendes til innsenderen.",
    note: "Et svar på denne e-posten blir et internt notat.",
  },
  answerByMail: "Svar på denne e-posten, eller bruk lenken.",
  labels: { subject: "Emne", status: "Status", priority: "Prioritet", deadline: "Frist", ticket: "Sak" },
  statuses: {
    new: "ny",
    open: "åpen",
    pending: "venter på innsenderen",
    "on-hold": "på vent",
    solved: "løst",
    closed: "lukket",
  },
  priorities: { low: "lav", normal: "normal", high: "høy", urgent: "haster" },
  metrics: { firstResponse: "første svar", nextResponse: "neste svar", periodicUpdate: "statusoppdatering", assignment: "tildeling", resolution: "løsning" },
  placed: (time, place) => `${time} (${place}-tid)`,
  shortly: "om kort tid",
};
