// What a ticket has ever known of its calendars, told from its journal: every expansion, and where none was asked for.
import { join } from "./calendar";
import type { OpenInterval } from "./calendar";
import { keyOf, renewed } from "./coverage";
import type { CalendarKey, Coverage } from "./coverage";
import type { TicketEvent } from "./event";

/** `gaps`: between two expansions, what nobody asked for since nothing ran then; no interval lies in them. */
export interface KnownCalendar extends Coverage {
  readonly gaps: readonly OpenInterval[];
}

export type KnownCalendars = Readonly<Record<CalendarKey, KnownCalendar>>;

export function learned(calendars: KnownCalendars, event: TicketEvent): KnownCalendars {
  const news = event.kind === "policyApplied" ? event.facts.calendars : event.kind === "calendarExtended" ? [event.facts.coverage] : [];
  let known = calendars;
  for (const coverage of news) known = { ...known, [keyOf(coverage)]: joined(known[keyOf(coverage)], coverage) };
  return known;
}

function joined(known: KnownCalendar | undefined, news: Coverage): KnownCalendar {
  if (known === undefined) return { ...news, gaps: [] };
  const [first, second] = known.since <= news.since ? [known, news] : [news, known];
  const between: readonly OpenInterval[] = first.until < second.since ? [[first.until, second.since]] : [];
  const before = known.gaps.flatMap(([since, until]): OpenInterval[] => [[since, Math.min(until, news.since)], [Math.max(since, news.until), until]]);
  const gaps = [...before.filter(([since, until]) => since < until), ...between];
  return { ...renewed(known, news), ...join({ ...first, until: Math.max(first.until, second.since) }, second), gaps };
}
