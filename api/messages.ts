// The conversation: read by staff, added to by staff in their own name or the requester's.
import { Router } from "express";
import { newMessage } from "../contract/commands";
import type { NewMessage } from "../contract/commands";
import type { MessageView } from "../contract/journal";
import { pageQuery } from "../contract/lists";
import type { TextRef } from "../domain/ticket";
import type { Prisma } from "../prisma/client";
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

type Message = Prisma.MessageModel;

export function messageRoutes(parts: Parts): Router {
  const { prisma } = parts;
  const router = Router();
  router
    .route("/tickets/:number/messages")
    .get(async (request, response) => {
      const actor = staffWho(response, "readInternal");
      const { number } = await ticketRow(prisma, numberOf(request), actor);
      const { limit, cursor } = queryOf(request, pageQuery);
      const rows = await readMessages(prisma, number, readCursor(cursor)?.version ?? 0, limit + 1);
      const page = pageOf(rows, limit, ({ version }) => ({ version }));
      response.json({ ...page, items: await presentMessages(prisma, page.items) });
    })
    .post(async (request, response) => {
      const begun = orderOf(request, response, "note");
      const message = bodyOf(request, newMessage);
      const { number, version } = await say(parts, begun, message);
      const rows = await readMessages(prisma, number, version - 1, 1);
      response.status(201).json((await presentMessages(prisma, rows))[0]);
    })
    .all(only("GET", "POST"));
  return router;
}

/** What is published on a ticket beyond a version, oldest first. */
async function readMessages(prisma: Db, ticket: number, beyond: number, take: number): Promise<Message[]> {
  return await prisma.message.findMany({
    where: { ticket, version: { gt: beyond }, visibility: { in: ["public", "internal"] } },
    orderBy: { version: "asc" },
    take,
  });
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

async function presentMessages(prisma: Db, rows: readonly Message[]): Promise<MessageView[]> {
  const names = await authorNames(prisma, rows);
  return rows.map((row) => ({
    id: row.id,
    ticket: row.ticket,
    version: row.version ?? 0,
    at: row.createdAt.toISOString(),
    author: {
      kind: row.authorKind as MessageView["author"]["kind"],
      id: row.authorId,
      name: names.get(row.authorId) ?? null,
    },
    visibility: row.visibility as MessageView["visibility"],
    text: row.text,
  }));
}

/** By id: staff's and the requester's alike, as neither's can be the other's. */
export async function authorNames(
  prisma: Db,
  rows: readonly Pick<Message, "authorKind" | "authorId">[],
): Promise<ReadonlyMap<string, string | null>> {
  const ids = (kind: string) => [...new Set(rows.filter((row) => row.authorKind === kind).map((row) => row.authorId))];
  const [agents, requesters] = await Promise.all([
    prisma.agent.findMany({ where: { id: { in: ids("staff") } }, select: { id: true, name: true } }),
    prisma.requester.findMany({ where: { id: { in: ids("requester") } }, select: { id: true, name: true } }),
  ]);
  return new Map([...agents, ...requesters].map(({ id, name }) => [id, name]));
}
