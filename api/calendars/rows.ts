// A calendar's rows: its newest edition, the one in force, and how a further one is written.
import { everOpens } from "../../calendars/ask";
import { expand } from "../../calendars/expand";
import { offsetsOver, zoneOver } from "../../calendars/zone";
import type { CalendarEditionView, CalendarView } from "../../contract/calendar";
import { actorId } from "../../domain/actor";
import type { Actor } from "../../domain/actor";
import type { Coverage } from "../../domain/coverage";
import { neverOpens } from "../../domain/opening-hours";
import type { CalendarEdition, CalendarRules } from "../../domain/opening-hours";
import { noteChange } from "../changes";
import { mustBeNewest } from "../editions";
import { postPresence } from "../outbox";
import type { Db } from "../parts";
import { invalid, notFound, Problem } from "../problem";

type EditionRow = Awaited<ReturnType<typeof editionRows>>[number];

/** Oldest first; 404 when there is no such calendar. A deleted one has them still, for whoever asks for `deleted` too. */
export async function editionRows(prisma: Db, id: string, which: { readonly deleted: boolean } = { deleted: false }) {
  const calendar = await prisma.calendar.findUnique({ where: { id }, include: { editions: { orderBy: { edition: "asc" } } } });
  if (calendar === null || (calendar.retiredAt !== null && !which.deleted)) throw notFound("calendar");
  return calendar.editions;
}

/** As `calendars/` understands them. */
export function editionsOf(rows: readonly EditionRow[]): CalendarEdition[] {
  return rows.map(({ rules, edition, validFrom }) => ({ ...(rules as unknown as CalendarRules), edition, validFrom }));
}

/** As a ticket would hold it, under its newest edition, known over that span. */
export function coverageOf(rows: readonly EditionRow[], since: number, until: number): Coverage {
  const editions = editionsOf(rows);
  const { calendarId: calendar, edition, name } = rows.at(-1)!;
  const offsets = offsetsOver(editions.at(-1)!.timeZone, since, until);
  return { ...expand(editions, since, until), calendar, edition, name, offsets, exhausted: false };
}

export function presentEdition({ calendarId, name, edition, validFrom, rules, by, at }: EditionRow): CalendarEditionView {
  return { id: calendarId, name, edition, validFrom, ...(rules as unknown as CalendarRules), by, at: at.toISOString() } as CalendarEditionView;
}

export function presentCalendar(rows: readonly EditionRow[], now: number): CalendarView {
  const newest = presentEdition(rows.at(-1)!);
  const inForce = editionsOf(rows)
    .filter(({ validFrom, timeZone }) => validFrom === null || Date.parse(validFrom) <= zoneOver(timeZone, now, now).wallAt(now))
    .sort((a, b) => compare(a.validFrom ?? "", b.validFrom ?? "") || a.edition - b.edition);
  return { ...newest, current: inForce.at(-1)?.edition ?? newest.edition };
}

interface Written extends CalendarRules {
  readonly name?: string | undefined;
  readonly validFrom: string | null;
  readonly basedOn?: number | undefined;
}

/** One at a time for each calendar. 409 when `basedOn` isn't the newest any more, 422 when it would never open. */
export async function addEdition(tx: Db, by: Actor, id: string, { name, validFrom, basedOn, ...rules }: Written): Promise<CalendarView> {
  await tx.$queryRaw`SELECT id FROM calendars WHERE id = ${id} FOR UPDATE`;
  const before = await editionRows(tx, id);
  const newest = before.at(-1)!;
  mustBeNewest(basedOn, newest.edition);
  await writeEdition(tx, by, { id, edition: newest.edition + 1, name: name ?? newest.name, validFrom }, rules);
  await noteChange(tx, by, { kind: "calendar", subject: id, action: "changed", edition: newest.edition + 1, facts: { validFrom } });
  await postPresence(tx, { calendarId: id });
  return await mustOpen(tx, id);
}

/** The first edition holds since ever. 409 when the id is taken, also by one that was deleted. */
export async function createCalendar(tx: Db, by: Actor, id: string, name: string, rules: CalendarRules): Promise<CalendarView> {
  const { count } = await tx.calendar.createMany({ data: [{ id }], skipDuplicates: true });
  if (count === 0) throw new Problem("exists", `There is a calendar ${id}, or there was one: choose another id.`, { facts: { id } });
  await writeEdition(tx, by, { id, edition: 1, name, validFrom: null }, rules);
  await noteChange(tx, by, { kind: "calendar", subject: id, action: "created", edition: 1 });
  return await mustOpen(tx, id);
}

interface Head {
  readonly id: string;
  readonly edition: number;
  readonly name: string;
  readonly validFrom: string | null;
}

async function writeEdition(tx: Db, by: Actor, { id, ...head }: Head, { timeZone, hours, holidays }: CalendarRules): Promise<void> {
  const rules = { timeZone, hours, holidays: [...holidays].sort((a, b) => compare(a.date, b.date)) };
  await tx.calendarEdition.create({ data: { calendarId: id, ...head, rules: JSON.parse(JSON.stringify(rules)) as object, by: actorId(by) } });
}

/** Sound by itself it may still open only on days that are past. */
async function mustOpen(tx: Db, id: string): Promise<CalendarView> {
  const rows = await editionRows(tx, id);
  if (!everOpens(editionsOf(rows), Date.now())) throw invalid("hours", neverOpens.message, neverOpens.code);
  return presentCalendar(rows, Date.now());
}

/** 422 for the field `calendar` otherwise. It stays until the transaction ends. */
export async function mustBeCalendar(tx: Db, id: string): Promise<void> {
  const rows = await tx.$queryRaw<object[]>`SELECT FROM calendars WHERE id = ${id} AND retired_at IS NULL FOR SHARE`;
  if (rows.length === 0) throw invalid("calendar", "There is no such calendar.");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
