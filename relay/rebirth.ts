// Tickets that are open in Postgres and absent in Temporal (its database was lost, or restored from an older copy; somebody
// terminated a run) are started again from what was recorded, under the next epoch: a run that still writes is then refused.
// So are closed ones whose requester is still to be told.
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from "@temporalio/client";
import { restore } from "../domain/state";
import type { Stored } from "../domain/state";
import { isOwed, owed } from "../prisma/owed";
import { ticketType, ticketWorkflowId } from "../workflows/messages";
import { rebirthOptions } from "../workflows/starts/ticket";
import { beginSome, untilBegun } from "./begin";
import type { RelayDeps } from "./deps";

const callMs = 5_000;
/** Numbers alone: the states of a hundred thousand that all run would be most of a gigabyte, read for nothing. */
const atATime = 5_000;

interface Row {
  readonly number: number;
  readonly epoch: number;
  readonly state: Stored;
}

export async function rebear(deps: RelayDeps): Promise<void> {
  const running = await runningTickets(deps);
  for (const { page, evenIfClosed } of [{ page: unclosed, evenIfClosed: false }, { page: owing, evenIfClosed: true }]) {
    for (let after: number | undefined = 0; after !== undefined; ) {
      const numbers = await page(deps, after);
      const absent = numbers.filter((number) => !running.has(ticketWorkflowId(number)));
      await beginSome(absent, (number) => rebearOne(deps, number, { evenIfClosed, patient: true }));
      after = numbers.at(-1);
    }
  }
}

/** Whether a ticket's requester is still to be told of something: by its own workflow, also when it is closed. */
export async function owesMails({ prisma }: RelayDeps, number: number): Promise<boolean> {
  return (await prisma.notice.count({ where: { ticket: number, recipient: "requester", ...owed } })) > 0;
}

/**
 * One ticket, for whoever has just missed its workflow. A closed one is started only to tell what it still owes. `patient`: is
 * done when the run has claimed the ticket, which whoever starts many of them waits for.
 */
export async function rebearOne(deps: RelayDeps, number: number, { evenIfClosed = false, patient = false } = {}): Promise<void> {
  const [row] = await deps.prisma.$queryRaw<Row[]>`
    SELECT number, epoch, state FROM tickets
    WHERE number = ${number} AND (status <> 'closed' OR ${evenIfClosed}) AND started`;
  if (row === undefined) return;
  const isStarted = await startAgain(deps, row);
  if (isStarted && patient) await untilBegun(async () => (await deps.prisma.ticket.count({ where: { number, epoch: row.epoch, stuck: null } })) === 0);
}

/** The list may lag behind: what it misses is asked about one by one. */
async function runningTickets({ temporal }: RelayDeps): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  const query = `WorkflowType = "${ticketType}" AND ExecutionStatus = "Running"`;
  for await (const { workflowId } of temporal.workflow.list({ query, pageSize: 1_000 })) ids.add(workflowId);
  return ids;
}

async function unclosed({ prisma }: RelayDeps, after: number): Promise<readonly number[]> {
  const rows = await prisma.$queryRaw<{ number: number }[]>`
    SELECT number FROM tickets
    WHERE status <> 'closed' AND started AND number > ${after} ORDER BY number LIMIT ${atATime}`;
  return rows.map(({ number }) => number);
}

/** Closed, and their requesters not told yet. */
async function owing({ prisma }: RelayDeps, after: number): Promise<readonly number[]> {
  const rows = await prisma.$queryRaw<{ number: number }[]>`
    SELECT number FROM tickets
    WHERE status = 'closed' AND started AND number > ${after}
      AND number IN (SELECT ticket FROM notices WHERE ${isOwed} AND recipient = 'requester')
    ORDER BY number LIMIT ${atATime}`;
  return rows.map(({ number }) => number);
}

/** False: it runs. */
async function startAgain({ temporal, log, onRebirth }: RelayDeps, { number, epoch, state }: Row): Promise<boolean> {
  const within = <T>(call: () => Promise<T>): Promise<T> => temporal.withDeadline(Date.now() + callMs, call);
  try {
    const { status } = await within(() => temporal.workflow.getHandle(ticketWorkflowId(number)).describe());
    if (status.name === "RUNNING") return false;
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
  try {
    await within(() => temporal.workflow.start(ticketType, rebirthOptions(restore(state), epoch + 1)));
    log.info({ ticket: number, epoch: epoch + 1 }, "Started again from the journal");
    onRebirth?.();
    return true;
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return false;
  }
}
