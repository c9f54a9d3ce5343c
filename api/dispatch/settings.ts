// What dispatch goes by: a team's rules, the skills there are, what categories ask for. Changed settings wake whoever waits.
import { Router } from "express";
import { skillLevels, skillName, teamRules } from "../../contract/dispatch";
import type { SkillView } from "../../contract/dispatch";
import { pageQuery } from "../../contract/lists";
import { rulesOf } from "../../domain/dispatch/rules";
import type { TeamRules } from "../../domain/dispatch/rules";
import { only } from "../answer";
import { staffWho } from "../auth";
import { changesOf, noteChange } from "../changes";
import { post, postPresence } from "../outbox";
import type { Db, Parts } from "../parts";
import { invalid, notFound, Problem } from "../problem";
import { bodyOf, nameOf, queryOf } from "../request";
import { levelsOf, mustBeSkills } from "./skills";

export function dispatchSettingRoutes({ prisma }: Parts): Router {
  const router = Router();
  router
    .route("/teams/:id/dispatch")
    .get(async (request, response) => {
      staffWho(response, "readDirectory");
      response.json(await teamRulesOf(prisma, nameOf(request, "id", "team")));
    })
    .put(async (request, response) => {
      const by = staffWho(response, "changeDispatch");
      const id = nameOf(request, "id", "team");
      const set = bodyOf(request, teamRules);
      await mustOverflowElsewhere(prisma, id, set.overflow?.to ?? null);
      response.json(
        await prisma.$transaction(async (tx) => {
          const { count } = await tx.team.updateMany({ where: { id }, data: { dispatch: plain(set) } });
          if (count === 0) throw notFound("team");
          await noteChange(tx, by, { kind: "dispatch", subject: id, action: "changed", facts: { set: JSON.stringify(set) } });
          await post(tx, { kind: "team", subject: id, payload: {} });
          // How long they may be away, and when their next portion comes, are theirs to be waited for.
          await postPresence(tx, { teams: { some: { teamId: id } }, OR: [{ present: false }, { pacedSince: { not: null } }] });
          return await teamRulesOf(tx, id);
        }),
      );
    })
    .all(only("GET", "PUT"));
  router
    .route("/teams/:id/dispatch/changes")
    .get(async (request, response) => {
      staffWho(response, "readDirectory");
      response.json(await changesOf(prisma, "dispatch", nameOf(request, "id", "team"), queryOf(request, pageQuery)));
    })
    .all(only("GET"));
  router
    .route("/skills")
    .get(async (request, response) => {
      staffWho(response, "readDirectory");
      queryOf(request, pageQuery);
      const items: SkillView[] = await prisma.skill.findMany({ orderBy: { id: "asc" }, select: { id: true, name: true } });
      response.json({ items, next: null });
    })
    .all(only("GET"));
  router
    .route("/skills/:id")
    .put(async (request, response) => {
      staffWho(response, "changeDispatch");
      const { name } = bodyOf(request, skillName);
      const id = nameOf(request, "id", "skill");
      if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(id)) throw invalid("id", "Not an id.", "invalid_format");
      response.json(await prisma.skill.upsert({ where: { id }, create: { id, name }, update: { name }, select: { id: true, name: true } }));
    })
    .delete(async (request, response) => {
      staffWho(response, "changeDispatch");
      const id = nameOf(request, "id", "skill");
      await prisma.$transaction((tx) => deleteSkill(tx, id));
      response.status(204).end();
    })
    .all(only("PUT", "DELETE"));
  router
    .route("/categories/:id/skills")
    .get(async (request, response) => {
      staffWho(response, "readDirectory");
      response.json(await categorySkills(prisma, nameOf(request, "id", "category")));
    })
    .put(async (request, response) => {
      staffWho(response, "changeDispatch");
      const id = nameOf(request, "id", "category");
      const { skills } = bodyOf(request, skillLevels);
      response.json(await prisma.$transaction((tx) => askFor(tx, id, skills)));
    })
    .all(only("GET", "PUT"));
  return router;
}

async function mustOverflowElsewhere(prisma: Db, team: string, to: string | null): Promise<void> {
  if (to === null) return;
  if (to === team) throw invalid("overflow.to", "A team can't overflow into itself.", "circular");
  if ((await prisma.team.count({ where: { id: to } })) === 0) throw invalid("overflow.to", "There is no such team.", "unknown_team");
}

/** What holds, and what of it the team has set itself. */
async function teamRulesOf(prisma: Db, id: string): Promise<{ rules: TeamRules; set: Partial<TeamRules> }> {
  const row = await prisma.team.findUnique({ where: { id }, select: { dispatch: true } });
  if (row === null) throw notFound("team");
  const set = row.dispatch as unknown as Partial<TeamRules>;
  return { rules: rulesOf(set), set };
}

async function deleteSkill(tx: Db, id: string): Promise<void> {
  const agents = await tx.agentSkill.count({ where: { skillId: id } });
  const categories = await tx.categorySkill.count({ where: { skillId: id } });
  if (agents + categories > 0) {
    throw new Problem("in_use", `${agents} people have it and ${categories} categories ask for it.`, { facts: { agents, categories } });
  }
  if ((await tx.skill.deleteMany({ where: { id } })).count === 0) throw notFound("skill");
}

async function categorySkills(prisma: Db, id: string) {
  if ((await prisma.category.count({ where: { id } })) === 0) throw notFound("category");
  return { skills: levelsOf(await prisma.categorySkill.findMany({ where: { categoryId: id }, orderBy: { skillId: "asc" } })) };
}

/** Whoever waits with such a ticket may fit now. */
async function askFor(tx: Db, id: string, skills: Readonly<Record<string, number>>) {
  await mustBeSkills(tx, skills);
  await categorySkills(tx, id);
  await tx.categorySkill.deleteMany({ where: { categoryId: id } });
  await tx.categorySkill.createMany({ data: Object.entries(skills).map(([skillId, level]) => ({ categoryId: id, skillId, level })) });
  const waiting = await tx.$queryRaw<{ team: string }[]>`
    SELECT DISTINCT team_id AS team FROM waiters WHERE sought ->> 'category' = ${id} ORDER BY 1`;
  for (const { team } of waiting) await post(tx, { kind: "team", subject: team, payload: {} });
  return await categorySkills(tx, id);
}

function plain(set: object): object {
  return JSON.parse(JSON.stringify(set)) as object;
}
