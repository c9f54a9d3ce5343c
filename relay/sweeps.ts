// What is looked for again and again, whatever anybody remembered to do: intakes whose life has not begun, places that nobody
// has taken up, drafts that nobody published.
import { WorkflowExecutionAlreadyStartedError } from "@temporalio/client";
import { correctExpectations } from "../activities/expectation/correct";
import type { Intake } from "../domain/ticket";
import { foreignWorkflow } from "../prisma/backlog";
import { isOwed } from "../prisma/owed";
import { ticketType, ticketWorkflowId } from "../workflows/messages";
import { startOptions } from "../workflows/starts/ticket";
import { beginSome, untilBegun } from "./begin";
import type { RelayDeps } from "./deps";

const callMs = 5_000;
/** The API starts what it has accepted; this long it has the first turn, ms. */
const graceMs = 1_500;
/** Sources that one statement takes. */
const forgottenAtOnce = 500;
/** A notice that is not held back leaves sooner, ms. */
const lateMs = 60_000;

/** Starts accepted tickets whose first record is not there, oldest first, the next ones once these have it. */
export async function startUnstarted(deps: RelayDeps): Promise<void> {
  const rows = await deps.prisma.$queryRaw<{ facts: Intake }[]>`
    SELECT i.facts FROM tickets t JOIN intakes i ON i.number = t.number
    WHERE NOT t.started AND t.created_at < clock_timestamp() - ${graceMs} * interval '1 millisecond'
    ORDER BY t.created_at LIMIT 500`;
  await beginSome(rows, ({ facts }) => start(deps, facts));
}

async function start(deps: RelayDeps, intake: Intake): Promise<void> {
  const { temporal, prisma } = deps;
  try {
    await temporal.withDeadline(Date.now() + callMs, () => temporal.workflow.start(ticketType, startOptions(intake)));
    await untilBegun(async () => (await prisma.ticket.count({ where: { number: intake.number, started: false, stuck: null } })) === 0);
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    await meet(deps, intake);
  }
}

/**
 * A workflow has this number's id already. Another intake's (Postgres was restored to an earlier point): nothing is joined to it.
 * This one's, and it has ended before Postgres has anything of it (restored, too; or somebody ended it): it lives once more.
 */
async function meet({ temporal, prisma, log }: RelayDeps, intake: Intake): Promise<void> {
  const { number, intakeId } = intake;
  await temporal.withDeadline(Date.now() + callMs, async () => {
    const { memo, status } = await temporal.workflow.getHandle(ticketWorkflowId(number)).describe();
    if (memo?.["intake"] !== intakeId) {
      const { count } = await prisma.ticket.updateMany({ where: { number, stuck: null }, data: { stuck: foreignWorkflow } });
      // Said once, though it is tried again and again: it heals by itself when the other workflow is deleted.
      if (count > 0) log.warn({ ticket: number }, "Another intake's workflow has this ticket's id; an operator must decide");
    } else if (status.name !== "RUNNING") {
      await temporal.workflow.start(ticketType, { ...startOptions(intake), workflowIdReusePolicy: "ALLOW_DUPLICATE" });
    }
  });
}

/**
 * Tells again of places whose ticket has not said that it takes them: the signal, or the history it was in, was lost. Or its
 * run does not go on: that is looked at, too.
 */
export async function resignal({ prisma }: RelayDeps): Promise<void> {
  await prisma.$executeRaw`
    WITH untold AS (
      SELECT r.ticket, jsonb_build_object('agent', r.agent_id, 'team', d.team_id, 'decision', r.decision)
        || CASE WHEN r.offered THEN jsonb_build_object('offer', d.offer) ELSE '{}' END AS place
      FROM reservations r JOIN dispatch_decisions d ON d.id = r.decision
      WHERE NOT r.confirmed AND r.created_at < clock_timestamp() - interval '30 seconds'
        AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.kind = 'capacityFreed' AND o.subject = r.ticket::text)),
    looked AS (
      UPDATE tickets t SET look_at = LEAST(look_at, clock_timestamp()) FROM untold u WHERE t.number = u.ticket)
    INSERT INTO outbox (kind, subject, payload) SELECT 'capacityFreed', ticket::text, place FROM untold`;
}

/**
 * Rings once more for notices that should have left long since: the run that would have sent them was lost with Temporal's
 * memory. A run that waits for its mail server or webhook hears of it in vain.
 */
export async function ringAgain({ prisma }: RelayDeps): Promise<void> {
  await prisma.$executeRaw`
    WITH late AS (
      SELECT DISTINCT CASE WHEN recipient LIKE 'webhook:%' THEN 'webhook' ELSE 'notices' END AS kind,
             CASE WHEN recipient LIKE 'webhook:%' THEN id ELSE recipient END AS subject
      FROM notices WHERE ${isOwed} AND recipient <> 'requester'
        AND greatest(created_at, held_until, retry_at) < clock_timestamp() - ${lateMs} * interval '1 millisecond')
    INSERT INTO outbox (kind, subject, payload) SELECT kind, subject, '{}' FROM late
    WHERE NOT EXISTS (SELECT 1 FROM outbox o WHERE o.kind = late.kind AND o.subject = late.subject)`;
}

/** Has mails taken up again that nothing has come of: the run that had them was lost with Temporal's memory. */
export async function resumeMails({ prisma }: RelayDeps): Promise<void> {
  await prisma.$executeRaw`
    INSERT INTO outbox (kind, subject, payload)
    SELECT 'mail', m.id::text, '{}' FROM raw_mails m
    WHERE m.state IN ('accepted', 'read') AND m.received_at < clock_timestamp() - ${lateMs} * interval '1 millisecond'
      AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.kind = 'mail' AND o.subject = m.id::text)`;
}

/** Requesters whose told time has come without an answer are told once more. */
export async function correctWaits({ prisma }: RelayDeps): Promise<void> {
  while ((await prisma.$transaction((tx) => correctExpectations(tx))) > 0);
}

/**
 * Takes the sources of mails that were settled long ago; what was read in them stays, save the files of those that became no
 * message. Some at a time: they are large.
 */
export async function forgetSources({ prisma, sourceDays = 0 }: RelayDeps): Promise<void> {
  if (sourceDays === 0) return;
  for (let taken = forgottenAtOnce; taken === forgottenAtOnce; ) {
    taken = await prisma.$executeRaw`
      WITH settled AS (
        SELECT id FROM raw_mails WHERE state IN ('done', 'rejected') AND raw IS NOT NULL
          AND done_at < clock_timestamp() - ${sourceDays} * interval '1 day' LIMIT ${forgottenAtOnce}),
      unsaid AS (DELETE FROM attachments WHERE message_id IS NULL AND raw_mail_id IN (SELECT id FROM settled))
      UPDATE raw_mails SET raw = NULL WHERE id IN (SELECT id FROM settled)`;
  }
}

/** Uploads that can be named no more, and files that nothing names. */
export async function forgetFiles({ prisma, files }: RelayDeps): Promise<void> {
  await prisma.$executeRaw`DELETE FROM uploads WHERE created_at < clock_timestamp() - interval '25 hours'`;
  while ((await files.forgetUnnamed()) > 0);
}

/**
 * Drafts of commands that came to nothing; a command is over long before. A mail's waits for staff as long as it takes, a
 * reply until it leaves.
 */
export async function sweepDrafts({ prisma }: RelayDeps): Promise<void> {
  await prisma.$executeRaw`
    DELETE FROM messages m WHERE version IS NULL AND raw_mail_id IS NULL AND created_at < clock_timestamp() - interval '1 day'
      AND NOT EXISTS (SELECT FROM tickets t, jsonb_array_elements(t.state -> 'ticket' -> 'outgoing') AS reply
                      WHERE t.number = m.ticket AND reply -> 'text' ->> 'id' = m.id::text)`;
}

/** Changes of people's figures that no worker asks for any more: what one keeps is younger (activities/dispatch/kept.ts). */
export async function forgetMoves({ prisma }: Pick<RelayDeps, "prisma">): Promise<void> {
  await prisma.$executeRaw`DELETE FROM agent_moves WHERE at < clock_timestamp() - interval '1 hour'`;
}
