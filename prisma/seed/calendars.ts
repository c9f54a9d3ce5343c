// When the seeded desk works: two offices with their public holidays, and those who are always on call.
import { holidaysOf } from "./holidays";

type Hours = readonly (readonly [from: string, to: string])[];

/** As domain/opening-hours describes it. */
export interface SeedCalendar {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly hours: Readonly<Record<string, Hours>>;
  readonly holidays: readonly { readonly date: string; readonly name: string; readonly hours: Hours }[];
}

export const calendars: readonly SeedCalendar[] = [
  {
    id: "oslo",
    name: "Oslo office",
    timeZone: "Europe/Oslo",
    hours: workdays([["08:00", "16:00"]]),
    holidays: [...holidaysOf.NO, { date: "12-24", name: "Julaften", hours: [["08:00", "12:00"]] }, { date: "12-31", name: "Nyttårsaften", hours: [["08:00", "12:00"]] }],
  },
  { id: "seoul", name: "Seoul office", timeZone: "Asia/Seoul", hours: workdays([["09:00", "12:00"], ["13:00", "18:00"]]), holidays: holidaysOf.KR },
  { id: "on-call", name: "On call, 24×7", timeZone: "UTC", hours: everyDay([["00:00", "24:00"]]), holidays: [] },
];

function workdays(hours: Hours): SeedCalendar["hours"] {
  return { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours };
}

function everyDay(hours: Hours): SeedCalendar["hours"] {
  return { ...workdays(hours), sat: hours, sun: hours };
}
