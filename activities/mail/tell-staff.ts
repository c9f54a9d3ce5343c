// A word to whoever looks after a ticket about its mails: the assignee, while nobody has it the team's lead, and the admins where
// there is none who can be told. It changes no ticket and is no event; its row and its ring stand together.
import type { StaffTemplate } from "./words/shape";
import type { PrismaClient } from "../../prisma/client";

type Tx = Pick<PrismaClient, "$executeRaw">;

/** The notice whose mail it is about. */
export interface About {
  readonly id: string;
  readonly ticket: number;
  readonly version: number;
}

interface How {
  /** Who can't be reached: somebody else is told. */
  readonly instead?: string;
  /** Whatever the hour. Default: false. */
  readonly wake?: boolean;
}

/** Told once for each such notice, however often it is asked for. Whoever has left the desk is told nothing. */
export async function tellStaff(prisma: Tx, { id, ticket, version }: About, template: StaffTemplate, { instead = "", wake = false }: How = {}): Promise<void> {
  await prisma.$executeRaw`
    WITH whoever AS (
      SELECT a.id AS agent, CASE a.id WHEN t.assignee_id THEN 1 WHEN l.lead_id THEN 2 ELSE 3 END AS rank
      FROM tickets t LEFT JOIN teams l ON l.id = t.team_id, agents a
      WHERE t.number = ${ticket} AND a.active AND 'agent:' || a.id <> ${instead} AND (a.id IN (t.assignee_id, l.lead_id) OR a.role = 'admin')),
    told AS (
      INSERT INTO notices (id, ticket, version, template, recipient, wake)
      SELECT ${`${id}.${template}`} || CASE WHEN place = 1 THEN '' ELSE '.' || place END, ${ticket}, ${version}, ${template}, 'agent:' || agent, ${wake}
      FROM (SELECT agent, rank, row_number() OVER (ORDER BY rank, agent) AS place FROM whoever) AS ranked
      WHERE CASE WHEN (SELECT min(rank) FROM whoever) < 3 THEN place = 1 ELSE true END
      ON CONFLICT DO NOTHING RETURNING recipient)
    INSERT INTO outbox (kind, subject, payload) SELECT ${wake ? "urgent" : "notices"}, recipient, '{}' FROM told
    RETURNING pg_notify('perdura_outbox', '')`;
}
