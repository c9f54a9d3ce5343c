// Has admins told of what no ticket tells of: each mailbox that is silent and the quarantine, once a day while it lasts.
import { WorkflowExecutionAlreadyStartedError } from "@temporalio/client";
import { readBacklog } from "../prisma/backlog";
import { alertOptions } from "../workflows/starts/errands";
import type { AlertErrand } from "../workflows/starts/errands";
import type { RelayDeps } from "./deps";

const callMs = 5_000;

/** @param told ids of alerts that were started from here, so that Temporal is not asked each time */
export async function raiseAlerts(deps: RelayDeps, told: Set<string>): Promise<void> {
  const { quarantined, staleMailboxes } = await readBacklog(deps.prisma);
  const day = new Date().toISOString().slice(0, 10);
  for (const id of [...told].filter((each) => !each.endsWith(day))) told.delete(id);
  for (const mailbox of staleMailboxes) await raise(deps, told, { id: `mailbox:${mailbox}:${day}`, about: "mailbox", subject: mailbox });
  if (quarantined.count > 0) await raise(deps, told, { id: `quarantine:${day}`, about: "quarantine", subject: null });
}

async function raise({ temporal }: RelayDeps, told: Set<string>, errand: AlertErrand): Promise<void> {
  if (told.has(errand.id)) return;
  try {
    await temporal.withDeadline(Date.now() + callMs, () => temporal.workflow.start("alert", alertOptions(errand)));
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
  told.add(errand.id);
}
