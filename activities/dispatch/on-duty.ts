// Which working hours are open at an instant, and when that changes next. Knows calendars by id; refuses to know who keeps them.
import { isOpen } from "../../domain/calendar";
import { dayMs } from "../../domain/opening-hours";
import type { Instant } from "../../domain/ticket";
import { expandCalendar } from "../calendar/expand-calendar";
import type { ExpandedCalendar } from "../calendar/expand-calendar";
import type { Transaction } from "./places";

/** Expanded for so many days, from midnight to midnight UTC, so that one expansion serves a whole day. */
const daysAhead = 30;

/** Those of the calendars that are open at `at`. */
export async function openNow(tx: Transaction, calendars: ReadonlySet<string>, at: Instant): Promise<ReadonlySet<string>> {
  const open = new Set<string>();
  for (const calendar of calendars) if (isOpen(await hoursOf(tx, calendar, at), at) === true) open.add(calendar);
  return open;
}

/** The calendar from the day before `at` on, for about a month. */
export async function hoursOf(tx: Transaction, calendar: string, at: Instant): Promise<ExpandedCalendar> {
  const today = Math.floor(at / dayMs) * dayMs;
  return await expandCalendar(tx, { calendar, edition: null, from: today - dayMs, until: today + daysAhead * dayMs });
}
