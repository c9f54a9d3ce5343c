// How long a webhook that does not answer is tried: soon at first, then ever more seldom, for days.
const minute = 60_000;
const hour = 60 * minute;

const waits = [5_000, 30_000, 2 * minute, 10 * minute, 30 * minute, hour, 2 * hour, 4 * hour, 8 * hour] as const;
const longest = 12 * hour;

/** From the first attempt on, ms: three days. */
export const givenUpAfterMs = 72 * hour;

/** The wait after so many attempts in vain, ms. */
export function waitAfter(attempts: number): number {
  return waits[attempts - 1] ?? longest;
}
