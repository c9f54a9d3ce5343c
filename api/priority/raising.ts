// What raises priorities by itself, and for whom: read by all of staff, changed by admins. A change is a new edition, and holds
// for the tickets that come from then on.
import { Router } from "express";
import { pageQuery } from "../../contract/lists";
import { newRaisingRules, newVip } from "../../contract/raising";
import type { NewRaisingRules, RaisingView, Vip } from "../../contract/raising";
import { actorId } from "../../domain/actor";
import type { Actor } from "../../domain/actor";
import type { RaisingRules } from "../../domain/raising";
import { only } from "../answer";
import { staffWho } from "../auth";
import { changesOf, noteChange } from "../changes";
import type { Db, Parts } from "../parts";
import { notFound, Problem } from "../problem";
import { bodyOf, queryOf } from "../request";

export function raisingRoutes({ prisma }: Parts): Router {
  const router = Router();
  router
    .route("/priority-rules")
    .get(async (request, response) => {
      staffWho(response, "readPolicies");
      queryOf(request, pageQuery);
      response.json(await newest(prisma));
    })
    .put(async (request, response) => {
      const by = staffWho(response, "changePolicies");
      const rules = bodyOf(request, newRaisingRules);
      response.json(await prisma.$transaction((tx) => replace(tx, by, rules)));
    })
    .all(only("GET", "PUT"));
  router
    .route("/priority-rules/changes")
    .get(async (request, response) => {
      staffWho(response, "readPolicies");
      response.json(await changesOf(prisma, "raising", "rules", queryOf(request, pageQuery)));
    })
    .all(only("GET"));
  router
    .route("/vips")
    .get(async (request, response) => {
      staffWho(response, "readPolicies");
      queryOf(request, pageQuery);
      response.json({ items: await vips(prisma), next: null });
    })
    .put(async (request, response) => {
      const by = staffWho(response, "changePolicies");
      const vip = bodyOf(request, newVip);
      await prisma.$transaction((tx) => mark(tx, by, vip));
      response.json({ items: await vips(prisma), next: null });
    })
    .all(only("GET", "PUT"));
  return router;
}

async function newest(db: Db): Promise<RaisingView> {
  const row = await db.raisingEdition.findFirst({ orderBy: { edition: "desc" } });
  if (row === null) return { edition: 0, vip: null, alarms: [], ages: [], by: null, at: null };
  const { edition, by, at } = row;
  return { ...(row.rules as unknown as Omit<RaisingRules, "edition">), edition, by, at: at.toISOString() } as RaisingView;
}

async function replace(tx: Db, by: Actor, { basedOn, ...rules }: NewRaisingRules): Promise<RaisingView> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('raising_editions'))::text`;
  const { edition: present } = await newest(tx);
  if (basedOn !== undefined && basedOn !== present) {
    throw new Problem("outdated", `The newest edition is ${present}.`, { facts: { edition: present } });
  }
  const edition = present + 1;
  await tx.raisingEdition.create({ data: { edition, rules: rules as unknown as object, by: actorId(by) } });
  await noteChange(tx, by, { kind: "raising", subject: "rules", action: present === 0 ? "created" : "changed", edition });
  return await newest(tx);
}

async function vips(db: Db): Promise<Vip[]> {
  return await db.$queryRaw<Vip[]>`
    SELECT jsonb_build_object('organisation', id) AS of FROM organisations WHERE vip
    UNION ALL SELECT jsonb_build_object('requester', email) FROM requesters WHERE vip ORDER BY 1`;
}

async function mark(tx: Db, by: Actor, { of, vip }: { of: Vip["of"]; vip: boolean }): Promise<void> {
  const isOrganisation = "organisation" in of;
  const changed = isOrganisation
    ? await tx.$queryRaw<{ id: string }[]>`UPDATE organisations SET vip = ${vip} WHERE id = ${of.organisation} RETURNING id`
    : await tx.$queryRaw<{ id: string }[]>`UPDATE requesters SET vip = ${vip} WHERE lower(email) = lower(${of.requester}) RETURNING id::text`;
  const [found] = changed;
  if (found === undefined) throw notFound(isOrganisation ? "organisation" : "requester");
  await noteChange(tx, by, { kind: "vip", subject: found.id, action: "changed", facts: { vip: vip ? "yes" : "no" } });
}
