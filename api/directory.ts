// Agents, teams, categories: rows that merely exist, so that the API reads and writes them itself.
import { Router } from "express";
import { presence } from "../contract/directory";
import type { AgentView, CategoryView, TeamView } from "../contract/directory";
import { pageQuery } from "../contract/lists";
import { can } from "../domain/access";
import { roles } from "../domain/actor";
import type { Prisma } from "../prisma/client";
import { only } from "./answer";
import { staffWho } from "./auth";
import { post } from "./outbox";
import type { Db, Parts } from "./parts";
import { invalid, notFound } from "./problem";
import { bodyOf, nameOf, queryOf } from "./request";

const withMembers = { members: { orderBy: { agentId: "asc" } } } as const;
const withTeams = { teams: { orderBy: { teamId: "asc" } } } as const;

export function directoryRoutes({ prisma }: Parts): Router {
  const router = Router();
  router
    .route("/agents")
    .get(async (request, response) => {
      staffWho(response, "readDirectory");
      queryOf(request, pageQuery);
      const rows = await prisma.agent.findMany({ orderBy: { id: "asc" }, include: withTeams });
      const loads = await loadsOf(prisma);
      response.json({ items: rows.map((row) => presentAgent(row, loads.get(row.id) ?? 0)), next: null });
    })
    .all(only("GET"));
  router
    .route("/agents/:id/presence")
    .put(async (request, response) => {
      const id = nameOf(request, "id", "agent");
      staffWho(response, staffWho(response, "setOwnPresence").id === id ? "setOwnPresence" : "setPresence");
      const { present } = bodyOf(request, presence);
      response.json(await prisma.$transaction((tx) => setPresence(tx, id, present)));
    })
    .all(only("PUT"));
  router
    .route("/teams")
    .get(async (request, response) => {
      staffWho(response, "readDirectory");
      queryOf(request, pageQuery);
      const rows = await prisma.team.findMany({ orderBy: { id: "asc" }, include: withMembers });
      response.json({ items: rows.map(presentTeam), next: null });
    })
    .all(only("GET"));
  router
    .route("/categories")
    .get(async (request, response) => {
      staffWho(response, "readDirectory");
      queryOf(request, pageQuery);
      const rows = await prisma.category.findMany({ orderBy: { id: "asc" } });
      const items = rows.map(({ id, name, teamId }): CategoryView => ({ id, name, team: teamId }));
      response.json({ items, next: null });
    })
    .all(only("GET"));
  return router;
}

/** Somebody who can have tickets; 422 for the field otherwise. Answers whether they have as many as they can take. */
export async function mustBeWorker(prisma: Db, id: string, field: string, except?: number): Promise<{ full: boolean }> {
  const agent = await prisma.agent.findUnique({ where: { id, active: true } });
  const role = roles.find((known) => known === agent?.role);
  if (agent === null || role === undefined || !can({ kind: "staff", id, role }, "reply")) {
    throw invalid(field, "There is no such agent at work.");
  }
  const load = await placesTaken(prisma, id, except);
  return { full: load >= agent.capacity };
}

/** Dispatch hears of it through the outbox: who comes on duty gets the oldest fitting waiter. */
async function setPresence(tx: Db, id: string, present: boolean): Promise<AgentView> {
  // Said twice they have been there, or away, since the first time.
  const found = await tx.$executeRaw`
    UPDATE agents SET present = ${present}, lapses = 0,
      present_since = CASE WHEN present = ${present} THEN present_since ELSE clock_timestamp() END WHERE id = ${id}`;
  if (found === 0) throw notFound("agent");
  await post(tx, { kind: "presence", subject: id, payload: {} });
  const row = await tx.agent.findUniqueOrThrow({ where: { id }, include: withTeams });
  return presentAgent(row, await placesTaken(tx, id));
}

/** Places taken, by agent. */
async function loadsOf(prisma: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await prisma.reservation.groupBy({ by: ["agentId"], _sum: { places: true } });
  return new Map(rows.map(({ agentId, _sum }) => [agentId, _sum.places ?? 0]));
}

async function placesTaken(prisma: Db, agentId: string, except = 0): Promise<number> {
  const { _sum } = await prisma.reservation.aggregate({ where: { agentId, NOT: { ticket: except } }, _sum: { places: true } });
  return _sum.places ?? 0;
}

function presentAgent(row: Prisma.AgentGetPayload<{ include: typeof withTeams }>, load: number): AgentView {
  const { id, name, role, present, active, capacity } = row;
  const teams = row.teams.map(({ teamId }) => teamId);
  return { id, name, role: role as AgentView["role"], teams, present, active, capacity, load };
}

function presentTeam(row: Prisma.TeamGetPayload<{ include: typeof withMembers }>): TeamView {
  const { id, name, leadId, managerId, triage } = row;
  return { id, name, lead: leadId, manager: managerId, triage, members: row.members.map(({ agentId }) => agentId) };
}
