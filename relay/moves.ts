// Carries a move to its tickets: each hears it as a command of dispatch, under a key of its own, so that it happens once. One
// that somebody else has by now, or that is closed, stays as it is.
import { WorkflowUpdateFailedError, WorkflowNotFoundError } from "@temporalio/client";
import { ApplicationFailure } from "@temporalio/common";
import { system } from "../domain/actor";
import { refusalCodes } from "../domain/refusal";
import { ticketWorkflowId, updates } from "../workflows/messages";
import type { Ask } from "../workflows/messages";
import type { RelayDeps } from "./deps";

const atOnce = 4;
/** From a command's coming to its last possible effect, ms. */
const validForMs = 8_000;

interface Item {
  readonly move: string;
  readonly ticket: number;
  readonly from: string;
  readonly to: string | null;
  readonly team: string | null;
}

/** Until nothing of it is owed. Throws when a ticket can't be reached, to be called again. */
export async function carryMove(deps: RelayDeps, move: string): Promise<void> {
  const items = await deps.prisma.$queryRaw<Item[]>`
    SELECT i.move_id::text AS move, i.ticket, m.agent_id AS from, m.to_id AS to, t.team_id AS team
    FROM move_items i JOIN moves m ON m.id = i.move_id JOIN tickets t ON t.number = i.ticket
    WHERE i.move_id = ${move}::uuid AND i.state = 'owed' ORDER BY i.ticket`;
  for (let at = 0; at < items.length; at += atOnce) {
    await Promise.all(items.slice(at, at + atOnce).map((item) => carryOne(deps, item)));
  }
}

async function carryOne(deps: RelayDeps, item: Item): Promise<void> {
  const detail = await refusalOf(() => tell(deps, item));
  await deps.prisma.moveItem.updateMany({
    where: { moveId: item.move, ticket: item.ticket },
    data: { state: detail === null ? "done" : "refused", detail },
  });
}

async function tell({ temporal, prisma }: RelayDeps, { move, ticket, from, to, team }: Item): Promise<void> {
  const handle = temporal.workflow.getHandle(ticketWorkflowId(ticket));
  const common = {
    key: `move:${move}:${ticket}`,
    scope: "system:dispatch",
    sha256: `${to ?? "dispatch"}`,
    by: system("dispatch"),
    notAfter: Date.now() + validForMs,
    ifVersion: null,
  };
  await temporal.withDeadline(Date.now() + validForMs, async () => {
    if (to === null && team !== null) {
      const ask: Ask<"transfer"> = { ...common, args: { team, onlyFrom: from } };
      return await handle.executeUpdate(updates.transfer, { args: [ask] });
    }
    const overCapacity = to !== null && (await isFull(prisma, to));
    const ask: Ask<"assign"> = { ...common, args: { agent: to ?? from, overCapacity, onlyFrom: from } };
    return await handle.executeUpdate(updates.assign, { args: [ask] });
  });
}

async function isFull(prisma: RelayDeps["prisma"], agent: string): Promise<boolean> {
  const [found] = await prisma.$queryRaw<{ full: boolean }[]>`
    SELECT coalesce((SELECT sum(places) FROM reservations WHERE agent_id = a.id), 0) >= a.capacity AS full FROM agents a WHERE id = ${agent}`;
  return found?.full ?? false;
}

/** Its code, when the ticket itself refused, or has ended; whatever else went wrong is thrown. */
async function refusalOf(command: () => Promise<void>): Promise<string | null> {
  try {
    await command();
    return null;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return "ticket_closed";
    const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
    const code = cause instanceof ApplicationFailure ? refusalCodes.find((known) => known === cause.type) : undefined;
    if (code === undefined || code === "expired" || code === "stuck") throw error;
    return code;
  }
}
