// The conversation: read by staff, added to by staff in their own name or the requester's.
import { Router } from "express";
import { z } from "zod";
import { newMessage } from "../contract/commands";
import type { NewMessage } from "../contract/commands";
import type { MessageView } from "../contract/journal";
import { pageQuery } from "../contract/lists";
import type { TextRef } from "../domain/ticket";
import type { AskedVerb } from "../workflows/messages";
import { threadOf } from "../prisma/merged";
import { only } from "./answer";
import { attachmentsOf } from "./attachments";
import { staffWho } from "./auth";
import { execute } from "./commands";
import type { Done } from "./commands";
import { replyAsRequester } from "./follow-up";
import { orderOf } from "./order";
import type { Begun } from "./order";
import { delayedReply, undoMsOf } from "./outgoing";
import { decode, pageOf } from "./paging";
import type { Db, Parts } from "./parts";
import { ticketRow } from "./present-ticket";
import { notFound } from "./problem";
import { bodyOf, numberOf, queryOf } from "./request";

export function messageRoutes(parts: Parts): Router {
  const { prisma } = parts;
  const router = Router();
  router
    .route("/tickets/:number/messages")
    .get(async (request, response) => {
      const actor = staffWho(response, "readInternal");
      const { number } = await ticketRow(prisma, numberOf(request), actor);
      const { limit, cursor } = queryOf(request, pageQuery);
      const beyond = cursor === undefined ? null : decode(cursor, place);
      const rows = await readThread(prisma, await threadOf(prisma, number), { visible, beyond, take: limit + 1 });
      const page = pageOf(rows, limit, ({ at, ticket, version }): Place => ({ at: at.getTime(), ticket, version }));
      response.json({ ...page, items: await presentMessages(prisma, page.items) });
    })
    .post(async (request, response) => {
      const begun = orderOf(request, response, "note");
      const message = bodyOf(request, newMessage);
      const { number, version } = await say(parts, begun, message);
      const published = (await readThread(prisma, [number], { visible, beyond: null, take: null })).filter((row) => row.version === version);
      const said = (await presentMessages(prisma, published))[0] ?? (await delayedReply(prisma, number, version));
      if (said === undefined) throw notFound("message");
      response.status(201).json(said);
    })
    .all(only("GET", "POST"));
  return router;
}

/** To staff. */
const visible = ["public", "internal"] as const;

/** A message with its author's name. */
export interface Message {
  readonly id: string;
  /** When it was published. */
  readonly at: Date;
  readonly ticket: number;
  readonly version: number;
  readonly createdAt: Date;
  readonly authorKind: string;
  readonly authorId: string;
  readonly name: string | null;
  readonly visibility: string;
  readonly text: string;
}

/** Where a page of a thread ended; `at` in epoch ms. */
const place = z.strictObject({ at: z.int(), ticket: z.int(), version: z.int() });
type Place = z.infer<typeof place>;

/** Which messages of a thread: those of a visibility beyond a place; `take` null: all of them. */
interface Which {
  readonly visible: readonly string[];
  readonly beyond: Place | null;
  readonly take: number | null;
}

/** What is published on a ticket and on those that were merged into it, oldest first. A first message is there before its event. */
export async function readThread(prisma: Db, tickets: readonly number[], { visible, beyond, take }: Which): Promise<Message[]> {
  const { at, ticket, version } = beyond ?? { at: 0, ticket: 0, version: 0 };
  return await prisma.$queryRaw<Message[]>`
    SELECT s.at, m.id, m.ticket, m.version, m.created_at AS "createdAt", m.author_kind AS "authorKind",
           m.author_id AS "authorId", coalesce(a.name, r.name, p.name, p.email) AS name, m.visibility, m.text
    FROM messages m
    LEFT JOIN events e ON e.ticket = m.ticket AND e.version = m.version
    CROSS JOIN LATERAL (SELECT coalesce(e.at, m.created_at) AS at) s
    LEFT JOIN agents a ON m.author_kind = 'staff' AND a.id = m.author_id
    LEFT JOIN requesters r ON r.id = CASE WHEN m.author_kind = 'requester' THEN m.author_id::uuid END
    LEFT JOIN participants p ON p.id = CASE WHEN m.author_kind = 'participant' THEN m.author_id::uuid END
    WHERE m.ticket = ANY(${[...tickets]}) AND m.version IS NOT NULL AND (s.at, m.ticket, m.version) > (${new Date(at)}, ${ticket}, ${version})
      AND m.visibility = ANY(${[...visible]})
    ORDER BY s.at, m.ticket, m.version LIMIT ${take}::int`;
}

async function say(parts: Parts, begun: Begun<AskedVerb>, said: NewMessage): Promise<Done> {
  const { text, visibility, as, attachments = [], ifVersion } = said;
  if (as === "requester") return await replyAsRequester(parts, { ...begun, text, channel: "api", ifVersion });
  const files = { uploads: attachments, atMostBytes: parts.settings.attachmentBytes };
  const order = { ...begun, ifVersion, message: { visibility, text, files }, args: withMessage };
  if (visibility === "internal") return await execute(parts, { ...order, verb: "note" });
  const undoMs = await undoMsOf(parts.prisma, begun.number);
  return await execute(parts, { ...order, verb: "reply", args: (texts) => ({ ...withMessage(texts), ...(undoMs !== null && { undoMs }) }) });
}

/** The arguments of a verb that says something. */
export function withMessage({ message }: { message: TextRef | null }): { message: TextRef } {
  if (message === null) throw new Error("A message was given without a text.");
  return { message };
}

async function presentMessages(prisma: Db, rows: readonly Message[]): Promise<MessageView[]> {
  const files = await attachmentsOf(prisma, rows.map(({ id }) => id));
  return rows.map((row) => ({
    id: row.id,
    ticket: row.ticket,
    version: row.version,
    at: row.createdAt.toISOString(),
    author: { kind: row.authorKind as MessageView["author"]["kind"], id: row.authorId, name: row.name },
    visibility: row.visibility as MessageView["visibility"],
    text: row.text,
    attachments: [...(files.get(row.id) ?? [])],
    leavesAt: null,
  }));
}
