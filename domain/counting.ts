// Counting: what a cycle has run or stood still through, in its calendars, as soon as those are known. What is not known yet waits as stretches,
// in order, so that it comes to the same whenever it is counted. Refuses to know why a cycle ran, or stopped.
import { add, between, beyond } from "./calendar";
import { on } from "./coverage";
import type { Coverages } from "./coverage";
import type { Aims, Cycle, Standstill } from "./cycle";
import type { Instant } from "./ticket";

/** A stretch that has run and is not counted yet: its calendar was not named, or not known so far. */
export interface Stretch extends Aims {
  readonly from: Instant;
  readonly to: Instant;
  /** What had been given back by then. */
  readonly creditMs: number;
  /** What had run before it, by the clock on the wall. */
  readonly activeMs: number;
  /** Whether the chain goes on from its begin. */
  readonly isLink: boolean;
}

/** Counts up to `at`, or keeps for later what can't be counted yet. */
export function advance(cycle: Cycle, at: Instant, coverages: Coverages): Cycle {
  const { since } = cycle;
  if (since === null || since >= at) return cycle;
  const stretch = stretchOf(cycle, since, at);
  const moved = { ...cycle, since: at, activeMs: cycle.activeMs + at - since };
  const counted = cycle.uncounted.length === 0 ? count(moved, stretch, coverages) : null;
  return counted ?? { ...moved, uncounted: extended(cycle.uncounted, stretch) };
}

/** Counts everything that its calendars allow, in order, and finds the true instant of a breach in it. */
export function settle(cycle: Cycle, coverages: Coverages): Cycle {
  let counted = cycle;
  for (let first = counted.uncounted[0]; first !== undefined; first = counted.uncounted[0]) {
    const next = count({ ...counted, uncounted: counted.uncounted.slice(1) }, first, coverages);
    if (next === null) return counted;
    counted = next;
  }
  const { breach, targetMs, elapsedMs, activeMs, aimedAt } = counted;
  // Overdue by what has just been set, not by time that passed under it: at that moment, then.
  const isOverdue = breach === null && targetMs !== null && elapsedMs - counted.creditMs >= targetMs;
  return isOverdue ? { ...counted, breach: { at: aimedAt, elapsedMs, activeMs } } : counted;
}

/** Open time through which it has stood still for that reason by `at`, ms; null: of some of it nobody knows what was open. */
export function pausedBy({ pausedMs, stopped, calendar }: Cycle, why: Standstill, at: Instant, coverages: Coverages): number | null {
  const before = pausedMs[why];
  if (stopped?.why !== why || before === null) return before;
  const now = on(coverages, calendar, (open) => between(open, stopped.at, at));
  return now === beyond ? null : before + now;
}

export function stretchOf({ creditMs, under, targetMs, calendar, activeMs }: Cycle, from: Instant, to: Instant, isLink = false): Stretch {
  return { from, to, creditMs, under, targetMs, calendar, activeMs, isLink };
}

/** What ran before any calendar was named is counted by the first that is; before any policy was, against its target, too. */
export function named(stretch: Stretch, aims: Aims): Stretch {
  if (stretch.under === null) return { ...stretch, ...aims };
  return stretch.calendar === null ? { ...stretch, calendar: aims.calendar } : stretch;
}

function count(cycle: Cycle, stretch: Stretch, coverages: Coverages): Cycle | null {
  const { from, to, creditMs, under, calendar, targetMs, activeMs } = stretch;
  const ms = on(coverages, calendar, (open) => between(open, from, to));
  if (ms === beyond) return null;
  const { elapsedMs } = cycle;
  const chain = stretch.isLink ? { ...cycle.chain, link: { at: from, elapsedMs, activeMs } } : cycle.chain;
  const counted = { ...cycle, chain, elapsedMs: elapsedMs + ms };
  const left = targetMs === null ? Infinity : targetMs - (elapsedMs - creditMs);
  if (cycle.breach !== null || ms < left) return counted;
  const at = on(coverages, calendar, (open) => (left <= 0 ? from : add(open, from, left)));
  if (at === beyond) return null;
  // Breached before it was given other aims, as turns out only now: it stays as it was.
  const uncounted = counted.uncounted.map((one) => ({ ...one, under, calendar, targetMs }));
  const mark = { at, elapsedMs: elapsedMs + Math.max(0, left), activeMs: activeMs + at - from };
  return { ...counted, under, calendar, targetMs, uncounted, breach: mark };
}

function extended(stretches: readonly Stretch[], next: Stretch): readonly Stretch[] {
  const last = stretches.at(-1);
  if (last === undefined || last.to !== next.from || !isAlike(last, next)) return [...stretches, next];
  return [...stretches.slice(0, -1), { ...last, to: next.to }];
}

function isAlike(one: Stretch, other: Stretch): boolean {
  return (
    one.under === other.under &&
    one.targetMs === other.targetMs &&
    one.calendar === other.calendar &&
    one.creditMs === other.creditMs &&
    one.isLink === other.isLink
  );
}
