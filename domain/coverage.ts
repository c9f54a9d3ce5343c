// A calendar as a ticket holds it: when it is open, as far as the ticket has needed to know, and what local clocks showed.
// Knows UTC instants alone; refuses to know a time zone's rules: whoever expanded it has applied them.
import { beyond } from "./calendar";
import type { Beyond, OpenIntervals } from "./calendar";
import type { Instant } from "./ticket";

/** From this instant on, local time is so many minutes ahead of UTC. */
export type Offset = readonly [from: Instant, minutes: number];

/** An expansion of one edition of a calendar. Plain JSON. */
export interface Coverage extends OpenIntervals {
  readonly calendar: string;
  readonly edition: number;
  /** As people call it: `Oslo office`. */
  readonly name: string;
  /** In order; the first holds from `since` on. */
  readonly offsets: readonly Offset[];
  /** It was expanded as far as any calendar is: there is no more to be had. */
  readonly exhausted: boolean;
}

/** `oslo@2`: names an edition for ever. */
export type CalendarKey = string;
export type Coverages = Readonly<Record<CalendarKey, Coverage>>;

/** What a ticket has to know next of a calendar: at least `enoughMs` of open time after `from`, and everything up to `until`. */
export interface Need {
  readonly key: CalendarKey;
  readonly from: Instant;
  readonly enoughMs: number;
  readonly until: Instant;
}

export function keyOf({ calendar, edition }: Pick<Coverage, "calendar" | "edition">): CalendarKey {
  return `${calendar}@${edition}`;
}

/** A key's calendar and edition. */
export function ofKey(key: CalendarKey): { readonly calendar: string; readonly edition: number } {
  const at = key.lastIndexOf("@");
  return { calendar: key.slice(0, at), edition: Number(key.slice(at + 1)) };
}

/** News of a calendar in the place of what was known of it; what local clocks showed before is remembered. */
export function renewed(known: Coverage | undefined, news: Coverage): Coverage {
  return known === undefined ? news : { ...news, offsets: allOffsets(known.offsets, news.offsets) };
}

/** In order; where both speak of the same instant the second holds. */
function allOffsets(before: readonly Offset[], after: readonly Offset[]): readonly Offset[] {
  const sorted = [...before, ...after].sort(([one], [other]) => one - other);
  return sorted.filter(([, minutes], index) => minutes !== sorted[index - 1]?.[1]);
}

/** Minutes ahead of UTC at that instant, as far as is known; 0 where nothing is. */
export function offsetAt({ offsets }: Pick<Coverage, "offsets">, at: Instant): number {
  let minutes = offsets[0]?.[1] ?? 0;
  for (const [from, then] of offsets) if (from <= at) minutes = then;
  return minutes;
}

/** What `ask` answers on the calendar; `beyond` when the calendar is not known or not far enough. */
export function on<T>(coverages: Coverages, key: CalendarKey | null, ask: (open: OpenIntervals) => T | Beyond): T | Beyond {
  const coverage = key === null ? undefined : coverages[key];
  return coverage === undefined ? beyond : ask(coverage);
}

/** Two needs of the same calendar as one. */
export function both(one: Need | undefined, other: Need): Need {
  if (one === undefined) return other;
  const from = Math.min(one.from, other.from);
  // What is enough after the later start is enough after the earlier one when what lies between is added.
  const enoughMs = Math.max(one.enoughMs + one.from - from, other.enoughMs + other.from - from);
  return { key: one.key, from, enoughMs, until: Math.max(one.until, other.until) };
}
