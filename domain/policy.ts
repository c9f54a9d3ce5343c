// What one edition of an SLA policy promises. Knows durations, chains and conditions by name; refuses to know which tickets it
// applies to (its row says that), when a calendar is open, or anybody's name or address.
import type { CalendarKey } from "./coverage";
import type { Degree, Priority } from "./words";

/** What is measured, in the order of precedence when two are due at the same instant. */
export const metrics = ["firstResponse", "nextResponse", "periodicUpdate", "assignment", "resolution"] as const;
export type Metric = (typeof metrics)[number];

/** A status that may stop a clock. Solved and closed always do. */
export const pausing = ["pending", "on-hold"] as const;
export type Pausing = (typeof pausing)[number];

/** What can start, meet or cancel a metric's cycle. */
export const occasions = [
  /** The ticket was accepted. */
  "opened",
  /** Somebody of staff answered in public; also with a resolution. A note, an ask-back or an automatic mail is none. */
  "publicReply",
  /** The requester wrote, after they had been answered before: the oldest words that nobody has answered yet count. */
  "requesterReply",
  /** A person has it. */
  "assigned",
  "unassigned",
  /** To another team, where nobody has it yet. */
  "transferred",
  "resolved",
  "reopened",
] as const;
export type Occasion = (typeof occasions)[number];

/**
 * How an interval is counted: `business` in the metric's calendar, `clock` by the hour on the wall. Neither counts while the
 * metric is paused.
 */
export const bases = ["business", "clock"] as const;
export type Basis = (typeof bases)[number];

/**
 * Who can be told: by role on the ticket and its team (`team` null: the ticket's own), by id, or a `contact` (a mail address,
 * which only its row knows).
 */
export type Listener =
  | { readonly to: "assignee" }
  | { readonly to: "lead" }
  | { readonly to: "manager" }
  | { readonly to: "agent"; readonly agent: string }
  | { readonly to: "team"; readonly team: string | null }
  | { readonly to: "contact"; readonly contact: string };

/** Given once per cycle, when a share of the target is used, or `beforeMs` of the clock's own time before it. */
export interface Reminder {
  readonly at: { readonly percent: number } | { readonly beforeMs: number };
  readonly tell: readonly Listener[];
}

/** What a level of a chain does. `raisePriority` never lowers one; `webhook` names a row of that id. */
export type Action =
  | { readonly do: "tell"; readonly whom: readonly Listener[] }
  | { readonly do: "raisePriority"; readonly to: Priority }
  | { readonly do: "reassign"; readonly team: string }
  | { readonly do: "reassign"; readonly agent: string }
  | { readonly do: "webhook"; readonly webhook: string }
  | { readonly do: "flag"; readonly flag: string };

/** `afterMs` past its predecessor's instant; the first level's predecessor is the breach. 0: together with it. */
export interface Level {
  readonly afterMs: number;
  readonly basis: Basis;
  readonly actions: readonly Action[];
  /** Whether it is told at once, whatever quiet hours its hearers keep, and never put into a digest. */
  readonly wake: boolean;
}

/** When a cycle starts, is met, is given up, and in which statuses it stands still. */
export interface Conditions {
  readonly startedBy: readonly Occasion[];
  readonly metBy: readonly Occasion[];
  readonly cancelledBy: readonly Occasion[];
  readonly pausedIn: readonly Pausing[];
}

/** What a policy promises of one metric. */
export interface Target extends Partial<Conditions> {
  /** The calendar in which it is counted. */
  readonly calendar: string;
  /** Per priority, ms of open time; null: no target at that priority. */
  readonly targetMs: Readonly<Record<Priority, number | null>>;
  readonly reminders: readonly Reminder[];
  readonly escalation: readonly Level[];
  /** The last level again and again, until somebody acknowledges; null: once. */
  readonly repeat: { readonly everyMs: number; readonly basis: Basis } | null;
}

/** One immutable edition, pinned in the ticket's journal when it is chosen. All durations in ms, `shortestMs` or more. */
export interface Policy {
  readonly id: string;
  readonly edition: number;
  /** A metric that is not named has no target. */
  readonly targets: Readonly<Partial<Record<Metric, Target>>>;
  /** At a reopening: the resolution's cycle goes on without the time that it was solved, or a new one starts. */
  readonly reopening: "continue" | "restart";
  /** From the sending of the mail that says "solved" to closure, in the calendar of the windows. */
  readonly autoCloseMs: number;
  /** Plain pending: the requester is reminded, then the ticket is solved without an answer; null: it waits on. */
  readonly pending: { readonly remindAfterMs: number; readonly solveAfterMs: number } | null;
  /** The longest that the mail which confirms the arrival waits for an assignee to name. */
  readonly acknowledgeAfterMs: number;
  /** Impact, then urgency. */
  readonly matrix: Readonly<Record<Degree, Readonly<Record<Degree, Priority>>>>;
}

/** What holds where no policy matches: nothing is promised, and all else goes its usual way. */
export const unpromised: Policy = {
  id: "none",
  edition: 1,
  targets: {},
  reopening: "continue",
  autoCloseMs: 259_200_000,
  pending: null,
  acknowledgeAfterMs: 30_000,
  matrix: {
    low: { low: "low", medium: "low", high: "normal" },
    medium: { low: "low", medium: "normal", high: "high" },
    high: { low: "normal", medium: "high", high: "urgent" },
  },
};

/** How an edition is named for ever: `gold@2`. */
export function editionKey({ id, edition }: Pick<Policy, "id" | "edition">): string {
  return `${id}@${edition}`;
}

/** A policy names calendars; what a ticket pins names their editions, by `keys`. */
export function pinned(policy: Policy, keys: ReadonlyMap<string, CalendarKey>): Policy {
  const targets = metrics.flatMap((metric) => {
    const target = policy.targets[metric];
    return target === undefined ? [] : [[metric, { ...target, calendar: keys.get(target.calendar) ?? target.calendar }]];
  });
  return { ...policy, targets: Object.fromEntries(targets) as Policy["targets"] };
}

/** The shortest duration a policy may hold, ms. */
export const shortestMs = 50;

/** What holds for a metric where its policy says nothing else. */
export const usual: Readonly<Record<Metric, Conditions>> = {
  firstResponse: {
    startedBy: ["opened"],
    metBy: ["publicReply"],
    cancelledBy: ["resolved"],
    pausedIn: [],
  },
  nextResponse: {
    startedBy: ["requesterReply"],
    metBy: ["publicReply"],
    cancelledBy: ["resolved"],
    pausedIn: ["on-hold"],
  },
  periodicUpdate: {
    startedBy: ["publicReply"],
    metBy: ["publicReply"],
    cancelledBy: ["resolved"],
    pausedIn: ["pending"],
  },
  assignment: {
    startedBy: ["opened", "unassigned", "transferred"],
    metBy: ["assigned"],
    cancelledBy: ["resolved"],
    pausedIn: [],
  },
  resolution: {
    startedBy: ["opened"],
    metBy: ["resolved"],
    cancelledBy: [],
    pausedIn: ["pending", "on-hold"],
  },
};
