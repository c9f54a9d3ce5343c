// Whether what a policy names is there, and whether its targets can be reached in the calendars that it names.
import { ask } from "../../calendars/ask";
import type { FieldError } from "../../contract/problem";
import { add, beyond } from "../../domain/calendar";
import { metrics } from "../../domain/policy";
import type { Action, Listener, Metric, Target } from "../../domain/policy";
import type { PolicyMatch } from "../../domain/policy-match";
import { priorities } from "../../domain/words";
import { editionsOf } from "../calendars/rows";
import { Prisma } from "../../prisma/client";
import type { Db } from "../parts";
import { Problem } from "../problem";
import type { PolicyPromise } from "./rows";

/** Something that is named, and in which field. */
interface Named {
  readonly field: string;
  readonly id: string;
}

/** 422 that names every field at once. What it names and could be deleted stays until the transaction ends. */
export async function mustBeSound(tx: Db, match: PolicyMatch, { targets }: PolicyPromise): Promise<void> {
  const named = metrics.flatMap((metric) => {
    const target = targets[metric];
    return target === undefined ? [] : [{ metric, target, field: `targets.${metric}` }];
  });
  const told = named.flatMap(({ target, field }) => [...listenersOf(target, field), ...actionsOf(target, field)]);
  const errors = [
    ...(await missing("team", [...list("match.teams", match.teams), ...told.flatMap(({ team = [] }) => team)], (ids) => tx.team.findMany({ where: { id: { in: ids } } }))),
    ...(await missing("organisation", list("match.organisations", match.organisations), (ids) => tx.$queryRaw`SELECT id FROM organisations WHERE id = ANY(${ids}) ORDER BY id FOR SHARE`)),
    ...(await missing("category", list("match.categories", match.categories), (ids) => tx.category.findMany({ where: { id: { in: ids } } }))),
    ...(await missing("agent", told.flatMap(({ agent = [] }) => agent), (ids) => tx.$queryRaw`SELECT id FROM agents WHERE id = ANY(${ids}) AND active ORDER BY id FOR SHARE`)),
    ...(await missing("contact", told.flatMap(({ contact = [] }) => contact), (ids) => lockedPresent(tx, Prisma.raw("contacts"), ids))),
    ...(await missing("webhook", told.flatMap(({ webhook = [] }) => webhook), (ids) => lockedPresent(tx, Prisma.raw("webhooks"), ids))),
  ];
  for (const { metric, target, field } of named) errors.push(...(await calendarFaults(tx, metric, target, field)));
  if (errors.length === 0) return;
  throw new Problem("invalid", `Not as it should be: ${errors.map(({ field }) => field).join(", ")}.`, { errors });
}

async function calendarFaults(tx: Db, metric: Metric, { calendar, targetMs }: Target, field: string): Promise<FieldError[]> {
  await tx.$queryRaw`SELECT id FROM calendars WHERE id = ${calendar} FOR SHARE`;
  const row = await tx.calendar.findUnique({ where: { id: calendar, retiredAt: null }, include: { editions: { orderBy: { edition: "asc" } } } });
  if (row === null) return [{ field: `${field}.calendar`, code: "unknown", message: `There is no calendar ${calendar}.` }];
  const editions = editionsOf(row.editions);
  const now = Date.now();
  return priorities.flatMap((priority): FieldError[] => {
    const goal = targetMs[priority];
    if (goal === null || ask(editions, [now, now], (open) => add(open, now, goal)) !== beyond) return [];
    const message = `${metric} at priority ${priority} can never be met or missed: the calendar ${calendar} is not open for that long any more.`;
    return [{ field: `${field}.targetMs.${priority}`, code: "never_due", message }];
  });
}

interface Told {
  readonly team?: Named;
  readonly agent?: Named;
  readonly contact?: Named;
  readonly webhook?: Named;
}

function listenersOf({ reminders }: Target, field: string): Told[] {
  return reminders.flatMap(({ tell }, index) => tell.map((listener, at) => toldBy(listener, `${field}.reminders.${index}.tell.${at}`)));
}

function actionsOf({ escalation }: Target, field: string): Told[] {
  return escalation.flatMap(({ actions }, index) => actions.flatMap((action, at) => toldByAction(action, `${field}.escalation.${index}.actions.${at}`)));
}

function toldByAction(action: Action, field: string): Told[] {
  if (action.do === "tell") return action.whom.map((listener, at) => toldBy(listener, `${field}.whom.${at}`));
  if (action.do === "webhook") return [{ webhook: { field: `${field}.webhook`, id: action.webhook } }];
  if (action.do !== "reassign") return [];
  return ["team" in action ? { team: { field: `${field}.team`, id: action.team } } : { agent: { field: `${field}.agent`, id: action.agent } }];
}

function toldBy(listener: Listener, field: string): Told {
  if (listener.to === "team") return listener.team === null ? {} : { team: { field: `${field}.team`, id: listener.team } };
  if (listener.to === "contact") return { contact: { field: `${field}.contact`, id: listener.contact } };
  return listener.to === "agent" ? { agent: { field: `${field}.agent`, id: listener.agent } } : {};
}

async function lockedPresent(tx: Db, table: Prisma.Sql, ids: readonly string[]): Promise<{ id: string }[]> {
  return await tx.$queryRaw<{ id: string }[]>`SELECT id FROM ${table} WHERE id = ANY(${[...ids]}) AND retired_at IS NULL ORDER BY id FOR SHARE`;
}

function list(field: string, ids: readonly string[] = []): Named[] {
  return ids.map((id, index) => ({ field: `${field}.${index}`, id }));
}

async function missing(what: string, named: readonly Named[], find: (ids: string[]) => Promise<{ id: string }[]>): Promise<FieldError[]> {
  if (named.length === 0) return [];
  const found = new Set((await find(named.map(({ id }) => id))).map(({ id }) => id));
  return named.filter(({ id }) => !found.has(id)).map(({ field, id }) => ({ field, code: "unknown", message: `There is no ${what} ${id}.` }));
}
