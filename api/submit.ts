// POST /tickets: by anybody without a key (few per minute), by staff for themselves or on somebody's behalf.
import type { RequestHandler, Response } from "express";
import { rateLimit } from "express-rate-limit";
import { newTicket } from "../contract/ticket";
import type { NewTicket, Receipt } from "../contract/ticket";
import { actorId } from "../domain/actor";
import { actorOf, forbidden, staffWho } from "./auth";
import type { Staff } from "./auth";
import { mustBeWorker } from "./directory";
import { fingerprint, sha256 } from "./fingerprint";
import { filledIn } from "./forms/filled-in";
import { accept, acceptedBefore } from "./intake";
import type { Submission } from "./intake";
import type { Db, Parts } from "./parts";
import { presentTicket } from "./present-ticket";
import type { TicketRow } from "./present-ticket";
import { invalid, Problem } from "./problem";
import { bodyOf, keyOf, sentBody } from "./request";

export function submit(parts: Parts): RequestHandler {
  return async (request, response) => {
    const actor = actorOf(response) && staffWho(response, "openOnBehalf");
    const key = keyOf(request, response);
    const body = bodyOf(request, newTicket);
    const asked = { key, sha256: fingerprint(sentBody(request)) };
    const unfilled = actor === null ? byStranger(body, asked) : byStaff(body, asked, actor);
    const submission = { ...unfilled, form: await formOf(parts.prisma, body, unfilled) };
    if (submission.assignee !== null) await mustBeWorker(parts.prisma, submission.assignee, "onBehalf.assignee");
    const { number, repeated } = await accept(parts, submission);
    response.status(repeated ? 200 : 201).location(`/api/v1/tickets/${number}`);
    await tell(parts, response, number, actor);
  };
}

/** Whatever refuses an intake: the parser, the limit, the schema, an absent Postgres. `accept` counts the others. */
export function countRefused({ metrics }: Parts): RequestHandler {
  return (_request, response, next) => {
    response.on("finish", () => {
      if (response.statusCode >= 400) metrics?.intake("refused", String(response.locals["code"]));
    });
    next();
  };
}

/** Few per minute and address for those without a key. */
export function intakeLimit({ settings }: Parts): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: settings.intakePerMinute,
    standardHeaders: false,
    legacyHeaders: false,
    skip: (_request, response) => actorOf(response) !== null,
    handler: (request, _response, next) => {
      const { resetTime } = (request as unknown as { rateLimit: { resetTime: Date | undefined } }).rateLimit;
      const seconds = Math.ceil(((resetTime?.getTime() ?? Date.now()) - Date.now()) / 1_000);
      const retryAfter = Math.max(1, seconds);
      next(new Problem("too_many_requests", "Too many tickets from this address.", { retryAfter }));
    },
  });
}

/** What was accepted once is not judged again by a form that has changed since. */
async function formOf(prisma: Db, body: NewTicket, unfilled: Unfilled): Promise<Submission["form"]> {
  if (body.fields === undefined || (await acceptedBefore(prisma, unfilled)) !== null) return null;
  return await filledIn(prisma, body);
}

type Asked = Pick<Submission, "key" | "sha256">;
type Unfilled = Omit<Submission, "form">;

function byStranger(body: NewTicket, asked: Asked): Unfilled {
  if (body.onBehalf !== undefined) throw forbidden();
  if (body.channel === "phone") throw invalid("channel", "Only staff open tickets for calls.", "staff_only");
  const scope = `requester:${sha256(body.requester.email.toLowerCase())}`;
  return {
    ...said(body, asked),
    scope,
    channel: body.channel ?? "web",
    openedBy: null,
    acknowledge: true,
    assignee: null,
  };
}

/** Staff vouch for what is stated. On somebody's behalf, nothing is sent to them unless asked. */
function byStaff(body: NewTicket, asked: Asked, actor: Staff): Unfilled {
  const { onBehalf } = body;
  return {
    ...said(body, asked),
    scope: actorId(actor),
    channel: body.channel ?? "api",
    openedBy: actor,
    acknowledge: onBehalf === undefined || onBehalf.notify === true,
    assignee: onBehalf?.assignee ?? null,
  };
}

function said({ subject, text, requester, type, impact, urgency, site }: NewTicket, asked: Asked) {
  return {
    ...asked,
    subject,
    text,
    sender: { email: requester.email, name: requester.name ?? null, language: requester.language ?? null },
    stated: { type: type ?? null, impact: impact ?? null, urgency: urgency ?? null },
    site: site ?? null,
    followUpOf: null,
  };
}

/** A stranger who knows an address learns nothing of what is known about it. */
async function tell({ prisma }: Parts, response: Response, number: number, actor: Staff | null): Promise<void> {
  response.json(
    actor === null
      ? receiptOf(await prisma.ticket.findUniqueOrThrow({ where: { number } }))
      : await presentTicket(prisma, number, actor),
  );
}

function receiptOf({ number, subject, status, createdAt }: Omit<TicketRow, "requester">): Receipt {
  return { number, subject, status: status as Receipt["status"], createdAt: createdAt.toISOString() };
}
