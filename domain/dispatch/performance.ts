// How well somebody has done at a kind of ticket, beside their team: learned from results, never from one lucky one.
// Method: each mean is shrunk towards the team's by a prior of `priorTickets` tickets (an empirical Bayes estimate: Efron and
// Morris 1975), and older results weigh less, by half every `halfLifeMs`.
import type { Instant } from "../ticket";

/** So many tickets of the team's own mean everybody begins with. */
export const priorTickets = 20;
/** A result counts half after this long, ms. */
export const halfLifeMs = 90 * 24 * 3_600_000;

/** Faded sums of results as of one instant. */
export interface Results {
  readonly at: Instant;
  /** Tickets resolved, and the sum of the natural logarithms of their ms from assignment to resolution. */
  readonly resolved: number;
  readonly logMs: number;
  /** Of these, how many came back. */
  readonly reopened: number;
  /** How many solutions their requesters rated, and the sum of the stars, 1 to 5 each. */
  readonly rated: number;
  readonly stars: number;
}

export const noResults: Results = { at: 0, resolved: 0, logMs: 0, reopened: 0, rated: 0, stars: 0 };

/** The same results, seen later. */
export function faded(results: Results, at: Instant): Results {
  const left = 0.5 ** (Math.max(0, at - results.at) / halfLifeMs);
  const { resolved, logMs, reopened, rated, stars } = results;
  return { at, resolved: resolved * left, logMs: logMs * left, reopened: reopened * left, rated: rated * left, stars: stars * left };
}

/** A team's means, which everybody of it is measured against. */
export interface Usual {
  readonly log: number;
  readonly returned: number;
  /** Null: nobody has rated. */
  readonly stars: number | null;
}

/** Null: the team has no results. */
export function usualOf(team: Results, at: Instant): Usual | null {
  const { resolved, logMs, reopened, rated, stars } = faded(team, at);
  if (resolved === 0) return null;
  return { log: logMs / resolved, returned: Math.min(1, reopened / resolved), stars: rated === 0 ? null : stars / rated };
}

/**
 * 0 to 1; 0.5 is as the team on average, or nothing known. The mean of time (twice as fast as the team: 2 of 3), of how rarely
 * tickets came back and, where requesters have rated the team's solutions, of their stars.
 */
export function performanceOf(own: Results, usual: Usual | null, at: Instant): number {
  if (usual === null) return 0.5;
  const mine = faded(own, at);
  const log = shrunk(mine.logMs, mine.resolved, usual.log);
  const returned = shrunk(mine.reopened, mine.resolved, usual.returned);
  const speed = 1 / (1 + Math.exp(log - usual.log));
  const lasting = Math.min(1, Math.max(0, 0.5 + (usual.returned - returned) / 2));
  if (usual.stars === null) return (speed + lasting) / 2;
  const stars = shrunk(mine.stars, mine.rated, usual.stars);
  const satisfied = Math.min(1, Math.max(0, 0.5 + (stars - usual.stars) / (2 * starsBetween)));
  return (speed + lasting + satisfied) / 3;
}

/** From the worst rating to the best. */
const starsBetween = 4;

function shrunk(sum: number, count: number, prior: number): number {
  return (sum + priorTickets * prior) / (count + priorTickets);
}
