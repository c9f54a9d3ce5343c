// Files that staff bring for what they are about to say: brought first, then named by a message, which gets attachments of its
// own. So a command may be tried again, or come to nothing, and takes no file from another.
import { randomUUID } from "node:crypto";
import { raw, Router } from "express";
import type { RequestHandler } from "express";
import { uploadQuery } from "../contract/attachment";
import type { UploadView } from "../contract/attachment";
import { actorId } from "../domain/actor";
import type { Actor } from "../domain/actor";
import { attachmentOf } from "../mail/read/attachments";
import { only } from "./answer";
import { staffWho } from "./auth";
import type { Db, Parts } from "./parts";
import { ticketRow } from "./present-ticket";
import { invalid, Problem } from "./problem";
import { numberOf, queryOf } from "./request";

/** How long one may be named, ms. Swept an hour later (relay/sweeps.ts), so that none goes while it is named. */
const usableMs = 86_400_000;

/** Stands before the door that lets nothing but JSON in. */
export function uploadRoutes(parts: Parts): Router {
  const { attachmentBytes } = parts.settings;
  const router = Router();
  router
    .route("/tickets/:number/attachments")
    .post(mayAttach(parts), raw({ type: () => true, limit: attachmentBytes }), take(parts))
    .all(only("POST"));
  return router;
}

/** Nobody's bytes are taken in who may not bring them. */
function mayAttach({ prisma }: Parts): RequestHandler {
  return async (request, response, next) => {
    await ticketRow(prisma, numberOf(request), staffWho(response, "attach"));
    queryOf(request, uploadQuery);
    next();
  };
}

function take({ prisma, files }: Parts): RequestHandler {
  return async (request, response) => {
    const by = staffWho(response, "attach");
    const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    if (bytes.length === 0) throw invalid("body", "The file is empty.", "empty");
    const declared = request.get("Content-Type")?.split(";")[0] ?? null;
    const { name, type, size, sha256 } = await attachmentOf({ name: queryOf(request, uploadQuery).name, type: declared, contentId: null, bytes }, 0);
    await files.keep([{ sha256, bytes }]);
    const { id, createdAt } = await prisma.upload.create({ data: { id: randomUUID(), ticket: numberOf(request), by: actorId(by), name, type, size, sha256 } });
    const view: UploadView = { id, name, type, size, expiresAt: new Date(createdAt.getTime() + usableMs).toISOString() };
    response.status(201).json(view);
  };
}

/** What a message is to have of what its author has brought. */
export interface Named {
  readonly uploads: readonly string[];
  /** All of them together. */
  readonly atMostBytes: number;
}

export interface NamedFile {
  readonly position: number;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
}

/** In the order in which they are named. 422 when there is one that they have not brought to this ticket, or too much of them. */
export async function filesNamed(prisma: Db, ticket: number, by: Actor, { uploads, atMostBytes }: Named): Promise<readonly NamedFile[]> {
  const ids = [...new Set(uploads)];
  if (ids.length === 0) return [];
  const rows = await prisma.upload.findMany({ where: { id: { in: ids }, ticket, by: actorId(by), createdAt: { gt: new Date(Date.now() - usableMs) } } });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const found = ids.map((id, position) => {
    const row = byId.get(id);
    if (row === undefined) throw invalid(`attachments.${position}`, "You have brought no such file to this ticket within the last day.");
    const { name, type, size, sha256 } = row;
    return { position, name, type, size, sha256 };
  });
  if (found.reduce((sum, { size }) => sum + size, 0) <= atMostBytes) return found;
  const message = `The files of one message may have ${atMostBytes} bytes together.`;
  throw new Problem("invalid", message, { errors: [{ field: "attachments", code: "too_big", message }] });
}
