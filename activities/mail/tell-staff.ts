// A word to whoever looks after a ticket about its mails: the assignee, while nobody has it the team's lead, and the admins where
// there is none. It changes no ticket and is no event; its row and its ring stand together.
import type { StaffTemplate } from "./words/shape";
import type { PrismaClient } from "../../prisma/client";

type Tx = Pick<PrismaClient, "$executeRaw">;

/** The notice whose mail it is about. */
export interface About {
  readonly id: string;
  readonly ticket: number;
  readonly version: number;
}

/** Told once for each such notice, however often it is asked for. */
export async function tellStaff(prisma: Tx, { id, ticket, version }: About, template: StaffTemplate): Promise<void> {
  await prisma.$executeRaw`
    WITH told AS (
      INSERT INTO notices (id, ticket, version, template, recipient)
      SELECT ${`${id}.${template}`} || CASE WHEN place = 1 THEN '' ELSE '.' || place END, ${ticket}, ${version}, ${template}, 'agent:' || agent
      FROM tickets t LEFT JOIN teams l ON l.id = t.team_id, LATERAL (
        SELECT a.id AS agent, row_number() OVER (ORDER BY a.id) AS place FROM agents a
        WHERE CASE WHEN coalesce(t.assignee_id, l.lead_id) IS NULL THEN a.active AND a.role = 'admin'
                   ELSE a.id = coalesce(t.assignee_id, l.lead_id) END) AS whoever
      WHERE t.number = ${ticket}
      ON CONFLICT DO NOTHING RETURNING recipient)
    INSERT INTO outbox (kind, subject, payload) SELECT 'notices', recipient, '{}' FROM told
    RETURNING pg_notify('perdura_outbox', '')`;
}
