// Carries one command to many tickets. Knows the rows of a bulk command and what a ticket's workflow may answer; refuses to
// know what the command means. An item's key names its command for ever: sent twice it is done once.
import { createHash, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Context } from "@temporalio/activity";
import { WorkflowNotFoundError, WorkflowUpdateFailedError } from "@temporalio/client";
import { ApplicationFailure } from "@temporalio/common";
import type { UpdateDefinition } from "@temporalio/common";
import { actorId } from "../domain/actor";
import type { Actor } from "../domain/actor";
import { refusalCodes } from "../domain/refusal";
import type { RefusalCode } from "../domain/refusal";
import type { TextRef } from "../domain/ticket";
import { ticketWorkflowId, updates } from "../workflows/messages";
import type { Answer, Ask, AskedVerb } from "../workflows/messages";
import type { BulkActivities, BulkProgress } from "../workflows/starts/errands";
import type { RelayDeps } from "./deps";
import { rebearOne } from "./rebirth";

/** A command takes effect within this time or never, ms. */
const validForMs = 10_000;
/** How long one turn goes on, ms: in between the run can be seen to move, and be stopped. */
const turnMs = 20_000;

/** Refusals that pass: the ticket can't take it now, and will be asked again. */
const passing: readonly RefusalCode[] = ["expired", "stuck", "superseded"];

export function createBulkActivities(deps: RelayDeps): BulkActivities {
  return {
    carryBulk: async ({ id }) => {
      const context = Context.current();
      const { cancellationSignal: signal } = context;
      const until = Date.now() + turnMs;
      let answered = 0;
      // A worker that is stopped ends its turn as if it were over: what is noted needs not to be found out again.
      for (const tried = new Set<number>(); Date.now() < until && !signal.aborted; ) {
        const began = Date.now();
        context.heartbeat(answered);
        const bulk = await deps.prisma.bulkCommand.findUniqueOrThrow({ where: { id } });
        const item = bulk.stoppedAt === null ? await nextItem(deps, id) : null;
        // What was tried in this turn and waits still has been found out of reach: the next turn asks again.
        if (item === null || tried.has(item.ticket)) break;
        tried.add(item.ticket);
        if (await carry(deps, { ...item, actor: bulk.actor as unknown as Actor, reason: bulk.reason })) answered += 1;
        await pause(1_000 / bulk.perSecond - (Date.now() - began), signal);
      }
      return await progressOf(deps, id, answered);
    },
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await sleep(ms, undefined, { signal }).catch(() => undefined);
}

async function nextItem({ prisma }: RelayDeps, bulkId: string) {
  return await prisma.bulkItem.findFirst({
    where: { bulkId, state: "waiting" },
    orderBy: [{ attempts: "asc" }, { ticket: "asc" }],
    select: { bulkId: true, ticket: true, verb: true, args: true },
  });
}

interface Item {
  readonly bulkId: string;
  readonly ticket: number;
  readonly verb: string;
  readonly args: unknown;
  readonly actor: Actor;
  readonly reason: string | null;
}

/** Whether the ticket has answered: done or refused. */
async function carry(deps: RelayDeps, item: Item): Promise<boolean> {
  const { state, code } = await send(deps, item);
  const where = { bulkId: item.bulkId, ticket: item.ticket, state: "waiting" };
  await deps.prisma.bulkItem.updateMany({ where, data: { state, code, attempts: { increment: 1 }, at: new Date() } });
  return state !== "waiting";
}

interface Outcome {
  readonly state: "done" | "refused" | "waiting";
  readonly code: string | null;
}

async function send(deps: RelayDeps, item: Item): Promise<Outcome> {
  const ask = await askOf(deps, item);
  const handle = deps.temporal.workflow.getHandle(ticketWorkflowId(item.ticket));
  // Verb and arguments were put together by whoever ordered it.
  const update = updates[item.verb as AskedVerb] as unknown as UpdateDefinition<Answer, [Ask]>;
  try {
    const updateId = `${ask.key}@${ask.notAfter.toString(36)}`;
    // A worker that is stopped waits for no ticket: the one who would answer may be itself. The client never takes its ear off
    // a signal, so each call gets one of its own.
    await deps.temporal.withAbortSignal(AbortSignal.any([Context.current().cancellationSignal]), () =>
      deps.temporal.withDeadline(ask.notAfter, () => handle.executeUpdate(update, { args: [ask], updateId })),
    );
    return { state: "done", code: null };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return await withoutWorkflow(deps, item.ticket);
    const code = refusalOf(error);
    if (code === undefined || passing.includes(code)) return { state: "waiting", code: code ?? "unavailable" };
    return { state: "refused", code };
  }
}

async function askOf({ prisma }: RelayDeps, { bulkId, ticket, verb, args, actor: by, reason }: Item): Promise<Ask> {
  const sha256 = hashOf(JSON.stringify([verb, args, ticket, reason]));
  const key = `bulk:${bulkId}:${ticket}`;
  const kept = reason === null ? {} : { reason: await keep(prisma, ticket, by, reason) };
  const told = { ...(args as object), ...kept } as Ask["args"];
  return { key, scope: actorId(by), sha256, by, notAfter: Date.now() + validForMs, ifVersion: null, args: told };
}

/** A draft, until the ticket's event publishes it; one that never is gets swept. */
async function keep(prisma: RelayDeps["prisma"], ticket: number, by: Actor, text: string): Promise<TextRef> {
  const ref = { id: randomUUID(), sha256: hashOf(text) };
  await prisma.message.create({ data: { ...ref, ticket, visibility: "reason", authorKind: by.kind, authorId: by.id, text } });
  return ref;
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Closed, or not started yet, or lost: then it is on its way back. */
async function withoutWorkflow(deps: RelayDeps, number: number): Promise<Outcome> {
  const row = await deps.prisma.ticket.findUnique({ where: { number }, select: { status: true } });
  if (row === null || row.status === "closed") return { state: "refused", code: "ticket_closed" };
  await rebearOne(deps, number);
  return { state: "waiting", code: "unavailable" };
}

function refusalOf(error: unknown): RefusalCode | undefined {
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  const type = cause instanceof ApplicationFailure ? cause.type : undefined;
  return refusalCodes.find((known) => known === type);
}

async function progressOf({ prisma }: RelayDeps, id: string, answered: number): Promise<BulkProgress> {
  const counts = await prisma.bulkItem.groupBy({ by: ["state"], where: { bulkId: id }, _count: true });
  const count = (state: Outcome["state"]) => counts.find((row) => row.state === state)?._count ?? 0;
  const [done, refused, waiting] = [count("done"), count("refused"), count("waiting")];
  if (waiting === 0) await prisma.bulkCommand.updateMany({ where: { id, finishedAt: null }, data: { finishedAt: new Date() } });
  const { stoppedAt } = await prisma.bulkCommand.findUniqueOrThrow({ where: { id } });
  return { total: done + refused + waiting, done, refused, waiting, stopped: stoppedAt !== null, answered };
}
