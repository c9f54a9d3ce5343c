// Signals to a ticket's run. One whose workflow was lost is born again, then told; one that is closed needs to hear nothing.
import { WorkflowNotFoundError } from "@temporalio/client";
import type { WorkflowHandle } from "@temporalio/client";
import { ticketWorkflowId } from "../workflows/messages";
import type { RelayDeps } from "./deps";
import { rebearOne } from "./rebirth";

/** A call to Temporal takes no longer, ms. */
const callMs = 5_000;

/** Answers whether it was told. Throws where it was lost, to be called again. */
export async function tellTicket(deps: RelayDeps, number: number, signal: (handle: WorkflowHandle) => Promise<void>): Promise<boolean> {
  const { prisma, temporal } = deps;
  try {
    const handle = temporal.workflow.getHandle(ticketWorkflowId(number));
    await temporal.withDeadline(Date.now() + callMs, () => signal(handle));
    return true;
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    const ticket = await prisma.ticket.findUnique({ where: { number }, select: { status: true } });
    if (ticket === null || ticket.status === "closed") return false;
    await rebearOne(deps, number);
    throw error;
  }
}
