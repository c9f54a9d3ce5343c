// A desk told minute by minute, by asking Intl what the wall shows: slow, and knowing nothing of how `expand` works.
import { weekdays } from "../../domain/opening-hours";
import type { CalendarEdition, Hours } from "../../domain/opening-hours";

const minuteMs = 60_000;

/** The open minutes of `[since, until)`, epoch ms; both must be whole minutes, as must all hours. */
export function naiveMinutes(editions: readonly CalendarEdition[], since: number, until: number): number[] {
  const zones = [...new Set(editions.map(({ timeZone }) => timeZone))];
  const highest = new Map<string, string>();
  const minutes: number[] = [];
  const plans = new Map<string, Plan>();
  const planOf = (day: string) => plans.get(day) ?? plans.set(day, plan(editions, day)).get(day)!;
  // Begun earlier, so that an hour that comes twice is known to be the second.
  for (let at = since - 48 * 60 * minuteMs; at < until; at += minuteMs) {
    for (const zone of zones) {
      const shown = wallClock(zone, at);
      // A clock that goes back is not believed until it is where it was.
      if (shown > (highest.get(zone) ?? "")) highest.set(zone, shown);
    }
    if (at >= since && zones.some((zone) => opens(planOf, zone, highest.get(zone)!))) minutes.push(at);
  }
  return minutes;
}

/** What is in force on a day: its zone, and its hours in minutes. */
interface Plan {
  readonly zone: string | undefined;
  readonly spans: readonly (readonly [number, number])[];
}

const shownAt = new Map<string, Map<number, string>>();
const formats = new Map<string, Intl.DateTimeFormat>();

/** `2026-01-31 09:05`, which sorts as time does. */
function wallClock(timeZone: string, at: number): string {
  const known = shownAt.get(timeZone) ?? shownAt.set(timeZone, new Map()).get(timeZone)!;
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
  formats.set(timeZone, format);
  return known.get(at) ?? known.set(at, format.format(at)).get(at)!;
}

function opens(planOf: (day: string) => Plan, zone: string, shown: string): boolean {
  const [date, time] = shown.split(" ") as [string, string];
  const minute = minutesOf(time);
  return [0, 1, 2].some((ago) => {
    const { zone: inForce, spans } = planOf(dayBefore(date, ago));
    return inForce === zone && spans.some(([from, to]) => from <= minute + ago * 1_440 && minute + ago * 1_440 < to);
  });
}

const daysBefore = new Map<string, string>();

function dayBefore(date: string, ago: number): string {
  const key = `${date}-${ago}`;
  const known = daysBefore.get(key) ?? new Date(Date.parse(date) - ago * 86_400_000).toISOString().slice(0, 10);
  daysBefore.set(key, known);
  return known;
}

function plan(editions: readonly CalendarEdition[], day: string): Plan {
  const inForce = editions
    .filter(({ validFrom }) => validFrom === null || validFrom <= day)
    .sort((a, b) => compare(b.validFrom ?? "", a.validFrom ?? "") || b.edition - a.edition)[0];
  if (inForce === undefined) return { zone: undefined, spans: [] };
  return { zone: inForce.timeZone, spans: hoursOf(inForce, day).map(([from, to]) => [minutesOf(from), minutesOf(to)] as const) };
}

function hoursOf({ holidays, hours }: CalendarEdition, day: string): Hours {
  const holiday = holidays.find(({ date }) => date === day) ?? holidays.find(({ date }) => date === day.slice(5));
  return holiday?.hours ?? hours[weekdays[(new Date(day).getUTCDay() + 6) % 7]!] ?? [];
}

function minutesOf(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
