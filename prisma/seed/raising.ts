// What raises a ticket's priority on a new desk: `RaisingRules` of domain/raising.ts, less the edition. Nobody is marked yet, and
// no age is set.

export const raising = {
  vip: { to: "high" },
  alarms: [
    {
      id: "outage",
      words: ["nothing works any more", "complete outage", "nichts geht mehr", "totalausfall", "ingenting virker lenger", "alt er nede", "전체 장애", "아무것도 안 돼요", "全部瘫痪", "完全用不了"],
      to: "urgent",
    },
  ],
  ages: [],
} as const;
