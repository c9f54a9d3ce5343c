// The conversation: read by staff, added to by staff in their own name or the requester's.
import { Router } from "express";
import { newMessage } from "../contract/commands";
import type { NewMessage } from "../contract/commands";
import type { MessageView } from "../contract/journal";
import { pageQuery } from "../contract/lists";
import type { TextRef } from "../domain/ticket";
import type { AskedVerb } from "../workflows/messages";
import { only } from "./answer";
import { staffWho } from "./auth";
import { execute } from "./commands";
import type { Done } from "./commands";
import { replyAsRequester } from "./follow-up";
import { orderOf } from "./order";
import type { Begun } from "./order";
import { pageOf, readCursor } from "./paging";
import type { Db, Parts } from "./parts";
import { ticketRow } from "./present-ticket";
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
      const beyond = readCursor(cursor)?.version ?? 0;
      const rows = await readMessages(prisma, number, { visible, beyond, take: limit + 1 });
      const page = pageOf(rows, limit, ({ version }) => ({ version }));
      response.json({ ...page, items: page.items.map(presentMessage) });
    })
    .post(async (request, response) => {
      const begun = orderOf(request, response, "note");
      const message = bodyOf(request, newMessage);
      const { number, version } = await say(parts, begun, message);
      const rows = await readMessages(prisma, number, { visible, beyond: version - 1, take: 1 });
      response.status(201).json(rows.map(presentMessage)[0]);
    })
    .all(only("GET", "POST"));
  return router;
}

/** To staff. */
const visible = ["public", "internal"] as const;

/** A message with its author's name. */
export interface Message {
  readonly id: string;
  readonly ticket: number;
  readonly version: number;
  readonly createdAt: Date;
  readonly authorKind: string;
  readonly authorId: string;
  readonly name: string | null;
  readonly visibility: string;
  readonly text: string;
}

/** Which of a ticket's messages: those of a visibility beyond a version; `take` null: all of them. */
interface Which {
  readonly visible: readonly string[];
  readonly beyond: number;
  readonly take: number | null;
}

/** What is published on a ticket, oldest first. */
export async function readMessages(prisma: Db, ticket: number, { visible, beyond, take }: Which): Promise<Message[]> {
  return await prisma.$queryRaw<Message[]>`
    SELECT m.id, m.ticket, m.version, m.created_at AS "createdAt", m.author_kind AS "authorKind",
           m.author_id AS "authorId", coalesce(a.name, r.name, p.name, p.email) AS name, m.visibility, m.text
    FROM messages m
    LEFT JOIN agents a ON m.author_kind = 'staff' AND a.id = m.author_id
    LEFT JOIN requesters r ON r.id = CASE WHEN m.author_kind = 'requester' THEN m.author_id::uuid END
    LEFT JOIN participants p ON p.id = CASE WHEN m.author_kind = 'participant' THEN m.author_id::uuid END
    WHERE m.ticket = ${ticket} AND m.version > ${beyond} AND m.visibility = ANY(${[...visible]})
    ORDER BY m.version LIMIT ${take}::int`;
}

async function say(parts: Parts, begun: Begun<AskedVerb>, said: NewMessage): Promise<Done> {
  const { text, visibility, as, ifVersion } = said;
  if (as === "requester") return await replyAsRequester(parts, { ...begun, text, channel: "api", ifVersion });
  const order = { ...begun, ifVersion, message: { visibility, text }, args: withMessage };
  return await (visibility === "public"
    ? execute(parts, { ...order, verb: "reply" })
    : execute(parts, { ...order, verb: "note" }));
}

/** The arguments of a verb that says something. */
export function withMessage({ message }: { message: TextRef | null }): { message: TextRef } {
  if (message === null) throw new Error("A message was given without a text.");
  return { message };
}

function presentMessage(row: Message): MessageView {
  return {
    id: row.id,
    ticket: row.ticket,
    version: row.version,
    at: row.createdAt.toISOString(),
    author: { kind: row.authorKind as MessageView["author"]["kind"], id: row.authorId, name: row.name },
    visibility: row.visibility as MessageView["visibility"],
    text: row.text,
  };
}
