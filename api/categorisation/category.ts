// Why a ticket has its category: what decided when it came, and who has set it since.
import { Router } from "express";
import type { CategoryReasons } from "../../contract/categorisation";
import type { Facts } from "../../domain/event";
import { only } from "../answer";
import { staffWho } from "../auth";
import type { Db, Parts } from "../parts";
import { stateOf, ticketRow } from "../present-ticket";
import type { TicketRow } from "../present-ticket";
import { numberOf } from "../request";

export function categoryRoutes({ prisma }: Parts): Router {
  const router = Router();
  router
    .route("/tickets/:number/category")
    .get(async (request, response) => {
      const row = await ticketRow(prisma, numberOf(request), staffWho(response, "readInternal"));
      response.json(await reasonsOf(prisma, row));
    })
    // PUT is a command, which verbs.ts has taken before.
    .all(only("GET", "PUT"));
  return router;
}

async function reasonsOf(prisma: Db, row: TicketRow): Promise<CategoryReasons> {
  const { category, type } = stateOf(row);
  const decision = await prisma.categoryDecision.findUnique({ where: { ticket: row.number } });
  const last = await prisma.event.findFirst({
    where: { ticket: row.number, kind: "categorised" },
    orderBy: { version: "desc" },
  });
  const facts = last?.facts as Facts["categorised"] | undefined;
  const proposed = decision && {
    ...pick(decision),
    words: decision.words as { text: string; share: number }[],
    others: (decision.others as { label: string; confidence: number }[]).map(({ label, confidence }) => ({ category: label, confidence })),
    at: decision.decidedAt.toISOString(),
  };
  return {
    category: category ?? "uncategorised",
    type,
    // Tickets from before decisions were kept have the rule's name alone.
    source: last?.byKind === "staff" ? "staff" : (proposed?.source ?? (facts?.rule ? "rule" : null)),
    by: last?.byKind === "staff" ? last.byId : null,
    at: last?.at.toISOString() ?? null,
    proposed,
  };
}

type Proposed = NonNullable<CategoryReasons["proposed"]>;

function pick(row: { source: string; category: string; type: string; team: string; rule: string | null; model: number | null; confidence: number | null }) {
  const { category, team, rule, model, confidence } = row;
  return { category, team, rule, model, confidence, source: row.source as Proposed["source"], type: row.type as Proposed["type"] };
}
