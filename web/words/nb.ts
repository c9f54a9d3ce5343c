import type { PortalWords } from "./shape";

/** The requester's page in Norwegian bokmål. */
export const nb: PortalWords = {
  tag: "nb",
  request: "Henvendelse",
  statuses: {
    new: { title: "Vi har mottatt den", says: "Noen ser snart på henvendelsen din." },
    open: { title: "Vi jobber med saken", says: "Vi skriver til deg så snart det er noe nytt." },
    pending: { title: "Vi venter på svar fra deg", says: "Vi trenger noe fra deg for å komme videre." },
    "on-hold": { title: "Vi jobber med saken", says: "Vi skriver til deg så snart det er noe nytt." },
    solved: { title: "Løst", says: "Vi mener at henvendelsen din er løst." },
    closed: { title: "Avsluttet", says: "Denne henvendelsen er ferdig behandlet." },
  },
  conversation: "Samtale",
  files: "Filer",
  you: "Du",
  team: "Kundestøtte",
  solvedQuestion: "Hjalp det?",
  solved: "Ja, det er løst, takk",
  notSolved: "Nei, ikke løst ennå",
  lacking: { title: "Litt mer fra deg", says: "Alt du kan fylle ut, hjelper oss; det trenger ikke å være alt." },
  rating: {
    title: "Din mening",
    says: "Hvordan var hjelpen?",
    stars: { 1: "Svært dårlig", 2: "Dårlig", 3: "Middels", 4: "God", 5: "Svært god" },
    comment: "Hva bør vi vite? (valgfritt)",
    send: "Send",
  },
  reply: {
    title: "Skriv til oss",
    label: "Meldingen din",
    whenClosed: "Denne henvendelsen er avsluttet. Skriver du til oss, oppretter vi en ny som viser til denne.",
    send: "Send",
  },
  privacy: "Denne siden er bare for deg. Den som har lenken, kan lese og svare i ditt navn, så ikke del den med andre.",
  flashes: {
    "reply-received": () => "Takk, vi har mottatt meldingen din.",
    "closed-thanks": () => "Takk for at du sa fra. Vi har avsluttet henvendelsen din.",
    reopened: () => "Takk for at du sa fra. Vi ser på det igjen.",
    "follow-up": (followUp) =>
      `Henvendelsen var allerede avsluttet, så vi har opprettet en ny: ${followUp}. Vi skriver til deg på e-post.`,
    rated: () => "Takk for at du sa din mening.",
    "try-again": () => "Beklager, det gikk ikke akkurat nå. Ingenting er tapt: Prøv igjen om et øyeblikk.",
    refused: () => "Det går ikke lenger, for henvendelsen er endret i mellomtiden. Slik står det til nå.",
  },
  expired: {
    title: "Denne lenken er utløpt",
    says: "Av sikkerhetsgrunner virker en lenke bare en begrenset tid. Vi sender deg gjerne en ny på e-post.",
    send: "Send meg en ny lenke",
    sentTitle: "En ny lenke er på vei",
    sent: "Se i innboksen din om noen minutter. Lenken går til adressen som henvendelsen din kom fra.",
  },
  notFound: {
    title: "Denne lenken virker ikke",
    says: "Kanskje mangler det en del av den. Åpne lenken i e-posten vår en gang til, eller kopier hele lenken.",
  },
};
