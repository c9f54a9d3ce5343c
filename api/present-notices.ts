// A notice for staff: who was told or is to be told, when, and what holds it back.
import type { NoticeView } from "../contract/journal";
import type { Prisma } from "../prisma/client";
import type { Db } from "./parts";
import type { TicketRow } from "./present-ticket";

type Notice = Prisma.NoticeModel;
type Recipient = NoticeView["recipient"];

export async function presentNotices(prisma: Db, ticket: TicketRow, rows: readonly Notice[]): Promise<NoticeView[]> {
  const known = await recipientsOf(prisma, ticket, rows);
  const now = Date.now();
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    template: row.template,
    recipient: known.get(row.recipient) ?? unknown(row.recipient),
    wake: row.wake,
    state: row.state === "queued" && (row.heldUntil?.getTime() ?? 0) > now ? "held" : (row.state as NoticeView["state"]),
    heldUntil: row.heldUntil?.toISOString() ?? null,
    heldBecause: row.heldBecause as NoticeView["heldBecause"],
    mail: row.mail ?? (row.state === "sent" ? row.id : null),
    attempts: row.attempts,
    lastError: row.lastError,
    nextAttemptAt: row.retryAt?.toISOString() ?? null,
    answers: row.answers as NoticeView["answers"],
    createdAt: row.createdAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
  }));
}

async function recipientsOf(
  prisma: Db,
  { requester: { id, name, email } }: TicketRow,
  rows: readonly Notice[],
): Promise<ReadonlyMap<string, Recipient>> {
  const idsOf = (kind: string) => rows.map(({ recipient }) => unknown(recipient)).flatMap((one) => (one.kind === kind ? [one.id] : []));
  const select = { id: true, name: true, email: true };
  const agents = await prisma.agent.findMany({ where: { id: { in: idsOf("agent") } }, select });
  const contacts = await prisma.contact.findMany({ where: { id: { in: idsOf("contact") } }, select });
  const participants = await prisma.participant.findMany({ where: { id: { in: idsOf("participant") } }, select });
  const webhooks = await prisma.webhook.findMany({ where: { id: { in: idsOf("webhook") } }, select: { id: true, url: true } });
  return new Map<string, Recipient>([
    ["requester", { kind: "requester", id, name, email }],
    ...agents.map((agent): [string, Recipient] => [`agent:${agent.id}`, { kind: "agent", ...agent }]),
    ...participants.map((participant): [string, Recipient] => [`participant:${participant.id}`, { kind: "participant", ...participant }]),
    ...contacts.map((contact): [string, Recipient] => [`contact:${contact.id}`, { kind: "contact", ...contact }]),
    ...webhooks.map((webhook): [string, Recipient] => [
      `webhook:${webhook.id}`,
      { kind: "webhook", id: webhook.id, name: new URL(webhook.url).host, email: null },
    ]),
  ]);
}

/** Somebody whose row is gone. */
function unknown(recipient: string): Recipient {
  const [kind = "", id = ""] = recipient.split(/:(.*)/s);
  return { kind: kind as Recipient["kind"], id, name: null, email: null };
}
