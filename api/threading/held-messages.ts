// What came by mail and waits for staff's word inside a ticket: read, accepted (its sender takes part from then on), rejected.
import { Router } from "express";
import type { Request, RequestHandler } from "express";
import { bare } from "../../contract/commands";
import type { HeldMessageView } from "../../contract/threading";
import { only } from "../answer";
import { staffWho } from "../auth";
import { execute } from "../commands";
import { fingerprint } from "../fingerprint";
import type { Db, Parts } from "../parts";
import { iso, presentTicketAt, stateOf, ticketRow } from "../present-ticket";
import { bodyOf, keyOf, nameOf, numberOf } from "../request";
import { presentVerdict } from "./mails";

export function heldMessageRoutes(parts: Parts): Router {
  const { prisma } = parts;
  const router = Router();
  router
    .route("/tickets/:number/held-messages")
    .get(async (request, response) => {
      const actor = staffWho(response, "readInternal");
      const row = await ticketRow(prisma, numberOf(request), actor);
      response.json({ items: await heldMessages(prisma, row), next: null });
    })
    .all(only("GET"));
  router.route("/tickets/:number/held-messages/:id/acceptance").post(decide(parts, "acceptMessage")).all(only("POST"));
  router.route("/tickets/:number/held-messages/:id/rejection").post(decide(parts, "rejectMessage")).all(only("POST"));
  return router;
}

function decide(parts: Parts, verb: "acceptMessage" | "rejectMessage"): RequestHandler {
  return async (request, response) => {
    const actor = staffWho(response, verb);
    const number = numberOf(request);
    const held = heldOf(request);
    const key = keyOf(request, response);
    const { ifVersion } = bodyOf(request, bare);
    const sha256 = fingerprint({ verb, number, body: { held, ifVersion: ifVersion ?? null } });
    const done = await execute(parts, { actor, verb, number, key, sha256, ifVersion, args: () => ({ held }) });
    if (verb === "acceptMessage") await letSenderIn(parts.prisma, number, held);
    response.json(await presentTicketAt(parts.prisma, done.number, done.version, actor));
  };
}

function heldOf(request: Request): string {
  return nameOf(request, "id", "held message");
}

/** Done again with the command, should it be repeated. Whom staff have put out since stays out. */
async function letSenderIn(prisma: Db, ticket: number, held: string): Promise<void> {
  await prisma.$executeRaw`
    UPDATE participants SET state = 'member', via = 'accepted'
    FROM placements p WHERE p.mail::text = ${held} AND p.writer ->> 'kind' = 'participant'
      AND participants.id::text = p.writer ->> 'id' AND participants.ticket = ${ticket} AND participants.state = 'offered'`;
}

interface Row {
  readonly id: string;
  readonly sender: string | null;
  readonly text: string;
  readonly verdict: object | null;
}

async function heldMessages(prisma: Db, row: Parameters<typeof stateOf>[0]): Promise<HeldMessageView[]> {
  const { heldMessages: held } = stateOf(row);
  if (held.length === 0) return [];
  const rows = await prisma.$queryRaw<Row[]>`
    SELECT m.id, p.sender, m.text, r.verdict
    FROM messages m JOIN placements p ON p.mail = m.raw_mail_id JOIN raw_mails r ON r.id = p.mail
    WHERE m.id = ANY(${held.map(({ id }) => id)}::uuid[])`;
  return held.flatMap(({ id, because, as, occurredAt, writer }): HeldMessageView[] => {
    const found = rows.find((each) => each.id === id);
    if (found === undefined) return [];
    const agent = writer.kind === "staff" ? writer.id : null;
    const { sender, text, verdict } = found;
    return [{ id, because, as, receivedAt: iso(occurredAt), sender, agent, text, verdict: presentVerdict(verdict) }];
  });
}
