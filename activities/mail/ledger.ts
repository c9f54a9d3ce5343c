// The row of a notice: claimed before an attempt, noted after it. Refuses a note from an attempt that was replaced.
import { randomUUID } from "node:crypto";
import type { PrismaClient } from "../../prisma/client";

/** How an attempt ended; `queued` is tried again. `error` holds codes, never personal data. */
export type Result =
  { readonly state: "sent"; readonly sentAt: number } | { readonly state: "failed" | "queued"; readonly error: string };

/** Takes a queued notice for one attempt and answers the attempt's token; null when it is not queued (any more). */
export async function claim(prisma: PrismaClient, number: number, id: string): Promise<string | null> {
  const token = randomUUID();
  const { count } = await prisma.notice.updateMany({
    where: { id, ticket: number, state: "queued" },
    data: { attempts: { increment: 1 }, token },
  });
  return count === 1 ? token : null;
}

/** Writes down how the attempt that holds `token` ended; nothing, when another attempt has claimed the notice since. */
export async function note(prisma: PrismaClient, id: string, token: string, result: Result): Promise<void> {
  await prisma.notice.updateMany({
    where: { id, token, state: "queued" },
    data:
      result.state === "sent"
        ? { state: "sent", sentAt: new Date(result.sentAt), lastError: null }
        : { state: result.state, lastError: result.error },
  });
}

/** The end that a notice has come to, `sentAt` in epoch ms; null while it is owed. Without a row it has failed. */
export async function settled(prisma: PrismaClient, number: number, id: string) {
  const row = await prisma.notice.findFirst({
    where: { id, ticket: number },
    select: { state: true, sentAt: true, attempts: true },
  });
  if (row?.state === "queued") return null;
  const attempts = row?.attempts ?? 0;
  return row?.state === "sent"
    ? { state: "sent" as const, sentAt: row.sentAt?.getTime() ?? null, attempts }
    : { state: "failed" as const, sentAt: null, attempts };
}
