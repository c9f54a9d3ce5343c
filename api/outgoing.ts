// Replies that wait to leave: read by staff, and taken back by them until they do.
import { Router } from "express";
import type { RequestHandler } from "express";
import { bare } from "../contract/commands";
import type { MessageView } from "../contract/journal";
import { Prisma } from "../prisma/client";
import { only } from "./answer";
import { attachmentsOf } from "./attachments";
import { staffWho } from "./auth";
import { execute } from "./commands";
import { fingerprint } from "./fingerprint";
import type { Db, Parts } from "./parts";
import { presentTicketAt, ticketRow } from "./present-ticket";
import { bodyOf, keyOf, nameOf, numberOf } from "./request";

export function outgoingRoutes(parts: Parts): Router {
  const { prisma } = parts;
  const router = Router();
  router
    .route("/tickets/:number/outgoing-replies")
    .get(async (request, response) => {
      const actor = staffWho(response, "readInternal");
      const { number } = await ticketRow(prisma, numberOf(request), actor);
      response.json({ items: await outgoingReplies(prisma, number), next: null });
    })
    .all(only("GET"));
  router.route("/tickets/:number/messages/:id/withdrawal").post(withdraw(parts)).all(only("POST"));
  return router;
}

/** How long a reply on this ticket may be taken back, by its team; null: it leaves at once. */
export async function undoMsOf(prisma: Db, number: number): Promise<number | null> {
  const [row] = await prisma.$queryRaw<{ undoMs: number }[]>`
    SELECT undo_ms AS "undoMs" FROM tickets JOIN teams ON teams.id = team_id WHERE number = ${number} AND undo_ms > 0`;
  return row?.undoMs ?? null;
}

/** The reply that a command has become: it waits, or has left or been taken back since. Undefined: the command wrote none. */
export async function delayedReply(prisma: Db, number: number, version: number): Promise<MessageView | undefined> {
  return (await readDelayed(prisma, Prisma.sql`e.ticket = ${number} AND e.version = ${version}`))[0];
}

function withdraw(parts: Parts): RequestHandler {
  return async (request, response) => {
    const verb = "withdrawReply";
    const actor = staffWho(response, verb);
    const number = numberOf(request);
    const text = nameOf(request, "id", "message");
    const key = keyOf(request, response);
    const { ifVersion } = bodyOf(request, bare);
    const sha256 = fingerprint({ verb, number, body: { text, ifVersion: ifVersion ?? null } });
    const done = await execute(parts, { actor, verb, number, key, sha256, ifVersion, args: () => ({ text }) });
    response.json(await presentTicketAt(parts.prisma, done.number, done.version, actor));
  };
}

/** In the order in which they leave. */
async function outgoingReplies(prisma: Db, number: number): Promise<MessageView[]> {
  return await readDelayed(prisma, Prisma.sql`e.ticket = ${number} AND EXISTS (
    SELECT FROM tickets t, jsonb_array_elements(t.state -> 'ticket' -> 'outgoing') AS reply
    WHERE t.number = e.ticket AND reply -> 'text' = e.facts -> 'text')`);
}

interface Row {
  readonly id: string;
  readonly ticket: number;
  readonly version: number;
  readonly at: Date;
  readonly author: string;
  readonly name: string | null;
  readonly text: string;
  readonly leavesAt: number;
  readonly hasLeft: boolean;
}

async function readDelayed(prisma: Db, which: Prisma.Sql): Promise<MessageView[]> {
  const rows = await prisma.$queryRaw<Row[]>`
    SELECT m.id, m.ticket, e.version, e.at, m.author_id AS author, a.name, m.text,
           (e.facts ->> 'leavesAt')::float8 AS "leavesAt", m.version IS NOT NULL AS "hasLeft"
    FROM events e JOIN messages m ON m.id = (e.facts -> 'text' ->> 'id')::uuid LEFT JOIN agents a ON a.id = m.author_id
    WHERE e.kind = 'replyDelayed' AND ${which} ORDER BY e.version`;
  const files = await attachmentsOf(prisma, rows.map(({ id }) => id));
  return rows.map(({ at, author, name, leavesAt, hasLeft, ...row }) => ({
    ...row,
    attachments: [...(files.get(row.id) ?? [])],
    at: at.toISOString(),
    author: { kind: "staff", id: author, name },
    visibility: "public",
    leavesAt: hasLeft ? null : new Date(leavesAt).toISOString(),
  }));
}
