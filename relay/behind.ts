// Runs that are behind their rows, or don't go on. A record can outlive the run's memory of it: Postgres has committed, and
// the worker, or Temporal, dies before the task is completed. A command that comes later heals it; without one its timers
// would be those of the past. And a run whose task fails for ever takes no clock at all. So every ticket is looked at when
// its row says so: after a record, after something was due, after a command that got no answer. By a query, which leaves no
// trace in a history.
import { QueryNotRegisteredError, WorkflowNotFoundError } from "@temporalio/client";
import type { WorkflowExecutionDescription, WorkflowHandle } from "@temporalio/client";
import { nextDue } from "../domain/due";
import { restore } from "../domain/state";
import type { Stored } from "../domain/state";
import type { Instant, Ticket } from "../domain/ticket";
import { live, storeRestored, ticketWorkflowId } from "../workflows/messages";
import type { RelayDeps } from "./deps";
import { owesMails, rebearOne } from "./rebirth";
import { isUnqueued } from "./unqueued";

const callMs = 5_000;
/** What is due is taken and recorded within this, ms; else it is looked at. */
export const dueGraceMs = 30_000;
/** Who has looked in vain looks again after this, ms; meanwhile no other relay does. */
const againMs = 10_000;
const page = 200;
const atOnce = 8;
/** After so many failed or lost attempts at one task a run does not go on by itself any more … */
const attemptsBeforeRebirth = 5;
/** … if that is still so after this, ms: where a worker was killed, or has too much to do, attempts are lost as well. */
const wedgedForMs = 30_000;

interface Row {
  readonly number: number;
  readonly version: number;
  readonly status: string;
  readonly state: Stored;
}

/** `late`: its task fails, or it can't answer, which may pass. `over`: the run has ended, as a closed ticket's does. */
type Found = "level" | "behind" | "late" | "over";

/** Tickets whose run was seen not to go on, and since when (epoch ms): a run that is only late is to be left alone. */
export type Suspects = Map<number, number>;

/** Looks at each ticket that is to be looked at by now. One that can't be reached is looked at again. */
export async function lookAfter(deps: RelayDeps, suspects: Suspects): Promise<void> {
  for (let rows = await take(deps); rows.length > 0; rows = await take(deps)) {
    for (let at = 0; at < rows.length; at += atOnce) {
      await Promise.all(rows.slice(at, at + atOnce).map((row) => look(deps, suspects, row)));
    }
  }
}

async function take({ prisma }: RelayDeps): Promise<readonly Row[]> {
  return await prisma.$queryRaw<Row[]>`
    UPDATE tickets SET look_at = clock_timestamp() + ${againMs} * interval '1 millisecond'
    WHERE number IN (
      SELECT number FROM tickets WHERE look_at <= clock_timestamp() AND stuck IS NULL
      ORDER BY look_at LIMIT ${page} FOR NO KEY UPDATE SKIP LOCKED)
    RETURNING number, version, status, state`;
}

async function look(deps: RelayDeps, suspects: Suspects, row: Row): Promise<void> {
  const { number, version } = row;
  try {
    const found = await deps.temporal.withDeadline(Date.now() + callMs, () => compare(deps, suspects, row));
    if (found !== "late") suspects.delete(number);
    if (found === "level") await lookNext(deps, row);
    if (found === "over") await deps.prisma.ticket.updateMany({ where: { number, version }, data: { lookAt: null } });
  } catch (error) {
    deps.log.info({ ticket: number, error: error instanceof Error ? error.name : typeof error }, "Not compared yet");
  }
}

/** Nothing more to do before the next thing is due. What is due by now and not recorded is waited for once more. */
async function lookNext({ prisma }: RelayDeps, { number, version, state }: Row): Promise<void> {
  const at = expectedAt(restore(state));
  const lookAt = at === null ? null : new Date(Math.max(at, Date.now()) + dueGraceMs);
  await prisma.ticket.updateMany({ where: { number, version }, data: { lookAt } });
}

/** When the run has something to do without being told; null: it waits for people. */
function expectedAt(ticket: Ticket): Instant | null {
  // It notes that the mail has left, and ends when all have: both are due as soon as they can be.
  if (ticket.status === "solved" || ticket.status === "closed") return nextDue(ticket)?.at ?? 0;
  return nextDue(ticket)?.at ?? null;
}

/** Tells a run that is behind, starts one that is lost or does not go on; these are looked at again. */
async function compare(deps: RelayDeps, suspects: Suspects, { number, version, status }: Row): Promise<Found> {
  const handle = deps.temporal.workflow.getHandle(ticketWorkflowId(number));
  try {
    const run = await handle.describe();
    if (run.status.name === "RUNNING" && isFailing(run)) {
      if (isWedged(suspects, number)) await replace(deps, number, run.runId);
      return "late";
    }
    if (run.status.name === "RUNNING") {
      const recordedVersion = await versionOf(handle);
      if (recordedVersion === null) {
        if (!hasTask(run) && isWedged(suspects, number)) await wake(deps, handle, suspects, number);
        return "late";
      }
      const unqueued = await isUnqueued(deps, number);
      if (unqueued) deps.log.warn({ ticket: number }, "It waits for somebody and stands in no queue: it asks anew");
      const isLevel = recordedVersion >= version && !unqueued;
      if (!isLevel) await handle.signal(storeRestored);
      return isLevel ? "level" : "behind";
    }
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
  if (status === "closed" && !(await owesMails(deps, number))) return "over";
  await rebearOne(deps, number, { evenIfClosed: true, patient: true });
  return "behind";
}

/** What the run has recorded. Null: it can't say, since it has something to do first. */
async function versionOf(handle: WorkflowHandle): Promise<number | null> {
  try {
    return (await handle.query(live)).recordedVersion;
  } catch (error) {
    if (error instanceof QueryNotRegisteredError) return null;
    throw error;
  }
}

function hasTask({ raw }: WorkflowExecutionDescription): boolean {
  return Boolean(raw.pendingWorkflowTask);
}

/**
 * It has something to do and no task to do it in, and nothing would ever give it one: a worker has answered its tasks out of
 * its memory of what Temporal, restored beneath it, had forgotten. With a task it does what is to be done; or that fails, and
 * it is replaced.
 */
async function wake({ log }: RelayDeps, handle: WorkflowHandle, suspects: Suspects, number: number): Promise<void> {
  log.warn({ ticket: number }, "Its run can't answer and has no task: it is told to look");
  await handle.signal(storeRestored);
  suspects.delete(number);
}

/**
 * Its task has failed, or was never answered, time after time. A defect can be the cause, ours or the SDK's (one of 1.24: an
 * update whose local activity outlives its task is then completed by a message that is not sent).
 */
function isFailing({ raw }: WorkflowExecutionDescription): boolean {
  return (raw.pendingWorkflowTask?.attempt ?? 0) >= attemptsBeforeRebirth;
}

function isWedged(suspects: Suspects, number: number): boolean {
  const since = suspects.get(number) ?? Date.now();
  suspects.set(number, since);
  return Date.now() - since >= wedgedForMs;
}

/** What counts is recorded. */
async function replace(deps: RelayDeps, number: number, runId: string): Promise<void> {
  deps.log.warn({ ticket: number }, "Its run does not go on: it is ended, and the ticket goes on from the journal");
  const handle = deps.temporal.workflow.getHandle(ticketWorkflowId(number), runId);
  await handle.terminate("Its task failed again and again: the ticket goes on from the journal, in a new run");
  await rebearOne(deps, number, { evenIfClosed: true });
}
