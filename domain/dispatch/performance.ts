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

/**
 * 0 to 1; 0.5 is as the team on average, or nothing known. The mean of time (twice as fast as the team: 2 of 3), of how rarely
 * tickets came back and, where requesters have rated the team's solutions, of their stars.
 */
export function performanceOf(own: Results, team: Results, at: Instant): number {
  const [mine, theirs] = [faded(own, at), faded(team, at)];
  if (theirs.resolved === 0) return 0.5;
  const usualLog = theirs.logMs / theirs.resolved;
  const usualReturn = Math.min(1, theirs.reopened / theirs.resolved);
  const log = shrunk(mine.logMs, mine.resolved, usualLog);
  const returned = shrunk(mine.reopened, mine.resolved, usualReturn);
  const speed = 1 / (1 + Math.exp(log - usualLog));
  const lasting = Math.min(1, Math.max(0, 0.5 + (usualReturn - returned) / 2));
  if (theirs.rated === 0) return (speed + lasting) / 2;
  const usualStars = theirs.stars / theirs.rated;
  const stars = shrunk(mine.stars, mine.rated, usualStars);
  const satisfied = Math.min(1, Math.max(0, 0.5 + (stars - usualStars) / (2 * starsBetween)));
  return (speed + lasting + satisfied) / 3;
}

/** From the worst rating to the best. */
const starsBetween = 4;

function shrunk(sum: number, count: number, prior: number): number {
  return (sum + priorTickets * prior) / (count + priorTickets);
}
