// What the present clocks promise, until those of policy.ts take their place. Durations in ms.
import type { Degree, Priority } from "./words";

/** One immutable edition, pinned in the ticket's journal when it opens. All durations in ms, 50 or more. */
export interface Policy {
  readonly id: string;
  readonly edition: number;
  readonly firstResponseMs: Readonly<Record<Priority, number>>;
  readonly resolutionMs: Readonly<Record<Priority, number>>;
  /** The share of a target, in percent, at which the assignee is reminded. */
  readonly reminderPercent: number;
  /** From the breach (the lead is told) to the manager's turn. */
  readonly managerAfterMs: number;
  /** From the sending of the mail that says "solved" to closure. */
  readonly autoCloseMs: number;
  /** The longest that an acknowledgement waits for an assignee to name. */
  readonly acknowledgeAfterMs: number;
  /** Impact, then urgency. */
  readonly matrix: Readonly<Record<Degree, Readonly<Record<Degree, Priority>>>>;
}

/** The shortest duration a policy may hold, ms. */
export const shortestMs = 50;
