// Whether somebody sleeps, by their own hours. Knows how such hours are stored; what a week is in a time zone calendars/ knows.
import { expand } from "../../calendars/expand";
import { dayMs } from "../../domain/opening-hours";
import type { CalendarRules } from "../../domain/opening-hours";
import type { Instant } from "../../domain/ticket";

/** Longer at a stretch nobody is quiet. */
const longestMs = 8 * dayMs;

/**
 * When the quiet hours end in which `now` lies; null outside of them.
 * @param hours as an agent's row has them: weekly, in the agent's zone
 */
export function quietUntil(hours: CalendarRules["hours"] | null, timeZone: string, now: Instant): Instant | null {
  if (hours === null) return null;
  const edition = { edition: 1, validFrom: null, timeZone, hours, holidays: [] };
  const { intervals } = expand([edition], now, now + longestMs);
  const present = intervals.find(([from, to]) => from <= now && now < to);
  return present === undefined ? null : Math.min(present[1], now + longestMs);
}
