// The routes of the verbs, as a table: route, verb, body, and what of the body the verb is told. Each answers with the
// ticket as the command left it.
import { Router } from "express";
import type { RequestHandler } from "express";
import type { z } from "zod";
import {
  assignment,
  bare,
  categorisation,
  decline,
  escalation,
  holding,
  policyChoice,
  prioritisation,
  reopening,
  resolution,
  waiting,
} from "../contract/commands";
import type { TextRef } from "../domain/ticket";
import type { AskedVerb } from "../workflows/messages";
import { only } from "./answer";
import { staffWho } from "./auth";
import { execute } from "./commands";
import type { Done, Draft, Order } from "./commands";
import { mustBeWorker } from "./directory";
import { orderOf } from "./order";
import type { Db, Parts } from "./parts";
import { presentTicketAt } from "./present-ticket";
import { invalid } from "./problem";
import { bodyOf, numberOf } from "./request";

export function verbRoutes(parts: Parts): Router {
  const router = Router();
  const act = (what: string) => router.route(`/tickets/:number/${what}`);
  const post = (what: string, handler: RequestHandler) => act(what).post(handler).all(only("POST"));
  const put = (what: string, handler: RequestHandler) => act(what).put(handler).all(only("PUT"));

  act("assignee")
    .put(assignee(parts))
    .delete(command(parts, "unassign", bare, () => ({ args: () => ({}) })))
    .all(only("PUT", "DELETE"));
  // Reading why it has its category is categorisation/category.ts, which comes after.
  act("category").put(
    command(parts, "categorise", categorisation, async ({ category, type = null }) => {
      const team = await teamOfCategory(parts.prisma, category);
      return { args: () => ({ category, type, team }) };
    }),
  );
  put(
    "priority",
    command(parts, "prioritise", prioritisation, ({ priority, reason: why }) => ({
      reason: because(why),
      args: ({ reason }) => ({ priority, reason, impact: null, urgency: null }),
    })),
  );
  post(
    "wait",
    command(parts, "wait", waiting, ({ text, attachments, reason: why, until = null }) => ({
      message: inPublic(parts, text, attachments),
      reason: because(why),
      args: (texts) => ({ ...texts, until }),
    })),
  );
  post(
    "hold",
    command(parts, "hold", holding, ({ reason: why, until = null }) => ({
      reason: because(why),
      args: ({ reason }) => ({ reason, until }),
    })),
  );
  post("resumption", command(parts, "resume", bare, () => ({ args: () => ({}) })));
  post(
    "resolution",
    command(parts, "resolve", resolution, ({ text, attachments }) => ({
      message: inPublic(parts, text, attachments),
      args: ({ message }) => ({ message }),
    })),
  );
  post("closure", command(parts, "close", bare, () => ({ args: () => ({}) })));
  post(
    "reopening",
    command(parts, "reopen", reopening, ({ reason: why }) => ({
      reason: because(why),
      args: ({ reason }) => ({ reason }),
    })),
  );
  post(
    "escalation",
    command(parts, "escalate", escalation, ({ reason: why, level = null }) => ({
      reason: because(why),
      args: ({ reason }) => ({ reason: given(reason), level }),
    })),
  );
  post("offer/acceptance", command(parts, "acceptOffer", bare, () => ({ args: () => ({}) })));
  post(
    "offer/decline",
    command(parts, "declineOffer", decline, ({ reason: why }) => ({
      reason: because(why),
      args: ({ reason }) => ({ reason }),
    })),
  );
  act("ask-back")
    .delete(command(parts, "waiveAskBack", bare, () => ({ args: () => ({}) })))
    .all(only("DELETE"));
  post("acknowledgement", command(parts, "acknowledgeEscalation", bare, () => ({ args: () => ({}) })));
  put(
    "policy",
    command(parts, "applyPolicy", policyChoice, async ({ policy, reason: why }) => {
      if (policy !== null) await mustBePolicy(parts.prisma, policy);
      return { reason: because(why), args: ({ reason }) => ({ policy, reason }) };
    }),
  );
  return router;
}

type Told<V extends AskedVerb> = Pick<Order<V>, "message" | "reason" | "args">;
type Body = z.ZodType<{ ifVersion?: number | undefined }>;

/** A verb's route. 401, 403 and 404 come before the body is looked at. */
export function command<V extends AskedVerb, Schema extends Body>(
  parts: Parts,
  verb: V,
  schema: Schema,
  told: (body: z.output<Schema>, number: number) => Told<V> | Promise<Told<V>>,
): RequestHandler {
  return async (request, response) => {
    const order = orderOf(request, response, verb);
    const body = bodyOf(request, schema);
    const done = await execute(parts, { ...order, ...(await told(body, order.number)), ifVersion: body.ifVersion });
    const ticket = await presentTicketAt(parts.prisma, done.number, done.version, order.actor);
    response.json(verb === "assign" ? { ...ticket, ...(await warnings(parts.prisma, done)) } : ticket);
  };
}

/** One route for two verbs: a person is given the ticket, or a team whose dispatch then chooses. */
function assignee(parts: Parts): RequestHandler {
  const toAgent = command(parts, "assign", assignment, async ({ agent = "" }, number) => {
    const { full } = await mustBeWorker(parts.prisma, agent, "agent", number);
    return { args: () => ({ agent, overCapacity: full }) };
  });
  const toTeam = command(parts, "transfer", assignment, async ({ team = "" }) => {
    await mustBeTeam(parts.prisma, team);
    return { args: () => ({ team }) };
  });
  return async (request, response, next) => {
    staffWho(response, "assign");
    numberOf(request);
    const { team } = bodyOf(request, assignment);
    await (team === undefined ? toAgent : toTeam)(request, response, next);
  };
}

/** As the event says, so that a repeated command is answered as the first time. */
async function warnings(prisma: Db, { number, version }: Done): Promise<{ warnings?: ["over_capacity"] }> {
  const event = await prisma.event.findUnique({ where: { ticket_version: { ticket: number, version } } });
  const facts = event?.facts as { overCapacity?: boolean } | undefined;
  return facts?.overCapacity === true ? { warnings: ["over_capacity"] } : {};
}

async function teamOfCategory(prisma: Db, id: string): Promise<string | null> {
  const category = await prisma.category.findUnique({ where: { id } });
  if (category === null) throw invalid("category", "There is no such category.");
  return category.teamId;
}

async function mustBeTeam(prisma: Db, id: string): Promise<void> {
  if ((await prisma.team.count({ where: { id } })) === 0) throw invalid("team", "There is no such team.");
}

async function mustBePolicy(prisma: Db, id: string): Promise<void> {
  if ((await prisma.slaPolicy.count({ where: { id, retiredAt: null } })) === 0) throw invalid("policy", "There is no such policy.");
}

/** What the schema has asked for is there. */
export function given(reason: TextRef | null): TextRef {
  if (reason === null) throw new TypeError("A reason was asked for and is not there.");
  return reason;
}

export function because(text: string | undefined): Draft | undefined {
  return text === undefined ? undefined : { visibility: "reason", text };
}

function inPublic({ settings }: Parts, text: string | undefined, uploads: readonly string[] = []): Draft | undefined {
  return text === undefined ? undefined : { visibility: "public", text, files: { uploads, atMostBytes: settings.attachmentBytes } };
}
