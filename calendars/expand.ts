// From opening hours to UTC: a calendar's editions over a span as open intervals. Knows dates, refuses to know who asks.
import { always, openIntervals } from "../domain/calendar";
import type { OpenInterval, OpenIntervals } from "../domain/calendar";
import { dayMs, isAroundTheClock, wallMs, weekdays } from "../domain/opening-hours";
import type { CalendarEdition, CalendarRules, Hours } from "../domain/opening-hours";
import { zoneOver } from "./zone";

/**
 * When it is open in `[since, until)`, epoch ms; `always` for a calendar that never closes. Pure but for the time-zone rules
 * of this Node. What is in force on a day is said at `CalendarEdition`.
 */
export function expand(editions: readonly CalendarEdition[], since: number, until: number): OpenIntervals {
  const reigns = reignsOf(editions);
  if (reigns.every(({ rules }) => isAroundTheClock(rules))) return always;
  return openIntervals(reigns.flatMap((reign) => within(reign, since, until)), since, until);
}

/** Rules and the days they are in force on: `[from, to)`, numbered from 1 January 1970. */
interface Reign {
  readonly rules: CalendarRules;
  readonly from: number;
  readonly to: number;
}

function reignsOf(editions: readonly CalendarEdition[]): Reign[] {
  const newest = new Map<number, CalendarEdition>();
  for (const edition of [...editions].sort((a, b) => a.edition - b.edition)) newest.set(firstDay(edition), edition);
  const starts = [...newest.keys()].sort((a, b) => a - b);
  return starts.map((from, at) => ({ rules: newest.get(from)!, from, to: starts[at + 1] ?? Number.POSITIVE_INFINITY }));
}

function firstDay({ validFrom }: CalendarEdition): number {
  return validFrom === null ? Number.NEGATIVE_INFINITY : Date.parse(validFrom) / dayMs;
}

function within({ rules, from, to }: Reign, since: number, until: number): OpenInterval[] {
  const zone = zoneOver(rules.timeZone, since, until);
  const hoursOn = daysOf(rules);
  // What was opened up to two days ago may still be open.
  const first = Math.max(from, Math.floor(zone.wallAt(since) / dayMs) - 2);
  const last = Math.min(to - 1, Math.floor(zone.wallAt(until) / dayMs) + 1);
  const intervals: OpenInterval[] = [];
  for (let day = first; day <= last; day++) {
    for (const [opens, closes] of hoursOn(day)) {
      intervals.push([zone.firstAt(day * dayMs + opens), zone.firstAt(day * dayMs + closes)]);
    }
  }
  return intervals;
}

type Walls = readonly (readonly [number, number])[];

/** Hours are read once, not once a day. */
function daysOf({ hours, holidays }: CalendarRules): (day: number) => Walls {
  const week = weekdays.map((weekday) => wallsOf(hours[weekday] ?? []));
  const special = new Map(holidays.map(({ date, hours: own }) => [date, wallsOf(own)]));
  return (day) => {
    const date = new Date(day * dayMs).toISOString().slice(0, 10);
    // The first of January 1970 was a Thursday.
    return special.get(date) ?? special.get(date.slice(5)) ?? week[(((day + 3) % 7) + 7) % 7]!;
  };
}

function wallsOf(hours: Hours): Walls {
  return hours.map(([from, to]) => [wallMs(from) ?? Number.NaN, wallMs(to) ?? Number.NaN] as const);
}
