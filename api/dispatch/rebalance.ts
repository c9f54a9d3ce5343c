// Evening out a team's load on request: first what would be moved, then, by its hash, just that. What somebody has answered or was
// given by a person stays where it is.
import { Router } from "express";
import { ask } from "../../calendars/ask";
import { rebalanceOrder } from "../../contract/dispatch";
import type { RebalanceView } from "../../contract/dispatch";
import { actorId, system } from "../../domain/actor";
import type { Actor } from "../../domain/actor";
import { isOpen } from "../../domain/calendar";
import type { Candidate, Site } from "../../domain/dispatch/candidate";
import { rebalance } from "../../domain/dispatch/rebalance";
import type { Bearer, Movable, Shift } from "../../domain/dispatch/rebalance";
import { placesOf, rulesOf } from "../../domain/dispatch/rules";
import type { TeamRules } from "../../domain/dispatch/rules";
import type { Priority, TicketType } from "../../domain/words";
import { orderBulk } from "../../prisma/bulk";
import { only } from "../answer";
import { staffWho } from "../auth";
import { presentBulk } from "../bulk";
import { editionRows, editionsOf } from "../calendars/rows";
import { sha256 } from "../fingerprint";
import type { Db, Parts } from "../parts";
import { notFound, Problem } from "../problem";
import { bodyOf, nameOf } from "../request";

const perSecond = 20;

export function rebalanceRoutes({ prisma }: Parts): Router {
  const router = Router();
  router
    .route("/teams/:id/rebalancing")
    .get(async (request, response) => {
      staffWho(response, "moveLoad");
      response.json(asView(await planOf(prisma, nameOf(request, "id", "team"))));
    })
    .post(async (request, response) => {
      const by = staffWho(response, "moveLoad");
      const team = nameOf(request, "id", "team");
      const { plan } = bodyOf(request, rebalanceOrder);
      const id = await prisma.$transaction((tx) => order(tx, by, team, plan));
      response.status(202).location(`${request.baseUrl}/bulk-commands/${id}`).json(await presentBulk(prisma, id));
    })
    .all(only("GET", "POST"));
  return router;
}

async function order(tx: Db, by: Actor, team: string, seen: string): Promise<string> {
  const shifts = await planOf(tx, team);
  if (asView(shifts).plan !== seen) throw new Problem("outdated", "Another plan would be made by now: look at it first.");
  const items = shifts.map(({ ticket, from, to }) => ({ ticket, verb: "assign", args: { agent: to, overCapacity: false, onlyFrom: from, why: "rebalancing" } }));
  return await orderBulk(tx, { about: { kind: "rebalancing", team }, by: actorId(by), actor: system("dispatch"), reason: null, perSecond, items });
}

function asView(shifts: readonly Shift[]): RebalanceView {
  return { plan: sha256(JSON.stringify(shifts)), moves: shifts };
}

async function planOf(db: Db, team: string): Promise<readonly Shift[]> {
  const row = await db.team.findUnique({ where: { id: team }, select: { dispatch: true } });
  if (row === null) throw notFound("team");
  const rules = rulesOf(row.dispatch as unknown as Partial<TeamRules>);
  const [candidates, tickets] = await Promise.all([candidatesOf(db, team), movableOf(db, team)]);
  const bearers = candidates.map((candidate): Bearer => ({ candidate, movable: tickets.flatMap((one) => (one.agent === candidate.agent ? [asMovable(one, rules)] : [])) }));
  return rebalance(bearers, rules);
}

type Unbound = Omit<Candidate, "onDuty" | "knowsThem" | "performance" | "declined" | "lapsed" | "hasOffer"> & { readonly calendar: string | null };

/** As dispatch sees them, less what belongs to one ticket alone. */
async function candidatesOf(db: Db, team: string): Promise<readonly Candidate[]> {
  const rows = await db.$queryRaw<Unbound[]>`
    SELECT a.id AS agent, a.present, a.calendar_id AS calendar, a.capacity, a.language || a.languages AS languages, a.regions,
      EXISTS (SELECT FROM leaves l WHERE l.agent_id = a.id AND l.since <= clock_timestamp() AND l.until > clock_timestamp()) AS "onLeave",
      coalesce((SELECT sum(places)::int FROM reservations r WHERE r.agent_id = a.id), 0) AS load,
      (extract(epoch FROM a.last_assigned_at) * 1000)::float8 AS "lastAssignedAt",
      (SELECT coalesce(jsonb_object_agg(skill_id, level), '{}') FROM agent_skills k WHERE k.agent_id = a.id) AS skills,
      CASE WHEN a.latitude IS NOT NULL THEN jsonb_build_object('latitude', a.latitude, 'longitude', a.longitude, 'radiusKm', coalesce(a.radius_km, 0)) END AS place
    FROM agents a JOIN team_members m ON m.agent_id = a.id WHERE m.team_id = ${team} AND a.active ORDER BY a.id`;
  const open = await openNow(db, new Set(rows.flatMap(({ calendar }) => calendar ?? [])), Date.now());
  return rows.map(({ calendar, ...row }) => ({
    ...row,
    onDuty: calendar === null || open.has(calendar),
    knowsThem: false,
    performance: null,
    declined: false,
    lapsed: false,
    hasOffer: false,
  }));
}

/** Those of the calendars that are open at `at`. */
async function openNow(db: Db, calendars: ReadonlySet<string>, at: number): Promise<ReadonlySet<string>> {
  const open = new Set<string>();
  for (const calendar of calendars) {
    const editions = editionsOf(await editionRows(db, calendar, { deleted: true }));
    if (ask(editions, [at, at], (hours) => isOpen(hours, at)) === true) open.add(calendar);
  }
  return open;
}

interface MovableRow {
  readonly ticket: number;
  readonly agent: string;
  readonly type: TicketType;
  readonly priority: Priority;
  readonly language: string;
  readonly site: Site | null;
  readonly skills: Readonly<Record<string, number>>;
}

/** Open, given by dispatch, and answered by nobody. */
async function movableOf(db: Db, team: string): Promise<readonly MovableRow[]> {
  return await db.$queryRaw<MovableRow[]>`
    SELECT t.number AS ticket, t.assignee_id AS agent, t.type, t.priority, t.language, t.site,
      (SELECT coalesce(jsonb_object_agg(skill_id, level), '{}') FROM category_skills c WHERE c.category_id = t.category) AS skills
    FROM tickets t
    JOIN LATERAL (SELECT by_kind FROM events WHERE ticket = t.number AND kind = 'assigned' ORDER BY version DESC LIMIT 1) given ON true
    WHERE t.team_id = ${team} AND t.status IN ('new', 'open') AND t.assignee_id IS NOT NULL AND given.by_kind = 'system'
      AND t.state -> 'ticket' ->> 'answeredAt' IS NULL ORDER BY t.number`;
}

function asMovable({ ticket, language, site, skills, ...row }: MovableRow, rules: TeamRules): Movable {
  return { ticket, need: { places: placesOf(rules, row), skills, relaxed: false, language, site } };
}
