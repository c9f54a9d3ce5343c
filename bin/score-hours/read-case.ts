// One line of a file of business-hours cases as a question to a calendar. Knows in how many ways people write hours down;
// refuses to know what the right answer is made of.
import { isTimeZone, zoneOver } from "../../calendars/zone";
import { calendarFaults, isDate, wallMs, wallText, weekdays, without } from "../../domain/opening-hours";
import type { CalendarEdition, Holiday, Hours } from "../../domain/opening-hours";

export interface HoursCase {
  readonly name: string;
  readonly calendar: CalendarEdition;
  readonly op: "add" | "subtract" | "between";
  /** Epoch ms. */
  readonly start: number;
  /** Of `add` and `subtract`, ms; may be negative. */
  readonly ms: number;
  /** Of `between`, epoch ms. */
  readonly end: number;
  /** Epoch ms, or for `between` ms. */
  readonly expected: number;
}

export interface Unreadable {
  readonly unreadable: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** A line that makes no sense is told, not thrown. */
export function readCase(line: string): HoursCase | Unreadable {
  try {
    const fields = JSON.parse(line) as unknown;
    if (!isFields(fields)) throw new Error("not an object");
    return caseOf(fields);
  } catch (error) {
    return { unreadable: (error as Error).message };
  }
}

function caseOf(fields: Fields): HoursCase {
  const timeZone = text(fields["tz"] ?? fields["timeZone"] ?? fields["timezone"], "UTC");
  if (!isTimeZone(timeZone)) throw new Error(`unknown time zone ${timeZone}`);
  const op = opOf(fields["op"] ?? ("end" in fields ? "between" : "add"));
  const between = op === "between";
  return {
    name: text(fields["src"] ?? fields["name"], "a case"),
    calendar: calendarOf(timeZone, fields),
    op,
    start: instant(fields["start"] ?? fields["from"], timeZone),
    ms: between ? 0 : amount(fields["seconds"], "seconds"),
    end: between ? instant(fields["end"] ?? fields["to"], timeZone) : 0,
    expected: between
      ? amount(fields["expectedSeconds"] ?? fields["expected"], "expectedSeconds")
      : instant(fields["expected"], timeZone),
  };
}

function opOf(op: unknown): HoursCase["op"] {
  if (op === "add" || op === "between" || op === "subtract") return op;
  if (op === "sub" || op === "before") return "subtract";
  throw new Error(`unknown operation ${JSON.stringify(op)}`);
}

function calendarOf(timeZone: string, fields: Fields): CalendarEdition {
  const given = entriesOf(fields["hours"]).map(([day, hours]) => [weekdayOf(day), hoursOf(hours)] as const);
  const hours = Object.fromEntries(given) as CalendarEdition["hours"];
  const calendar = { edition: 1, validFrom: null, timeZone, hours, holidays: holidaysOf(fields, hours) };
  const fault = calendarFaults(calendar).find(({ code }) => code !== "interval_overlap" && code !== "never_opens");
  if (fault !== undefined) throw new Error(fault.message);
  return calendar;
}

function weekdayOf(text: string): string {
  const weekday = weekdays.find((known) => text.toLowerCase().startsWith(known));
  if (weekday === undefined) throw new Error(`unknown weekday ${text}`);
  return weekday;
}

/** Dates; hours in their place (`holidayHours`, `shifts`); and times on which a day is closed (`breaks`). */
function holidaysOf(fields: Fields, week: CalendarEdition["hours"]): Holiday[] {
  const days = new Map<string, Hours>();
  const listed = fields["holidays"] ?? [];
  for (const entry of Array.isArray(listed) ? listed : Object.keys(listed)) {
    const own: Fields = isFields(entry) ? entry : { date: entry };
    days.set(dateOf(own["date"]), hoursOf(own["hours"] ?? []));
  }
  for (const [date, own] of [...entriesOf(fields["holidayHours"]), ...entriesOf(fields["shifts"])]) days.set(dateOf(date), hoursOf(own));
  for (const [date, breaks] of entriesOf(fields["breaks"])) {
    const day = dateOf(date);
    const usual = days.get(day) ?? week[weekdays[(new Date(day).getUTCDay() + 6) % 7]!] ?? [];
    days.set(day, hoursOf(breaks).reduce(without, usual));
  }
  return [...days].map(([date, hours]) => ({ date, name: date, hours }));
}

function dateOf(value: unknown): string {
  const text = /^(\d{4}-)?\d{2}-\d{2}/.exec(String(value))?.[0] ?? "";
  if (!isDate(text)) throw new Error(`not a date: ${String(value)}`);
  return text;
}

/** Without those that end as they begin. */
function hoursOf(value: unknown): Hours {
  return intervalsOf(value).filter(([from, to]) => from !== to);
}

/** `[["09:00", "17:00"]]`, `["09:00", "17:00"]`, `{ "09:00": "17:00" }`, `"09:00-17:00"`, nothing. */
function intervalsOf(value: unknown): Hours {
  if (value === null || value === undefined || value === false) return [];
  if (typeof value === "string") return value.split(",").map((part) => pairOf(part.split(/\s*[-–]\s*/)));
  if (isFields(value)) return Object.entries(value).map(pairOf);
  if (!Array.isArray(value)) throw new Error(`not hours: ${JSON.stringify(value)}`);
  if (value.length === 2 && value.every((part) => typeof part === "string" && !/[-–]/.test(part))) return [pairOf(value)];
  return value.flatMap((part: unknown) => (typeof part === "string" || isFields(part) ? intervalsOf(part) : [pairOf(part)]));
}

/** What ends before it begins goes past midnight; from midnight to midnight is a whole day. */
function pairOf(value: unknown): readonly [string, string] {
  const parts: unknown[] = Array.isArray(value) ? value : [];
  const [from, to] = parts.map((part) => wallMs(String(part).trim().replace(/^\d:/, "0$&")));
  if (from === undefined || to === undefined || parts.length !== 2) throw new Error(`not an interval: ${JSON.stringify(value)}`);
  const past = to < from || (to === 0 && from === 0) ? 86_400_000 : 0;
  return [wallText(from), wallText(to + past)];
}

/** With `Z` or an offset; without one it is what the zone's clock shows, a date alone its midnight. */
function instant(value: unknown, timeZone: string): number {
  const text = String(value).trim().replace(" ", "T");
  const isLocal = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?$/.test(text);
  const ms = typeof value === "string" ? Date.parse(isLocal ? `${text.length === 10 ? `${text}T00:00` : text}Z` : text) : Number.NaN;
  if (Number.isNaN(ms)) throw new Error(`not an instant: ${String(value)}`);
  return isLocal ? zoneOver(timeZone, ms, ms).firstAt(ms) : ms;
}

function text(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}

/** Seconds as ms, without what binary fractions add. */
function amount(value: unknown, name: string): number {
  const seconds = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof seconds !== "number" || !Number.isFinite(seconds)) throw new Error(`${name} is no number`);
  return Math.round(seconds * 1_000);
}

function entriesOf(value: unknown): [string, unknown][] {
  return isFields(value) ? Object.entries(value) : [];
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
