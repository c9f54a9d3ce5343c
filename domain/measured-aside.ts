// What becomes of a metric's cycles when its ticket is set aside, comes back, or takes in the words of another. Knows cycles by
// what ended them; refuses to know when a cycle is to begin and whether it may run (sla).
import type { Coverages } from "./coverage";
import type { Cycle, Ending } from "./cycle";
import { ended } from "./measured";
import type { Measured } from "./measured";
import type { Instant } from "./ticket";

/** Neither met nor missed: it is not counted. */
export function cancelled(measured: Measured, by: Ending, at: Instant, coverages: Coverages): Measured {
  return ended(measured, "cancelled", by, at, coverages);
}

/** The cycle that was cancelled by `ending` goes on, in its own way. */
export function goneOnAfter(measured: Measured, ending: Ending, goOn: (cycle: Cycle) => Cycle): Measured {
  const last = measured.past.at(-1);
  if (measured.ongoing !== null || last?.ended?.by !== ending) return measured;
  return { ...measured, ongoing: goOn(last), past: measured.past.slice(0, -1) };
}

/** The oldest words that wait for an answer are another ticket's: the cycle of the later ones makes way for theirs. */
export function earlierWords(
  measured: Measured,
  since: Instant,
  at: Instant,
  coverages: Coverages,
  begin: (free: Measured) => Measured,
): Measured {
  const { ongoing } = measured;
  if (ongoing !== null && ongoing.startedAt <= since) return measured;
  return begin(ended(measured, "cancelled", "merged", at, coverages));
}

/** Those words wait elsewhere again: what had made way for them, if anything, goes on as though it never had. */
export function withoutTheirWords(
  measured: Measured,
  since: Instant | null,
  at: Instant,
  coverages: Coverages,
  goOn: (own: Cycle) => Cycle,
): Measured {
  if (since === null || measured.ongoing?.startedAt !== since) return measured;
  const own = measured.past.at(-1);
  const without = ended(measured, "cancelled", "unmerged", at, coverages);
  if (own?.ended?.by !== "merged") return without;
  return { ...without, ongoing: goOn(own), past: without.past.filter((cycle) => cycle !== own) };
}
