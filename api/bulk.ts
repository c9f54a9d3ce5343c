// One command for many tickets: how far it has come, and its end before its time. What orders one is elsewhere.
import { Router } from "express";
import type { BulkView } from "../contract/bulk";
import { only } from "./answer";
import { staffWho } from "./auth";
import type { Db, Parts } from "./parts";
import { notFound } from "./problem";
import { nameOf } from "./request";

const mostRefusals = 100;

export function bulkRoutes({ prisma }: Parts): Router {
  const router = Router();
  router
    .route("/bulk-commands/:id")
    .get(async (request, response) => {
      staffWho(response, "readBulk");
      response.json(await presentBulk(prisma, nameOf(request, "id", "bulk command")));
    })
    .delete(async (request, response) => {
      staffWho(response, "stopBulk");
      const { id } = await presentBulk(prisma, nameOf(request, "id", "bulk command"));
      await prisma.bulkCommand.updateMany({ where: { id, stoppedAt: null, finishedAt: null }, data: { stoppedAt: new Date() } });
      response.json(await presentBulk(prisma, id));
    })
    .all(only("GET", "DELETE"));
  return router;
}

export async function presentBulk(prisma: Db, id: string): Promise<BulkView> {
  const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
  const row = isUuid ? await prisma.bulkCommand.findUnique({ where: { id } }) : null;
  if (row === null) throw notFound("bulk command");
  const counts = await prisma.bulkItem.groupBy({ by: ["state"], where: { bulkId: id }, _count: true });
  const count = (state: string) => counts.find((group) => group.state === state)?._count ?? 0;
  const [done, refused, waiting] = [count("done"), count("refused"), count("waiting")];
  const refusals = await prisma.bulkItem.findMany({ where: { bulkId: id, state: "refused" }, orderBy: { ticket: "asc" }, take: mostRefusals });
  const { about, by, reason, perSecond, createdAt, stoppedAt, finishedAt } = row;
  return {
    id,
    about: about as BulkView["about"],
    by,
    reason,
    perSecond,
    total: done + refused + waiting,
    done,
    refused,
    waiting,
    createdAt: createdAt.toISOString(),
    stoppedAt: stoppedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
    refusals: refusals.map(({ ticket, code }) => ({ number: ticket, code: code ?? "unknown" })),
  };
}
