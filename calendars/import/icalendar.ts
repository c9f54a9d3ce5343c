// Holidays out of an iCalendar file (RFC 5545): ical.js reads it, rrule-temporal says when what recurs takes place.
import ICAL from "ical.js";
import { RRuleTemporal } from "rrule-temporal";
import { wallText } from "../../domain/opening-hours";
import type { CalendarRules } from "../../domain/opening-hours";
import { isTimeZone, zoneOver } from "../zone";
import { wholeDay } from "./closure";
import type { Closure, Imported, Skipped } from "./closure";
import type { Years } from "./public-holidays";

const dayMs = 86_400_000;
/** An import with more of them is refused: it is no calendar of holidays. */
export const mostClosures = 1_000;

/** The text is no iCalendar file, or one with far too much in it. */
export class BadIcalendar extends Error {}

/**
 * Every event of these years that isn't cancelled: an all-day event closes its days, a timed one its hours on the calendar's
 * wall. A day that comes every year stays one yearly holiday; other recurrences become single dates.
 */
export function readIcalendar(text: string, { timeZone }: Pick<CalendarRules, "timeZone">, years: Years): Imported {
  const closures: Closure[] = [];
  const skipped: Skipped[] = [];
  for (const event of eventsOf(text)) {
    const found = closuresOf(event, timeZone, years);
    if ("why" in found) skipped.push({ name: event.name, why: found.why });
    else closures.push(...found.closures);
    if (closures.length > mostClosures) throw new BadIcalendar(`More than ${mostClosures} days: this is no calendar of holidays.`);
  }
  return { closures, skipped };
}

interface Event {
  readonly name: string;
  readonly component: ICAL.Component;
  readonly start: ICAL.Time;
  /** When those of its series would have been that were moved, or cancelled. */
  readonly moved: readonly ICAL.Time[];
}

type Found = { readonly closures: readonly Closure[] } | { readonly why: string };

function eventsOf(text: string): Event[] {
  const components = parse(text);
  return components.flatMap((component) => {
    if (component.getFirstPropertyValue("status") === "CANCELLED") return [];
    const start = component.getFirstPropertyValue("dtstart");
    if (!(start instanceof ICAL.Time)) return [];
    const uid = component.getFirstPropertyValue("uid");
    const siblings = components.filter((other) => other !== component && uid !== null && other.getFirstPropertyValue("uid") === uid);
    const moved = siblings.flatMap((other) => timesOf(other, "recurrence-id"));
    const name = String(component.getFirstPropertyValue("summary") ?? "Holiday").trim().slice(0, 200) || "Holiday";
    return [{ name, component, start, moved: component.getFirstProperty("recurrence-id") === null ? moved : [] }];
  });
}

function parse(text: string): ICAL.Component[] {
  try {
    const roots = ICAL.parse(text) as unknown[];
    const calendars = typeof roots[0] === "string" ? [roots] : roots;
    const components = calendars.map((calendar) => new ICAL.Component(calendar as unknown[]));
    if (components.every(({ name }) => name !== "vcalendar")) throw new Error("there is no VCALENDAR in it");
    return components.flatMap((calendar) => calendar.getAllSubcomponents("vevent"));
  } catch (cause) {
    throw new BadIcalendar(`Not an iCalendar file: ${(cause as Error).message.slice(0, 200)}`, { cause });
  }
}

function closuresOf(event: Event, timeZone: string, years: Years): Found {
  const { start, component, name } = event;
  const zone = zoneOf(start, component, timeZone);
  if (zone === null) return { why: "Its time zone is not an IANA name." };
  const lengthMs = lengthOf(start, component);
  if (lengthMs <= 0) return { why: "It takes no time." };
  if (start.isDate && isYearly(event, lengthMs)) return { closures: [{ name, date: dateText(wallOf(start)).slice(5), ...wholeDay }] };
  const begins = beginnings(event, zone, years);
  if ("why" in begins) return begins;
  const closures = begins.starts.flatMap((at) => {
    if (start.isDate) return cut(name, at, at + lengthMs);
    const wall = zoneOver(timeZone, at, at + lengthMs);
    return cut(name, wall.wallAt(at), wall.wallAt(at + lengthMs));
  });
  return { closures: closures.filter(({ date }) => Number(date.slice(0, 4)) >= years[0] && Number(date.slice(0, 4)) <= years[1]) };
}

/** A date is told as its midnight in UTC, a time as its instant. */
function beginnings(event: Event, zone: string, [from, to]: Years): { starts: number[] } | { why: string } {
  const { start, component, moved } = event;
  const instantOf = (time: ICAL.Time) => (time.isDate || zone === "UTC" ? wallOf(time) : zoneOver(zone, wallOf(time), wallOf(time)).firstAt(wallOf(time)));
  const rule = component.getFirstPropertyValue("rrule");
  const extra = timesOf(component, "rdate").map(instantOf);
  const without = new Set([...timesOf(component, "exdate"), ...moved].map(instantOf));
  const starts = [instantOf(start), ...extra];
  if (rule instanceof ICAL.Recur) {
    if (!["YEARLY", "MONTHLY", "WEEKLY", "DAILY"].includes(rule.freq)) return { why: "It comes more often than daily." };
    const window = [new Date(Date.UTC(from, 0, 1) - 2 * dayMs), new Date(Date.UTC(to + 1, 0, 1) + 2 * dayMs)] as const;
    try {
      const found = new RRuleTemporal({ rruleString: ruleText(start, zone, rule), maxIterations: 20_000 });
      starts.push(...found.between(window[0], window[1], true).map(({ epochMilliseconds }) => epochMilliseconds));
    } catch {
      return { why: "Its rule of recurrence can't be followed." };
    }
  }
  return { starts: [...new Set(starts)].filter((at) => !without.has(at)).sort((a, b) => a - b) };
}

/** In the words of RFC 5545; the end of a series of dates is made an instant, as it is read in UTC. */
function ruleText(start: ICAL.Time, zone: string, rule: ICAL.Recur): string {
  const wall = new Date(wallOf(start)).toISOString().replace(/[-:]|\.\d+/g, "");
  const begin = start.isDate || zone === "UTC" ? `DTSTART:${wall}` : `DTSTART;TZID=${zone}:${wall.replace("Z", "")}`;
  return `${begin}\nRRULE:${rule.toString().replace(/(UNTIL=)(\d{4})-?(\d\d)-?(\d\d)(?!T|\d)/, "$1$2$3$4T235959Z")}`;
}

function timesOf(component: ICAL.Component, name: string): ICAL.Time[] {
  return component.getAllProperties(name).flatMap((property) => property.getValues().filter((value) => value instanceof ICAL.Time));
}

/** Null: a name that only the file's own table explains. A time without a zone is meant where the calendar is. */
function zoneOf(start: ICAL.Time, component: ICAL.Component, timeZone: string): string | null {
  const named = component.getFirstProperty("dtstart")?.getFirstParameter("tzid");
  if (start.isDate || start.zone === ICAL.Timezone.utcTimezone) return "UTC";
  if (named === undefined) return timeZone;
  return isTimeZone(named) ? named : null;
}

/** Whole days end before DTEND (RFC 5545, 3.6.1); programs that write the one day itself there mean that day. */
function lengthOf(start: ICAL.Time, component: ICAL.Component): number {
  const end = component.getFirstPropertyValue("dtend");
  if (end instanceof ICAL.Time) return Math.max(wallOf(end) - wallOf(start), start.isDate ? dayMs : 0);
  const duration = component.getFirstPropertyValue("duration");
  if (duration instanceof ICAL.Duration) return duration.toSeconds() * 1_000;
  return start.isDate ? dayMs : 0;
}

/** One day, each year, without end or exception. */
function isYearly({ component, moved }: Event, lengthMs: number): boolean {
  const rule = component.getFirstPropertyValue("rrule");
  const plain = rule instanceof ICAL.Recur && rule.freq === "YEARLY" && rule.interval === 1 && rule.count === null && rule.until === null;
  const bare = plain && Object.keys(rule.parts).length === 0;
  return bare && lengthMs === dayMs && moved.length === 0 && ["exdate", "rdate"].every((name) => component.getFirstProperty(name) === null);
}

/** A span on the wall, day by day. */
function cut(name: string, from: number, to: number): Closure[] {
  const closures: Closure[] = [];
  for (let day = Math.floor(from / dayMs) * dayMs; day < to && closures.length <= mostClosures; day += dayMs) {
    const [begins, ends] = [Math.max(from - day, 0), Math.min(to - day, dayMs)];
    closures.push({ name, date: dateText(day), from: wallText(begins), to: wallText(ends) });
  }
  return closures;
}

function wallOf({ year, month, day, hour, minute, second }: ICAL.Time): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function dateText(wall: number): string {
  return new Date(wall).toISOString().slice(0, 10);
}
