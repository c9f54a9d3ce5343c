// Moving somebody's whole load by one command, and how far it has come.
import { Router } from "express";
import { newMove } from "../../contract/dispatch";
import type { MoveView } from "../../contract/dispatch";
import { actorId } from "../../domain/actor";
import { only } from "../answer";
import { staffWho } from "../auth";
import { mustBeWorker } from "../directory";
import { post } from "../outbox";
import type { Db, Parts } from "../parts";
import { invalid, notFound } from "../problem";
import { bodyOf, nameOf } from "../request";
import { randomUUID } from "node:crypto";

export function moveRoutes({ prisma }: Parts): Router {
  const router = Router();
  router
    .route("/agents/:id/moves")
    .post(async (request, response) => {
      const by = staffWho(response, "moveLoad");
      const agent = nameOf(request, "id", "agent");
      const { to } = bodyOf(request, newMove);
      const id = await prisma.$transaction((tx) => moveLoad(tx, agent, to, actorId(by)));
      response.status(202).location(`${request.baseUrl}/moves/${id}`).json(await moveView(prisma, id));
    })
    .all(only("POST"));
  router
    .route("/moves/:id")
    .get(async (request, response) => {
      staffWho(response, "readDirectory");
      response.json(await moveView(prisma, nameOf(request, "id", "move")));
    })
    .all(only("GET"));
  return router;
}

/** Everything of theirs that is not solved. */
async function moveLoad(tx: Db, agent: string, to: string | null, by: string): Promise<string> {
  if ((await tx.agent.count({ where: { id: agent } })) === 0) throw notFound("agent");
  if (to === agent) throw invalid("to", "They have them already.", "circular");
  if (to !== null) await mustBeWorker(tx, to, "to");
  const where = { assigneeId: agent, status: { in: ["new", "open", "pending", "on-hold"] }, ...(to === null ? { NOT: { teamId: null } } : {}) };
  const tickets = await tx.ticket.findMany({ where, select: { number: true }, orderBy: { number: "asc" } });
  const items = { createMany: { data: tickets.map(({ number }) => ({ ticket: number })) } };
  const { id } = await tx.move.create({ data: { id: randomUUID(), agentId: agent, toId: to, why: "asked", by, items } });
  await post(tx, { kind: "move", subject: id, payload: {} });
  return id;
}

async function moveView(prisma: Db, id: string): Promise<MoveView> {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
  const move = isId ? await prisma.move.findUnique({ where: { id }, include: { items: { orderBy: { ticket: "asc" } } } }) : null;
  if (move === null) throw notFound("move");
  const { agentId, toId, why, by, createdAt, items } = move;
  const count = (state: string): number => items.filter((item) => item.state === state).length;
  const refused = items.filter(({ state }) => state === "refused").map(({ ticket, detail }) => ({ ticket, code: detail ?? "" }));
  const progress = { total: items.length, done: count("done"), owed: count("owed"), refused };
  return { id, agent: agentId, to: toId, why: why as MoveView["why"], by, createdAt: createdAt.toISOString(), ...progress };
}
