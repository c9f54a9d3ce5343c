// One way for every command: allowed → known already → texts kept → the workflow decides → answer.
// A 503 means: outcome unknown until `notAfter`, and never an effect after it; GET /commands/:key tells.
import { randomUUID } from "node:crypto";
import { can } from "../domain/access";
import { actorId } from "../domain/actor";
import type { Actor } from "../domain/actor";
import type { ArgsOf } from "../domain/decide";
import type { TextRef } from "../domain/ticket";
import type { Ask, AskedVerb } from "../workflows/messages";
import { threadOf } from "../prisma/merged";
import { forbidden } from "./auth";
import { sha256 } from "./fingerprint";
import { mustBeSame } from "./noted";
import type { Noted } from "./noted";
import type { Core, Db } from "./parts";
import { iso } from "./present-ticket";
import { fromTemporal, notFound, Problem, problemOf } from "./problem";
import { send } from "./send";
import { filesNamed } from "./uploads";
import type { Named } from "./uploads";

/** From a command's coming to its last possible effect, ms; the answer comes sooner. */
const validForMs = 5_000;

export interface Draft {
  readonly visibility: "public" | "internal" | "reason";
  readonly text: string;
  /** Whoever gives the command, unless somebody else said it. */
  readonly author?: Actor;
  /** Files of theirs that go with it. */
  readonly files?: Named | undefined;
}

export interface Order<V extends AskedVerb> {
  readonly actor: Actor;
  readonly verb: V;
  readonly number: number;
  /** With the actor it names the command for ever. */
  readonly key: string;
  /** Of the verb, the ticket and the body as sent. */
  readonly sha256: string;
  readonly ifVersion?: number | undefined;
  readonly message?: Draft | undefined;
  readonly reason?: Draft | undefined;
  readonly args: (texts: { message: TextRef | null; reason: TextRef | null }) => ArgsOf<V>;
}

/** The event that a command has become. */
export interface Done {
  readonly number: number;
  readonly version: number;
}

interface CarriedOut {
  readonly done: Done;
  /** It had been done before, under the same key. */
  readonly repeated: boolean;
}

/** Resolves once the event is recorded; the same order again gets the same answer. Rejects as `problemOf` can tell. */
export async function execute<V extends AskedVerb>(parts: Core, order: Order<V>): Promise<Done> {
  const counted = parts.metrics?.command(order.verb);
  try {
    const { done, repeated } = await carryOut(parts, order);
    counted?.(repeated ? "repeated" : "done");
    return done;
  } catch (error) {
    const problem = problemOf(error);
    counted?.(isUnknown(problem) ? "unknown" : "refused", problem.code);
    throw error;
  }
}

async function carryOut<V extends AskedVerb>(parts: Core, order: Order<V>): Promise<CarriedOut> {
  const startedAt = Date.now();
  const { ticket, before } = await lookUp(parts.prisma, order);
  if (!can(order.actor, order.verb, ticket)) throw forbidden();
  if (before !== null) mustBeSame(before, order);
  if (before?.state === "done" && before.version !== null) {
    return { done: { number: before.ticket, version: before.version }, repeated: true };
  }
  const ask = await askOf(parts.prisma, order, { notAfter: startedAt + validForMs, seen: ticket.version });
  try {
    const version = await send(parts, order.verb, order.number, ask);
    return { done: { number: order.number, version }, repeated: false };
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw fromTemporal(error) ?? (await outcomeUnknown(parts, order, ask, error));
  }
}

interface LookedUp {
  readonly ticket: { readonly requester: string; readonly version: number };
  readonly before: Noted | null;
}

/** Whose ticket it is, its version, and the command if it was given before. 404 as `notFound` says for a foreign ticket, too. */
async function lookUp(prisma: Db, { number, actor, key, verb }: Order<AskedVerb>): Promise<LookedUp> {
  const [row] = await prisma.$queryRaw<(LookedUp["ticket"] & Pick<LookedUp, "before">)[]>`
    SELECT t.requester_id AS requester, t.version,
           (SELECT jsonb_build_object('ticket', c.ticket, 'state', c.state, 'version', c.version, 'bodySha256', c.body_sha256)
            FROM commands c WHERE c.scope = ${actorId(actor)} AND c.key = ${key}) AS before
    FROM tickets t WHERE t.number = ${number}`;
  if (row === undefined) throw notFound("ticket");
  const { before, ...ticket } = row;
  if (actor.kind !== "requester" || row.requester === actor.id) return { ticket, before };
  // Whose ticket was merged into somebody else's still answers there; that is all they may do.
  if (verb !== "requesterReply" || !(await isHeardIn(prisma, number, actor.id))) throw notFound("ticket");
  return { ticket: { ...ticket, requester: actor.id }, before };
}

/** Whether a ticket of this requester goes on in that one. */
async function isHeardIn(prisma: Db, number: number, requester: string): Promise<boolean> {
  const thread = await threadOf(prisma, number);
  return (await prisma.ticket.count({ where: { number: { in: [...thread] }, requesterId: requester } })) > 0;
}

async function askOf<V extends AskedVerb>(
  prisma: Db,
  order: Order<V>,
  { notAfter, seen }: { readonly notAfter: number; readonly seen: number },
): Promise<Ask<V>> {
  const [message, reason] = await Promise.all([order.message, order.reason].map((draft) => keep(prisma, order, draft)));
  return {
    key: order.key,
    scope: actorId(order.actor),
    sha256: order.sha256,
    by: order.actor,
    notAfter,
    ifVersion: order.ifVersion ?? null,
    seen,
    args: order.args({ message: message ?? null, reason: reason ?? null }),
  };
}

/** A draft, until the event that publishes it is recorded; one that never is gets swept. */
async function keep<V extends AskedVerb>(
  prisma: Db,
  { actor, number }: Order<V>,
  draft: Draft | undefined,
): Promise<TextRef | null> {
  if (draft === undefined) return null;
  const { visibility, text, author = actor, files } = draft;
  const attached = files === undefined ? [] : await filesNamed(prisma, number, author, files);
  const ref = { id: randomUUID(), sha256: sha256(text) };
  await prisma.$executeRaw`
    WITH draft AS (
      INSERT INTO messages (id, ticket, visibility, author_kind, author_id, text, sha256)
      VALUES (${ref.id}::uuid, ${number}, ${visibility}, ${author.kind}, ${author.id}, ${text}, ${ref.sha256}) RETURNING id)
    INSERT INTO attachments (id, message_id, position, name, type, size, sha256)
    SELECT gen_random_uuid(), draft.id, position, name, type, size, sha256
    FROM draft, jsonb_to_recordset(${JSON.stringify(attached)}::jsonb) AS file (position int, name text, type text, size int, sha256 text)`;
  return ref;
}

async function outcomeUnknown(
  { prisma, log }: Core,
  order: Order<AskedVerb>,
  { scope, key, notAfter }: Ask,
  cause: unknown,
): Promise<Problem> {
  const expires = new Date(notAfter);
  // A later try of the same command may take effect later: the note then speaks of that one.
  await prisma.$executeRaw`
    INSERT INTO commands (scope, key, ticket, verb, body_sha256, state, not_after)
    VALUES (${scope}, ${key}, ${order.number}, ${order.verb}, ${order.sha256}, 'unknown', ${expires})
    ON CONFLICT (scope, key) DO UPDATE SET not_after = GREATEST(commands.not_after, excluded.not_after)
    WHERE commands.state = 'unknown'`.catch((error: unknown) => log.warn({ key, error }, "a note is missing"));
  // Nobody answering may mean that the ticket's run does not go on.
  await prisma.$executeRaw`
    UPDATE tickets SET look_at = LEAST(look_at, ${expires}) WHERE number = ${order.number}`.catch(() => undefined);
  const detail = `Whether this was done is not known before ${iso(notAfter)}; ask GET /api/v1/commands/${key} then.`;
  return new Problem("unavailable", detail, { retryAfter: 5, facts: { key, notAfter: iso(notAfter) }, cause });
}

/** Only `outcomeUnknown` says until when something may still happen; whoever else is `unavailable` has done nothing. */
function isUnknown({ code, details }: Problem): boolean {
  return code === "unavailable" && details.facts?.["notAfter"] !== undefined;
}
