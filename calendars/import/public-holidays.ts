// Public holidays by country and region, from the library date-holidays (its data: CC-BY, see its licence).
import { wallText } from "../../domain/opening-hours";
import { wholeDay } from "./closure";
import type { Closure, Imported } from "./closure";

export interface Place {
  /** ISO 3166: `NO`. */
  readonly country: string;
  /** As date-holidays names them: `BY` of `DE`. */
  readonly state?: string | undefined;
  readonly region?: string | undefined;
}

/** Years, both included. */
export type Years = readonly [from: number, to: number];

const dayMs = 86_400_000;

/**
 * Rules of date-holidays 3.37.0 that begin on another day than the law says, with the days they are off. Seollal's three
 * days begin on its eve; the library begins them on the day itself (its pull request 578).
 */
const daysOff: Readonly<Record<string, number>> = { "korean 01-0-01 P3D": 1 };

/** The days on which offices are closed by law there; null for a place that the library doesn't know. */
export async function publicHolidays({ country, state, region }: Place, [from, to]: Years): Promise<Imported | null> {
  // Its tables weigh megabytes: whoever never imports doesn't load them.
  const { default: Holidays } = await import("date-holidays");
  const library = new Holidays();
  if (!Object.hasOwn(library.getCountries(), country)) return null;
  if (state !== undefined && !Object.hasOwn(library.getStates(country) ?? {}, state)) return null;
  if (region !== undefined && (state === undefined || !Object.hasOwn(library.getRegions(country, state) ?? {}, region))) return null;
  library.init(country, state ?? "", region ?? "");
  const years = Array.from({ length: to - from + 1 }, (_, ahead) => from + ahead);
  const all = years.flatMap((year) => library.getHolidays(year)).filter(({ type }) => type === "public");
  const closures = all.flatMap(({ name, date, start, end, rule }) => {
    return closuresOf(name, wallOf(date) - (daysOff[rule] ?? 0) * dayMs, lengthOf(end.getTime() - start.getTime()));
  });
  return { closures: closures.filter(({ date }) => years.includes(Number(date.slice(0, 4)))), skipped: [] };
}

/** What the wall shows there when it begins, `2026-09-24 00:00:00`, in ms as if it were UTC. */
function wallOf(date: string): number {
  return Date.parse(`${date.slice(0, 10)}T${date.slice(11, 19)}Z`);
}

/** On the wall: a day on which clocks are changed has an hour more or less, and is a day. */
function lengthOf(ms: number): number {
  const days = Math.round(ms / dayMs) * dayMs;
  return days > 0 && Math.abs(ms - days) <= 3_600_000 ? days : ms;
}

function closuresOf(name: string, begins: number, lengthMs: number): Closure[] {
  const ends = begins + lengthMs;
  const closures: Closure[] = [];
  for (let day = Math.floor(begins / dayMs) * dayMs; day < ends; day += dayMs) {
    const [from, to] = [wallText(Math.max(begins - day, 0)), wallText(Math.min(ends - day, dayMs))];
    closures.push({ name, date: new Date(day).toISOString().slice(0, 10), ...(to === "24:00" ? { ...wholeDay, from } : { from, to }) });
  }
  return closures;
}
