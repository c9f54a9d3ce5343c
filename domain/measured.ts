// One metric on a ticket: the cycle that goes on, and what must be remembered of those before. Refuses to know which metric it is.
import type { Coverages } from "./coverage";
import * as cycles from "./cycle";
import type { Cycle, Ending } from "./cycle";
import type { Occasion } from "./policy";
import type { Instant } from "./ticket";

export interface Measured {
  /** How many cycles have begun. */
  readonly begun: number;
  readonly ongoing: Cycle | null;
  /**
   * The last one that ended, with which a reopening may go on; before it those that a merge may give back, or not all counted
   * yet.
   */
  readonly past: readonly Cycle[];
  /** The first cycle of it that was breached; null: none. */
  readonly firstBreached: number | null;
}

/** With its ongoing cycle ended; unchanged when none goes on. */
export function ended(measured: Measured, how: "met" | "cancelled", by: Occasion | Ending, at: Instant, coverages: Coverages): Measured {
  const { ongoing, past } = measured;
  if (ongoing === null) return measured;
  const last = cycles.end(ongoing, how, by, at, coverages);
  const firstBreached = measured.firstBreached === last.number && last.breach === null ? null : measured.firstBreached;
  return { ...measured, firstBreached, ongoing: null, past: [...past.filter(isKept), last] };
}

/** What made way for another ticket's words may be wanted back. */
function isKept(cycle: Cycle): boolean {
  return isUncounted(cycle) || cycle.ended?.by === "merged";
}

/** Whether some of it waits for a calendar; what no calendar was ever named for waits for none. */
function isUncounted({ under, uncounted }: Cycle): boolean {
  return uncounted.some(({ calendar }) => calendar !== null) || (under === null && uncounted.length > 0);
}
