// What has waited for too long, and which tickets wait for an operator.
import type { Trouble } from "../../contract/directory";
import { foreignWorkflow, readBacklog } from "../../prisma/backlog";
import type { Backlog, Pile } from "../../prisma/backlog";
import type { Db } from "../parts";
import { trouble } from "./trouble";

/** The relay looks every 2 s; a mail server may be away for a while. */
const relayMaySeconds = 60;
const mailsMaySeconds = 15 * 60;
/** Of the tickets that wait for an operator, so many are named. */
const named = 10;

export async function backlogTroubles(prisma: Db): Promise<readonly Trouble[]> {
  const [backlog, parked] = await Promise.all([readBacklog(prisma), parkedTickets(prisma)]);
  return [...operatorTroubles(parked, backlog.stuck), ...lateTroubles(backlog)];
}

interface Parked {
  readonly number: number;
  readonly stuck: string | null;
}

async function parkedTickets(prisma: Db): Promise<readonly Parked[]> {
  return await prisma.ticket.findMany({
    where: { stuck: { not: null } },
    select: { number: true, stuck: true },
    orderBy: { number: "asc" },
    take: named,
  });
}

function operatorTroubles(parked: readonly Parked[], count: number): readonly Trouble[] {
  const isForeign = ({ stuck }: Parked): boolean => stuck === foreignWorkflow;
  const more = count > parked.length ? `, … (${count} wait for an operator in all)` : "";
  const list = (some: readonly Parked[]): string => `${some.map(({ number }) => `#${number}`).join(", ")}${more}`;
  const foreign = parked.filter(isForeign);
  const stuck = parked.filter((one) => !isForeign(one));
  const troubles: Trouble[] = [];
  if (foreign.length > 0) {
    const wrong = `Temporal knows other tickets under these numbers: ${list(foreign)}.`;
    const todo = "Postgres was restored to an earlier point: docs/operations.md says how numbers go on.";
    troubles.push(trouble("foreign_workflows", wrong, todo));
  }
  if (stuck.length > 0) {
    const wrong = `These tickets can't be recorded and wait for an operator: ${list(stuck)}.`;
    const todo = "Mend the cause, then send each the update repair (docs/operations.md).";
    troubles.push(trouble("tickets_stuck", wrong, todo));
  }
  return troubles;
}

function lateTroubles({ outbox, unstarted, unsettled, staleMailboxes }: Backlog): readonly Trouble[] {
  const troubles: Trouble[] = [];
  if (unstarted.oldestSeconds > relayMaySeconds) {
    const wrong = `Accepted tickets that have not begun: ${since(unstarted)}.`;
    const todo = "They are kept; see that a worker runs and that Temporal answers it.";
    troubles.push(trouble("starts_behind", wrong, todo));
  }
  if (outbox.oldestSeconds > relayMaySeconds) {
    const wrong = `Messages from Postgres to Temporal that are not delivered: ${since(outbox)}.`;
    const todo = "See that a worker runs, and what hinders it: SELECT kind, attempts, last_error FROM outbox.";
    troubles.push(trouble("relay_behind", wrong, todo));
  }
  if (unsettled.oldestSeconds > mailsMaySeconds) {
    const wrong = `Mails that are not sent: ${since(unsettled)}.`;
    const todo = "They are tried again; see that the mail server at SMTP_URL takes them.";
    troubles.push(trouble("mails_behind", wrong, todo));
  }
  if (staleMailboxes.length > 0) {
    const wrong = `Mailboxes that have not been fetched for a quarter of an hour: ${staleMailboxes.join(", ")}.`;
    troubles.push(trouble("mailbox_stale", wrong, "What keeps them is in GET /api/v1/mailboxes; mails wait on their server meanwhile."));
  }
  return troubles;
}

function since({ count, oldestSeconds }: Pile): string {
  const minutes = Math.floor(oldestSeconds / 60);
  return `${count}, the oldest for ${minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`}`;
}
