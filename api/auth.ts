// Who asks: bearer keys, kept as hashes. Knows keys and people; what they may do is domain/access.
import type { RequestHandler, Response } from "express";
import { can } from "../domain/access";
import type { Action } from "../domain/access";
import { roles } from "../domain/actor";
import type { Actor } from "../domain/actor";
import { sha256 } from "./fingerprint";
import type { Parts } from "./parts";
import { Problem } from "./problem";

export type Staff = Extract<Actor, { kind: "staff" }>;

/** Notes who asks. A key that is given and not valid is refused, also where none is needed. */
export function authenticate({ prisma }: Parts): RequestHandler {
  return async (request, response, next) => {
    const header = request.get("Authorization");
    response.locals["actor"] = header === undefined ? null : await staffOf(prisma, header);
    next();
  };
}

/** Lets nobody pass without a key, save those who submit a ticket, or read the form for it. */
export const keyNeeded: RequestHandler = ({ method, path }, response, next) => {
  const submits = method === "POST" && path === "/tickets";
  const readsForm = method === "GET" && /^\/forms(?:\/[a-z]+)?$/.test(path);
  if (actorOf(response) === null && !submits && !readsForm) throw unauthenticated();
  next();
};

/** Null: somebody without a key. */
export function actorOf(response: Response): Staff | null {
  return (response.locals["actor"] ?? null) as Staff | null;
}

/** The member of staff who asks, if they may do this: 401 without a key, 403 without the right. */
export function staffWho(response: Response, action: Action): Staff {
  const actor = actorOf(response);
  if (actor === null) throw unauthenticated();
  if (!can(actor, action)) throw forbidden();
  return actor;
}

export function forbidden(): Problem {
  return new Problem("forbidden", "Your role does not allow this.");
}

async function staffOf(prisma: Parts["prisma"], header: string): Promise<Staff> {
  const key = /^Bearer +([\x21-\x7e]+)$/i.exec(header)?.[1];
  if (key === undefined) throw unauthenticated();
  const [found] = await prisma.$queryRaw<{ id: string; role: string }[]>`
    SELECT a.id, a.role FROM api_keys k JOIN agents a ON a.id = k.agent_id
    WHERE k.hash = ${sha256(key)} AND k.revoked_at IS NULL AND a.active`;
  const role = roles.find((known) => known === found?.role);
  if (found === undefined || role === undefined) throw unauthenticated();
  return { kind: "staff", id: found.id, role };
}

function unauthenticated(): Problem {
  return new Problem("unauthenticated", "Send a valid key as `Authorization: Bearer …`.");
}
