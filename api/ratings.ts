// Ratings: a requester says once per solution how they were helped. Each feeds what dispatch learns of whoever had solved it.
import { Router } from "express";
import { pageQuery } from "../contract/lists";
import type { NewRating, RatingView } from "../contract/rating";
import { halfLifeMs } from "../domain/dispatch/performance";
import type { Ticket } from "../domain/ticket";
import { addResult } from "../prisma/results";
import { only } from "./answer";
import { staffWho } from "./auth";
import type { Db, Parts } from "./parts";
import { Problem } from "./problem";
import { numberOf, queryOf } from "./request";

export function ratingRoutes({ prisma }: Parts): Router {
  const router = Router();
  router
    .route("/tickets/:number/ratings")
    .get(async (request, response) => {
      staffWho(response, "readInternal");
      queryOf(request, pageQuery);
      const rows = await prisma.rating.findMany({ where: { ticket: numberOf(request) }, orderBy: { cycle: "asc" } });
      const items: RatingView[] = rows.map(({ cycle, stars, comment, agentId, at }) => ({ cycle, stars, comment, agent: agentId, at: at.toISOString() }));
      response.json({ items, next: null });
    })
    .all(only("GET"));
  return router;
}

/** Whether there is a solution that nobody has rated. */
export async function mayRate(db: Db, { number, status }: Pick<Ticket, "number" | "status">): Promise<boolean> {
  if (status !== "solved" && status !== "closed") return false;
  const cycle = await solutions(db, number);
  return cycle > 0 && (await db.rating.count({ where: { ticket: number, cycle } })) === 0;
}

/** 409 `not_allowed_now` when the solution is rated, or there is none. */
export async function rate(tx: Db, { number, status, assignee, category }: Ticket, { stars, text }: NewRating): Promise<void> {
  const refused = new Problem("not_allowed_now", "There is no solution that could be rated, or it was rated already.");
  if (status !== "solved" && status !== "closed") throw refused;
  const cycle = await solutions(tx, number);
  const data = [{ ticket: number, cycle, agentId: assignee, category, stars, comment: text }];
  const { count } = cycle === 0 ? { count: 0 } : await tx.rating.createMany({ data, skipDuplicates: true });
  if (count === 0) throw refused;
  if (assignee === null || category === null) return;
  const none = { resolved: 0, logMs: 0, reopened: 0 };
  await addResult(tx, { agent: assignee, category, at: new Date(), ...none, rated: 1, stars }, halfLifeMs);
}

/** How often it was solved: the last time is what may be rated. */
async function solutions(db: Db, ticket: number): Promise<number> {
  return await db.event.count({ where: { ticket, kind: "resolved" } });
}
