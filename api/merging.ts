// Tickets that are set aside, and brought back: merged into another, or spam.
import { Router } from "express";
import { merging, perhapsReasoned } from "../contract/commands";
import { endOfMerges } from "../prisma/merged";
import { only } from "./answer";
import type { Db, Parts } from "./parts";
import { notFound, Problem } from "./problem";
import { because, command } from "./verbs";

export function mergeRoutes(parts: Parts): Router {
  const router = Router();
  const reasoned = ({ reason }: { reason?: string | undefined }) => ({
    reason: because(reason),
    args: ({ reason: why }: { reason: { id: string; sha256: string } | null }) => ({ reason: why }),
  });
  router
    .route("/tickets/:number/merge")
    .post(
      command(parts, "merge", merging, async ({ into: asked, otherRequester = false, reason: why }, number) => {
        const into = await targetOf(parts.prisma, asked, number);
        return { reason: because(why), args: ({ reason }) => ({ into, otherRequester, reason }) };
      }),
    )
    .delete(command(parts, "unmerge", perhapsReasoned, reasoned))
    .all(only("POST", "DELETE"));
  router
    .route("/tickets/:number/spam")
    .put(command(parts, "markSpam", perhapsReasoned, reasoned))
    .delete(command(parts, "unmarkSpam", perhapsReasoned, reasoned))
    .all(only("PUT", "DELETE"));
  return router;
}

/** A ticket that was merged itself points on: to the end. Its own run may have begun this very moment. */
async function targetOf(prisma: Db, asked: number, number: number): Promise<number> {
  const into = await endOfMerges(prisma, asked);
  const row = await prisma.ticket.findUnique({ where: { number: into }, select: { version: true } });
  if (row === null) throw notFound("ticket");
  if (into === number && asked !== number) {
    throw new Problem("merge_into_itself", "That ticket was merged into this one.", { facts: { into: asked } });
  }
  if (row.version === 0) throw new Problem("unavailable", "The ticket to merge into has only just come in; nothing was done.", { retryAfter: 1 });
  return into;
}
