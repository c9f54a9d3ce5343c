import type { SlaWords } from "./shape";

/** The clocks in German. */
export const de: SlaWords = {
  metrics: {
    firstResponse: "Erste Antwort",
    nextResponse: "Nächste Antwort",
    periodicUpdate: "Zwischenstand",
    assignment: "Zuweisung",
    resolution: "Lösung",
  },
  days: ["So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"],
  units: { hour: "Std.", minute: "Min.", second: "Sek.", ms: "ms" },
  because: { pending: "beim Warten auf die anfragende Person", "on-hold": "zurückgestellt", solved: "während es gelöst war", merged: "während es zusammengeführt war" },
  moment: (day, date, time) => (date === null ? `${day} ${time}` : `${day} ${date.day}.${date.month}. ${time}`),
  due: ({ state, when, target, business, from, calendar, paused, corrected }) => {
    const head = { due: "Fällig", breached: "War fällig", standing: "Steht still", met: "Eingehalten", cancelled: "Aufgegeben" }[state];
    const where = calendar === null ? "" : ` (${calendar})`;
    const stood = paused.map(({ time, because }) => `, ${time === null ? "" : `${time} `}Pause ${because}`).join("");
    const put = corrected === null ? "" : `, ${corrected.time} durch Korrektur ${corrected.isGiven ? "gutgeschrieben" : "abgezogen"}`;
    return `${head}${when === null ? "" : ` ${when}`}: ${target}${business ? " Geschäftszeit" : ""} ab ${from}${where}${stood}${put}.`;
  },
  noTarget: "Kein Ziel bei dieser Priorität.",
};
