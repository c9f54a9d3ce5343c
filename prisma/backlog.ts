// What waits for its turn, in one statement that reads little: partial indexes, and tables that are near empty when all
// is well.
import type { PrismaClient } from "./client";
import { Prisma } from "./generated/client";
import { isOwed } from "./owed";

export interface Pile {
  readonly count: number;
  /** 0 when there is none. */
  readonly oldestSeconds: number;
}

export interface Backlog {
  /** What the relay has to deliver. */
  readonly outbox: Pile;
  /** Accepted tickets whose first record is not there, less those that wait for an operator. */
  readonly unstarted: Pile;
  /** Notices neither sent nor failed, less those that are held. */
  readonly unsettled: Pile;
  /** Notices that wait on purpose: for quiet hours to end, or to leave together. */
  readonly held: number;
  /** Tickets that wait for an operator. */
  readonly stuck: number;
  /** Mails in quarantine. */
  readonly quarantined: Pile;
  /** Mailboxes that should be fetched and have not been for `staleAfterMs`. */
  readonly staleMailboxes: readonly string[];
  /** Tickets in the queue, by team; no team without any. */
  readonly waiting: Readonly<Record<string, number>>;
}

/** Why a ticket waits for an operator whose number Temporal knows as another intake's. */
export const foreignWorkflow = "Another intake's workflow has this ticket's id";

/** One statement's figures. */
export async function readBacklog(prisma: Pick<PrismaClient, "$queryRaw">): Promise<Backlog> {
  const [row] = await prisma.$queryRaw<Backlog[]>`
    SELECT (SELECT ${pile} FROM outbox) AS outbox,
           (SELECT ${pile} FROM tickets WHERE NOT started AND stuck IS NULL) AS unstarted,
           (SELECT ${pile} FROM notices WHERE ${isOwed} AND (held_until IS NULL OR held_until < clock_timestamp())) AS unsettled,
           (SELECT count(*)::int FROM notices WHERE state = 'queued' AND held_until >= clock_timestamp()) AS held,
           (SELECT count(*)::int FROM tickets WHERE stuck IS NOT NULL) AS stuck,
           (SELECT ${heldPile} FROM raw_mails WHERE state = 'quarantined') AS quarantined,
           (SELECT coalesce(jsonb_agg(id ORDER BY id), '[]') FROM mailboxes
            WHERE imap IS NOT NULL AND enabled AND retired_at IS NULL
              AND coalesce(fetched_at, created_at) < clock_timestamp() - ${staleAfterMs} * interval '1 millisecond') AS "staleMailboxes",
           (SELECT coalesce(jsonb_object_agg(team_id, waiting), '{}')
            FROM (SELECT team_id, count(*) AS waiting FROM waiters GROUP BY team_id) AS queues) AS waiting`;
  return row as Backlog;
}

/** A mailbox is looked at every minute; one that has not been for so long is silent, and somebody is told. */
export const staleAfterMs = 15 * 60_000;

const heldPile = Prisma.sql`jsonb_build_object('count', count(*), 'oldestSeconds',
  greatest(0, coalesce(extract(epoch FROM clock_timestamp() - min(received_at)), 0)))`;

const pile = Prisma.sql`jsonb_build_object('count', count(*), 'oldestSeconds',
  greatest(0, coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)))`;
