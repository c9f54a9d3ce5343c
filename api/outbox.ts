// What Temporal must hear of something the API has written: a row of the same transaction, and a word to the relay.
import type { Prisma } from "../prisma/client";
import type { NoticeRef } from "../workflows/messages";
import type { Db } from "./parts";

type Letter =
  /** Something about an agent changed: whether they are there, what they can do. */
  | { readonly kind: "presence"; readonly subject: string; readonly payload: Record<string, never> }
  /** How a team's tickets find somebody changed. */
  | { readonly kind: "team"; readonly subject: string; readonly payload: Record<string, never> }
  /** `subject` is owed notices, or lives by other hours now. */
  | { readonly kind: "notices"; readonly subject: string; readonly payload: Record<string, never> }
  /** `subject` is the notice that a webhook is to hear. */
  | { readonly kind: "webhook"; readonly subject: string; readonly payload: Record<string, never> }
  /** `subject` is a mail that came in and is to take effect. */
  | { readonly kind: "mail"; readonly subject: string; readonly payload: Record<string, never> }
  /** A ticket that is open here and has no workflow there. */
  | { readonly kind: "rebirth"; readonly subject: string; readonly payload: Record<string, never> }
  | {
      readonly kind: "courier";
      /** The notice's id. */
      readonly subject: string;
      readonly payload: { readonly number: number; readonly notices: readonly NoticeRef[] };
    };

/** Asks for a lost workflow to be started again; asked already, it is not asked twice. */
export async function postRebirth(prisma: Db, number: number): Promise<void> {
  const asked = await prisma.outbox.count({ where: { kind: "rebirth", subject: String(number) } });
  if (asked === 0) await post(prisma, { kind: "rebirth", subject: String(number), payload: {} });
}

/** Who is to be told that a notice to somebody else than the requester waits. */
export function ringFor(recipient: string, notice: string): Letter {
  return recipient.startsWith("webhook:")
    ? { kind: "webhook", subject: notice, payload: {} }
    : { kind: "notices", subject: recipient, payload: {} };
}

/** What these people's dispatch rests on has changed: each is looked at, and the watch for them set anew. */
export async function postPresence(tx: Db, of: Prisma.AgentWhereInput): Promise<void> {
  const agents = await tx.agent.findMany({ where: { AND: [{ active: true }, of] }, orderBy: { id: "asc" }, select: { id: true } });
  for (const { id } of agents) await post(tx, { kind: "presence", subject: id, payload: {} });
}

/** Heard by the relay when the transaction commits. */
export async function post(tx: Db, letter: Letter): Promise<void> {
  const { kind, subject } = letter;
  await tx.outbox.create({ data: { kind, subject, payload: JSON.parse(JSON.stringify(letter.payload)) as object } });
  await tx.$queryRaw`SELECT pg_notify('perdura_outbox', '')::text`;
}
