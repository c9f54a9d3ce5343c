// GET /agents/me/offers: what is on offer to whoever asks. Nobody is sent a mail of it: it is over too soon.
import { Router } from "express";
import type { OfferView } from "../../contract/dispatch";
import { pageQuery } from "../../contract/lists";
import type { Priority } from "../../domain/words";
import { only } from "../answer";
import { staffWho } from "../auth";
import type { Db, Parts } from "../parts";
import { iso } from "../present-ticket";
import { queryOf } from "../request";

export function offerRoutes({ prisma }: Parts): Router {
  const router = Router();
  router
    .route("/agents/me/offers")
    .get(async (request, response) => {
      const { id } = staffWho(response, "acceptOffer");
      queryOf(request, pageQuery);
      response.json({ items: await offersTo(prisma, id), next: null });
    })
    .all(only("GET"));
  return router;
}

interface Row extends Omit<OfferView, "until" | "priority"> {
  readonly priority: string;
  readonly until: number;
}

async function offersTo(prisma: Db, agent: string): Promise<readonly OfferView[]> {
  const rows = await prisma.$queryRaw<Row[]>`
    SELECT t.number AS ticket, t.subject, t.category, t.priority, t.team_id AS team, r.decision,
           (t.state -> 'ticket' -> 'offer' ->> 'endsAt')::float8 AS until
    FROM reservations r JOIN tickets t ON t.number = r.ticket
    WHERE r.agent_id = ${agent} AND r.offered AND t.state -> 'ticket' -> 'offer' ->> 'decision' = r.decision
    ORDER BY until, t.number`;
  return rows.map((row) => ({ ...row, priority: row.priority as Priority, until: iso(row.until) }));
}
