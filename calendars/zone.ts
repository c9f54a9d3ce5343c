// The only place that knows what a time zone does: its offsets over a span. Refuses to know calendars and opening hours.
import { Temporal } from "temporal-polyfill";

/**
 * A zone's offsets over a span. A wall time is written in ms as if it were UTC. `firstAt` answers the first instant at which
 * the zone's clock shows this wall time or a later one: of a time that comes twice the first, and for one that is skipped
 * (an hour in spring, Samoa's 30 December 2011, a midnight that does not exist) the instant of the jump. So wall times in
 * order give instants in order, and what touches on the wall touches in time.
 */
export interface Zone {
  firstAt(wall: number): number;
  /** What the zone's clock shows. */
  wallAt(instant: number): number;
}

/** From which instant on the zone's clock is how many minutes east of UTC, over `[since, until]`; the first holds before, too. */
export function offsetsOver(timeZone: string, since: number, until: number): (readonly [from: number, minutes: number])[] {
  return stretchesOf(timeZone, since, until).map(({ from, offset }) => [Math.max(from, since), offset / 60_000] as const);
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

/** Answers are good for `[since, until]` and three days around it, epoch ms. RangeError for a zone that nobody knows. */
export function zoneOver(timeZone: string, since: number, until: number): Zone {
  const stretches = stretchesOf(timeZone, since - 3 * 86_400_000, until + 3 * 86_400_000);
  return {
    firstAt: (wall) => {
      const stretch = stretches.find(({ to, offset }) => wall < to + offset) ?? stretches.at(-1)!;
      return Math.max(stretch.from, wall - stretch.offset);
    },
    wallAt: (instant) => instant + (stretches.find(({ to }) => instant < to) ?? stretches.at(-1)!).offset,
  };
}

/** Whether this Node knows the zone. */
export function isTimeZone(timeZone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    return true;
  } catch {
    return false;
  }
}

function stretchesOf(timeZone: string, since: number, until: number): Stretch[] {
  const stretches: Stretch[] = [];
  let start = Temporal.Instant.fromEpochMilliseconds(since).toZonedDateTimeISO(timeZone);
  let from = Number.NEGATIVE_INFINITY;
  for (;;) {
    const next = start.getTimeZoneTransition("next");
    const to = next === null || next.epochMilliseconds >= until ? Number.POSITIVE_INFINITY : next.epochMilliseconds;
    stretches.push({ from, to, offset: start.offsetNanoseconds / 1_000_000 });
    if (next === null || to === Number.POSITIVE_INFINITY) return stretches;
    [start, from] = [next, to];
  }
}
