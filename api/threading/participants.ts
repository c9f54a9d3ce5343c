// Who takes part in a ticket by mail: read by staff, let in and put out by staff.
import { randomUUID } from "node:crypto";
import { Router } from "express";
import { newParticipant } from "../../contract/threading";
import type { ParticipantList, ParticipantView } from "../../contract/threading";
import { actorId } from "../../domain/actor";
import { only } from "../answer";
import { staffWho } from "../auth";
import type { Db, Parts } from "../parts";
import { ticketRow } from "../present-ticket";
import { notFound } from "../problem";
import { bodyOf, nameOf, numberOf } from "../request";

export function participantRoutes({ prisma }: Parts): Router {
  const router = Router();
  router
    .route("/tickets/:number/participants")
    .get(async (request, response) => {
      const actor = staffWho(response, "readInternal");
      const { number, requester } = await ticketRow(prisma, numberOf(request), actor);
      response.json(await participantsOf(prisma, number, requester.email.toLowerCase()));
    })
    .post(async (request, response) => {
      const actor = staffWho(response, "changeParticipants");
      const { number } = await ticketRow(prisma, numberOf(request), actor);
      const { email, name = null } = bodyOf(request, newParticipant);
      response.status(201).json(present(await letIn(prisma, { number, email: email.toLowerCase(), name, by: actorId(actor) })));
    })
    .all(only("GET", "POST"));
  router
    .route("/tickets/:number/participants/:id")
    .delete(async (request, response) => {
      const actor = staffWho(response, "changeParticipants");
      const { number } = await ticketRow(prisma, numberOf(request), actor);
      await putOut(prisma, number, nameOf(request, "id", "participant"), actorId(actor));
      response.status(204).end();
    })
    .all(only("DELETE"));
  return router;
}

interface Row {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
  readonly state: string;
  readonly via: string;
  readonly createdAt: Date;
}

async function participantsOf(prisma: Db, ticket: number, requester: string): Promise<ParticipantList> {
  const rows = await prisma.participant.findMany({ where: { ticket }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
  const known = new Set([requester, ...rows.map(({ email }) => email)]);
  const copied = await prisma.$queryRaw<{ address: string }[]>`
    SELECT DISTINCT address FROM placements p, unnest(p.copied) AS address WHERE p.ticket = ${ticket} ORDER BY address LIMIT 200`;
  return {
    items: rows.filter(({ state }) => state !== "removed").map(present),
    copied: copied.map(({ address }) => address).filter((address) => !known.has(address)),
    next: null,
  };
}

/** In already, they stay in; put out before, they are in again. */
async function letIn(prisma: Db, given: { number: number; email: string; name: string | null; by: string }): Promise<Row> {
  const { number, email, name, by } = given;
  const [row] = await prisma.$queryRaw<Row[]>`
    INSERT INTO participants AS p (id, ticket, email, name, state, via, by)
    VALUES (${randomUUID()}::uuid, ${number}, ${email}, ${name}, 'member', 'staff', ${by})
    ON CONFLICT (ticket, email) DO UPDATE SET
      name = coalesce(excluded.name, p.name), state = 'member',
      via = CASE WHEN p.state = 'member' THEN p.via ELSE 'staff' END, by = CASE WHEN p.state = 'member' THEN p.by ELSE excluded.by END
    RETURNING id, email, name, state, via, created_at AS "createdAt"`;
  if (row === undefined) throw new Error("A participant was neither added nor found.");
  return row;
}

/** Remembered, so that no team's setting lets them in again. */
async function putOut(prisma: Db, ticket: number, id: string, by: string): Promise<void> {
  const count = await prisma.$executeRaw`
    UPDATE participants SET state = 'removed', by = ${by} WHERE ticket = ${ticket} AND id::text = ${id} AND state <> 'removed'`;
  if (count === 0) throw notFound("participant");
}

function present({ id, email, name, state, via, createdAt }: Row): ParticipantView {
  return {
    id,
    email,
    name,
    state: state as ParticipantView["state"],
    via: via as ParticipantView["via"],
    since: createdAt.toISOString(),
  };
}
