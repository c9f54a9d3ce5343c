// How an activity of the queue `mail` lives: it says that it is alive, ends when its worker does, and names what went wrong
// without quoting anybody.
import { setTimeout as sleep } from "node:timers/promises";
import { ApplicationFailure, Context } from "@temporalio/activity";
import { attemptMs } from "./ledger";
import type { Result } from "./ledger";
import { statusOf } from "./trouble";

const heartbeatMs = 5_000;
/** How an attempt ended is known for certain only here: so long it is tried to note it, and how often, ms. */
const noteWithinMs = 240_000;
const noteAgainMs = 500;

export interface Attempt {
  /** Ends a mail that takes too long, or whose worker ends. */
  signal(): AbortSignal;
  /** The run whose attempt it is, and this activity in all its attempts. */
  readonly run: string;
  readonly activity: string;
  /** Notes how a mail went. A Postgres that is away for a while must not have one sent twice: the note waits for it. */
  noted<T>(result: Result, note: () => Promise<T>): Promise<T>;
  /** To be called between two mails: rejects when the activity is cancelled. */
  breathe(): Promise<void>;
}

export async function attempting<T>(work: (attempt: Attempt) => Promise<T>): Promise<T> {
  const context = Context.current();
  const beat = setInterval(() => context.heartbeat(), heartbeatMs);
  const stopping = endOfWorker(context);
  try {
    return await work({
      signal: () => AbortSignal.any([AbortSignal.timeout(attemptMs), stopping]),
      run: String(context.info.workflowExecution?.runId),
      activity: `${context.info.workflowExecution?.runId} ${context.info.activityId}`,
      noted: async (result, note) => await surely(result, note, context),
      breathe: async () => {
        if (context.cancellationSignal.aborted) await context.cancelled;
        context.heartbeat();
      },
    });
  } finally {
    clearInterval(beat);
  }
}

export function mailServerUnavailable(): ApplicationFailure {
  return ApplicationFailure.retryable("The mail server takes none of the notices yet.", "MailServerUnavailable");
}

export function databaseUnavailable(error: unknown): never {
  throw ApplicationFailure.retryable(
    `The notices could not be read or noted: ${statusOf(error)}.`,
    "DatabaseUnavailable",
  );
}

async function surely<T>(result: Result, note: () => Promise<T>, context: Context): Promise<T> {
  for (const until = Date.now() + noteWithinMs; ; await sleep(noteAgainMs)) {
    try {
      return await note();
    } catch (error) {
      if (result.state !== "sent" || isEnding(context) || Date.now() > until) throw error;
    }
  }
}

/** A ticket that lets go of its mails waits for the one at hand. A worker that ends has given it three seconds already. */
function endOfWorker(context: Context): AbortSignal {
  const ending = new AbortController();
  context.cancellationSignal.addEventListener("abort", () => {
    if (isEnding(context)) ending.abort();
  });
  return ending.signal;
}

/** Whether its worker ends, and not merely its ticket's wish to have it sent. */
function isEnding(context: Context): boolean {
  return context.cancellationDetails?.workerShutdown === true;
}
