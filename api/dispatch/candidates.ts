// GET /tickets/:number/candidates: why her, why not me.
import { Router } from "express";
import type { ConsideredView, DecisionView, OfferOutcome } from "../../contract/dispatch";
import { pageQuery } from "../../contract/lists";
import { can } from "../../domain/access";
import type { Considered } from "../../domain/dispatch/choose";
import { unpack } from "../../domain/dispatch/stored";
import type { Packed } from "../../domain/dispatch/stored";
import type { TeamRules } from "../../domain/dispatch/rules";
import { weightsOf } from "../../domain/dispatch/score";
import { fromBytes } from "../../prisma/as-bytes";
import type { Prisma } from "../../prisma/client";
import { only } from "../answer";
import { staffWho } from "../auth";
import type { Staff } from "../auth";
import { decode, pageOf } from "../paging";
import type { Parts } from "../parts";
import { iso, stateOf, ticketRow } from "../present-ticket";
import { numberOf, queryOf } from "../request";
import { outcomesOf } from "./offer-outcomes";
import { z } from "zod";

const place = z.strictObject({ at: z.int(), id: z.string() });

/** The newest decision first. */
export function candidateRoutes({ prisma }: Parts): Router {
  const router = Router();
  router
    .route("/tickets/:number/candidates")
    .get(async (request, response) => {
      const actor = staffWho(response, "readCandidates");
      const ticket = stateOf(await ticketRow(prisma, numberOf(request), actor));
      const { limit, cursor } = queryOf(request, pageQuery);
      const after = cursor === undefined ? undefined : decode(cursor, place);
      const rows = await prisma.dispatchDecision.findMany({
        where: { ticket: ticket.number, ...(after === undefined ? {} : olderThan(after)) },
        orderBy: [{ decidedAt: "desc" }, { id: "desc" }],
        take: limit + 1,
      });
      const page = pageOf(rows, limit, ({ decidedAt, id }) => ({ at: decidedAt.getTime(), id }));
      const outcomes = await outcomesOf(prisma, ticket, page.items);
      response.json({ ...page, items: page.items.map((row) => present(row, outcomes.get(row.id) ?? null, actor)) });
    })
    .all(only("GET"));
  return router;
}

function olderThan({ at, id }: z.output<typeof place>): Prisma.DispatchDecisionWhereInput {
  const decidedAt = new Date(at);
  return { OR: [{ decidedAt: { lt: decidedAt } }, { decidedAt, id: { lt: id } }] };
}

function present(row: Prisma.DispatchDecisionModel, offer: OfferOutcome | null, actor: Staff): DecisionView {
  const { id, decidedAt, teamId, agentId, asked } = row;
  const rules = row.rules as unknown as TeamRules;
  const considered = unpack(fromBytes(row.considered) as Packed[]).map((one) => presentOne(one, rules, actor));
  return {
    id,
    decidedAt: decidedAt.toISOString(),
    team: teamId,
    asked: asked as DecisionView["asked"],
    agent: agentId,
    strategy: rules.strategy,
    weights: weightsOf(rules),
    need: row.need as object,
    offer,
    considered,
  };
}

function presentOne(one: Considered, rules: TeamRules, actor: Staff): ConsideredView {
  const { agent, rank, excluded, capacity, load, lastAssignedAt, lapsed, score, terms } = one;
  const isPrivate = agent !== actor.id && !can(actor, "readPerformance");
  return {
    agent,
    rank,
    excluded,
    capacity,
    load,
    lastAssignedAt: lastAssignedAt === null ? null : iso(lastAssignedAt),
    lapsed,
    score: isPrivate && rules.learns ? null : score,
    terms: isPrivate ? { ...terms, performance: null } : terms,
  };
}
