// Addresses that no mail is sent to, and writing to them again.
import { Router } from "express";
import { suppressionQuery } from "../../contract/mail-out";
import type { SuppressionView } from "../../contract/mail-out";
import type { Prisma } from "../../prisma/client";
import { only } from "../answer";
import { staffWho } from "../auth";
import { noteChange } from "../changes";
import { pageOf, readMoment } from "../paging";
import type { Parts } from "../parts";
import { notFound } from "../problem";
import { nameOf, queryOf } from "../request";

export function suppressionRoutes({ prisma }: Parts): Router {
  const router = Router();
  router
    .route("/suppressions")
    .get(async (request, response) => {
      staffWho(response, "readSuppressions");
      const { limit, cursor, lifted } = queryOf(request, suppressionQuery);
      const after = readMoment(cursor);
      const rows = await prisma.suppression.findMany({
        where: {
          liftedAt: lifted === "true" ? { not: null } : null,
          ...(after && { OR: [{ at: { gt: after.at } }, { at: after.at, id: { gt: after.id } }] }),
        },
        orderBy: [{ at: "asc" }, { id: "asc" }],
        take: limit + 1,
      });
      const page = pageOf(rows, limit, ({ at, id }) => ({ at: at.toISOString(), id }));
      response.json({ ...page, items: page.items.map(present) });
    })
    .all(only("GET"));
  router
    .route("/suppressions/:id")
    .delete(async (request, response) => {
      const by = staffWho(response, "liftSuppression");
      const id = nameOf(request, "id", "suppression");
      await prisma.$transaction(async (tx) => {
        const data = { liftedAt: new Date(), liftedBy: `staff:${by.id}` };
        const { count } = /^[0-9a-f-]{36}$/.test(id) ? await tx.suppression.updateMany({ where: { id, liftedAt: null }, data }) : { count: 0 };
        if (count === 0) throw notFound("suppression");
        await noteChange(tx, by, { kind: "suppression", subject: id, action: "deleted" });
      });
      response.status(204).end();
    })
    .all(only("DELETE"));
  return router;
}

function present(row: Prisma.SuppressionModel): SuppressionView {
  const { id, address, code, notice, ticket, liftedBy } = row;
  const times = { at: row.at.toISOString(), liftedAt: row.liftedAt?.toISOString() ?? null };
  return { id, address, reason: row.reason as SuppressionView["reason"], code, notice, ticket, liftedBy, ...times };
}
