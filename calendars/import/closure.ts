// What an import brings: times on which a desk is closed, and how they join the holidays that somebody has written already.
import { dayMs, wallMs, wallText, weekdays, without } from "../../domain/opening-hours";
import type { CalendarRules, Holiday, Hours } from "../../domain/opening-hours";

/** A part of a day, on the wall of the calendar's own zone: `00:00` to `24:00` is all of it. */
export interface Closure {
  readonly name: string;
  /** `2026-12-25`, or `12-25` for every year (whole days alone). */
  readonly date: string;
  readonly from: string;
  readonly to: string;
}

/** Something in the source that is no holiday here, and why. */
export interface Skipped {
  readonly name: string;
  readonly why: string;
}

export interface Imported {
  readonly closures: readonly Closure[];
  readonly skipped: readonly Skipped[];
}

export interface Merged {
  /** All of the calendar's, in the order of their dates. */
  readonly holidays: readonly Holiday[];
  readonly added: readonly Holiday[];
  /** Dates that are left as they are: what somebody has written goes before what is imported. */
  readonly kept: readonly string[];
}

export const wholeDay = { from: "00:00", to: "24:00" } as const;

export function merge(rules: CalendarRules, closures: readonly Closure[]): Merged {
  const taken = new Set(rules.holidays.map(({ date }) => date));
  const days = groupByDate([...closures, ...closures.flatMap((closure) => nightBefore(rules, closure))]);
  const kept = [...days.keys()].filter((date) => taken.has(date) || taken.has(date.slice(-5)));
  const added = [...days]
    .filter(([date]) => !kept.includes(date))
    .flatMap(([date, all]): Holiday[] => {
      const usual = usualHours(rules, date);
      const hours = all.some(isWhole) ? [] : all.reduce<Hours>((left, { from, to }) => without(left, [from, to]), usual);
      const name = [...new Set(all.map((closure) => closure.name))].join(", ").slice(0, 200);
      // A part of a day on which the desk is closed anyway.
      return !all.some(isWhole) && JSON.stringify(hours) === JSON.stringify(usual) ? [] : [{ date, name, hours }];
    });
  const holidays = [...rules.holidays, ...added].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  return { holidays, added, kept };
}

/** A part of a day may lie in the hours of the day before, which then go on past midnight. */
function nightBefore(rules: CalendarRules, { name, date, from, to }: Closure): readonly Closure[] {
  if (isWhole({ from, to })) return [];
  const before = new Date(Date.parse(date) - dayMs).toISOString().slice(0, 10);
  const [begins, ends] = [from, to].map((time) => wallText((wallMs(time) ?? 0) + dayMs)) as [string, string];
  const usual = usualHours(rules, before);
  const isTouched = JSON.stringify(without(usual, [begins, ends])) !== JSON.stringify(usual);
  return isTouched ? [{ name, date: before, from: begins, to: ends }] : [];
}

function groupByDate(closures: readonly Closure[]): Map<string, Closure[]> {
  const days = new Map<string, Closure[]>();
  for (const closure of closures) days.set(closure.date, [...(days.get(closure.date) ?? []), closure]);
  return days;
}

function isWhole({ from, to }: Pick<Closure, "from" | "to">): boolean {
  return from === wholeDay.from && to === wholeDay.to;
}

function usualHours({ hours }: CalendarRules, date: string): Hours {
  return hours[weekdays[(new Date(date).getUTCDay() + 6) % 7]!] ?? [];
}
