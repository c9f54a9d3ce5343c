// The mails of a ticket, and those that name it: where each was put, why, and what is known of its sender.
import { Router } from "express";
import { pageQuery } from "../../contract/lists";
import type { MailView } from "../../contract/threading";
import { only } from "../answer";
import { staffWho } from "../auth";
import type { Db, Parts } from "../parts";
import { ticketRow } from "../present-ticket";
import { numberOf, queryOf } from "../request";

export function ticketMailRoutes({ prisma }: Parts): Router {
  const router = Router();
  router
    .route("/tickets/:number/mails")
    .get(async (request, response) => {
      const actor = staffWho(response, "readInternal");
      const { number } = await ticketRow(prisma, numberOf(request), actor);
      const { limit } = queryOf(request, pageQuery);
      response.json({ items: await mailsOf(prisma, number, limit), next: null });
    })
    .all(only("GET"));
  return router;
}

type Verdict = NonNullable<MailView["verdict"]>;

export function presentVerdict(verdict: unknown): Verdict | null {
  if (verdict === null || verdict === undefined) return null;
  const { by, spf, dkim, dmarc, arc } = verdict as Verdict;
  return { by, spf, dkim, dmarc, arc };
}

/** The newest last; of very many the newest. */
async function mailsOf(prisma: Db, ticket: number, limit: number): Promise<MailView[]> {
  const rows = await prisma.placement.findMany({
    where: { OR: [{ ticket }, { related: ticket }, { hint: ticket }, { first: { ticket } }], outcome: { not: "nobody" } },
    orderBy: [{ rawMail: { receivedAt: "desc" } }, { mail: "desc" }],
    take: limit,
    include: { rawMail: { select: { receivedAt: true, verdict: true } }, first: { select: { ticket: true } } },
  });
  return rows.toReversed().map(({ mail, rawMail, proposed, first, ...row }) => ({
    id: mail,
    receivedAt: rawMail.receivedAt.toISOString(),
    outcome: row.outcome as MailView["outcome"],
    because: row.because,
    trace: row.trace as MailView["trace"],
    ticket: first?.ticket ?? row.ticket,
    related: row.related,
    hint: row.hint,
    sender: row.sender,
    writtenTo: row.writtenTo,
    copied: row.copied,
    verdict: presentVerdict(rawMail.verdict),
    proposedRequester: proposedOf(proposed),
  }));
}

function proposedOf(proposed: unknown): MailView["proposedRequester"] {
  if (proposed === null) return null;
  const { name, address } = proposed as { name: string | null; address: string };
  return { name, email: address };
}
