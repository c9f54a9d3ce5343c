// Business calendars: read by all of staff, made and changed by admins. A change is a new edition; nothing is overwritten.
import { randomUUID } from "node:crypto";
import { Router } from "express";
import { newCalendar, newCalendarEdition } from "../../contract/calendar";
import { pageQuery } from "../../contract/lists";
import type { Actor } from "../../domain/actor";
import { only } from "../answer";
import { staffWho } from "../auth";
import { noteChange } from "../changes";
import { editionRoutes } from "../editions";
import type { Db, Parts } from "../parts";
import { Problem } from "../problem";
import { bodyOf, nameOf, queryOf } from "../request";
import { addEdition, createCalendar, editionRows, presentCalendar, presentEdition } from "./rows";

export function calendarRoutes(parts: Parts): Router {
  const { prisma } = parts;
  const router = Router();
  router
    .route("/calendars")
    .get(async (request, response) => {
      staffWho(response, "readCalendars");
      queryOf(request, pageQuery);
      const rows = await prisma.calendar.findMany({
        where: { retiredAt: null },
        orderBy: { id: "asc" },
        include: { editions: { orderBy: { edition: "asc" } } },
      });
      response.json({ items: rows.map(({ editions }) => presentCalendar(editions, Date.now())), next: null });
    })
    .post(async (request, response) => {
      const by = staffWho(response, "changeCalendars");
      const { id, name, ...rules } = bodyOf(request, newCalendar);
      const made = await prisma.$transaction((tx) => createCalendar(tx, by, id ?? idFrom(name), name, rules));
      response.status(201).location(`${request.baseUrl}/calendars/${made.id}`).json(made);
    })
    .all(only("GET", "POST"));
  router
    .route("/calendars/:id")
    .get(async (request, response) => {
      staffWho(response, "readCalendars");
      response.json(presentCalendar(await editionRows(prisma, nameOf(request, "id", "calendar")), Date.now()));
    })
    .delete(async (request, response) => {
      const by = staffWho(response, "changeCalendars");
      const id = nameOf(request, "id", "calendar");
      await prisma.$transaction((tx) => retire(tx, by, id));
      response.status(204).end();
    })
    .all(only("GET", "DELETE"));
  const editions = editionRoutes(parts, {
    address: "/calendars/:id",
    kind: "calendar",
    mayRead: "readCalendars",
    mayChange: "changeCalendars",
    idOf: (request) => nameOf(request, "id", "calendar"),
    editions: async (db, id) => (await editionRows(db, id, { deleted: true })).map(presentEdition),
    newEdition: newCalendarEdition,
    add: addEdition,
  });
  return router.use(editions);
}

/** What reads as an address; a name without any Latin letter gets a number of chance. */
export function idFrom(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60) || randomUUID();
}

/** Its editions stay: histories, reports and closed tickets name them. */
async function retire(tx: Db, by: Actor, id: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM calendars WHERE id = ${id} FOR UPDATE`;
  await editionRows(tx, id);
  const { policies, windows, workingHours, tickets } = await usersOf(tx, id);
  if (policies.length + windows.length + workingHours.length + tickets > 0) {
    const named = [...policies.map((policy) => `the policy ${policy}`), ...windows, ...workingHours.map((agent) => `the working hours of ${agent}`)];
    const users = [...named, ...(tickets === 0 ? [] : [`${tickets} open tickets`])];
    const facts = { policies: policies.join(", "), windows: windows.join(", "), workingHours: workingHours.join(", "), tickets };
    throw new Problem("in_use", `It is used by ${users.join(", ")}.`, { facts });
  }
  await tx.calendar.update({ where: { id }, data: { retiredAt: new Date() } });
  await noteChange(tx, by, { kind: "calendar", subject: id, action: "deleted" });
}

interface Users {
  /** Whose newest edition counts in it. */
  readonly policies: readonly string[];
  /** The teams and organisations whose windows count in it. */
  readonly windows: readonly string[];
  /** The people who work by it. */
  readonly workingHours: readonly string[];
  /** How many open tickets have a clock in it. */
  readonly tickets: number;
}

async function usersOf(tx: Db, id: string): Promise<Users> {
  const policies = await tx.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM sla_policies p
    JOIN LATERAL (SELECT promise FROM sla_policy_editions WHERE policy_id = p.id ORDER BY edition DESC LIMIT 1) e ON true
    WHERE p.retired_at IS NULL
      AND EXISTS (SELECT FROM jsonb_each(e.promise -> 'targets') t WHERE t.value ->> 'calendar' = ${id})
    ORDER BY p.id`;
  const [counted] = await tx.$queryRaw<{ tickets: number }[]>`
    SELECT count(*)::int AS tickets FROM tickets
    WHERE status <> 'closed' AND EXISTS (
      SELECT FROM jsonb_each(CASE jsonb_typeof(state -> 'ticket' -> 'calendars')
        WHEN 'object' THEN state -> 'ticket' -> 'calendars' ELSE '{}' END) c
      WHERE c.value ->> 'calendar' = ${id})`;
  const windows = await tx.$queryRaw<{ name: string }[]>`
    SELECT 'the team ' || id AS name FROM teams WHERE calendar_id = ${id}
    UNION ALL SELECT 'the organisation ' || id FROM organisations WHERE calendar_id = ${id} ORDER BY name`;
  const people = await tx.agent.findMany({ where: { calendarId: id, active: true }, orderBy: { id: "asc" }, select: { id: true } });
  return {
    policies: policies.map((policy) => policy.id),
    windows: windows.map(({ name }) => name),
    workingHours: people.map((agent) => agent.id),
    tickets: counted?.tickets ?? 0,
  };
}
