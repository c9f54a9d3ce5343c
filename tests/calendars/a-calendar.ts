// Calendars as tests speak of them.
import type { CalendarEdition, Hours } from "../../domain/opening-hours";

const nineToFive: Hours = [["09:00", "17:00"]];

/** Monday to Friday, nine to five, in UTC, since ever, unless the test says otherwise. */
export function anEdition(given: Partial<CalendarEdition> = {}): CalendarEdition {
  const hours = { mon: nineToFive, tue: nineToFive, wed: nineToFive, thu: nineToFive, fri: nineToFive };
  return { edition: 1, validFrom: null, timeZone: "UTC", hours, holidays: [], ...given };
}

/** The same hours on every day of the week. */
export function daily(...hours: (readonly [string, string])[]): CalendarEdition["hours"] {
  return { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours };
}
