// What is wrong at Temporal: it is away, or nobody works for us there.
import { isGrpcServiceError } from "@temporalio/client";
import type { Trouble } from "../../contract/directory";
import { mailQueue, ticketsQueue } from "../../workflows/messages";
import type { Parts } from "../parts";
import { trouble } from "./trouble";

const patienceMs = 1_500;
/** gRPC's own number. */
const notFound = 5;
/** A worker's poll waits for a minute at most, and is then made anew: one who has not asked for longer is gone. */
const pollerAliveMs = 75_000;

/** The id of no workflow. */
const nobodys = "health";

/** As in temporal.api.enums.v1.TaskQueueType. */
const workflowTasks = 1;
const activityTasks = 2;

/** Resolves in 2 s, whatever Temporal does. */
export async function temporalTroubles(parts: Parts): Promise<readonly Trouble[]> {
  try {
    const [stall, tickets, records, mails] = await parts.temporal.withDeadline(Date.now() + patienceMs, () =>
      Promise.all([
        stallOf(parts),
        isPolled(parts, ticketsQueue, workflowTasks),
        isPolled(parts, ticketsQueue, activityTasks),
        isPolled(parts, mailQueue, activityTasks),
      ]),
    );
    return [
      ...(stall === null ? [] : [stalled(stall)]),
      ...(tickets && records ? [] : [noTicketWorker]),
      ...(mails ? [] : [noMailWorker]),
    ];
  } catch (cause) {
    parts.log.debug({ cause }, "Temporal did not answer");
    return [isGrpcServiceError(cause) && cause.code === notFound ? namespaceMissing(parts) : away];
  }
}

const away = trouble(
  "temporal_away",
  "Temporal does not answer: tickets are kept, commands have to wait.",
  "See that it runs and that TEMPORAL_ADDRESS leads to it.",
);

/** `why` in the server's own words: it was asked for nothing of ours. */
function stalled(why: string): Trouble {
  const wrong = `Temporal runs and can't use its own store (${why}): tickets are kept, commands and clocks have to wait.`;
  return trouble("temporal_stalled", wrong, "See that its disk or database is well, then restart it.");
}

const noTicketWorker = trouble(
  "no_ticket_worker",
  "No worker asks for tickets: they are kept, commands have to wait, clocks will be late.",
  "Start one: npm run worker.",
);

const noMailWorker = trouble(
  "no_mail_worker",
  "No worker asks for mails: they are kept, and wait.",
  "Start one: npm run worker.",
);

function namespaceMissing({ temporal }: Parts): Trouble {
  const wrong = `Temporal has no namespace ${temporal.options.namespace}: tickets are kept, commands have to wait.`;
  const todo = "Set TEMPORAL_NAMESPACE to the right one, or create it and run npm run migrate.";
  return trouble("namespace_missing", wrong, todo);
}

/**
 * Why it serves no workflow although it answers: one who has lost its store still tells who polls. Asked is for a workflow that
 * nobody has, which is looked for in the store; null when it is well.
 */
async function stallOf({ temporal }: Parts): Promise<string | null> {
  const { namespace } = temporal.options;
  try {
    await temporal.workflowService.describeWorkflowExecution({ namespace, execution: { workflowId: nobodys } });
    return null;
  } catch (cause) {
    if (!isGrpcServiceError(cause)) throw cause;
    return cause.code === notFound ? null : cause.details;
  }
}

async function isPolled({ temporal }: Parts, name: string, taskQueueType: number): Promise<boolean> {
  const asked = { namespace: temporal.options.namespace, taskQueue: { name }, taskQueueType };
  const { pollers } = await temporal.workflowService.describeTaskQueue(asked);
  const aliveSince = Date.now() - pollerAliveMs;
  return pollers.some(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1_000 > aliveSince);
}
