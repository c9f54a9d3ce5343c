import type { SlaWords } from "./shape";

/** The clocks in Norwegian. */
export const nb: SlaWords = {
  metrics: {
    firstResponse: "Første svar",
    nextResponse: "Neste svar",
    periodicUpdate: "Statusoppdatering",
    assignment: "Tildeling",
    resolution: "Løsning",
  },
  days: ["søn", "man", "tir", "ons", "tor", "fre", "lør"],
  units: { hour: "t", minute: "min", second: "s", ms: "ms" },
  because: { pending: "i vente på innsenderen", "on-hold": "på vent", solved: "mens den var løst", merged: "mens den var slått sammen" },
  moment: (day, date, time) => (date === null ? `${day} ${time}` : `${day} ${date.day}.${date.month}. ${time}`),
  due: ({ state, when, target, business, from, calendar, paused, corrected }) => {
    const head = { due: "Frist", breached: "Fristen var", standing: "Står stille", met: "Holdt", cancelled: "Oppgitt" }[state];
    const where = calendar === null ? "" : ` (${calendar})`;
    const stood = paused.map(({ time, because }) => `, ${time === null ? "" : `${time} `}pause ${because}`).join("");
    const put = corrected === null ? "" : `, ${corrected.time} ${corrected.isGiven ? "gitt tilbake" : "trukket fra"} ved korreksjon`;
    return `${head}${when === null ? "" : ` ${when}`}: ${target}${business ? " arbeidstid" : ""} fra ${from}${where}${stood}${put}.`;
  },
  noTarget: "Intet mål ved denne prioriteten.",
};
