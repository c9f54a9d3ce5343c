// Tickets that fall due together come by everybody's queue. Each would else come by the queue of the worker that knows it, where
// commands come as well: a command that stands there behind a thousand clocks for longer than the sticky timeout is sent to stand
// behind them once more. Of everybody's queue a worker takes a few at a time, and its own stays free for people.
// Only a hint: Temporal keeps it in memory, and who doesn't get it is as exact, and a little more in the way.
import { isGrpcServiceError } from "@temporalio/client";
import { ticketWorkflowId } from "../workflows/messages";
import { dueGraceMs } from "./behind";
import type { RelayDeps } from "./deps";

/** So many in one second leave no room for commands: two cores take thirty to forty. */
const crowd = 20;
/** How long before they fall due they are told, ms: at least, and at most. */
const ahead = { least: 1_000, most: 6_000 };
const callMs = 5_000;
const atOnce = 8;
/** gRPC's own number. */
const NOT_FOUND = 5;

/** Up to when (epoch ms, a whole second) crowds have been told. */
export interface Told {
  until: number;
}

/** Tells the crowds of the coming seconds, each once. */
export async function partCrowds(deps: RelayDeps, told: Told, now = Date.now()): Promise<void> {
  const from = Math.max(told.until, wholeSecond(now + ahead.least));
  const until = wholeSecond(now + ahead.most);
  if (until <= from) return;
  const numbers = await crowds(deps, from, until);
  await deps.temporal.withDeadline(Date.now() + callMs, async () => {
    for (let at = 0; at < numbers.length; at += atOnce) {
      await Promise.all(numbers.slice(at, at + atOnce).map((number) => toEverybody(deps, number)));
    }
  });
  told.until = until;
}

/** Who was seen level with its row is looked at once more at this distance from what is due next: so the row tells when that is. */
async function crowds({ prisma }: RelayDeps, from: number, until: number): Promise<readonly number[]> {
  const rows = await prisma.$queryRaw<{ number: number }[]>`
    SELECT number FROM (
      SELECT number, count(*) OVER (PARTITION BY date_trunc('second', look_at)) AS together FROM tickets
      WHERE look_at >= ${new Date(from + dueGraceMs)} AND look_at < ${new Date(until + dueGraceMs)}) AS due
    WHERE together > ${crowd}`;
  return rows.map(({ number }) => number);
}

/** Its next task goes to whichever worker comes first, which may be the same; whoever takes it knows it from then on. */
async function toEverybody({ temporal }: RelayDeps, number: number): Promise<void> {
  const { namespace } = temporal.options;
  try {
    await temporal.workflowService.resetStickyTaskQueue({ namespace, execution: { workflowId: ticketWorkflowId(number) } });
  } catch (error) {
    if (!isGrpcServiceError(error) || (error.code as number) !== NOT_FOUND) throw error;
  }
}

function wholeSecond(at: number): number {
  return Math.floor(at / 1_000) * 1_000;
}
