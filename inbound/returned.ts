// "Find the mail that came back": a bounce or a complaint is tied to the notice it is about by the signed address that it came
// to, or by our signed Message-ID in its copy of the mail. Whatever else it says is believed only about the address that the
// notice went to: whoever forges one can at most silence themselves.
import { randomUUID } from "node:crypto";
import { tellStaff } from "../activities/mail/tell-staff";
import type { Reading } from "../mail/reading";
import type { SignedAddresses } from "../mail/signed/addresses";
import type { Prisma } from "../prisma/client";
import type { Envelope } from "./accept";
import type { InboundDeps, MailRef } from "./deps";

/** `bounced`, `complained`: noted on the notice. `delayed`: its server still tries. `unknown`: it is about no mail of ours. */
export type Returned = "bounced" | "complained" | "delayed" | "unknown";

export function createNoteReturned({ prisma, signed }: InboundDeps): (mail: MailRef) => Promise<Returned> {
  return async ({ mail: id }) => {
    const row = await prisma.rawMail.findUniqueOrThrow({ where: { id }, select: { raw: true, envelope: true, reading: true } });
    const { kind, bounce } = row.reading as unknown as Reading;
    const source = Buffer.from(row.raw ?? []).toString("latin1");
    const name = nameIn(signed, source, row.envelope as Envelope);
    if (name === null) return "unknown";
    if (kind === "bounce" && bounce?.delayed) return "delayed";
    const code = bounce?.status ?? null;
    const end = kind === "complaint" ? "complained" : "bounced";
    const isForGood = kind === "complaint" || bounce?.permanent === true;
    return await prisma.$transaction(async (tx) => {
      const notices = await tx.notice.findMany({ where: { OR: [{ id: name }, { mail: name }] }, orderBy: { id: "asc" } });
      for (const notice of notices) await takeBack(tx, notice, { end, code, isForGood });
      await tx.rawMail.updateMany({ where: { id }, data: { ticket: notices[0]?.ticket ?? null } });
      return notices.length === 0 ? "unknown" : end;
    });
  };
}

/** Addresses and Message-IDs that may be ours; more than these in one report are somebody's attempt. */
const candidatesAtMost = 500;

function nameIn(signed: SignedAddresses, source: string, { to = [] }: Envelope): string | null {
  // Long lines are folded, and quoted-printable breaks them with "=".
  const text = `${to.join(" ")} ${source.replace(/=\r?\n/g, "")}`;
  for (const [candidate] of [...text.matchAll(/[\w.+-]{20,180}@[\w.-]{1,250}/g)].slice(0, candidatesAtMost)) {
    const name = signed.readReturnPath(candidate) ?? signed.readMessageId(candidate.replace(/\.$/, ""));
    if (name !== null) return name;
  }
  return null;
}

interface Verdict {
  readonly end: "bounced" | "complained";
  readonly code: string | null;
  readonly isForGood: boolean;
}

/** Told twice, it is noted once. A mail whose reader complains has arrived: it stays `sent`. */
async function takeBack(tx: Prisma.TransactionClient, notice: Prisma.NoticeModel, { end, code, isForGood }: Verdict): Promise<void> {
  const { id, ticket, version, recipient } = notice;
  const data = { state: "bounced", lastError: code, retryAt: null };
  const { count } = end === "bounced" ? await tx.notice.updateMany({ where: { id, state: { in: ["sent", "unknown"] } }, data }) : { count: 0 };
  const isSuspended = isForGood && (await suspend(tx, notice, end, code));
  const isTold = count > 0 && recipient === "requester" && (await tellTicket(tx, { ticket, notice: id, version }));
  if (count > 0 && recipient.startsWith("participant:")) await tellStaff(tx, { id, ticket, version }, "copy-undelivered");
  if (isSuspended && !isTold) await tellStaff(tx, { id, ticket, version }, "address-suspended");
}

/** False: it is suspended already, or nobody's any more. */
async function suspend(tx: Prisma.TransactionClient, { id, ticket, recipient }: Prisma.NoticeModel, reason: string, code: string | null): Promise<boolean> {
  const count = await tx.$executeRaw`
    INSERT INTO suppressions (id, address, reason, code, notice, ticket)
    SELECT ${randomUUID()}::uuid, lower(email), ${reason}, ${code}, ${id}, ${ticket} FROM (
      SELECT r.email FROM tickets t JOIN requesters r ON r.id = t.requester_id WHERE t.number = ${ticket} AND ${recipient} = 'requester'
      UNION ALL SELECT email FROM participants WHERE 'participant:' || id = ${recipient}
      UNION ALL SELECT email FROM agents WHERE 'agent:' || id = ${recipient}
      UNION ALL SELECT email FROM contacts WHERE 'contact:' || id = ${recipient}) AS whose
    ON CONFLICT DO NOTHING`;
  return count > 0;
}

/** The ticket's own life notes it, stops the windows that count from the mail, and tells staff. False: it is over. */
async function tellTicket(tx: Prisma.TransactionClient, returned: { ticket: number; notice: string; version: number }): Promise<boolean> {
  const { ticket, notice, version } = returned;
  const row = await tx.ticket.findUnique({ where: { number: ticket }, select: { status: true } });
  if (row === null || row.status === "closed") return false;
  await tx.outbox.create({ data: { kind: "mailReturned", subject: String(ticket), payload: { notice, version } } });
  await tx.$queryRaw`SELECT pg_notify('perdura_outbox', '')::text`;
  return true;
}
