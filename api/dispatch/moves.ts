// Moving somebody's whole load by one command.
import { Router } from "express";
import { newMove } from "../../contract/dispatch";
import { actorId } from "../../domain/actor";
import { moveOrder } from "../../domain/dispatch/move";
import { orderBulk } from "../../prisma/bulk";
import { only } from "../answer";
import { staffWho } from "../auth";
import { presentBulk } from "../bulk";
import { mustBeWorker } from "../directory";
import type { Db, Parts } from "../parts";
import { invalid, notFound } from "../problem";
import { bodyOf, nameOf } from "../request";

export function moveRoutes({ prisma }: Parts): Router {
  const router = Router();
  router
    .route("/agents/:id/moves")
    .post(async (request, response) => {
      const by = staffWho(response, "moveLoad");
      const agent = nameOf(request, "id", "agent");
      const { to } = bodyOf(request, newMove);
      const id = await prisma.$transaction((tx) => moveLoad(tx, agent, to, actorId(by)));
      response.status(202).location(`${request.baseUrl}/bulk-commands/${id}`).json(await presentBulk(prisma, id));
    })
    .all(only("POST"));
  return router;
}

/** Everything of theirs that is not solved. */
async function moveLoad(tx: Db, agent: string, to: string | null, by: string): Promise<string> {
  if ((await tx.agent.count({ where: { id: agent } })) === 0) throw notFound("agent");
  if (to === agent) throw invalid("to", "They have them already.", "circular");
  if (to !== null) await mustBeWorker(tx, to, "to");
  const tickets = await tx.ticket.findMany({
    where: { assigneeId: agent, status: { in: ["new", "open", "pending", "on-hold"] } },
    select: { number: true, teamId: true },
    orderBy: { number: "asc" },
  });
  const moving = tickets.map(({ number, teamId }) => ({ ticket: number, team: teamId }));
  return await orderBulk(tx, moveOrder({ agent, to, why: "asked", by, tickets: moving }));
}
