// The row of a notice: claimed before an attempt, noted after it. Refuses a note from an attempt that was replaced.
import { randomUUID } from "node:crypto";
import type { PrismaClient } from "../../prisma/client";

/** How an attempt ended; `queued` is tried again. `error` holds codes, never personal data. */
export type Result =
  { readonly state: "sent"; readonly sentAt: number } | { readonly state: "failed" | "queued"; readonly error: string };

/** How a notice stands once it is settled; `sentAt` in epoch ms. */
export interface Settled {
  readonly state: "sent" | "failed";
  readonly sentAt: number | null;
  readonly attempts: number;
}

/** One attempt at one mail takes no longer, whatever the mail server does; ms. */
export const attemptMs = 30_000;
/** From then on whoever held a notice is thought dead, ms. */
export const heldForMs = attemptMs + 5_000;

/**
 * Takes a queued notice for one attempt and answers the attempt's token; null when it is not queued (any more), or while
 * another holder has an attempt under way: a run that was ended and the one in its place send nothing twice. A holder whose
 * former attempt was lost need not wait: Temporal has given that one up.
 */
export async function claim(prisma: PrismaClient, number: number, id: string, holder: string): Promise<string | null> {
  const token = randomUUID();
  const claimed = await prisma.$executeRaw`
    UPDATE notices SET attempts = attempts + 1, token = ${token}::uuid, holder = ${holder}, claimed_at = clock_timestamp()
    WHERE id = ${id} AND ticket = ${number} AND state = 'queued'
      AND (holder IS NULL OR holder = ${holder} OR claimed_at < clock_timestamp() - ${heldForMs} * interval '1 millisecond')`;
  return claimed === 1 ? token : null;
}

/**
 * Writes down how the attempt that holds `token` ended; nothing, when another attempt has claimed the notice since. Answers
 * how the notice stands then; null while it is owed.
 */
export async function note(prisma: PrismaClient, id: string, token: string, result: Result): Promise<Settled | null> {
  const sentAt = result.state === "sent" ? new Date(result.sentAt) : null;
  const error = result.state === "sent" ? null : result.error;
  const [row] = await prisma.$queryRaw<Row[]>`
    UPDATE notices SET state = ${result.state}, sent_at = ${sentAt}, last_error = ${error}, holder = NULL
    WHERE id = ${id} AND token = ${token}::uuid AND state = 'queued'
    RETURNING state, sent_at AS "sentAt", attempts`;
  return row === undefined ? await settled(prisma, id) : asSettled(row);
}

/** The end that a notice has come to; null while it is owed. Without a row it has failed. */
export async function settled(prisma: PrismaClient, id: string): Promise<Settled | null> {
  const row = await prisma.notice.findUnique({ where: { id }, select: { state: true, sentAt: true, attempts: true } });
  return asSettled(row ?? { state: "failed", sentAt: null, attempts: 0 });
}

interface Row {
  readonly state: string;
  readonly sentAt: Date | null;
  readonly attempts: number;
}

function asSettled({ state, sentAt, attempts }: Row): Settled | null {
  if (state === "queued") return null;
  return { state: state === "sent" ? "sent" : "failed", sentAt: sentAt?.getTime() ?? null, attempts };
}
