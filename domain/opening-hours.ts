// When a desk works, as people write it down. Knows weekdays, wall times and dates as text; refuses to know any instant or
// what a time zone does.

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];

/**
 * Wall times from the midnight that the day begins with, `["09:00", "12:30"]`: `HH:MM`, with `:SS` and `.mmm` where needed.
 * `["22:00", "26:00"]` goes on into the next day, and belongs to the day that it starts on, whatever the next day is.
 */
export type Hours = readonly (readonly [from: string, to: string])[];

export interface Holiday {
  /** `2026-12-25` once, or `12-25` every year (`02-29` in leap years). A single date goes before a yearly one. */
  readonly date: string;
  readonly name: string;
  /** Open instead of the weekday's hours; none: closed. */
  readonly hours: Hours;
}

export interface CalendarRules {
  /** An IANA name. */
  readonly timeZone: string;
  /** A weekday left out is closed. */
  readonly hours: Readonly<Partial<Record<Weekday, Hours>>>;
  readonly holidays: readonly Holiday[];
}

/** One immutable edition of a calendar. On each day that edition is in force whose `validFrom` was last; of equals the newest. */
export interface CalendarEdition extends CalendarRules {
  readonly edition: number;
  /** A local date, `2026-01-01`; null: since ever. The first edition has null. */
  readonly validFrom: string | null;
}

/** What is wrong with a calendar, at which member; `code` is stable, `message` one English sentence that names the culprit. */
export interface CalendarFault {
  readonly path: readonly (string | number)[];
  readonly code: "interval_order" | "interval_overlap" | "interval_too_long" | "date_unknown" | "date_twice" | "never_opens";
  readonly message: string;
}

const minuteMs = 60_000;
export const dayMs = 24 * 60 * minuteMs;

/** `09:30` in ms since the day's midnight, up to `48:00`; undefined for what is no wall time. */
export function wallMs(text: string): number | undefined {
  const parts = /^(?<hours>\d{2}):(?<minutes>[0-5]\d)(?::(?<seconds>[0-5]\d(?:\.\d{1,3})?))?$/.exec(text)?.groups;
  if (parts === undefined) return undefined;
  const ms = (Number(parts["hours"]) * 60 + Number(parts["minutes"])) * minuteMs + Math.round(Number(parts["seconds"] ?? 0) * 1_000);
  return ms <= 2 * dayMs ? ms : undefined;
}

/** The reverse: as short as it can be said. */
export function wallText(ms: number): string {
  const two = (amount: number) => String(amount).padStart(2, "0");
  const seconds = Math.floor(ms / 1_000) % 60;
  const rest = ms % 1_000 === 0 ? "" : `.${String(ms % 1_000).padStart(3, "0")}`;
  const tail = seconds === 0 && rest === "" ? "" : `:${two(seconds)}${rest}`;
  return `${two(Math.floor(ms / 3_600_000))}:${two(Math.floor(ms / minuteMs) % 60)}${tail}`;
}

/** What is left of a day's hours when it is closed from one wall time to another. */
export function without(hours: Hours, [from, to]: readonly [from: string, to: string]): Hours {
  const [closes, opens] = [read(from), read(to)];
  return hours.flatMap((interval) => {
    const [start, end] = [read(interval[0]), read(interval[1])];
    const left = [[start, Math.min(end, closes)] as const, [Math.max(start, opens), end] as const];
    return left.filter(([a, b]) => a < b).map(([a, b]) => [wallText(a), wallText(b)] as const);
  });
}

/** Whether it is open day and night, weekday and holiday. */
export function isAroundTheClock({ hours, holidays }: CalendarRules): boolean {
  return weekdays.every((day) => isWholeDay(hours[day] ?? [])) && holidays.every((holiday) => isWholeDay(holiday.hours));
}

/** Every wall time must be one (`wallMs`): the contract sees to it. */
export function calendarFaults({ hours, holidays }: CalendarRules): CalendarFault[] {
  const lists = [
    ...weekdays.map((day) => ({ path: ["hours", day], name: day as string, hours: hours[day] ?? [] })),
    ...holidays.map(({ date, hours: own }, at) => ({ path: ["holidays", at, "hours"], name: date, hours: own })),
  ];
  const orders = lists.flatMap(({ path, name, hours: list }) => orderFaults(path, name, list));
  if (orders.length > 0) return orders;
  return [
    ...overlaps(weekOf(hours)),
    ...holidays.flatMap(({ date, hours: own }, at) => overlaps(spansOf(["holidays", at, "hours"], date, own, 0))),
    ...dateFaults(holidays),
    ...(lists.some(({ hours: list }) => list.length > 0) ? [] : [neverOpens]),
  ];
}

/** Nothing could ever fall due by it. */
export const neverOpens: CalendarFault = {
  path: ["hours"],
  code: "never_opens",
  message: "A calendar must open at some time: clocks that count its hours would never end.",
};

/** Whether a `YYYY-MM-DD` or `MM-DD` is a day that exists (the latter in some year). */
export function isDate(text: string): boolean {
  const parts = /^(?:(?<year>\d{4})-)?(?<month>\d{2})-(?<day>\d{2})$/.exec(text)?.groups;
  if (parts === undefined) return false;
  const year = parts["year"] === undefined ? 2_000 : Number(parts["year"]);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Number(parts["month"]) - 1] ?? 0;
  return Number(parts["day"]) >= 1 && Number(parts["day"]) <= days;
}

interface Span {
  readonly path: CalendarFault["path"];
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

function orderFaults(path: CalendarFault["path"], name: string, hours: Hours): CalendarFault[] {
  return hours.flatMap(([from, to], at): CalendarFault[] => {
    const place = [...path, at];
    const said = `${name} ${from}–${to}`;
    if (read(to) <= read(from)) {
      const message = `${said} ends before it begins: what goes past midnight counts on, as in 22:00–26:00.`;
      return [{ path: place, code: "interval_order", message }];
    }
    if (read(from) < dayMs) return [];
    return [{ path: place, code: "interval_too_long", message: `${said} begins on the next day: write it there.` }];
  });
}

/** Two weeks in a row: what runs from Sunday into Monday may overlap, too. */
function weekOf(hours: CalendarRules["hours"]): Span[] {
  const week = weekdays.flatMap((day, at) => spansOf(["hours", day], day, hours[day] ?? [], at * dayMs));
  return [...week, ...week.map((span) => ({ ...span, from: span.from + 7 * dayMs, to: span.to + 7 * dayMs }))];
}

function spansOf(path: CalendarFault["path"], name: string, hours: Hours, offset: number): Span[] {
  return hours.map(([from, to], at) => {
    return { path: [...path, at], name: `${name} ${from}–${to}`, from: offset + read(from), to: offset + read(to) };
  });
}

function overlaps(spans: readonly Span[]): CalendarFault[] {
  const sorted = [...spans].sort((a, b) => a.from - b.from || a.to - b.to);
  const said = new Map<string, CalendarFault>();
  sorted.forEach((span, at) => {
    const before = sorted[at - 1];
    if (before === undefined || before.to <= span.from) return;
    const message = `${span.name} overlaps ${before.name}.`;
    said.set(message, { path: span.path, code: "interval_overlap", message });
  });
  return [...said.values()];
}

function dateFaults(holidays: readonly Holiday[]): CalendarFault[] {
  const seen = new Set<string>();
  return holidays.flatMap(({ date }, at): CalendarFault[] => {
    const path = ["holidays", at, "date"];
    if (!isDate(date)) return [{ path, code: "date_unknown", message: `There is no day ${date}.` }];
    if (seen.has(date)) return [{ path, code: "date_twice", message: `${date} is named twice: give it its hours once.` }];
    seen.add(date);
    return [];
  });
}

function isWholeDay(hours: Hours): boolean {
  const sorted = hours.map(([from, to]) => [read(from), read(to)] as const).sort((a, b) => a[0] - b[0]);
  const reached = sorted.reduce((end, [from, to]) => (from <= end ? Math.max(end, to) : end), 0);
  return reached >= dayMs;
}

function read(text: string): number {
  const ms = wallMs(text);
  if (ms === undefined) throw new RangeError(`Not a wall time: ${text}`);
  return ms;
}
