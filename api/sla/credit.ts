// How much open time a correction gives back: what was counted in an interval, or the difference that another calendar makes.
import { expand } from "../../calendars/expand";
import type { NewCorrection } from "../../contract/sla";
import { between, beyond } from "../../domain/calendar";
import type { OpenInterval, OpenIntervals } from "../../domain/calendar";
import type { History, LedgerEntry } from "../../domain/history";
import type { CalendarEdition, CalendarRules } from "../../domain/opening-hours";
import type { Correction } from "../../domain/event";
import type { Db } from "../parts";
import { invalid } from "../problem";

type Asked = Pick<NewCorrection, "metric" | "cycle" | "credit" | "from" | "to" | "calendar">;

/** 422 when the cycle is not there, or when there is nothing to give back. */
export async function creditOf(prisma: Db, history: History, asked: Asked): Promise<Pick<Correction, "cycle" | "creditMs" | "of">> {
  const { metric, credit, from, to, calendar } = asked;
  const { begun } = history.ticket.clocks[metric];
  const cycle = asked.cycle ?? Math.max(1, begun);
  // Of a ticket that is accepted and not taken up yet the workflow knows more than the journal.
  if (cycle > Math.max(1, begun)) throw invalid("cycle", `There are ${begun} cycles of it.`);
  if (credit !== undefined) return { cycle, creditMs: credit, of: null };
  const stretches = ranIn(history, metric, cycle);
  const counted = stretches.flatMap((stretch) => stretch.open);
  if (from !== undefined && to !== undefined) {
    const [since, until] = [from, to];
    const creditMs = lengthOf(within(counted, since, until));
    if (creditMs === 0) throw invalid("from", "Nothing was counted in that interval.");
    return { cycle, creditMs, of: { from: since, to: until } };
  }
  const id = calendar ?? "";
  const other = await expansionOf(prisma, id, stretches.map(({ ran }) => ran));
  const should = stretches.reduce((sum, { ran: [since, until] }) => {
    const ms = between(other, since, until);
    return sum + (ms === beyond ? 0 : ms);
  }, 0);
  return { cycle, creditMs: lengthOf(counted) - should, of: { calendar: id } };
}

interface Ran {
  readonly ran: OpenInterval;
  readonly open: readonly OpenInterval[];
}

/** When the cycle ran, up to now, and what of it was counted. */
function ranIn({ ledger, cycles, calendars }: History, metric: LedgerEntry["metric"], number: number): readonly Ran[] {
  const entries = ledger.filter((entry) => entry.metric === metric && entry.cycle === number);
  const stretches = entries.slice(1).flatMap((entry, index): Ran[] => {
    const before = entries[index];
    return before?.state === "running" ? [{ ran: [before.at, entry.at], open: entry.counted }] : [];
  });
  const last = entries.at(-1);
  const story = cycles.find(({ metric: one, cycle }) => one === metric && cycle.number === number);
  if (last?.state !== "running" || story === undefined || story.cycle.calendar === null) return stretches;
  const now = Date.now();
  return [...stretches, { ran: [last.at, now], open: within(calendars[story.cycle.calendar]?.intervals ?? [], last.at, now) }];
}

function within(intervals: readonly OpenInterval[], since: number, until: number): readonly OpenInterval[] {
  return intervals
    .map(([opens, closes]): OpenInterval => [Math.max(opens, since), Math.min(closes, until)])
    .filter(([opens, closes]) => opens < closes);
}

function lengthOf(intervals: readonly OpenInterval[]): number {
  return intervals.reduce((sum, [opens, closes]) => sum + closes - opens, 0);
}

async function expansionOf(prisma: Db, id: string, ran: readonly OpenInterval[]): Promise<OpenIntervals> {
  const rows = await prisma.calendarEdition.findMany({ where: { calendarId: id }, orderBy: { edition: "asc" } });
  if (rows.length === 0) throw invalid("calendar", "There is no such calendar.");
  const editions = rows.map((row): CalendarEdition => ({ ...(row.rules as unknown as CalendarRules), edition: row.edition, validFrom: row.validFrom }));
  const [since, until] = [Math.min(...ran.map(([from]) => from)), Math.max(...ran.map(([, to]) => to))];
  if (ran.length === 0) throw invalid("metric", "Nothing was counted in that cycle.");
  return expand(editions, since, until);
}
