// What becomes of one mail that came in: it is read, its sender is checked, it finds its ticket, takes effect there, and is
// marked as seen. It knows the mail's id; what it says, who wrote it and to whom stays in Postgres.
import { ActivityFailure, ApplicationFailure, proxyActivities, setCurrentDetails, sleep } from "@temporalio/workflow";
import type { Destination, InboundActivities } from "../inbound/activities";
import { inboundQueue } from "./messages";
import type { MailErrand } from "./starts/errands";

const step = proxyActivities<InboundActivities>({
  taskQueue: inboundQueue,
  startToCloseTimeout: "5 minutes",
  heartbeatTimeout: "15 seconds",
  retry: { initialInterval: "500 milliseconds", backoffCoefficient: 2, maximumInterval: "30 seconds" },
});

export interface MailEnd {
  readonly outcome: string;
  readonly ticket: number | null;
}

export async function mail(errand: MailErrand): Promise<MailEnd> {
  const end = await takeEffect(errand);
  setCurrentDetails(inWords(end));
  await step.markSeen.executeWithOptions({ summary: "Mark as seen" }, [errand]);
  return end;
}

async function takeEffect(errand: MailErrand): Promise<MailEnd> {
  try {
    const read = await step.readMail.executeWithOptions({ summary: "Read the mail" }, [errand]);
    if (read.kind === "quarantined") return { outcome: `quarantined: ${read.reason}`, ticket: null };
    if (read.kind === "bounce" || read.kind === "complaint") {
      const returned = await step.noteReturned.executeWithOptions({ summary: "Find the mail that came back" }, [errand]);
      if (returned !== "unknown") {
        await step.setAside.executeWithOptions({ summary: `Set aside: ${returned}` }, [{ ...errand, why: returned }]);
        return { outcome: returned, ticket: null };
      }
    }
    const { held } = await step.checkSender.executeWithOptions({ summary: "Check its sender" }, [errand]);
    if (held !== null) return { outcome: `quarantined: ${held}`, ticket: null };
    return await findItsPlace(errand);
  } catch (error) {
    const reason = permanentCode(error);
    if (reason === null) throw error;
    await step.quarantine.executeWithOptions({ summary: "Keep it for staff to look at" }, [{ ...errand, reason }]);
    return { outcome: `quarantined: ${reason}`, ticket: null };
  }
}

async function findItsPlace(errand: MailErrand): Promise<MailEnd> {
  const untilItsTurn = [...waits];
  // A ticket closes in the moment between finding and telling it, and seldom: the first time it needs no wait.
  const untilTaken = [0, ...waits];
  for (;;) {
    const destination = await step.findTicket.executeWithOptions({ summary: "Find its ticket" }, [{ ...errand, patient: untilItsTurn.length > 0 }]);
    if (destination.to === "wait") {
      await sleep(untilItsTurn.shift() ?? 0, { summary: "Until what it answers has found its ticket" });
      continue;
    }
    const end = await deliver(errand, destination);
    if (end !== null) return end;
    const waitMs = untilTaken.shift();
    if (waitMs === undefined) throw ApplicationFailure.nonRetryable("No ticket takes it.", "no-ticket-takes-it");
    if (waitMs > 0) await sleep(waitMs, { summary: "Until it is looked for anew: its ticket did not take it" });
  }
}

/** How long it waits before each look, ms: two minutes in all, for nothing may hold a mail up for ever. */
const waits = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000];

/** Null: its ticket has closed meanwhile, and it is to find its place anew. */
async function deliver(errand: MailErrand, destination: Exclude<Destination, { readonly to: "wait" }>): Promise<MailEnd | null> {
  switch (destination.to) {
    case "new ticket": {
      const { ticket } = await step.openTicket.executeWithOptions({ summary: "Open a ticket" }, [errand]);
      return { outcome: "opened", ticket };
    }
    case "follow-up": {
      const followed = { ...errand, ticket: destination.number };
      const done = await step.followUp.executeWithOptions({ summary: `Follow up ticket ${destination.number}` }, [followed]);
      return "ticket" in done ? { outcome: "opened", ticket: done.ticket } : await tell(errand, done.goesOnIn, "Add to");
    }
    case "ticket":
      return await tell(errand, destination.number, telling[destination.as]);
    case "nobody": {
      const { why, number } = destination;
      await step.setAside.executeWithOptions({ summary: `Set aside: ${why}` }, [{ ...errand, why }]);
      return { outcome: why, ticket: number };
    }
  }
}

const telling = { ticket: "Add to", staff: "A colleague answers on", held: "Hold back on", kept: "Keep on" } as const;

async function tell(errand: MailErrand, ticket: number, how: string): Promise<MailEnd | null> {
  const { taken } = await step.tellTicket.executeWithOptions({ summary: `${how} ticket ${ticket}` }, [{ ...errand, ticket }]);
  return taken ? { outcome: "added", ticket } : null;
}

function inWords({ outcome, ticket }: MailEnd): string {
  if (outcome === "opened") return `**Ticket ${ticket} opened**`;
  if (outcome === "added") return `**Added to ticket ${ticket}**`;
  return `**${outcome[0]?.toUpperCase()}${outcome.slice(1)}**`;
}

/** The code of a failure that no repetition mends; null for all others. */
function permanentCode(error: unknown): string | null {
  const failure = error instanceof ActivityFailure ? error.cause : error;
  return failure instanceof ApplicationFailure && failure.nonRetryable === true ? (failure.type ?? "permanent") : null;
}
