// What raises a ticket's priority on a new desk: `RaisingRules` of domain/raising.ts, less the edition. Nobody is marked yet.

/** Two working weeks of eight hours a day: longer than any promise, so that no priority raised for its age breaks one. */
const longOpenMs = 2 * 5 * 8 * 3_600_000;

export const raising = {
  vip: { to: "high" },
  alarms: [
    {
      id: "outage",
      words: ["nothing works any more", "complete outage", "nichts geht mehr", "totalausfall", "ingenting virker lenger", "alt er nede", "전체 장애", "아무것도 안 돼요", "全部瘫痪", "完全用不了"],
      to: "urgent",
    },
  ],
  ages: [{ afterMs: longOpenMs, to: "high" }],
} as const;
