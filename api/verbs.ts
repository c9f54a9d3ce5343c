// The routes of the verbs: each reads its body, gives its order, and answers with the ticket as the order left it.
import { Router } from "express";
import type { Request, Response } from "express";
import {
  assignment,
  bare,
  categorisation,
  holding,
  prioritisation,
  reopening,
  resolution,
  waiting,
} from "../contract/commands";
import type { TicketView } from "../contract/ticket";
import type { AskedVerb } from "../workflows/messages";
import { only } from "./answer";
import { staffWho } from "./auth";
import type { Staff } from "./auth";
import { execute } from "./commands";
import type { Done, Draft, Order } from "./commands";
import { mustBeWorker } from "./directory";
import { fingerprint } from "./fingerprint";
import type { Db, Parts } from "./parts";
import { presentTicketAt } from "./present-ticket";
import { invalid } from "./problem";
import { bodyOf, keyOf, numberOf, sentBody } from "./request";

export function verbRoutes(parts: Parts): Router {
  const { prisma } = parts;
  const router = Router();
  const act = (path: string) => router.route(`/tickets/:number/${path}`);

  act("assignee")
    .put((request, response) => assign(parts, request, response))
    .delete(async (request, response) => {
      const order = orderOf(request, response, "unassign");
      const { ifVersion } = bodyOf(request, bare);
      await answer(parts, response, order, execute(parts, { ...order, ifVersion, args: () => ({}) }));
    })
    .all(only("PUT", "DELETE"));

  act("category")
    .put(async (request, response) => {
      const order = orderOf(request, response, "categorise");
      const { category, type = null, ifVersion } = bodyOf(request, categorisation);
      const team = await teamOfCategory(prisma, category);
      await answer(parts, response, order, execute(parts, { ...order, ifVersion, args: () => ({ category, type, team }) }));
    })
    .all(only("PUT"));

  act("priority")
    .put(async (request, response) => {
      const order = orderOf(request, response, "prioritise");
      const { priority, reason, ifVersion } = bodyOf(request, prioritisation);
      const args = { priority, impact: null, urgency: null, policy: null };
      const done = execute(parts, { ...order, ifVersion, ...because(reason), args: (texts) => ({ ...args, reason: texts.reason }) });
      await answer(parts, response, order, done);
    })
    .all(only("PUT"));

  act("wait")
    .post(async (request, response) => {
      const order = orderOf(request, response, "wait");
      const { until = null, reason, text, ifVersion } = bodyOf(request, waiting);
      const said = { ...because(reason), ...inPublic(text) };
      await answer(parts, response, order, execute(parts, { ...order, ifVersion, ...said, args: (texts) => ({ ...texts, until }) }));
    })
    .all(only("POST"));

  act("hold")
    .post(async (request, response) => {
      const order = orderOf(request, response, "hold");
      const { until = null, reason, ifVersion } = bodyOf(request, holding);
      const done = execute(parts, { ...order, ifVersion, ...because(reason), args: (texts) => ({ reason: texts.reason, until }) });
      await answer(parts, response, order, done);
    })
    .all(only("POST"));

  act("resumption")
    .post(async (request, response) => {
      const order = orderOf(request, response, "resume");
      const { ifVersion } = bodyOf(request, bare);
      await answer(parts, response, order, execute(parts, { ...order, ifVersion, args: () => ({}) }));
    })
    .all(only("POST"));

  act("resolution")
    .post(async (request, response) => {
      const order = orderOf(request, response, "resolve");
      const { text, ifVersion } = bodyOf(request, resolution);
      const done = execute(parts, { ...order, ifVersion, ...inPublic(text), args: ({ message }) => ({ message }) });
      await answer(parts, response, order, done);
    })
    .all(only("POST"));

  act("closure")
    .post(async (request, response) => {
      const order = orderOf(request, response, "close");
      const { ifVersion } = bodyOf(request, bare);
      await answer(parts, response, order, execute(parts, { ...order, ifVersion, args: () => ({}) }));
    })
    .all(only("POST"));

  act("reopening")
    .post(async (request, response) => {
      const order = orderOf(request, response, "reopen");
      const { reason, ifVersion } = bodyOf(request, reopening);
      const done = execute(parts, { ...order, ifVersion, ...because(reason), args: (texts) => ({ reason: texts.reason }) });
      await answer(parts, response, order, done);
    })
    .all(only("POST"));

  return router;
}

type Begun<V extends AskedVerb> = Pick<Order<V>, "verb" | "number" | "key" | "sha256"> & { readonly actor: Staff };

/** Who gives which order about what, under which key: 401, 403 or 404 before the body is read. */
export function orderOf<V extends AskedVerb>(request: Request, response: Response, verb: V): Begun<V> {
  const actor = staffWho(response, verb);
  const number = numberOf(request);
  const key = keyOf(request, response);
  return { actor, verb, number, key, sha256: fingerprint({ verb, number, body: sentBody(request) }) };
}

async function assign(parts: Parts, request: Request, response: Response): Promise<void> {
  staffWho(response, "assign");
  const { agent, team, ifVersion } = bodyOf(request, assignment);
  if (agent !== undefined) {
    const order = orderOf(request, response, "assign");
    const { full } = await mustBeWorker(parts.prisma, agent, "agent", order.number);
    const done = execute(parts, { ...order, ifVersion, args: () => ({ agent, overCapacity: full }) });
    await answer(parts, response, order, done, (await isOverCapacity(parts.prisma, await done)) ? { warnings: ["over_capacity"] } : {});
  } else if (team !== undefined) {
    const order = orderOf(request, response, "transfer");
    if ((await parts.prisma.team.findUnique({ where: { id: team } })) === null) throw invalid("team", "There is no such team.");
    await answer(parts, response, order, execute(parts, { ...order, ifVersion, args: () => ({ team }) }));
  }
}

async function answer(
  { prisma }: Parts,
  response: Response,
  { actor }: Begun<AskedVerb>,
  done: Promise<Done>,
  more: Pick<TicketView, "warnings"> = {},
): Promise<void> {
  const { number, version } = await done;
  response.json({ ...(await presentTicketAt(prisma, number, version, actor)), ...more });
}

/** As the event says, so that a repeated command is answered as the first time. */
async function isOverCapacity(prisma: Db, { number, version }: Done): Promise<boolean> {
  const event = await prisma.event.findUnique({ where: { ticket_version: { ticket: number, version } } });
  return (event?.facts as { overCapacity?: boolean } | undefined)?.overCapacity === true;
}

async function teamOfCategory(prisma: Db, id: string): Promise<string | null> {
  const category = await prisma.category.findUnique({ where: { id } });
  if (category === null) throw invalid("category", "There is no such category.");
  return category.teamId;
}

function because(text: string | undefined): { reason: Draft | undefined } {
  return { reason: text === undefined ? undefined : { visibility: "reason", text } };
}

function inPublic(text: string | undefined): { message: Draft | undefined } {
  return { message: text === undefined ? undefined : { visibility: "public", text } };
}
