// The chain of one cycle: reminders on the way to the target, the breach, then level after level until somebody acknowledges.
// Knows which step comes next and when; refuses to know who is told and what an action does.
import { beyond } from "./calendar";
import type { Beyond } from "./calendar";
import type { Coverages } from "./coverage";
import { breachesAt, markAt, reaches } from "./cycle";
import type { Cycle, Mark } from "./cycle";
import type { Level, Reminder, Target } from "./policy";
import type { Instant } from "./ticket";

export interface Chain {
  /** Indexes of the policy's reminders that were given or overtaken. */
  readonly reminded: readonly number[];
  /** Where reminders stood that were given under other policies or editions: `75%`. Left out: none were. */
  readonly remindedElsewhere?: readonly string[];
  /** The breach has been told of. */
  readonly breachTold: boolean;
  /** The level reached; 0: none. */
  readonly level: number;
  /** How often the last level was repeated. */
  readonly round: number;
  /** Where the counters stood at the last link; the next level counts from here. Null before the breach. */
  readonly link: Mark | null;
  /** Levels that fell due together with a higher one, which names them. */
  readonly untold: readonly number[];
  readonly acknowledgedAt: Instant | null;
}

export const unlinked: Chain = {
  reminded: [],
  breachTold: false,
  level: 0,
  round: 0,
  link: null,
  untold: [],
  acknowledgedAt: null,
};

export type Step =
  | { readonly kind: "remind"; readonly reminder: number }
  | { readonly kind: "breach" }
  | { readonly kind: "level"; readonly level: number }
  /** The last level once more. */
  | { readonly kind: "round"; readonly level: number; readonly round: number };

export interface StepDue {
  readonly at: Instant;
  readonly step: Step;
}

/** What a policy says of a cycle's chain; a cycle without a policy has none. */
export type Terms = Pick<Target, "reminders" | "escalation" | "repeat">;

/**
 * The next step of a cycle and its true instant, also when that has passed; null: none, as far as open time is known. What lies
 * beyond that is later: `horizonMs` says how much must be known.
 */
export function nextStep(cycle: Cycle, terms: Terms | null, coverages: Coverages): StepDue | null {
  if (cycle.ended !== null) return null;
  let first = reminder(cycle, terms, coverages);
  for (const due of [breach(cycle, coverages), link(cycle, terms, coverages)]) {
    if (due !== null && (first === null || due.at < first.at)) first = due;
  }
  return first;
}

/** The chain after a step that was due at `dueAt`. `told`: whether people hear of it. */
export function take(cycle: Cycle, { at, step }: StepDue, told: boolean, coverages: Coverages): Cycle {
  const { chain } = cycle;
  switch (step.kind) {
    case "remind":
      return { ...cycle, chain: { ...chain, reminded: [...chain.reminded, step.reminder] } };
    case "breach": {
      const mark = cycle.breach ?? markAt(cycle, at, coverages);
      return { ...cycle, breach: mark, chain: { ...chain, breachTold: true, link: chain.link ?? mark } };
    }
    case "level":
    case "round": {
      const untold = told ? [] : [...chain.untold, step.level];
      const round = step.kind === "round" ? step.round : 0;
      return { ...cycle, chain: { ...chain, level: step.level, round, link: markAt(cycle, at, coverages), untold } };
    }
  }
}

/** The chain where other terms hold from now on: their reminders are still to be given, save where one was given that stands alike. */
export function underOther(chain: Chain, before: Terms | null, after: Terms | null): Chain {
  const { reminded, remindedElsewhere = [] } = chain;
  if (reminded.length === 0 && remindedElsewhere.length === 0) return chain;
  const here = reminded.flatMap((index) => before?.reminders[index] ?? []).map(standing);
  const given = [...new Set([...remindedElsewhere, ...here])];
  const alike = (after?.reminders ?? []).flatMap((one, index) => (given.includes(standing(one)) ? [index] : []));
  return { ...chain, reminded: alike, remindedElsewhere: given };
}

/** What tells a reminder from the others of its cycle; another policy's first is not the first that was given. */
export function reminderName({ remindedElsewhere }: Chain, terms: Terms | null, index: number): string {
  const reminder = terms?.reminders[index];
  return remindedElsewhere === undefined || reminder === undefined ? `reminder-${index + 1}` : `reminder-${standing(reminder)}`;
}

function standing({ at }: Reminder): string {
  return "percent" in at ? `${at.percent}%` : `${at.beforeMs}ms-before`;
}

/** The share of the target, in percent, at which a reminder stands; null when it can't stand before the target. */
export function thresholdOf({ at }: Reminder, targetMs: number): number | null {
  if ("percent" in at) return Math.floor((targetMs * at.percent) / 100);
  return at.beforeMs < targetMs ? targetMs - at.beforeMs : null;
}

/** The level of that number, as the policy has it. */
export function levelOf(terms: Terms | null, level: number): Level | null {
  return terms?.escalation[level - 1] ?? null;
}

/** How far a cycle that runs since `since` must know its calendar: for its target, and for the next link of its chain. */
export function horizon(cycle: Cycle, since: Instant, terms: Terms | null): { readonly enoughMs: number; readonly until: Instant } {
  const { chain, targetMs, elapsedMs, activeMs, creditMs } = cycle;
  const untilTarget = cycle.breach === null && targetMs !== null ? targetMs - elapsedMs + creditMs : 0;
  const gap = chain.acknowledgedAt === null ? gapOf(chain, terms) : null;
  if (gap === null || chain.link === null) return { enoughMs: Math.max(0, untilTarget), until: since };
  const { basis, afterMs } = gap;
  if (basis === "clock") return { enoughMs: Math.max(0, untilTarget), until: since + Math.max(0, chain.link.activeMs + afterMs - activeMs) };
  return { enoughMs: Math.max(0, untilTarget, chain.link.elapsedMs + afterMs - elapsedMs), until: since };
}

function breach(cycle: Cycle, coverages: Coverages): StepDue | null {
  return cycle.chain.breachTold ? null : due(breachesAt(cycle, coverages), { kind: "breach" });
}

/** The one that stands lowest of those not given. */
function reminder(cycle: Cycle, terms: Terms | null, coverages: Coverages): StepDue | null {
  const { targetMs, chain } = cycle;
  if (targetMs === null || terms === null || chain.breachTold || cycle.since === null) return null;
  let lowest: { threshold: number; index: number } | null = null;
  for (const [index, one] of terms.reminders.entries()) {
    const threshold = chain.reminded.includes(index) ? null : thresholdOf(one, targetMs);
    if (threshold !== null && (lowest === null || threshold < lowest.threshold)) lowest = { threshold, index };
  }
  if (lowest === null) return null;
  return due(reaches(cycle, "business", lowest.threshold, coverages), { kind: "remind", reminder: lowest.index });
}

function link(cycle: Cycle, terms: Terms | null, coverages: Coverages): StepDue | null {
  const { chain } = cycle;
  const gap = gapOf(chain, terms);
  if (gap === null || chain.link === null || chain.acknowledgedAt !== null || cycle.since === null) return null;
  const { elapsedMs, activeMs, at: linkedAt } = chain.link;
  // `reaches` takes off what was given back; the chain counts from link to link, and nothing is given back of that.
  const from = gap.basis === "business" ? elapsedMs - cycle.creditMs : activeMs;
  const at = reaches(cycle, gap.basis, from + gap.afterMs, coverages);
  return due(at === null || at === beyond ? at : Math.max(at, linkedAt), gap.step);
}

function due(at: Instant | null | Beyond, step: Step): StepDue | null {
  return at === null || at === beyond ? null : { at, step };
}

interface Gap {
  readonly afterMs: number;
  readonly basis: Level["basis"];
  readonly step: Step;
}

/** From the last link to the next; null when the chain has come to its end. */
function gapOf({ level, round }: Chain, terms: Terms | null): Gap | null {
  if (terms === null) return null;
  const next = terms.escalation[level];
  if (next !== undefined) return { afterMs: next.afterMs, basis: next.basis, step: { kind: "level", level: level + 1 } };
  if (terms.repeat === null || level === 0) return null;
  const { everyMs: afterMs, basis } = terms.repeat;
  return { afterMs, basis, step: { kind: "round", level, round: round + 1 } };
}
