// A calendar's rows as open intervals: what a workflow keeps of a calendar. Knows editions and their rows; refuses to know
// which clock asks.
import { expand } from "../../calendars/expand";
import { offsetsOver } from "../../calendars/zone";
import { always } from "../../domain/calendar";
import type { OpenIntervals } from "../../domain/calendar";
import { dayMs } from "../../domain/opening-hours";
import type { CalendarEdition, CalendarRules } from "../../domain/opening-hours";
import type { Prisma } from "../../prisma/client";

export interface CalendarSpan {
  readonly calendar: string;
  /** Null: the newest. */
  readonly edition: number | null;
  /** Epoch ms, `[from, until)`. */
  readonly from: number;
  readonly until: number;
}

/** Plain JSON, fit for a history. Whoever reads it needs neither rows nor time-zone rules. */
export interface ExpandedCalendar extends OpenIntervals {
  readonly calendar: string;
  /** The one that this is as of: it and all before it make up the intervals. */
  readonly edition: number;
  /** As people call it: "Oslo office". */
  readonly name: string;
  /** From which instant on its clock is how many minutes east of UTC: over the span that was asked for, or for years. */
  readonly offsets: readonly (readonly [from: number, minutes: number])[];
}

/** Who asks of a calendar that never closes asks once: for so long it tells what local clocks show, ms. */
const ticketLife = 5 * 366 * dayMs;

/** There is no such calendar, or no such edition of it: permanent, since whoever names one has read it from a row. */
export class UnknownCalendar extends Error {
  override readonly name = "UnknownCalendar";
}

/** By edition and span: editions never change. The moment of its making tells one database's from another's. */
const expanded = new Map<string, ExpandedCalendar>();
const mostExpanded = 500;

/** Reads one row when the answer is known already. */
export async function expandCalendar(prisma: Prisma.TransactionClient, span: CalendarSpan): Promise<ExpandedCalendar> {
  const { edition, name, at } = await head(prisma, span);
  const key = JSON.stringify([span.calendar, edition, at, span.from, span.until]);
  const before = expanded.get(key);
  if (before !== undefined) return before;
  const editions = await read(prisma, span.calendar, edition);
  const open = expand(editions, span.from, span.until);
  const offsets = offsetsOver(editions.at(-1)!.timeZone, span.from, open === always ? span.from + ticketLife : span.until);
  const found = { calendar: span.calendar, edition, name, offsets, ...open };
  if (expanded.size >= mostExpanded) expanded.clear();
  expanded.set(key, found);
  return found;
}

async function head(prisma: Prisma.TransactionClient, { calendar, edition }: CalendarSpan) {
  const row = await prisma.calendarEdition.findFirst({
    where: { calendarId: calendar, ...(edition === null ? {} : { edition }) },
    orderBy: { edition: "desc" },
    select: { edition: true, name: true, at: true },
  });
  if (row === null) throw new UnknownCalendar(`There is no calendar ${calendar}, or no edition ${edition ?? 1} of it.`);
  return row;
}

async function read(prisma: Prisma.TransactionClient, calendar: string, edition: number): Promise<CalendarEdition[]> {
  const rows = await prisma.calendarEdition.findMany({ where: { calendarId: calendar, edition: { lte: edition } }, orderBy: { edition: "asc" } });
  return rows.map((row) => ({ ...(row.rules as unknown as CalendarRules), edition: row.edition, validFrom: row.validFrom }));
}
