// A command on its way to the ticket's workflow, and what to do when there is no workflow to take it.
import {
  WithStartWorkflowOperation,
  WorkflowUpdateFailedError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from "@temporalio/client";
import { ApplicationFailure } from "@temporalio/common";
import type { UpdateDefinition, Workflow } from "@temporalio/common";
import { decide } from "../domain/decide";
import type { Command } from "../domain/decide";
import { isRefusal } from "../domain/refusal";
import type { Intake } from "../domain/ticket";
import { commandCause, ticketType, ticketWorkflowId, updates } from "../workflows/messages";
import { rebirthOptions, startOptions } from "../workflows/starts/ticket";
import type { Answer, Ask, AskedVerb } from "../workflows/messages";
import { sha256 } from "./fingerprint";
import { versionOf } from "./noted";
import { postRebirth } from "./outbox";
import type { Core } from "./parts";
import { stateOf } from "./present-ticket";
import type { TicketRow } from "./present-ticket";
import { fromRefusal, Problem } from "./problem";

/** How long before the command's end its sender is answered, ms. */
const marginMs = 700;

/** The version of the event that it has become. Rejects with a `Problem`, or as the client does, in time for a 503. */
export async function send<V extends AskedVerb>(parts: Core, verb: V, number: number, ask: Ask<V>): Promise<number> {
  return await parts.temporal.withDeadline(ask.notAfter - marginMs, async () => {
    try {
      return await update(parts, verb, number, ask);
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return await sendToNobody(parts, verb, number, ask);
      // A run that was brought up anew has judged without what an earlier delivery of the command became: that stands in Postgres.
      const version = error instanceof WorkflowUpdateFailedError ? await versionOf(parts.prisma, ask) : null;
      if (version === null) throw error;
      return version;
    }
  });
}

async function update<V extends AskedVerb>({ temporal }: Core, verb: V, number: number, ask: Ask<V>): Promise<number> {
  const handle = temporal.workflow.getHandle(ticketWorkflowId(number));
  for (;;) {
    try {
      const { version } = await handle.executeUpdate(updates[verb], { args: [ask], updateId: updateId(ask) });
      return version;
    } catch (error) {
      if (!wasLeftAside(error) || Date.now() > ask.notAfter - marginMs) throw error;
    }
  }
}

/**
 * In a burst of updates on one ticket the server can lose a task together with the updates it carried, and then turns these
 * away unread: nobody has judged them, so they are sent again.
 */
function wasLeftAside(error: unknown): boolean {
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  return cause instanceof ApplicationFailure && cause.type === "UnprocessedUpdate";
}

/**
 * Not started yet: started now. Done already, by a try whose answer was lost: told so. Closed: few verbs bring it back. Lost: on
 * its way back, try again later.
 */
async function sendToNobody<V extends AskedVerb>(parts: Core, verb: V, number: number, ask: Ask<V>): Promise<number> {
  const row = await parts.prisma.ticket.findUniqueOrThrow({ where: { number } });
  if (!row.started) {
    const { facts } = await parts.prisma.intake.findUniqueOrThrow({ where: { number }, select: { facts: true } });
    await startFirst(parts, facts as unknown as Intake);
    return await update(parts, verb, number, ask);
  }
  const version = await versionOf(parts.prisma, ask);
  if (version !== null) return version;
  if (row.status === "closed" && bringsBack(verb)) return await bringBack(parts, row, verb, ask);
  if (row.status === "closed") {
    throw new Problem("ticket_closed", "The ticket is closed.", { facts: { currentStatus: row.status } });
  }
  await postRebirth(parts.prisma, number);
  const detail = "The ticket is being brought back; nothing was done.";
  throw new Problem("unavailable", detail, { retryAfter: 5, facts: { key: ask.key } });
}

async function startFirst({ temporal }: Core, intake: Intake): Promise<void> {
  try {
    await temporal.workflow.start(ticketType, startOptions(intake));
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

const bringingBack = ["reopen", "correct", "unmerge", "unmarkSpam"] as const satisfies readonly AskedVerb[];
type BringingBack = (typeof bringingBack)[number];

function bringsBack(verb: AskedVerb): verb is BringingBack {
  return (bringingBack as readonly AskedVerb[]).includes(verb);
}

type Closed = Pick<TicketRow, "state" | "epoch">;

/** Decided here first, so that a refusal starts no run. */
async function bringBack({ temporal }: Core, row: Closed, verb: BringingBack, ask: Ask): Promise<number> {
  const closed = stateOf(row);
  const asked = { by: ask.by, at: Date.now(), cause: commandCause(ask), ifVersion: ask.ifVersion ?? undefined };
  const decision = decide(closed, { verb, args: ask.args } as Command, asked);
  if (isRefusal(decision)) throw fromRefusal(decision);
  const { version } = await temporal.workflow.executeUpdateWithStart(updates[verb] as UpdateDefinition<Answer, [Ask]>, {
    args: [ask],
    updateId: updateId(ask),
    startWorkflowOperation: new WithStartWorkflowOperation<Workflow>(ticketType, {
      ...rebirthOptions(closed, row.epoch + 1),
      workflowIdConflictPolicy: "USE_EXISTING",
    }),
  });
  return version;
}

/** One try of one person's command: a later try has another id, so that no answer passes for another's. */
function updateId({ scope, key, notAfter }: Ask): string {
  const id = `${scope}:${key}@${notAfter.toString(36)}`;
  return id.length <= 200 ? id : `${sha256(`${scope}:${key}`)}@${notAfter.toString(36)}`;
}
