// One cycle of one metric: what it has counted, since when it runs, and when its target falls. Knows open time and pauses;
// refuses to know why it started (sla) and what happens at its target (chain).
import { add, between, beyond } from "./calendar";
import { on } from "./coverage";
import type { CalendarKey, Coverages } from "./coverage";
import { advance, named, pausedBy, settle, stretchOf } from "./counting";
import type { Stretch } from "./counting";
import type { Chain } from "./chain";
import type { Basis, Occasion, Pausing } from "./policy";
import type { Instant } from "./ticket";

/** By what a cycle is measured. */
export interface Aims {
  /** The policy edition, `id@edition`; null before any was chosen. */
  readonly under: string | null;
  readonly targetMs: number | null;
  readonly calendar: CalendarKey | null;
}

/** Where both counters stood at some instant. */
export interface Mark {
  readonly at: Instant;
  readonly elapsedMs: number;
  readonly activeMs: number;
}

/** Why a cycle does not run; `merged`: its ticket was, for a while. */
export type Standstill = Pausing | "solved" | "merged";

/** What ends a cycle whatever its policy says: the ticket is set aside, or what was owed is another ticket's again. */
export type Ending = "merged" | "spam" | "unmerged";

/** Counts while `since` is set. All amounts in ms. What is counted stays counted, whatever calendar comes later. */
export interface Cycle extends Aims {
  /** The first of its metric is 1. */
  readonly number: number;
  readonly startedAt: Instant;
  /** When target and calendar were last set. */
  readonly aimedAt: Instant;
  /** Open time counted before `since`. */
  readonly elapsedMs: number;
  /** Time by the clock on the wall while it ran, before `since`. */
  readonly activeMs: number;
  readonly since: Instant | null;
  readonly uncounted: readonly Stretch[];
  /** Given back by corrections: taken off what has elapsed. */
  readonly creditMs: number;
  readonly stopped: { readonly at: Instant; readonly why: Standstill } | null;
  /** Open time through which it stood still, by reason; null: of some of it nobody knows what was open. */
  readonly pausedMs: Readonly<Record<Standstill, number | null>>;
  /** Its true instant, however late it was noticed. */
  readonly breach: Mark | null;
  readonly chain: Chain;
  readonly ended: { readonly at: Instant; readonly how: "met" | "cancelled"; readonly by: Occasion | Ending } | null;
}

export function begin(number: number, at: Instant, chain: Chain): Cycle {
  return {
    number,
    startedAt: at,
    under: null,
    targetMs: null,
    calendar: null,
    aimedAt: at,
    elapsedMs: 0,
    activeMs: 0,
    since: at,
    uncounted: [],
    creditMs: 0,
    stopped: null,
    pausedMs: { pending: 0, "on-hold": 0, solved: 0, merged: 0 },
    breach: null,
    chain,
    ended: null,
  };
}

/** Runs it, or stops it for a reason; what has run until now is counted. */
export function run(cycle: Cycle, why: Standstill | null, at: Instant, coverages: Coverages): Cycle {
  if (why === null) return cycle.since === null ? goOn(cycle, Math.max(at, cycle.stopped?.at ?? at), coverages) : cycle;
  if (cycle.since === null) {
    return cycle.stopped?.why === why ? cycle : { ...unstopped(cycle, at, coverages), stopped: { at, why } };
  }
  return { ...advance(cycle, at, coverages), since: null, stopped: { at, why } };
}

/** `at` may lie before what has been counted: something that happened then was heard of late. */
export function end(cycle: Cycle, how: "met" | "cancelled", by: Occasion | Ending, at: Instant, coverages: Coverages): Cycle {
  const then = rewound(cycle, at, coverages);
  return { ...unstopped(advance(then, at, coverages), at, coverages), since: null, ended: { at, how, by } };
}

/**
 * As it stood at an instant that is past: what was counted since is taken off, and a breach since has not happened. A pause
 * that both began and ended since is taken to have run.
 */
function rewound(cycle: Cycle, at: Instant, coverages: Coverages): Cycle {
  const breach = cycle.breach !== null && cycle.breach.at > at ? null : cycle.breach;
  const front = cycle.since ?? cycle.stopped?.at ?? at;
  if (front <= at) return breach === cycle.breach ? cycle : { ...cycle, breach };
  const uncounted = cycle.uncounted.filter(({ from }) => from < at).map((one) => ({ ...one, to: Math.min(one.to, at) }));
  const counted = cycle.uncounted[0]?.from ?? front;
  const ms = counted <= at ? 0 : on(coverages, cycle.calendar, (open) => between(open, at, counted));
  return {
    ...cycle,
    breach,
    uncounted,
    elapsedMs: Math.max(0, cycle.elapsedMs - (ms === beyond ? 0 : ms)),
    activeMs: Math.max(0, cycle.activeMs - (front - at)),
    since: at,
    stopped: null,
  };
}

/** An ended cycle that goes on after all: the time between is not its own. */
export function revive(cycle: Cycle, why: "solved" | "merged" = "solved"): Cycle {
  return cycle.ended === null ? cycle : { ...cycle, stopped: { at: cycle.ended.at, why }, ended: null };
}

/** An ended cycle as though it had never ended: the time between is its own, save where it stands still for `why`. */
export function resume(cycle: Cycle, why: Standstill | null, at: Instant, coverages: Coverages): Cycle {
  if (cycle.ended === null) return cycle;
  const from = cycle.ended.at;
  if (why !== null) return { ...cycle, stopped: { at: from, why }, ended: null };
  return advance({ ...cycle, since: from, ended: null }, at, coverages);
}

/** Another target or calendar from now on: what is counted stays. A cycle that is breached stays as it was. */
export function aim(cycle: Cycle, aims: Aims, at: Instant, coverages: Coverages): Cycle {
  const now = advance(cycle, at, coverages);
  if (now.breach !== null) return now;
  const uncounted = now.uncounted.map((one) => named(one, aims));
  return settle(looked({ ...now, ...aims, aimedAt: at, uncounted }, at), coverages);
}

/** Time is given back (or taken, when negative); a breach that has happened stays. */
export function credit(cycle: Cycle, ms: number, at: Instant, coverages: Coverages): Cycle {
  const now = advance(cycle, at, coverages);
  return settle(looked({ ...now, creditMs: now.creditMs + ms, aimedAt: at }, at), coverages);
}

/** While something is not counted yet, whether this moment makes it overdue turns out later: in its place in the order. */
function looked(cycle: Cycle, at: Instant): Cycle {
  const { uncounted, targetMs } = cycle;
  return uncounted.length === 0 || targetMs === null ? cycle : { ...cycle, uncounted: [...uncounted, stretchOf(cycle, at, at)] };
}

/**
 * When `ms` on a counter (open time, or time on the wall) is reached, should it run on; not before its present stretch. Null:
 * it stands still. `beyond`: its calendar is not known so far.
 */
export function reaches(cycle: Cycle, basis: Basis, ms: number, coverages: Coverages): Instant | null | typeof beyond {
  const { since } = cycle;
  if (since === null) return null;
  if (cycle.uncounted.length > 0) return beyond;
  const left = ms - (basis === "business" ? cycle.elapsedMs - cycle.creditMs : cycle.activeMs);
  if (left <= 0) return since;
  return on(coverages, cycle.calendar, (open) => {
    if (basis === "business") return add(open, since, left);
    // Where open time isn't known, nobody could say later how much of it had passed by then.
    return since + left <= open.until ? since + left : beyond;
  });
}

/** When the target falls or fell; null without one, while it stands still unbreached, or `beyond`. */
export function breachesAt(cycle: Cycle, coverages: Coverages): Instant | null | typeof beyond {
  if (cycle.breach !== null) return cycle.breach.at;
  return cycle.targetMs === null ? null : reaches(cycle, "business", cycle.targetMs, coverages);
}

/** Open time until `at`, less what was given back, ms; null where the calendar is not known so far. */
export function elapsed(cycle: Cycle, at: Instant, coverages: Coverages): number | null {
  const { elapsedMs, uncounted, creditMs } = advance(cycle, at, coverages);
  return uncounted.length > 0 ? null : elapsedMs - creditMs;
}

/** The chain goes on from here; what was counted by now may turn out later. */
export function linkAt(cycle: Cycle, at: Instant, coverages: Coverages): Cycle {
  const now = advance(cycle, at, coverages);
  if (now.uncounted.length === 0) return { ...now, chain: { ...now.chain, link: markAt(now, at, coverages) } };
  return { ...now, chain: { ...now.chain, link: null }, uncounted: [...now.uncounted, stretchOf(now, at, at, true)] };
}

/** Where the counters stand at an instant of the present stretch, or of the last one when it stands still. */
export function markAt(cycle: Cycle, at: Instant, coverages: Coverages): Mark {
  const { elapsedMs, activeMs } = advance(cycle, at, coverages);
  return { at, elapsedMs, activeMs };
}

function goOn(cycle: Cycle, at: Instant, coverages: Coverages): Cycle {
  return { ...unstopped(cycle, at, coverages), since: at };
}

function unstopped(cycle: Cycle, at: Instant, coverages: Coverages): Cycle {
  const { stopped, pausedMs } = cycle;
  if (stopped === null) return cycle;
  return { ...cycle, stopped: null, pausedMs: { ...pausedMs, [stopped.why]: pausedBy(cycle, stopped.why, at, coverages) } };
}
