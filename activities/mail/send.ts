// Sends the notices of one record, each at most once per attempt and in order per person. Knows rows, attempts and
// outcomes; refuses to let an address, a name or a text out into a failure, a log or Temporal.
import { setTimeout as sleep } from "node:timers/promises";
import { ApplicationFailure, Context } from "@temporalio/activity";
import type { PrismaClient } from "../../prisma/client";
import { compose } from "./compose";
import type { Sender } from "./compose";
import { attemptMs, claim, note, settled } from "./ledger";
import type { Result } from "./ledger";
import { load } from "./load";
import type { MailTransport } from "./transport";
import { statusOf, troubleOf } from "./trouble";

/** A notice as the workflow knows it. */
export interface OwedMail {
  readonly id: string;
  readonly version: number;
  readonly template: string;
  /** `requester` or `agent:<id>`. */
  readonly recipient: string;
}

export interface SendOutcome {
  readonly notice: string;
  readonly version: number;
  readonly template: string;
  readonly recipient: string;
  readonly state: "sent" | "failed";
  /** Epoch ms; null for one that failed. */
  readonly sentAt: number | null;
  /** How many there have been so far. */
  readonly attempts: number;
}

export interface MailDeps extends Sender {
  readonly prisma: PrismaClient;
  readonly transport: MailTransport;
}

const heartbeatMs = 5_000;
/** How an attempt ended is known for certain only here: so long it is tried to note it, and how often, ms. */
const noteWithinMs = 240_000;
const noteAgainMs = 500;

export function createMailActivities(deps: MailDeps) {
  return {
    /**
     * Settles notices, in the order given: sends what is queued, and merely reports what was sent or has failed. A
     * person's later notices wait for their earlier ones; nobody waits for another person: what meets with trouble is
     * left out of the answer, and is the caller's to hand in again.
     * Throws a retryable failure `MailServerUnavailable` while none is settled, `DatabaseUnavailable` when the rows
     * can't be read or written. Cancelled, it ends after the mail at hand; in a worker that ends, at once.
     */
    async send({ number, notices }: { number: number; notices: readonly OwedMail[] }): Promise<SendOutcome[]> {
      const context = Context.current();
      const beat = setInterval(() => context.heartbeat(), heartbeatMs);
      try {
        return await settleAll(deps, number, notices, context);
      } finally {
        clearInterval(beat);
      }
    },
  };
}

async function settleAll(deps: MailDeps, number: number, notices: readonly OwedMail[], context: Context) {
  const outcomes: SendOutcome[] = [];
  const waiting = new Set<string>();
  const stopping = endOfWorker(context);
  for (const notice of notices) {
    if (context.cancellationSignal.aborted) await context.cancelled;
    context.heartbeat();
    if (waiting.has(notice.recipient)) continue;
    const outcome = await settle(deps, number, notice, { context, stopping }).catch(databaseUnavailable);
    if (outcome === null) waiting.add(notice.recipient);
    else outcomes.push(outcome);
  }
  if (outcomes.length > 0) return outcomes;
  throw ApplicationFailure.retryable("The mail server takes none of the notices yet.", "MailServerUnavailable");
}

/** What has become of a notice after one attempt at it; null while it is still owed. */
async function settle(
  deps: MailDeps,
  number: number,
  notice: OwedMail,
  { context, stopping }: { readonly context: Context; readonly stopping: AbortSignal },
): Promise<SendOutcome | null> {
  const { prisma } = deps;
  const token = await claim(prisma, number, notice.id, holderOf(context));
  // The row decides: an attempt that came late, behind a newer one, notes nothing.
  const end =
    token === null
      ? await settled(prisma, notice.id)
      : await noteSurely(deps, notice.id, token, await attempt(deps, number, notice, stopping), context);
  const { id, version, template, recipient } = notice;
  return end && { notice: id, version, template, recipient, ...end };
}

async function attempt(deps: MailDeps, number: number, notice: OwedMail, stopping: AbortSignal): Promise<Result> {
  try {
    const material = await load(deps.prisma, number, notice);
    if (material.address === null) return { state: "failed", error: "no address" };
    const mail = compose(deps, notice, { ...material, address: material.address }, Date.now());
    await deps.transport.sendMail({ ...mail, signal: AbortSignal.any([AbortSignal.timeout(attemptMs), stopping]) });
    return { state: "sent", sentAt: Date.now() };
  } catch (error) {
    return troubleOf(error);
  }
}

/** This activity in all its attempts; that of another run is another. */
function holderOf({ info: { workflowExecution, activityId } }: Context): string {
  return `${workflowExecution?.runId} ${activityId}`;
}

/** A Postgres that is away for a while must not have a mail sent twice: the note waits for it. */
async function noteSurely({ prisma }: MailDeps, id: string, token: string, result: Result, context: Context) {
  for (const until = Date.now() + noteWithinMs; ; await sleep(noteAgainMs)) {
    try {
      return await note(prisma, id, token, result);
    } catch (error) {
      if (result.state !== "sent" || context.cancellationSignal.aborted || Date.now() > until) throw error;
    }
  }
}

/** A ticket that lets go of its mails waits for the one at hand. A worker that ends has given it three seconds already. */
function endOfWorker(context: Context): AbortSignal {
  const ending = new AbortController();
  context.cancellationSignal.addEventListener("abort", () => {
    if (context.cancellationDetails?.workerShutdown === true) ending.abort();
  });
  return ending.signal;
}

function databaseUnavailable(error: unknown): never {
  throw ApplicationFailure.retryable(
    `The notices could not be read or noted: ${statusOf(error)}.`,
    "DatabaseUnavailable",
  );
}
