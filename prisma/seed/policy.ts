// What a new desk promises, in the order of trial. An edition is never changed: another promise is another edition.

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

const lead = { do: "tell", whom: [{ to: "lead" }] } as const;
const manager = { do: "tell", whom: [{ to: "manager" }] } as const;
const toAssignee = [{ to: "assignee" }] as const;

/** The lead at the breach, the manager `afterMs` of business time later. */
function leadThenManager(afterMs: number) {
  return [
    { afterMs: 0, basis: "business", actions: [lead], wake: false },
    { afterMs, basis: "business", actions: [manager], wake: false },
  ] as const;
}

function target(calendar: string, targetMs: Record<"low" | "normal" | "high" | "urgent", number | null>) {
  const reminders = [{ at: { percent: 75 }, tell: toAssignee }] as const;
  return { calendar, targetMs, reminders, escalation: leadThenManager(4 * hour), repeat: null };
}

const promises = {
  reopening: "continue",
  pending: null,
  autoCloseMs: 24 * hour,
  acknowledgeAfterMs: 30 * second,
  // Impact, then urgency.
  matrix: {
    low: { low: "low", medium: "low", high: "normal" },
    medium: { low: "low", medium: "normal", high: "high" },
    high: { low: "normal", medium: "high", high: "urgent" },
  },
} as const;

/** Every quarter of an hour somebody is woken until somebody has seen it. */
const pagerChain = {
  escalation: [
    { afterMs: 0, basis: "clock", actions: [lead, { do: "raisePriority", to: "high" }], wake: true },
    { afterMs: 15 * minute, basis: "clock", actions: [manager, { do: "raisePriority", to: "urgent" }, { do: "flag", flag: "unattended" }], wake: true },
  ],
  repeat: { everyMs: 15 * minute, basis: "clock" },
} as const;

function office(calendar: string) {
  return {
    firstResponse: target(calendar, { urgent: 1 * hour, high: 2 * hour, normal: 8 * hour, low: 16 * hour }),
    nextResponse: target(calendar, { urgent: 2 * hour, high: 4 * hour, normal: 8 * hour, low: 24 * hour }),
    resolution: {
      ...target(calendar, { urgent: 8 * hour, high: 16 * hour, normal: 24 * hour, low: 56 * hour }),
      reminders: [
        { at: { percent: 50 }, tell: toAssignee },
        { at: { percent: 75 }, tell: toAssignee },
        { at: { beforeMs: 1 * hour }, tell: [{ to: "assignee" }, { to: "lead" }] },
      ],
    },
  };
}

/** As an admin would have written them: durations in ms. */
export const policies = [
  {
    id: "incidents",
    name: "Incidents, around the clock",
    match: { types: ["incident"] },
    promise: {
      ...promises,
      targets: {
        assignment: { ...target("on-call", { urgent: 5 * minute, high: 15 * minute, normal: 1 * hour, low: 4 * hour }), ...pagerChain },
        firstResponse: { ...target("on-call", { urgent: 15 * minute, high: 30 * minute, normal: 2 * hour, low: 8 * hour }), ...pagerChain },
        periodicUpdate: target("on-call", { urgent: 1 * hour, high: 4 * hour, normal: null, low: null }),
        resolution: target("on-call", { urgent: 4 * hour, high: 8 * hour, normal: 24 * hour, low: 72 * hour }),
      },
    },
  },
  { id: "seoul", name: "Customers of the Seoul office", match: { organisations: ["hanbit"] }, promise: { ...promises, targets: office("seoul") } },
  { id: "standard", name: "Everybody else", match: {}, promise: { ...promises, targets: office("oslo") } },
] as const;

/** Who requesters belong to, by their mail's domain. All of them are invented. */
export const organisations = [
  { id: "hanbit", name: "Hanbit Trading", domains: ["hanbit.example"], calendarId: "seoul" },
  { id: "nordlys", name: "Nordlys AS", domains: ["nordlys.example"], calendarId: "oslo" },
] as const;
