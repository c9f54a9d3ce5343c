// Calendars on the wire: zones, weekly hours, holidays. What a sound calendar is, domain/opening-hours says.
import { z } from "zod";
import { calendarFaults, isDate, wallMs, weekdays } from "../domain/opening-hours";
import type { CalendarRules } from "../domain/opening-hours";
import { words } from "./text";

/** An IANA name that this Node knows, such as `Europe/Oslo`. */
export const timeZone = z
  .string()
  .max(100)
  .refine(isKnownZone, { message: "Not a time zone: an IANA name is wanted, such as Europe/Oslo.", params: { code: "time_zone_unknown" } });

const wallTime = z.string().refine((text) => wallMs(text) !== undefined, {
  message: "Not a time of day: HH:MM, up to 48:00 for what goes past midnight.",
  params: { code: "wall_time" },
});

/** `[["09:00", "12:00"], ["13:00", "17:00"]]`; `[["22:00", "26:00"]]` past midnight. */
export const hours = z.array(z.tuple([wallTime, wallTime])).max(24, "At most 24 intervals a day.");

/** By weekday, `mon` to `sun`; a weekday left out is closed. */
export const weeklyHours = z.strictObject(
  Object.fromEntries(weekdays.map((day) => [day, hours.optional()])) as Record<(typeof weekdays)[number], z.ZodOptional<typeof hours>>,
);

const date = (pattern: RegExp, example: string) =>
  z.string().refine((text) => pattern.test(text) && isDate(text), {
    message: `Not a day that exists: ${example}.`,
    params: { code: "date_unknown" },
  });

/** `2026-12-25`. */
export const localDate = date(/^\d{4}-/, "YYYY-MM-DD");

/** Closed, or open for hours of its own. `date`: `2026-12-25` once, `12-25` every year. */
export const holiday = z.strictObject({
  date: date(/^/, "YYYY-MM-DD, or MM-DD for every year"),
  name: words(200),
  hours: hours.default([]),
});

/** What an edition says. Whatever can't be is named: the interval that overlaps another, a day twice, nothing ever open. */
export const calendarRules = z
  .strictObject({ timeZone, hours: weeklyHours, holidays: z.array(holiday).max(2_000).default([]) })
  .superRefine(tellFaults);

/** For the schemas that hold rules among other members. Says nothing while a part of them is no calendar at all. */
export function tellFaults(rules: CalendarRules, context: z.RefinementCtx): void {
  for (const { path, code, message } of calendarFaults(rules)) {
    context.addIssue({ code: "custom", path: [...path], message, params: { code } });
  }
}

function isKnownZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
