// What the deadlines would be: a policy's targets in their calendars from an instant on. Changes nothing.
import { Router } from "express";
import { ask } from "../../calendars/ask";
import { zoneOver } from "../../calendars/zone";
import { previewQuery } from "../../contract/policy";
import type { Moment, PreviewQuery, PreviewView } from "../../contract/policy";
import { add, beyond, isOpen } from "../../domain/calendar";
import type { Beyond, OpenIntervals } from "../../domain/calendar";
import { unlinked } from "../../domain/chain";
import { keyOf } from "../../domain/coverage";
import type { Coverage } from "../../domain/coverage";
import { begin } from "../../domain/cycle";
import { dayMs } from "../../domain/opening-hours";
import type { CalendarEdition } from "../../domain/opening-hours";
import { metrics } from "../../domain/policy";
import type { Basis, Metric, Target } from "../../domain/policy";
import { sentence } from "../../domain/sentence";
import { only } from "../answer";
import { staffWho } from "../auth";
import { coverageOf, editionRows, editionsOf } from "../calendars/rows";
import { languageOf } from "../language";
import type { Db, Parts } from "../parts";
import { invalid, Problem } from "../problem";
import { queryOf } from "../request";
import { slaWords } from "../sla/words/all";
import type { SlaWords } from "../sla/words/shape";
import { policyRow, promiseOf } from "./rows";

export function previewRoutes({ prisma }: Parts): Router {
  const router = Router();
  router
    .route("/sla/preview")
    .get(async (request, response) => {
      const actor = staffWho(response, "readPolicies");
      response.json(await preview(prisma, queryOf(request, previewQuery), slaWords[await languageOf(prisma, request, actor.id)]));
    })
    .all(only("GET"));
  return router;
}

type MetricPreview = PreviewView["metrics"][number];

/** As a ticket that starts then would tell of it. */
function promised(coverage: Coverage, targetMs: number, at: number, words: SlaWords): string {
  const key = keyOf(coverage);
  return sentence({ ...begin(1, at, unlinked), targetMs, calendar: key }, { [key]: coverage }, at, words);
}

async function preview(prisma: Db, { policy, edition, calendar, priority, at = Date.now() }: PreviewQuery, words: SlaWords): Promise<PreviewView> {
  const { editions } = await named("policy", () => policyRow(prisma, policy));
  const row = edition === undefined ? editions.at(-1) : editions.find((each) => each.edition === edition);
  if (row === undefined) throw invalid("edition", `There is no edition ${edition} of it.`);
  const { targets } = promiseOf(row);
  const told: MetricPreview[] = [];
  for (const metric of metrics) {
    const target = targets[metric];
    const goalMs = target?.targetMs[priority] ?? null;
    if (target === undefined || goalMs === null) continue;
    const rows = await named("calendar", () => editionRows(prisma, calendar ?? target.calendar));
    const { calendarId: id, name } = rows.at(-1)!;
    const figures = metricPreview(metric, { ...target, goalMs }, { id, name, editions: editionsOf(rows) }, at);
    const coverage = coverageOf(rows, at - dayMs, figures.breachTime.epochMillis + dayMs);
    told.push({ ...figures, sentence: promised(coverage, goalMs, at, words) });
  }
  return { policy, edition: row.edition, priority, at: new Date(at).toISOString(), metrics: told };
}

interface Calendar {
  readonly id: string;
  readonly name: string;
  readonly editions: readonly CalendarEdition[];
}

function metricPreview(metric: Metric, target: Target & { goalMs: number }, { id, name, editions }: Calendar, at: number): Omit<MetricPreview, "sentence"> {
  const { edition, timeZone } = editions.at(-1)!;
  const known = <Answer>(question: (open: OpenIntervals) => Answer | Beyond): Answer => {
    const answer = ask(editions, [at, at], question);
    if (answer === beyond) throw invalid("calendar", `The calendar ${id} is not open for that long any more.`, "never_due");
    return answer;
  };
  const after = (from: number, ms: number, basis: Basis) => (ms === 0 || basis === "clock" ? from + ms : known((open) => add(open, from, ms)));
  const breach = known((open) => add(open, at, target.goalMs));
  let reached = breach;
  return {
    name: metric,
    calendar: { id, name, edition, timeZone },
    goalMs: target.goalMs,
    withinCalendarHours: known((open) => isOpen(open, at)),
    countsFrom: moment(known((open) => add(open, at, 0)), timeZone),
    breachTime: moment(breach, timeZone),
    reminders: target.reminders.map(({ at: when }) => {
      const ms = "percent" in when ? Math.floor((target.goalMs * when.percent) / 100) : target.goalMs - when.beforeMs;
      return { at: when, time: moment(after(at, ms, "business"), timeZone) };
    }),
    escalation: target.escalation.map(({ afterMs, basis }, index) => {
      reached = after(reached, afterMs, basis);
      return { level: index + 1, time: moment(reached, timeZone) };
    }),
  };
}

function moment(at: number, timeZone: string): Moment {
  const wall = zoneOver(timeZone, at, at).wallAt(at);
  const minutes = Math.round((wall - at) / 60_000);
  const two = (amount: number) => String(Math.trunc(Math.abs(amount))).padStart(2, "0");
  const offset = `${minutes < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
  return { iso8601: new Date(at).toISOString(), epochMillis: at, local: new Date(wall).toISOString().replace("Z", offset) };
}

/** What the query names and isn't there is a fault of the query, not of the address. */
async function named<Row>(field: string, find: () => Promise<Row>): Promise<Row> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof Problem && error.code === "not_found") throw invalid(field, error.detail);
    throw error;
  }
}
