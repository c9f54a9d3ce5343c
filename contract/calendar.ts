// Calendars on the wire: zones, weekly hours, holidays. What a sound calendar is, domain/opening-hours says.
import { z } from "zod";
import { calendarFaults, isDate, wallMs, weekdays } from "../domain/opening-hours";
import type { CalendarRules } from "../domain/opening-hours";
import { id, words } from "./text";

/** An IANA name that this Node knows, such as `Europe/Oslo`. */
export const timeZone = z
  .string()
  .max(100)
  .refine(isKnownZone, { message: "Not a time zone: an IANA name is wanted, such as Europe/Oslo.", params: { code: "time_zone_unknown" }, abort: true });

const wallTime = z.string().refine((text) => wallMs(text) !== undefined, {
  message: "Not a time of day: HH:MM, up to 48:00 for what goes past midnight.",
  params: { code: "wall_time" },
  // What is no time of day can't be compared with others.
  abort: true,
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
    abort: true,
  });

/** `2026-12-25`. */
export const localDate = date(/^\d{4}-/, "YYYY-MM-DD");

/** Closed, or open for hours of its own. `date`: `2026-12-25` once, `12-25` every year. */
export const holiday = z.strictObject({
  date: date(/^/, "YYYY-MM-DD, or MM-DD for every year"),
  name: words(200),
  hours: hours.default([]),
});

/** What an edition says. Whatever can't be is named: an interval that overlaps another, a day twice, nothing ever open. */
const rules = { timeZone, hours: weeklyHours, holidays: z.array(holiday).max(2_000).default([]) };
const name = words(200);

/** `POST /calendars`. Without an id it gets one from its name. */
export const newCalendar = z.strictObject({ id: id.optional(), name, ...rules }).superRefine(tellFaults);

/**
 * `POST /calendars/:id/editions`: all that the calendar says from a local date on, or always when there is none. With
 * `basedOn` it is refused when that is not the newest edition any more.
 */
export const newCalendarEdition = z
  .strictObject({ name: name.optional(), validFrom: localDate.nullable().default(null), basedOn: z.int().optional(), ...rules })
  .superRefine(tellFaults);
export type NewCalendarEdition = z.infer<typeof newCalendarEdition>;

/** `PUT /teams/:id/calendar`: in which its windows that wait for requesters count; null: around the clock. */
export const teamCalendar = z.strictObject({ calendar: id.nullable() });

const year = z.int().min(1970).max(2200);

/**
 * `POST /calendars/:id/holidays`: from the text of an iCalendar file, from its address, or a country's public holidays.
 * `from` and `to` are years, both included: this one and the five after it unless said.
 */
export const holidayImport = z
  .strictObject({
    text: z.string().max(1_000_000).optional(),
    url: z.string().max(2_000).optional(),
    country: z.string().regex(/^[A-Z]{2}$/, "Two capital letters, as in ISO 3166.").optional(),
    state: z.string().max(20).optional(),
    region: z.string().max(20).optional(),
    from: year.optional(),
    to: year.optional(),
    basedOn: z.int().optional(),
    preview: z.boolean().default(false),
  })
  .refine(({ text, url, country }) => [text, url, country].filter((source) => source !== undefined).length === 1, {
    path: ["text"],
    message: "Exactly one of text, url and country.",
    params: { code: "one_source" },
  });
export type HolidayImport = z.infer<typeof holidayImport>;

/** The same for a file sent as it is (`text/calendar`): in the address. */
export const holidayFileQuery = z.strictObject({
  from: z.coerce.number().pipe(year).optional(),
  to: z.coerce.number().pipe(year).optional(),
  preview: z.enum(["true", "false"]).transform((text) => text === "true").default(false),
});

/** `current`: the edition in force today, where the calendar is; `edition` is the newest. */
export const calendarView = z.strictObject({
  id: z.string(),
  name: z.string(),
  edition: z.int(),
  current: z.int(),
  validFrom: z.string().nullable(),
  ...rules,
  by: z.string(),
  at: z.string(),
});
export type CalendarView = z.infer<typeof calendarView>;
export type CalendarEditionView = Omit<CalendarView, "current">;

/** What an import did, or would do (`preview`: `edition` is null). `kept`: dates that the calendar had already. */
export const holidayImportView = z.strictObject({
  edition: z.int().nullable(),
  added: z.array(holiday),
  kept: z.array(z.string()),
  skipped: z.array(z.strictObject({ name: z.string(), why: z.string() })),
});
export type HolidayImportView = z.infer<typeof holidayImportView>;

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
