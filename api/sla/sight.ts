// What a reader may know of a ticket's calendars beyond what the ticket had to: today, and the whole of its long pauses. What the
// journal knows goes before what the rules of today say.
import { expand } from "../../calendars/expand";
import { offsetsOver } from "../../calendars/zone";
import { between, beyond, openIntervals } from "../../domain/calendar";
import type { OpenInterval } from "../../domain/calendar";
import { on, renewed } from "../../domain/coverage";
import type { CalendarKey } from "../../domain/coverage";
import type { Standstill } from "../../domain/cycle";
import type { CycleStory, History } from "../../domain/history";
import type { KnownCalendar, KnownCalendars } from "../../domain/known-calendars";
import { dayMs } from "../../domain/opening-hours";
import type { CalendarEdition } from "../../domain/opening-hours";
import type { Instant } from "../../domain/ticket";

/** With its calendars known up to `now` and without gaps, and with pauses counted that the ticket itself could not count. */
export function sighted(history: History, editions: ReadonlyMap<CalendarKey, readonly CalendarEdition[]>, now: Instant): History {
  const entries = Object.entries(history.calendars).map(([key, known]) => [key, filled(known, editions.get(key) ?? [], now)] as const);
  const calendars: KnownCalendars = Object.fromEntries(entries);
  return { ...history, calendars, cycles: history.cycles.map((story) => withPauses(story, history, calendars)) };
}

function filled(known: KnownCalendar, editions: readonly CalendarEdition[], now: Instant): KnownCalendar {
  const until = now + dayMs;
  const missing: readonly OpenInterval[] = known.until >= until ? known.gaps : [...known.gaps, [known.until, until]];
  const zone = editions.at(-1)?.timeZone;
  if (zone === undefined || missing.length === 0) return known;
  const found = missing.flatMap(([from, to]) => openIntervals(expand(editions, from, to).intervals, from, to).intervals);
  const end = Math.max(known.until, until);
  const offsets = missing.flatMap(([from, to]) => offsetsOver(zone, from, to));
  const whole = openIntervals([...known.intervals, ...found], known.since, end);
  return { ...renewed({ ...known, offsets }, known), ...whole, gaps: [] };
}

function withPauses(story: CycleStory, { ledger }: History, calendars: KnownCalendars): CycleStory {
  const { metric, cycle } = story;
  const stood = ledger.filter((entry) => entry.metric === metric && entry.cycle === cycle.number).flatMap(({ paused, calendar }) => paused.map((one) => ({ ...one, calendar })));
  const through = (why: Standstill): number | null =>
    stood.reduce<number | null>((sum, one) => {
      if (sum === null || one.why !== why) return sum;
      const ms = on(calendars, one.calendar, (open) => between(open, one.from, one.to));
      return ms === beyond ? null : sum + ms;
    }, 0);
  const counted = Object.entries(cycle.pausedMs).map(([why, ms]) => [why, ms ?? through(why as Standstill)] as const);
  return { ...story, cycle: { ...cycle, pausedMs: Object.fromEntries(counted) as typeof cycle.pausedMs } };
}
