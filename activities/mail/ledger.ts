// The row of a notice: claimed before an attempt, noted after it. Refuses a note from an attempt that was replaced.
import { randomUUID } from "node:crypto";
import { Prisma } from "../../prisma/client";
import type { PrismaClient } from "../../prisma/client";
import { isOwed } from "../../prisma/owed";

/** How an attempt ended; `error` holds codes, never personal data. */
export type Result =
  | { readonly state: "sent"; readonly sentAt: number; /** Such as `250 2.0.0`. */ readonly answer?: string }
  /** Tried again: `about` says whether it is the server that takes nothing, or this mail that it does not take yet. */
  | { readonly state: "queued"; readonly error: string; readonly about: "server" | "mail" }
  /** The connection was lost when the server had the whole mail, and not said so. */
  | { readonly state: "unknown"; readonly error: string }
  /** `failed`: refused for good. `withdrawn`: it is not to be sent (any more). */
  | { readonly state: "failed" | "withdrawn"; readonly error: string };

const ends = ["sent", "unknown", "failed", "bounced", "withdrawn"] as const;
export type EndState = (typeof ends)[number];

/** How a notice stands once it is settled; `sentAt` in epoch ms. */
export interface Settled {
  readonly state: EndState;
  readonly sentAt: number | null;
  readonly attempts: number;
}

/** One attempt: what fences its note, and under which Message-ID it leaves: that of the first one. */
export interface Claim {
  readonly token: string;
  readonly messageId: string;
}

/** One attempt at one mail takes no longer, whatever the mail server does; ms. */
export const attemptMs = 120_000;
/** From then on whoever held a notice is thought dead, ms. */
export const heldForMs = attemptMs + 5_000;

/** A mail of which nobody knows whether it was taken is sent once more after this, under the same Message-ID; ms. */
const doubtMs = 60_000;
/** So often at most: twice in doubt, it stays so, and staff are told. Whoever has two such mails was served by both. */
const doubtsAtMost = 2;
/** Waits after a server's "not yet" to one mail, and when it is given up; ms (RFC 5321, 4.5.4.1: four or five days). */
const firstWaitMs = 30_000;
const longestWaitMs = 2 * 3_600_000;
const givenUpAfterMs = 5 * 86_400_000;

/**
 * Takes an owed notice for one attempt; null when it is not owed (any more), while it is to wait, or while another holder has
 * an attempt under way: a run that was ended and the one in its place send nothing twice. A holder whose former attempt was
 * lost need not wait: Temporal has given that one up.
 */
export async function claim(
  prisma: PrismaClient,
  number: number,
  id: string,
  { holder, messageId = id }: { readonly holder: string; readonly messageId?: string },
): Promise<Claim | null> {
  const token = randomUUID();
  const [row] = await prisma.$queryRaw<Pick<Claim, "messageId">[]>`
    UPDATE notices SET state = 'sending', attempts = attempts + 1, token = ${token}::uuid, holder = ${holder},
      claimed_at = clock_timestamp(), retry_at = NULL, message_id = coalesce(message_id, ${messageId})
    WHERE id = ${id} AND ticket = ${number} AND ${isOwed} AND ${isFreeFor(holder)}
    RETURNING message_id AS "messageId"`;
  return row === undefined ? null : { token, ...row };
}

/** Whether an owed row may be taken by a holder now. */
export function isFreeFor(holder: string) {
  return Prisma.sql`(retry_at IS NULL OR retry_at <= clock_timestamp())
    AND (holder IS NULL OR holder = ${holder} OR claimed_at < clock_timestamp() - ${heldForMs} * interval '1 millisecond')`;
}

/**
 * Writes down how the attempt that holds `token` ended, and answers how the notice (the first, of several in one mail) stands
 * by that; null, and nothing written, when another attempt has claimed since. A mail that was to be tried again fails here when
 * it has been refused for days.
 */
export async function note(prisma: Pick<PrismaClient, "$queryRaw">, token: string, result: Result): Promise<Settled | Owed | null> {
  const sentAt = result.state === "sent" ? new Date(result.sentAt) : null;
  const error = result.state === "sent" ? null : result.error;
  const isRefusal = result.state === "queued" && result.about === "mail";
  const entry = { state: isRefusal ? "refused" : result.state, code: error ?? (result.state === "sent" ? (result.answer ?? null) : null) };
  // `first` is when the server first said "not yet" to this mail itself; the time its server was away does not count.
  const [row] = await prisma.$queryRaw<StandingRow[]>`
    UPDATE notices n SET
      state = CASE WHEN is_over THEN 'failed' ELSE ${result.state} END,
      sent_at = ${sentAt}, last_error = ${error}, holder = NULL,
      doubts = doubts + ${result.state === "unknown" ? 1 : 0},
      retry_at = CASE WHEN is_over THEN NULL
        WHEN ${result.state === "unknown"} AND doubts + 1 < ${doubtsAtMost} THEN statement_timestamp() + ${doubtMs} * interval '1 millisecond'
        WHEN ${isRefusal} THEN statement_timestamp() + wait * interval '1 millisecond' END,
      answers = kept || jsonb_build_array(${JSON.stringify(entry)}::jsonb || jsonb_build_object('attempt', attempts, 'at', clock_timestamp()))
    FROM (SELECT id,
            CASE WHEN jsonb_array_length(answers) > 100 THEN answers #- '{50}' ELSE answers END AS kept,
            ${isRefusal} AND first < clock_timestamp() - ${givenUpAfterMs} * interval '1 millisecond' AS is_over,
            least(${longestWaitMs}, ${firstWaitMs} * power(2, least(refusals, 20))) AS wait
          FROM notices, LATERAL (
            SELECT min((a ->> 'at')::timestamptz) AS first, count(*) AS refusals FROM jsonb_array_elements(answers) AS a
            WHERE a ->> 'state' = 'refused') AS past
          WHERE token = ${token}::uuid AND state = 'sending') AS own
    WHERE n.id = own.id AND n.token = ${token}::uuid AND n.state = 'sending'
    RETURNING n.state, n.sent_at AS "sentAt", n.attempts, n.retry_at AS "retryAt"`;
  return row === undefined ? null : standingIn(row);
}

export interface Owed {
  readonly state: "owed";
  /** It is not to be tried before, epoch ms; null: as soon as it can. */
  readonly until: number | null;
  readonly inDoubt: boolean;
}

/** The end that a notice has come to, or that it is owed still. Without a row it has failed. */
export async function standing(prisma: PrismaClient, id: string): Promise<Settled | Owed> {
  const select = { state: true, sentAt: true, attempts: true, retryAt: true } as const;
  return standingIn(await prisma.notice.findUnique({ where: { id }, select }));
}

/** Of a notice's row, what says how it stands. */
export interface StandingRow {
  readonly state: string;
  readonly sentAt: Date | null;
  readonly attempts: number;
  readonly retryAt: Date | null;
}

/** What a row says; without one it has failed. */
export function standingIn(row: StandingRow | null): Settled | Owed {
  if (row === null) return { state: "failed", sentAt: null, attempts: 0 };
  const { retryAt, sentAt, attempts } = row;
  const state = ends.find((end) => end === row.state && (end !== "unknown" || retryAt === null));
  if (state === undefined) return { state: "owed", until: retryAt?.getTime() ?? null, inDoubt: row.state === "unknown" };
  return { state, sentAt: sentAt?.getTime() ?? null, attempts };
}
