// Runs that are behind their rows. A record can outlive the run's memory of it: Postgres has committed, and the worker, or
// Temporal, dies before the task is completed. A command that comes later heals it; without one its timers would be those of
// the past. So every ticket is looked at once, a moment after its last record: by a query, which leaves no trace in a history.
import { WorkflowNotFoundError } from "@temporalio/client";
import type { WorkflowExecutionDescription } from "@temporalio/client";
import { live, storeRestored, ticketWorkflowId } from "../workflows/messages";
import type { RelayDeps } from "./deps";
import { rebearOne } from "./rebirth";

const callMs = 5_000;
/** A record and the end of its task lie closer together than this, ms. */
const graceMs = 10_000;
const page = 200;
const atOnce = 8;
/** After so many failed or lost attempts at one task a run does not go on by itself any more. */
const attemptsBeforeRebirth = 5;

interface Row {
  readonly number: number;
  readonly version: number;
  readonly status: string;
}

/** Looks at each ticket whose last record has not been compared yet. One that can't be reached is looked at the next time. */
export async function compareQuiet(deps: RelayDeps): Promise<void> {
  const rows = await deps.prisma.$queryRaw<Row[]>`
    SELECT number, version, status FROM tickets
    WHERE compared_version < version AND stuck IS NULL
      AND updated_at < clock_timestamp() - ${graceMs} * interval '1 millisecond'
    ORDER BY updated_at LIMIT ${page}`;
  for (let at = 0; at < rows.length; at += atOnce) {
    await Promise.all(rows.slice(at, at + atOnce).map((row) => compare(deps, row)));
  }
}

async function compare(deps: RelayDeps, row: Row): Promise<void> {
  const { number, version } = row;
  try {
    const isLevel = await deps.temporal.withDeadline(Date.now() + callMs, () => isLevelWith(deps, row));
    if (isLevel) await deps.prisma.ticket.updateMany({ where: { number, version }, data: { comparedVersion: version } });
  } catch (error) {
    deps.log.info({ ticket: number, error: error instanceof Error ? error.name : typeof error }, "Not compared yet");
  }
}

/** Tells a run that is behind, starts one that is lost or does not go on; these are looked at again. */
async function isLevelWith(deps: RelayDeps, { number, version, status }: Row): Promise<boolean> {
  const handle = deps.temporal.workflow.getHandle(ticketWorkflowId(number));
  try {
    const run = await handle.describe();
    if (run.status.name === "RUNNING" && !isWedged(run)) {
      const { recordedVersion } = await handle.query(live);
      if (recordedVersion < version) await handle.signal(storeRestored);
      return recordedVersion >= version;
    }
    if (run.status.name === "RUNNING") {
      deps.log.warn({ ticket: number }, "Its run does not go on: it is ended, and the ticket goes on from the journal");
      await handle.terminate("Its task failed again and again: the ticket goes on from the journal, in a new run");
      await rebearOne(deps, number, { evenIfClosed: true });
      return false;
    }
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
  if (status !== "closed") await rebearOne(deps, number);
  return status === "closed";
}

/**
 * Its task has failed, or was never answered, time after time. A defect can be the cause, ours or the SDK's (one of 1.24: an
 * update whose local activity outlives its task is then completed by a message that is not sent). What counts is recorded.
 */
function isWedged({ raw }: WorkflowExecutionDescription): boolean {
  return (raw.pendingWorkflowTask?.attempt ?? 0) >= attemptsBeforeRebirth;
}
