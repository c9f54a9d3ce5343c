// The rows of what one person is to be told: what waits, what the person's habits are, what is held back until when. Knows
// Postgres; when something leaves is for domain to say.
import { randomUUID } from "node:crypto";
import { gatheringTemplates } from "../../domain/delivery";
import type { Habits, Hold } from "../../domain/delivery";
import type { CalendarRules } from "../../domain/opening-hours";
import type { Instant } from "../../domain/ticket";
import type { PrismaClient } from "../../prisma/client";
import { isOwed } from "../../prisma/owed";
import { isFreeFor } from "./ledger";
import type { Claim } from "./ledger";
import { quietUntil } from "./quiet-hours";
import { mailName } from "./sender";

/** A notice that waits, as its row has it. */
export interface WaitingRow {
  readonly id: string;
  readonly ticket: number;
  readonly version: number;
  readonly template: string;
  readonly recipient: string;
  readonly wake: boolean;
  readonly heldForQuiet: boolean;
  readonly mail: string | null;
  /** It is not to be tried before; null: as soon as it can. */
  readonly retryAt: Date | null;
}

/** More are seen once these have left. */
const atOnce = 200;

/** What waits for a person, in the order in which it is owed; `isUrgent`: what wakes them alone. */
export async function readWaiting(prisma: PrismaClient, recipient: string, isUrgent = false): Promise<readonly WaitingRow[]> {
  return await prisma.$queryRaw<WaitingRow[]>`
    SELECT id, ticket, version, template, recipient, wake, mail, retry_at AS "retryAt", coalesce(held_because = 'quiet-hours', false) AS "heldForQuiet"
    FROM notices WHERE recipient = ${recipient} AND ${isOwed} AND recipient <> 'requester' AND (wake OR NOT ${isUrgent})
    ORDER BY created_at, ticket, version, id LIMIT ${atOnce}`;
}

export async function readHabits(
  prisma: PrismaClient,
  recipient: string,
  digestMs: number,
  now: Instant,
): Promise<Habits> {
  const [row] = await prisma.$queryRaw<{ last: Date | null; timeZone: string | null; quietHours: CalendarRules["hours"] | null }[]>`
    SELECT (SELECT max(sent_at) FROM notices
            WHERE recipient = ${recipient} AND state = 'sent' AND recipient <> 'requester' AND NOT wake
              AND template = ANY (${gatheringTemplates})
              AND sent_at > ${new Date(now - digestMs)}) AS last,
           a.time_zone AS "timeZone", a.quiet_hours AS "quietHours"
    FROM (SELECT) AS one LEFT JOIN agents a ON 'agent:' || a.id = ${recipient}`;
  return {
    quietUntil: quietUntil(row?.quietHours ?? null, row?.timeZone ?? "UTC", now),
    lastGatheredAt: row?.last?.getTime() ?? null,
    digestMs,
  };
}

/** Says on the rows until when they wait, and why. */
export async function hold(prisma: PrismaClient, { until, because, notices }: Hold): Promise<void> {
  await prisma.$executeRaw`
    UPDATE notices SET held_until = ${new Date(until)}, held_because = ${because}
    WHERE id = ANY (${notices}) AND state = 'queued'
      AND (held_until, held_because) IS DISTINCT FROM (${new Date(until)}, ${because})`;
}

/**
 * Those of one mail which are still owed, and which no other `holder` has in hand; null: none is. What has left in another mail
 * before takes this one's Message-ID: two mails under one are one to many programs.
 */
export async function claimMail(
  prisma: PrismaClient,
  { mail, notices, messageId }: { readonly mail: string; readonly notices: readonly string[]; readonly messageId: string },
  holder: string,
): Promise<(Claim & { readonly claimed: ReadonlySet<string> }) | null> {
  const token = randomUUID();
  const rows = await prisma.$queryRaw<{ id: string; messageId: string }[]>`
    UPDATE notices SET state = 'sending', attempts = attempts + 1, token = ${token}::uuid, mail = ${mail}, holder = ${holder},
      claimed_at = clock_timestamp(), retry_at = NULL,
      message_id = CASE WHEN starts_with(message_id, ${`${mailName(mail)}.`}) THEN message_id ELSE ${messageId} END
    WHERE id = ANY (${notices}) AND ${isOwed} AND ${isFreeFor(holder)}
    RETURNING id, message_id AS "messageId"`;
  const [first] = rows;
  return first === undefined ? null : { token, messageId: first.messageId, claimed: new Set(rows.map(({ id }) => id)) };
}
