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

/** As in temporal.api.enums.v1.TaskQueueType. */
const workflowTasks = 1;
const activityTasks = 2;

/** Resolves in 2 s, whatever Temporal does. */
export async function temporalTroubles(parts: Parts): Promise<readonly Trouble[]> {
  try {
    const [tickets, records, mails] = await parts.temporal.withDeadline(Date.now() + patienceMs, () =>
      Promise.all([
        isPolled(parts, ticketsQueue, workflowTasks),
        isPolled(parts, ticketsQueue, activityTasks),
        isPolled(parts, mailQueue, activityTasks),
      ]),
    );
    return [...(tickets && records ? [] : [noTicketWorker]), ...(mails ? [] : [noMailWorker])];
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

async function isPolled({ temporal }: Parts, name: string, taskQueueType: number): Promise<boolean> {
  const asked = { namespace: temporal.options.namespace, taskQueue: { name }, taskQueueType };
  const { pollers } = await temporal.workflowService.describeTaskQueue(asked);
  const aliveSince = Date.now() - pollerAliveMs;
  return pollers.some(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1_000 > aliveSince);
}
