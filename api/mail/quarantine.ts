// Mails that are held: read by staff, released (they take effect as if just read, from their arrival) or rejected.
import { Router } from "express";
import type { Response } from "express";
import { pageQuery } from "../../contract/lists";
import type { QuarantineView } from "../../contract/mail";
import { actorId } from "../../domain/actor";
import type { Reading } from "../../mail/reading";
import { only } from "../answer";
import { staffWho } from "../auth";
import type { Staff } from "../auth";
import { post } from "../outbox";
import { pageOf, readCursor } from "../paging";
import type { Db, Parts } from "../parts";
import { notFound, Problem } from "../problem";
import { nameOf, queryOf } from "../request";
import { sendSource } from "./source";

export function quarantineRoutes({ prisma }: Parts): Router {
  const router = Router();
  router
    .route("/quarantine")
    .get(async (request, response) => {
      staffWho(response, "readQuarantine");
      const { limit, cursor } = queryOf(request, pageQuery);
      const after = readCursor(cursor);
      const rows = await heldMails(prisma, limit + 1, after === undefined ? null : { at: new Date(after.version), id: after.id ?? "" });
      const page = pageOf(rows, limit, ({ receivedAt, id }) => ({ version: receivedAt.getTime(), id }));
      response.json({ ...page, items: page.items.map(present) });
    })
    .all(only("GET"));
  router
    .route("/quarantine/:mail/source")
    .get(async (request, response) => {
      staffWho(response, "readQuarantine");
      const { raw } = await heldMail(prisma, mailOf(request.params["mail"] ?? nameOf(request, "mail", "mail")));
      sendSource(response, raw);
    })
    .all(only("GET"));
  for (const [path, decision] of [["release", "released"], ["rejection", "rejected"]] as const) {
    router
      .route(`/quarantine/:mail/${path}`)
      .post(async (request, response) => {
        const by = staffWho(response, "decideQuarantine");
        await decide(prisma, response, mailOf(nameOf(request, "mail", "mail")), decision, by);
      })
      .all(only("POST"));
  }
  return router;
}

/** Decided again in the same way it changes nothing. */
async function decide(prisma: Parts["prisma"], response: Response, id: string, decision: "released" | "rejected", by: Staff): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const data = { decidedBy: actorId(by), decidedAt: new Date(), ...(decision === "released" ? { state: "accepted" } : { state: "rejected", doneAt: new Date(), outcome: "rejected" }) };
    const { count } = await tx.rawMail.updateMany({ where: { id, state: "quarantined" }, data });
    if (count === 1 && decision === "released") await post(tx, { kind: "mail", subject: id, payload: {} });
    if (count === 0) await mustBeDecidedSo(tx, id, decision);
  });
  response.status(202).json({ mail: id, decision });
}

async function mustBeDecidedSo(tx: Db, id: string, decision: "released" | "rejected"): Promise<void> {
  const row = await tx.rawMail.findUnique({ where: { id }, select: { state: true, decidedBy: true } });
  if (row === null || row.decidedBy === null) throw notFound("mail in quarantine");
  if ((row.state === "rejected") !== (decision === "rejected")) throw new Problem("not_allowed_now", "It has been decided otherwise.");
}

/** A made-up id is a mail that is not there. */
function mailOf(text: unknown): string {
  if (typeof text !== "string" || !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(text)) throw notFound("mail in quarantine");
  return text;
}

const held = { id: true, mailboxId: true, receivedAt: true, quarantine: true, reading: true, size: true, verdict: true } as const;

/** Oldest first: that is the one that has waited longest. */
async function heldMails(prisma: Db, take: number, after: { at: Date; id: string } | null) {
  return await prisma.rawMail.findMany({
    where: {
      state: "quarantined",
      ...(after !== null && { OR: [{ receivedAt: { gt: after.at } }, { receivedAt: after.at, id: { gt: after.id } }] }),
    },
    select: held,
    orderBy: [{ receivedAt: "asc" }, { id: "asc" }],
    take,
  });
}

async function heldMail(prisma: Db, id: string): Promise<{ raw: Uint8Array | null }> {
  const row = await prisma.rawMail.findUnique({ where: { id, state: { in: ["quarantined", "rejected"] } }, select: { raw: true } });
  if (row === null) throw notFound("mail in quarantine");
  return row;
}

function present(row: Awaited<ReturnType<typeof heldMails>>[number]): QuarantineView {
  const reading = row.reading as unknown as Partial<Reading> | null;
  return {
    mail: row.id,
    mailbox: row.mailboxId,
    receivedAt: row.receivedAt.toISOString(),
    reason: row.quarantine ?? "unparseable",
    from: reading?.from ?? { name: null, address: null },
    subject: reading?.subject ?? null,
    size: row.size,
    verdict: row.verdict as QuarantineView["verdict"],
  };
}
