// What somebody can do and when they are there: profile, skills, leaves. Each change lets dispatch look at them anew.
import { randomUUID } from "node:crypto";
import { Router } from "express";
import { newLeave, profile, skillLevels } from "../../contract/dispatch";
import type { LeaveView, Profile } from "../../contract/dispatch";
import { pageQuery } from "../../contract/lists";
import { actorId } from "../../domain/actor";
import type { Prisma } from "../../prisma/client";
import { only } from "../answer";
import { staffWho } from "../auth";
import { mustBeCalendar } from "../calendars/rows";
import { mustBeWorker } from "../directory";
import { post } from "../outbox";
import type { Db, Parts } from "../parts";
import { invalid, notFound } from "../problem";
import { mustBeNobodysNext } from "../recipients/in-use";
import { bodyOf, nameOf, queryOf } from "../request";
import { levelsOf, mustBeSkills } from "./skills";

export function peopleRoutes({ prisma }: Parts): Router {
  const router = Router();
  const agentOf = (request: Parameters<typeof nameOf>[0]): string => nameOf(request, "id", "agent");
  router
    .route("/agents/:id/profile")
    .get(async (request, response) => {
      staffWho(response, "readDirectory");
      response.json(presentProfile(await agentRow(prisma, agentOf(request))));
    })
    .put(async (request, response) => {
      staffWho(response, "changePeople");
      const id = agentOf(request);
      const body = bodyOf(request, profile);
      response.json(await prisma.$transaction((tx) => changeProfile(tx, id, body)));
    })
    .all(only("GET", "PUT"));
  router
    .route("/agents/:id/skills")
    .get(async (request, response) => {
      staffWho(response, "readDirectory");
      response.json(await skillsOf(prisma, agentOf(request)));
    })
    .put(async (request, response) => {
      staffWho(response, "changePeople");
      const id = agentOf(request);
      const { skills } = bodyOf(request, skillLevels);
      response.json(await prisma.$transaction((tx) => changeSkills(tx, id, skills)));
    })
    .all(only("GET", "PUT"));
  router
    .route("/agents/:id/leaves")
    .get(async (request, response) => {
      staffWho(response, "readDirectory");
      queryOf(request, pageQuery);
      const { id } = await agentRow(prisma, agentOf(request));
      const rows = await prisma.leave.findMany({ where: { agentId: id, until: { gt: new Date() } }, orderBy: [{ since: "asc" }, { id: "asc" }] });
      response.json({ items: rows.map(presentLeave), next: null });
    })
    .post(async (request, response) => {
      const id = agentOf(request);
      const by = staffWho(response, staffWho(response, "setOwnPresence").id === id ? "setOwnPresence" : "setPresence");
      const body = bodyOf(request, newLeave);
      const leave = await prisma.$transaction((tx) => addLeave(tx, id, body, actorId(by)));
      response.status(201).location(`${request.baseUrl}/agents/${id}/leaves/${leave.id}`).json(leave);
    })
    .all(only("GET", "POST"));
  router
    .route("/agents/:id/leaves/:leave")
    .delete(async (request, response) => {
      const id = agentOf(request);
      staffWho(response, staffWho(response, "setOwnPresence").id === id ? "setOwnPresence" : "setPresence");
      const leave = nameOf(request, "leave", "leave");
      await prisma.$transaction((tx) => endLeave(tx, id, leave));
      response.status(204).end();
    })
    .all(only("DELETE"));
  return router;
}

async function agentRow(prisma: Db, id: string): Promise<Prisma.AgentModel> {
  const row = await prisma.agent.findUnique({ where: { id } });
  if (row === null) throw notFound("agent");
  return row;
}

function presentProfile({ capacity, calendarId, languages, latitude, longitude, radiusKm, regions, active }: Prisma.AgentModel): Profile {
  const place = latitude === null || longitude === null ? null : { latitude, longitude, radiusKm: radiusKm ?? 0 };
  return { capacity, calendar: calendarId, languages: languages as Profile["languages"], place, regions, active };
}

async function changeProfile(tx: Db, id: string, { calendar, place, ...rest }: Profile): Promise<Profile> {
  if (calendar !== null) await mustBeCalendar(tx, calendar);
  if (!rest.active && (await agentRow(tx, id)).active) await mustBeNobodysNext(tx, id);
  const { latitude = null, longitude = null, radiusKm = null } = place ?? {};
  const { count } = await tx.agent.updateMany({ where: { id }, data: { ...rest, calendarId: calendar, latitude, longitude, radiusKm } });
  if (count === 0) throw notFound("agent");
  await post(tx, { kind: "presence", subject: id, payload: {} });
  return presentProfile(await agentRow(tx, id));
}

async function skillsOf(prisma: Db, id: string) {
  await agentRow(prisma, id);
  return { skills: levelsOf(await prisma.agentSkill.findMany({ where: { agentId: id }, orderBy: { skillId: "asc" } })) };
}

async function changeSkills(tx: Db, id: string, skills: Readonly<Record<string, number>>) {
  await agentRow(tx, id);
  await mustBeSkills(tx, skills);
  await tx.agentSkill.deleteMany({ where: { agentId: id } });
  await tx.agentSkill.createMany({ data: Object.entries(skills).map(([skillId, level]) => ({ agentId: id, skillId, level })) });
  await post(tx, { kind: "presence", subject: id, payload: {} });
  return await skillsOf(tx, id);
}

interface Given {
  readonly since: number;
  readonly until: number;
  readonly substitute: string | null;
}

async function addLeave(tx: Db, id: string, { since, until, substitute }: Given, by: string): Promise<LeaveView> {
  await agentRow(tx, id);
  if (until <= Date.now()) throw invalid("until", "It is over already.", "instant_passed");
  if (substitute === id) throw invalid("substitute", "Nobody stands in for themselves.", "circular");
  if (substitute !== null) await mustBeWorker(tx, substitute, "substitute");
  const data = { id: randomUUID(), agentId: id, since: new Date(since), until: new Date(until), substituteId: substitute, by };
  const row = await tx.leave.create({ data });
  await post(tx, { kind: "presence", subject: id, payload: {} });
  return presentLeave(row);
}

/** One that has begun ends now, and stays on record; one to come is taken back. */
async function endLeave(tx: Db, id: string, leave: string): Promise<void> {
  const now = new Date();
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(leave);
  const row = isId ? await tx.leave.findFirst({ where: { id: leave, agentId: id, until: { gt: now } } }) : null;
  if (row === null) throw notFound("leave");
  if (row.since > now) await tx.leave.delete({ where: { id: leave } });
  else await tx.leave.update({ where: { id: leave }, data: { until: now } });
  await post(tx, { kind: "presence", subject: id, payload: {} });
}

function presentLeave({ id, agentId, since, until, substituteId, by }: Prisma.LeaveModel): LeaveView {
  return { id, agent: agentId, since: since.toISOString(), until: until.toISOString(), substitute: substituteId, by };
}
