// When nothing more happens by itself: every mail out, every place settled, every clock run out or far away.
import { setTimeout as sleep } from "node:timers/promises";
import { nextDue } from "../../../domain/due";
import { owed } from "../../../prisma/owed";
import { live, ticketType, ticketWorkflowId } from "../../../workflows/messages";
import type { Stage } from "../stage/stage";
import { stateOf } from "./rows";

const lookEveryMs = 500;
/** It has to stay so for a while. */
const steadyMs = 2_000;
/** What is due later than this is not waited for, ms. */
const soonMs = 60_000;

/** Null once all is quiet; else, after `withinMs`, what still went on. */
export async function becomesQuiet(stage: Stage, withinMs: number): Promise<string | null> {
  let quietSince: number | null = null;
  let unrest: string | null = null;
  for (const until = Date.now() + withinMs; Date.now() < until; await sleep(lookEveryMs)) {
    unrest = await goesOn(stage).catch((error: unknown) => `a store does not answer: ${String(error)}`);
    if (unrest === null && Date.now() - (quietSince ??= Date.now()) >= steadyMs) {
      unrest = await runsBehind(stage);
      if (unrest === null) return null;
    }
    if (unrest !== null) quietSince = null;
  }
  return unrest ?? "it was quiet for moments only";
}

/** A run that has lost its last record is told of it when its ticket is looked at next. */
async function runsBehind({ prisma, client }: Stage): Promise<string | null> {
  const open = await prisma.ticket.findMany({ where: { status: { not: "closed" } }, select: { number: true, version: true } });
  const behind: number[] = [];
  for (const { number, version } of open) {
    const answer = await client.workflow.getHandle(ticketWorkflowId(number)).query(live).catch(() => null);
    if ((answer?.recordedVersion ?? 0) < version) behind.push(number);
  }
  return listed("runs are behind their rows", behind);
}

async function goesOn({ prisma, client, doors }: Stage): Promise<string | null> {
  const [unread, unmarked, unsettled] = await Promise.all([
    doors?.imap?.server.list(doors.imap.user) ?? [],
    prisma.rawMail.findMany({ where: { uid: { not: null }, markedAt: null }, select: { uid: true } }),
    prisma.rawMail.findMany({ where: { state: { in: ["accepted", "read"] } }, select: { id: true } }),
  ]);
  const now = Date.now();
  const [queued, outbox, unconfirmed, told, tickets] = await Promise.all([
    prisma.notice.findMany({ where: owed, select: { id: true } }),
    prisma.outbox.findMany({ select: { kind: true, subject: true } }),
    prisma.reservation.findMany({ where: { confirmed: false }, select: { ticket: true } }),
    prisma.expectation.findMany({ where: { lookAt: { lt: new Date(now + soonMs) } }, select: { ticket: true } }),
    prisma.ticket.findMany({
      where: { OR: [{ status: { not: "closed" } }, { started: false }, { stuck: { not: null } }] },
    }),
  ]);
  const unended = await endless(client, new Set(tickets.map(({ number }) => `ticket:${number}`)));
  const due = tickets.filter((row) => row.started && (nextDue(stateOf(row))?.at ?? Infinity) < now + soonMs);
  return (
    [
      listed(
        "mails have come to nothing yet",
        unsettled.map(({ id }) => id),
      ),
      listed(
        "mails lie unseen on the IMAP server",
        unread.filter(({ seen }) => !seen).map(({ uid }) => uid),
      ),
      listed(
        "marked mails are not noted",
        unmarked.map(({ uid }) => String(uid)),
      ),
      listed(
        "notices are owed",
        queued.map(({ id }) => id),
      ),
      listed(
        "the outbox holds",
        outbox.map(({ kind, subject }) => `${kind} ${subject}`),
      ),
      listed(
        "places are not taken up",
        unconfirmed.map(({ ticket }) => ticket),
      ),
      listed(
        "waits are about to be looked at",
        told.map(({ ticket }) => ticket),
      ),
      listed(
        "lives have not begun",
        tickets.filter(({ started }) => !started).map(({ number }) => number),
      ),
      listed(
        "tickets are stuck",
        tickets.filter(({ stuck }) => stuck !== null).map(({ number }) => number),
      ),
      listed(
        "mails that say solved are not noted",
        tickets.filter(awaitsNote).map(({ number }) => number),
      ),
      listed("closed tickets have a running life", unended),
      listed(
        "clocks are running out",
        due.map((row) => `${row.number} (${nextDue(stateOf(row))?.cause})`),
      ),
    ].find((line) => line !== null) ?? null
  );
}

/** Its mail has left or has failed, and the ticket has not said so yet. */
function awaitsNote(row: Parameters<typeof stateOf>[0]): boolean {
  const { solution, status } = stateOf(row);
  return status === "solved" && solution !== null && solution.sentAt === null && !solution.undelivered;
}

async function endless(client: Stage["client"], open: ReadonlySet<string>): Promise<string[]> {
  const found: string[] = [];
  const query = `WorkflowType = "${ticketType}" AND ExecutionStatus = "Running"`;
  for await (const { workflowId } of client.workflow.list({ query, pageSize: 1_000 }))
    if (!open.has(workflowId)) found.push(workflowId);
  return found;
}

function listed(what: string, which: readonly (string | number)[]): string | null {
  return which.length === 0 ? null : `${what}: ${which.slice(0, 10).join(", ")}`;
}
