// Runs that are behind their rows. A record can outlive the run's memory of it: Postgres has committed, and the worker, or
// Temporal, dies before the task is completed. A command that comes later heals it; without one its timers would be those of
// the past. So every ticket is looked at once, a moment after its last record: by a query, which leaves no trace in a history.
import { WorkflowNotFoundError } from "@temporalio/client";
import { live, storeRestored, ticketWorkflowId } from "../workflows/messages";
import type { RelayDeps } from "./deps";
import { rebearOne } from "./rebirth";

const callMs = 5_000;
/** A record and the end of its task lie closer together than this, ms. */
const graceMs = 10_000;
const page = 200;
const atOnce = 8;

interface Row {
  readonly number: number;
  readonly version: number;
  readonly status: string;
}

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

async function compare(deps: RelayDeps, { number, version, status }: Row): Promise<void> {
  const isLevel = await deps.temporal.withDeadline(Date.now() + callMs, () => isLevelWith(deps, number, version, status));
  if (!isLevel) return;
  await deps.prisma.ticket.updateMany({ where: { number, version }, data: { comparedVersion: version } });
}

/** Tells a run that is behind, starts one that is lost; both are looked at again. */
async function isLevelWith(deps: RelayDeps, number: number, version: number, status: string): Promise<boolean> {
  const handle = deps.temporal.workflow.getHandle(ticketWorkflowId(number));
  try {
    const { status: run } = await handle.describe();
    if (run.name === "RUNNING") {
      const { recordedVersion } = await handle.query(live);
      if (recordedVersion < version) await handle.signal(storeRestored);
      return recordedVersion >= version;
    }
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
  if (status !== "closed") await rebearOne(deps, number);
  return status === "closed";
}
