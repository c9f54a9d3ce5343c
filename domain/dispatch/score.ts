// How well somebody fits: each term from 0 (worst) to 1, weighed and added up. Knows figures; refuses to know who is excluded.
import type { Instant } from "../ticket";
import { kilometres } from "./candidate";
import type { Candidate, Need } from "./candidate";
import { speaks } from "./requirements";
import { heaviestPerformance, terms } from "./rules";
import type { TeamRules, Term } from "./rules";

export type Terms = Readonly<Record<Term, number>>;

/** After so long without a new ticket `rest` is a half, ms. */
const restedAfterMs = 30 * 60_000;
const highestLevel = 5;

/** Every term of one candidate at an instant, rounded to 4 places so that a stored one says all that counted. */
export function termsOf(candidate: Candidate, need: Need, rules: TeamRules, at: Instant): Terms {
  return {
    skill: round(skill(candidate, need, rules)),
    load: round(candidate.capacity > 0 ? Math.max(0, 1 - candidate.load / candidate.capacity) : 0),
    rest: round(rest(candidate.lastAssignedAt, at)),
    distance: round(nearness(candidate, need)),
    continuity: candidate.knowsThem ? 1 : 0,
    performance: round(rules.learns ? (candidate.performance ?? 0.5) : 0.5),
  };
}

/** 0 to 1: the mean of the terms by `weightsOf`. */
export function scoreOf(found: Terms, weights: Weights): number {
  let [sum, all] = [0, 0];
  for (const term of terms) {
    all += weights[term];
    sum += weights[term] * found[term];
  }
  return all === 0 ? 0 : round(sum / all, 1e6);
}

export type Weights = Readonly<Record<Term, number>>;

/** As they count: performance has at most its share of the whole, and none until it is turned on. */
export function weightsOf({ weights, learns }: TeamRules): Weights {
  const others = terms.reduce((sum, term) => (term === "performance" ? sum : sum + weights[term]), 0);
  const most = (others * heaviestPerformance) / (1 - heaviestPerformance);
  return { ...weights, performance: learns ? Math.min(weights.performance, most) : 0 };
}

/** The mean over what is asked for: how far above the least level, a language that is preferred as one more skill. */
function skill(candidate: Candidate, need: Need, rules: TeamRules): number {
  let [sum, count] = [0, 0];
  for (const name of Object.keys(need.skills).sort()) {
    sum += match(candidate.skills[name] ?? 0, need.skills[name] ?? 0);
    count += 1;
  }
  if (rules.language !== "ignored" && need.language !== null) {
    sum += speaks(candidate, need) ? 1 : 0;
    count += 1;
  }
  return count === 0 ? 1 : sum / count;
}

/** A half at the level that is asked for, 1 at the highest, less below. */
function match(level: number, least: number): number {
  if (level < least) return level / (2 * least);
  return least === highestLevel ? 1 : 0.5 + (level - least) / (2 * (highestLevel - least));
}

function rest(lastAssignedAt: Instant | null, at: Instant): number {
  if (lastAssignedAt === null) return 1;
  const ms = Math.max(0, at - lastAssignedAt);
  return ms / (ms + restedAfterMs);
}

/** 1 at the site or where there is none, 0 as far as somebody goes; a region alone says no distance. */
function nearness({ place }: Candidate, { site }: Need): number {
  if (site === null || site.point === null) return 1;
  if (place === null || place.radiusKm <= 0) return 0;
  return Math.max(0, 1 - kilometres(place, site.point) / place.radiusKm);
}

function round(value: number, places = 1e4): number {
  return Math.round(value * places) / places;
}
