// Which notices are still owed: those that wait, those under way, and those in doubt that are tried once more.
import { Prisma } from "./generated/client";

export const owed = {
  OR: [{ state: { in: ["queued", "sending"] } }, { state: "unknown", retryAt: { not: null } }],
} satisfies Prisma.NoticeWhereInput;

/** The same for a statement in which `notices` goes by its own name or none. */
export const isOwed = Prisma.sql`(state IN ('queued', 'sending', 'unknown') AND (state <> 'unknown' OR retry_at IS NOT NULL))`;

/** Ends after which staff may have a notice sent once more. */
export const retriable = ["failed", "unknown", "bounced"] as const;

/** What makes it owed again: without the doubts of before. What leaves alone once more keeps its Message-ID, by which two can be told for one. */
export const queuedAnew = { state: "queued", token: null, mail: null, doubts: 0, retryAt: null } as const;
