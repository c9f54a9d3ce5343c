// Tickets as intake leaves them, many at once.
import { randomUUID } from "node:crypto";
import type { PrismaClient } from "../../prisma/client";

/** Accepted and untouched. */
export async function tickets(prisma: PrismaClient, count: number): Promise<readonly number[]> {
  const requester = randomUUID();
  await prisma.requester.create({ data: { id: requester, email: `${requester}@bench.test` } });
  const rows = await prisma.$queryRaw<{ number: number }[]>`
    INSERT INTO tickets (number, status, type, priority, priority_rank, requester_id, channel, subject, language, created_at, updated_at, state)
    SELECT nextval('ticket_number')::int, 'new', 'question', 'normal', 1, ${requester}::uuid, 'api', 'Bench', 'en', now(), now(), '{}'
    FROM generate_series(1, ${count}::int) RETURNING number`;
  return rows.map(({ number }) => number);
}
