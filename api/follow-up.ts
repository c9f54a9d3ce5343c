// What the requester says, wherever it belongs by now: on the ticket or the one that it was merged into, or when that is closed
// on its one follow-up.
import { actorId } from "../domain/actor";
import type { Actor } from "../domain/actor";
import { isThanks } from "../domain/thanks/thanks";
import type { Channel } from "../domain/words";
import { execute } from "./commands";
import type { Done, Order } from "./commands";
import { accept } from "./intake";
import { withMessage } from "./messages";
import { mustBeSame } from "./noted";
import type { Noted } from "./noted";
import type { Core, Db } from "./parts";
import type { TicketRow } from "./present-ticket";
import { notFound, Problem } from "./problem";

/** Said by the requester, or written down by staff. */
export interface Reply extends Pick<Order<"requesterReply">, "actor" | "number" | "key" | "sha256" | "ifVersion"> {
  readonly text: string;
  /** How it came, should it open a follow-up. */
  readonly channel: Channel;
}

/** The ticket and version that it became: another ticket than addressed when that one is closed. */
export async function replyAsRequester(parts: Core, reply: Reply): Promise<Done> {
  const before = await repliedBefore(parts.prisma, reply);
  if (before !== null && "version" in before) return before;
  // Closed or followed up by somebody else in between: looked at again. A ticket has one follow-up, so this ends.
  for (let tries = 0; tries < 3; tries++) {
    const row = await whereItBelongs(parts.prisma, reply.number, reply.actor);
    // A follow-up that was not there a moment ago may be this very reply's, sent twice at once.
    const again = row.number === reply.number ? null : await repliedBefore(parts.prisma, reply);
    if (again !== null && "version" in again) return again;
    const done = row.status === "closed" ? await openFollowUp(parts, reply, row) : await say(parts, reply, row);
    if (done !== null) return done;
  }
  const facts = { key: reply.key };
  throw new Problem("unavailable", "The ticket is being closed; try again.", { retryAfter: 1, facts });
}

interface Before {
  readonly intake: { readonly number: number; readonly bodySha256: string } | null;
  readonly command: Noted | null;
}

/** The same reply under the same key: on which ticket it was tried, and with its version when it is done. */
async function repliedBefore(prisma: Db, reply: Reply): Promise<Done | { number: number } | null> {
  const scope = actorId(reply.actor);
  const [{ intake, command }] = await prisma.$queryRaw<[Before]>`
    SELECT (SELECT jsonb_build_object('number', number, 'bodySha256', body_sha256)
            FROM intakes WHERE scope = ${scope} AND key = ${reply.key}) AS intake,
           (SELECT jsonb_build_object('ticket', ticket, 'state', state, 'version', version, 'bodySha256', body_sha256)
            FROM commands WHERE scope = ${scope} AND key = ${reply.key}) AS command`;
  if (intake !== null) mustBeSame(intake, reply);
  if (intake !== null) return { number: intake.number, version: 1 };
  if (command === null) return null;
  mustBeSame(command, reply);
  return command.version === null ? { number: command.ticket } : { number: command.ticket, version: command.version };
}

/** `requesterId`: of the ticket that was answered, whose words these are. */
type Link = Pick<TicketRow, "number" | "status" | "subject" | "requesterId">;

/**
 * The ticket, the one that it was merged into, or the last of those that follow it up; 404 when there is none, or when it is not
 * this requester's.
 */
export async function whereItBelongs(prisma: Db, number: number, actor: Actor): Promise<Link> {
  const addressed = await prisma.ticket.findUnique({ where: { number }, select: { requesterId: true } });
  if (addressed === null || (actor.kind === "requester" && addressed.requesterId !== actor.id)) throw notFound("ticket");
  return { ...(await lastOfChain(prisma, number)), requesterId: addressed.requesterId };
}

async function lastOfChain(prisma: Db, number: number): Promise<Omit<Link, "requesterId">> {
  const [row] = await prisma.$queryRaw<(Omit<Link, "requesterId"> & { followedUpBy: number | null; mergedInto: number | null })[]>`
    SELECT number, status, subject, merged_into AS "mergedInto",
           (SELECT f.number FROM tickets f WHERE f.follow_up_of = t.number LIMIT 1) AS "followedUpBy"
    FROM tickets t WHERE number = ${number}`;
  if (row === undefined) throw notFound("ticket");
  const { followedUpBy, mergedInto, ...link } = row;
  const on = mergedInto ?? (row.status === "closed" ? followedUpBy : null);
  return on === null ? link : await lastOfChain(prisma, on);
}

/** Null: it was closed meanwhile. */
async function say(parts: Core, reply: Reply, row: Link): Promise<Done | null> {
  const { text, actor, key, sha256, ifVersion } = reply;
  const author = { kind: "requester", id: row.requesterId } as const;
  const thanks = isThanks(text);
  if (row.number !== reply.number) await moveUnknown(parts.prisma, reply, row.number);
  try {
    return await execute(parts, {
      actor,
      verb: "requesterReply",
      number: row.number,
      key,
      sha256,
      ifVersion,
      message: { visibility: "public", text, author },
      args: (texts) => ({ ...withMessage(texts), ...(thanks && { thanks }) }),
    });
  } catch (error) {
    if (error instanceof Problem && error.code === "ticket_closed") return null;
    throw error;
  }
}

/** Tried on the ticket that it was said on, and never done there: a closed one does nothing more. */
async function moveUnknown(prisma: Db, { actor, key }: Reply, to: number): Promise<void> {
  await prisma.command.updateMany({ where: { scope: actorId(actor), key, state: "unknown" }, data: { ticket: to } });
}

/** Null: somebody else opened it at the same moment. The first event of a ticket publishes its first message. */
async function openFollowUp(parts: Core, reply: Reply, closed: Link): Promise<Done | null> {
  const { text, actor, key, sha256, channel } = reply;
  try {
    const { number } = await accept(parts, {
      scope: actorId(actor),
      key,
      sha256,
      sender: { id: closed.requesterId },
      subject: closed.subject,
      text,
      channel,
      stated: { type: null, impact: null, urgency: null },
      openedBy: actor.kind === "staff" ? actor : null,
      acknowledge: true,
      assignee: null,
      followUpOf: closed.number,
      form: null,
    });
    return { number, version: 1 };
  } catch (error) {
    const before = await repliedBefore(parts.prisma, reply);
    if (before !== null && "version" in before) return before;
    if (await hasFollowUp(parts.prisma, closed.number)) return null;
    throw error;
  }
}

async function hasFollowUp(prisma: Db, followUpOf: number): Promise<boolean> {
  return (await prisma.ticket.count({ where: { followUpOf } })) > 0;
}
