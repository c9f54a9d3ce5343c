// Business time as arithmetic on open intervals. Knows epoch ms; refuses to know weekdays, holidays and time zones.
import type { Instant } from "./ticket";

/** Open from the first instant up to, and not at, the second. */
export type OpenInterval = readonly [from: Instant, to: Instant];

/**
 * When a calendar is open, as far as it has been expanded: `[since, until)`. The intervals are sorted, not empty, and
 * neither overlap nor touch. Made by `openIntervals` or `join`; plain JSON, fit for a history.
 */
export interface OpenIntervals {
  readonly since: Instant;
  readonly until: Instant;
  readonly intervals: readonly OpenInterval[];
}

/** The answer lies outside `[since, until]`: expand the calendar further and ask again. Never a wrong instant instead. */
export const beyond = "beyond";
export type Beyond = typeof beyond;

/** The earliest and the latest instant that ECMAScript's time values reach, epoch ms. */
export const earliest: Instant = -8_640_000_000_000_000;
export const latest: Instant = 8_640_000_000_000_000;

/** Around the clock, for ever: 24×7 in one interval. */
export const always: OpenIntervals = { since: earliest, until: latest, intervals: [[earliest, latest]] };

/** Sorts, cuts to `[since, until)`, merges what overlaps or touches, and leaves out what is empty. */
export function openIntervals(pairs: readonly OpenInterval[], since: Instant, until: Instant): OpenIntervals {
  const sorted = pairs
    .map(([from, to]): OpenInterval => [Math.max(from, since), Math.min(to, until)])
    .filter(([from, to]) => from < to)
    .sort(([a, aTo], [b, bTo]) => a - b || aTo - bTo);
  const intervals: OpenInterval[] = [];
  for (const [from, to] of sorted) {
    const last = intervals.at(-1);
    if (last === undefined || last[1] < from) intervals.push([from, to]);
    else if (last[1] < to) intervals[intervals.length - 1] = [last[0], to];
  }
  return { since, until, intervals };
}

/** Two expansions of one calendar that overlap or touch, as one. RangeError when a gap lies between them. */
export function join(one: OpenIntervals, other: OpenIntervals): OpenIntervals {
  if (one.until < other.since || other.until < one.since) throw new RangeError("A gap lies between the two expansions.");
  const since = Math.min(one.since, other.since);
  return openIntervals([...one.intervals, ...other.intervals], since, Math.max(one.until, other.until));
}

/**
 * The instant by which `ms` of open time have passed since `from`: the earliest such, so that time that ends with the
 * working day ends at closing time, not at the next opening. `add(open, from, 0)` is the first open instant at or after
 * `from` (closing time itself is closed). With a negative `ms` it is `subtract`.
 */
export function add(open: OpenIntervals, from: Instant, ms: number): Instant | Beyond {
  if (ms < 0) return subtract(open, from, -ms);
  if (from < open.since) return beyond;
  let left = ms;
  for (let at = firstEndingAfter(open, from); at < open.intervals.length; at++) {
    const [opens, closes] = open.intervals[at]!;
    const start = Math.max(opens, from);
    if (left <= closes - start) return start + left;
    left -= closes - start;
  }
  return beyond;
}

/**
 * The instant from which `ms` of open time pass until `to`: the latest such, `add` seen in a mirror. What takes a whole
 * working day starts at its opening; `subtract(open, to, 0)` is the last instant at or before `to` that open time leads up to.
 */
export function subtract(open: OpenIntervals, to: Instant, ms: number): Instant | Beyond {
  if (ms < 0) return add(open, to, -ms);
  if (to > open.until) return beyond;
  let left = ms;
  for (const [opens, closes] of open.intervals.slice(0, firstEndingAfter(open, to) + 1).reverse()) {
    if (opens >= to) continue;
    const end = Math.min(closes, to);
    if (left <= end - opens) return end - left;
    left -= end - opens;
  }
  return beyond;
}

/** The open time that lies between two instants, ms; negative when `to` is before `from`. */
export function between(open: OpenIntervals, from: Instant, to: Instant): number | Beyond {
  if (to < from) {
    const turned = between(open, to, from);
    return turned === beyond ? beyond : -turned;
  }
  if (from < open.since || to > open.until) return beyond;
  let ms = 0;
  for (let at = firstEndingAfter(open, from); at < open.intervals.length; at++) {
    const [opens, closes] = open.intervals[at]!;
    if (opens >= to) break;
    ms += Math.min(closes, to) - Math.max(opens, from);
  }
  return ms;
}

/** Whether it is open at this instant: at the opening it is, at closing time it isn't. */
export function isOpen(open: OpenIntervals, at: Instant): boolean | Beyond {
  if (at < open.since || at >= open.until) return beyond;
  const interval = open.intervals[firstEndingAfter(open, at)];
  return interval !== undefined && interval[0] <= at;
}

/** The first open instant at or after `at`: `at` itself while it is open. */
export function nextOpening(open: OpenIntervals, at: Instant): Instant | Beyond {
  return add(open, at, 0);
}

/** When the opening hours that hold at `at` end; null while it is closed, or when they end with all that is known. */
export function nextClosing(open: OpenIntervals, at: Instant): Instant | null {
  const interval = open.intervals[firstEndingAfter(open, at)];
  return interval === undefined || interval[0] > at || interval[1] >= open.until ? null : interval[1];
}

/** The index of the first interval that isn't over at `at`; the number of intervals when all are. */
function firstEndingAfter({ intervals }: OpenIntervals, at: Instant): number {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (intervals[middle]![1] > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
