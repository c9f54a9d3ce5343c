// Somebody may answer their own mail before anybody has read the first, or both have waited while we were away: the second
// has a place only once the first has found its own.
import type { Db } from "../../api/parts";
import type { Mail } from "./mail";
import { referredTo } from "./traces";

/** An IMAP server tells whole seconds, by a clock of its own: what came at about the same time may have come before. ms */
const apartMs = 5_000;

/** A mailbox is looked at every minute: one that has not been for longer is behind, whatever its connection says. ms */
const usuallyFetchedWithinMs = 90_000;

/**
 * Whether a mail that names no ticket may yet name one: it answers a mail that is on its way, or one that we don't know while
 * earlier ones are still unread, or may lie in a mailbox that can't be fetched now or is about to tell of it.
 */
export async function mayStillBeNamed(db: Db, { id, reading, receivedAt }: Mail): Promise<boolean> {
  const ids = referredTo(reading);
  if (ids.length === 0) return false;
  const [row] = await db.$queryRaw<{ isAwaited: boolean }[]>`
    SELECT EXISTS (SELECT FROM raw_mails m LEFT JOIN placements p ON p.mail = m.id
                   WHERE m.message_id = ANY(${[...ids]}) AND m.state = 'read' AND m.id <> ${id}::uuid AND coalesce(p.ticket, m.ticket) IS NULL)
        OR EXISTS (SELECT FROM raw_mails
                   WHERE state = 'accepted' AND received_at <= ${new Date(receivedAt + apartMs)} AND id <> ${id}::uuid)
        OR EXISTS (SELECT FROM mailboxes
                   WHERE enabled AND retired_at IS NULL AND imap IS NOT NULL
                     AND (failing_since IS NOT NULL OR clock_timestamp() < ${new Date(receivedAt + apartMs)}
                       OR coalesce(fetched_at, created_at) < ${new Date(receivedAt - usuallyFetchedWithinMs)})) AS "isAwaited"`;
  return row?.isAwaited === true;
}
