// Organisations: read by all of staff, made and changed by admins. A domain belongs to one of them, so that whose ticket it is
// has one answer.
import { Router } from "express";
import { z } from "zod";
import { pageQuery } from "../contract/lists";
import type { List, PageQuery } from "../contract/lists";
import { newOrganisation, organisationChange } from "../contract/organisation";
import type { OrganisationChange, OrganisationView } from "../contract/organisation";
import type { FieldError } from "../contract/problem";
import type { Actor } from "../domain/actor";
import type { Prisma } from "../prisma/client";
import { only } from "./answer";
import { staffWho } from "./auth";
import { idFrom } from "./calendars/calendars";
import { mustBeCalendar } from "./calendars/rows";
import { changesOf, noteChange } from "./changes";
import { decode, pageOf } from "./paging";
import type { Db, Parts } from "./parts";
import { notFound, Problem } from "./problem";
import { bodyOf, nameOf, queryOf } from "./request";

export function organisationRoutes({ prisma }: Parts): Router {
  const router = Router();
  const idOf = (request: Parameters<typeof nameOf>[0]): string => nameOf(request, "id", "organisation");
  router
    .route("/organisations")
    .get(async (request, response) => {
      staffWho(response, "readDirectory");
      response.json(await list(prisma, queryOf(request, pageQuery)));
    })
    .post(async (request, response) => {
      const by = staffWho(response, "changeOrganisations");
      const { id, ...said } = bodyOf(request, newOrganisation);
      const made = await prisma.$transaction((tx) => create(tx, by, id ?? idFrom(said.name), said));
      response.status(201).location(`${request.baseUrl}/organisations/${made.id}`).json(made);
    })
    .all(only("GET", "POST"));
  router
    .route("/organisations/:id")
    .get(async (request, response) => {
      staffWho(response, "readDirectory");
      response.json(present(await organisationRow(prisma, idOf(request))));
    })
    .patch(async (request, response) => {
      const by = staffWho(response, "changeOrganisations");
      const id = idOf(request);
      const said = bodyOf(request, organisationChange);
      response.json(await prisma.$transaction((tx) => change(tx, by, id, said)));
    })
    .delete(async (request, response) => {
      const by = staffWho(response, "changeOrganisations");
      const id = idOf(request);
      await prisma.$transaction((tx) => remove(tx, by, id));
      response.status(204).end();
    })
    .all(only("GET", "PATCH", "DELETE"));
  router
    .route("/organisations/:id/changes")
    .get(async (request, response) => {
      staffWho(response, "readDirectory");
      response.json(await changesOf(prisma, "organisation", idOf(request), queryOf(request, pageQuery)));
    })
    .all(only("GET"));
  return router;
}

/** Where a page ended. */
const end = z.strictObject({ id: z.string() });

async function list(prisma: Db, { limit, cursor }: PageQuery): Promise<List<OrganisationView>> {
  const after = cursor === undefined ? "" : decode(cursor, end).id;
  const rows = await prisma.organisation.findMany({ where: { id: { gt: after } }, orderBy: { id: "asc" }, take: limit + 1 });
  const { items, next } = pageOf(rows, limit, ({ id }) => ({ id }));
  return { items: items.map(present), next };
}

/** 409 when the id is taken. */
async function create(tx: Db, by: Actor, id: string, { name, ...said }: OrganisationChange & { name: string }): Promise<OrganisationView> {
  const { count } = await tx.organisation.createMany({ data: [{ id, name, domains: [] }], skipDuplicates: true });
  if (count === 0) throw new Problem("exists", `There is an organisation ${id}: choose another id.`, { facts: { id } });
  const made = await write(tx, id, said);
  await noteChange(tx, by, { kind: "organisation", subject: id, action: "created", facts: { set: JSON.stringify({ name, ...said }) } });
  return made;
}

async function change(tx: Db, by: Actor, id: string, said: OrganisationChange): Promise<OrganisationView> {
  await organisationRow(tx, id);
  const changed = await write(tx, id, said);
  await noteChange(tx, by, { kind: "organisation", subject: id, action: "changed", facts: { set: JSON.stringify(said) } });
  return changed;
}

/** Its requesters and their tickets stay, and belong to no organisation. 409 while a policy is for it. */
async function remove(tx: Db, by: Actor, id: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM organisations WHERE id = ${id} FOR UPDATE`;
  await organisationRow(tx, id);
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM sla_policies p
    JOIN LATERAL (SELECT match FROM sla_policy_editions WHERE policy_id = p.id ORDER BY edition DESC LIMIT 1) e ON true
    WHERE p.retired_at IS NULL AND e.match -> 'organisations' ? ${id} ORDER BY p.id`;
  const policies = rows.map((policy) => policy.id).join(", ");
  if (rows.length > 0) throw new Problem("in_use", `The policies ${policies} are for it.`, { facts: { policies } });
  await tx.organisation.delete({ where: { id } });
  await noteChange(tx, by, { kind: "organisation", subject: id, action: "deleted" });
}

async function write(tx: Db, id: string, { name, domains, vip, calendar }: OrganisationChange): Promise<OrganisationView> {
  if (calendar !== undefined && calendar !== null) await mustBeCalendar(tx, calendar);
  if (domains !== undefined) await mustBeFree(tx, id, domains);
  const data = {
    ...(name !== undefined && { name }),
    ...(domains !== undefined && { domains }),
    ...(vip !== undefined && { vip }),
    ...(calendar !== undefined && { calendarId: calendar }),
  };
  return present(await tx.organisation.update({ where: { id }, data }));
}

/** 422 that names each domain which another organisation has. One at a time, so that two can't take the same at once. */
async function mustBeFree(tx: Db, id: string, domains: readonly string[]): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('organisations'))::text`;
  const others = await tx.organisation.findMany({ where: { id: { not: id }, domains: { hasSome: [...domains] } }, orderBy: { id: "asc" } });
  const errors = domains.flatMap((domain, index): FieldError[] => {
    const other = others.find((one) => one.domains.includes(domain));
    if (other === undefined) return [];
    return [{ field: `domains.${index}`, code: "taken", message: `${domain} belongs to the organisation ${other.id}.` }];
  });
  if (errors.length > 0) throw new Problem("invalid", errors.map(({ message }) => message).join(" "), { errors });
}

async function organisationRow(prisma: Db, id: string): Promise<Prisma.OrganisationModel> {
  const row = await prisma.organisation.findUnique({ where: { id } });
  if (row === null) throw notFound("organisation");
  return row;
}

function present({ id, name, domains, vip, calendarId }: Prisma.OrganisationModel): OrganisationView {
  return { id, name, domains, vip, calendar: calendarId };
}
