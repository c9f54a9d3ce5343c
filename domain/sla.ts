// The clocks of a ticket. Knows targets, pauses and the steps of a chain; refuses to know the time of day or who is told.
import type { Policy } from "./simple-policy";
import type { Instant, Metric, Ticket } from "./ticket";
import { categoryOfStatus } from "./words";
import type { Priority, Status } from "./words";

/** A clock counts while `runningSince` is set. All amounts in ms. */
export interface Clock {
  readonly targetMs: number;
  /** Counted before `runningSince`. */
  readonly spentMs: number;
  readonly runningSince: Instant | null;
  readonly metAt: Instant | null;
  readonly breachedAt: Instant | null;
  /** How many steps of the chain (reminder, lead, manager) have been taken; each is taken once per cycle. */
  readonly stepsTaken: number;
}

export type Clocks = Readonly<Record<Metric, Clock>>;

/** The metrics in their order of precedence when two are due at the same instant. */
export const metrics: readonly Metric[] = ["firstResponse", "resolution"];

export type ClockStep =
  | { readonly kind: "remind"; readonly metric: Metric; readonly percent: number }
  | { readonly kind: "escalate"; readonly metric: Metric; readonly level: number };

/** Both clocks, counting from the acceptance. */
export function startClocks(policy: Policy, priority: Priority, from: Instant): Clocks {
  const start = (metric: Metric): Clock => ({
    targetMs: targetMs(policy, metric, priority),
    spentMs: 0,
    runningSince: from,
    metAt: null,
    breachedAt: null,
    stepsTaken: 0,
  });
  return { firstResponse: start("firstResponse"), resolution: start("resolution") };
}

/** The same past under another priority: what is counted stays, only the targets change; steps taken stay taken. */
export function retarget(clocks: Clocks, policy: Policy, priority: Priority): Clocks {
  const aim = (metric: Metric): Clock => {
    const clock = clocks[metric];
    return clock.metAt === null ? { ...clock, targetMs: targetMs(policy, metric, priority) } : clock;
  };
  return { firstResponse: aim("firstResponse"), resolution: aim("resolution") };
}

/** Starts and stops each clock as the status asks. Pending and on-hold stop the resolution clock, never the first response. */
export function follow(clocks: Clocks, status: Status, at: Instant): Clocks {
  return {
    firstResponse: run(clocks.firstResponse, categoryOfStatus[status] !== "resolved", at),
    resolution: run(clocks.resolution, categoryOfStatus[status] === "open", at),
  };
}

/** The first response is given: its clock stops for good. Given again it changes nothing. */
export function meet(clocks: Clocks, metric: Metric, at: Instant): Clocks {
  const clock = clocks[metric];
  return clock.metAt !== null ? clocks : { ...clocks, [metric]: run({ ...clock, metAt: at }, false, at) };
}

/** A step of a chain was taken; the one at the target marks the breach with its true instant. */
export function takeStep(clocks: Clocks, metric: Metric, dueAt: Instant, breach: boolean): Clocks {
  const clock = clocks[metric];
  return {
    ...clocks,
    [metric]: { ...clock, stepsTaken: clock.stepsTaken + 1, breachedAt: breach ? dueAt : clock.breachedAt },
  };
}

/** What a clock has counted until `at`, ms. */
export function spent(clock: Clock, at: Instant): number {
  return clock.spentMs + (clock.runningSince === null ? 0 : at - clock.runningSince);
}

/** The next step of a running clock and its instant; null when it is stopped or its chain is done. */
export function nextStep(policy: Policy, metric: Metric, clock: Clock): { at: Instant; step: ClockStep } | null {
  const next = chain(policy, metric, clock.targetMs)[clock.stepsTaken];
  if (next === undefined || clock.runningSince === null) return null;
  return { at: clock.runningSince + Math.max(0, next.afterMs - clock.spentMs), step: next.step };
}

/** When the first running target falls due (past when overdue); null while no clock runs. */
export function deadline(ticket: Pick<Ticket, "clocks">): { at: Instant; metric: Metric } | null {
  if (ticket.clocks === null) return null;
  let first: { at: Instant; metric: Metric } | null = null;
  for (const metric of metrics) {
    const { runningSince, targetMs: target, spentMs } = ticket.clocks[metric];
    if (runningSince === null) continue;
    const at = runningSince + target - spentMs;
    if (first === null || at < first.at) first = { at, metric };
  }
  return first;
}

export function isBreached(ticket: Pick<Ticket, "clocks">): boolean {
  const { clocks } = ticket;
  return clocks !== null && metrics.some((metric) => clocks[metric].breachedAt !== null);
}

function chain(policy: Policy, metric: Metric, target: number): readonly { afterMs: number; step: ClockStep }[] {
  return [
    {
      afterMs: Math.floor((target * policy.reminderPercent) / 100),
      step: { kind: "remind", metric, percent: policy.reminderPercent },
    },
    { afterMs: target, step: { kind: "escalate", metric, level: 1 } },
    { afterMs: target + policy.managerAfterMs, step: { kind: "escalate", metric, level: 2 } },
  ];
}

function targetMs(policy: Policy, metric: Metric, priority: Priority): number {
  return metric === "firstResponse" ? policy.firstResponseMs[priority] : policy.resolutionMs[priority];
}

function run(clock: Clock, wanted: boolean, at: Instant): Clock {
  const running = clock.runningSince !== null;
  if (wanted && clock.metAt === null) return running ? clock : { ...clock, runningSince: at };
  return running ? { ...clock, spentMs: spent(clock, at), runningSince: null } : clock;
}
