// A mail that reached a ticket as it closed finds its place anew. What was recorded in an attempt before is not given back.
import type { PrismaClient } from "../prisma/client";

export function createReturnMail(prisma: PrismaClient) {
  return async ({ number, mail }: { number: number; mail: string }): Promise<void> => {
    await prisma.$executeRaw`
      WITH again AS (
        INSERT INTO outbox (kind, subject, payload)
        SELECT 'mail', ${mail}, '{"again": true}'::jsonb
        WHERE NOT EXISTS (SELECT FROM events WHERE ticket = ${number} AND cause = ${`mail:${mail}`})
          AND NOT EXISTS (SELECT FROM outbox WHERE kind = 'mail' AND subject = ${mail})
        RETURNING 1)
      SELECT pg_notify('perdura_outbox', '') FROM again`;
  };
}
