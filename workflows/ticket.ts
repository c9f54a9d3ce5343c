// The life of a ticket, from intake to closure. It decides (domain), has it recorded (journal), tells people (postman), and
// holds one timer for whatever is due next. It knows no text, no name, no time zone and no clock but Temporal's.
import { allHandlersFinished, CancellationScope, condition, workflowInfo } from "@temporalio/workflow";
import { seeksAssignee } from "../domain/assignment";
import type { Command } from "../domain/decide";
import { nextDue } from "../domain/due";
import type { Due } from "../domain/due";
import { priorityOf } from "../domain/priority";
import { isRefusal } from "../domain/refusal";
import type { Intake } from "../domain/ticket";
import { priorityRank } from "../domain/words";
import { Desk } from "./desk";
import { carryOn } from "./carry-on";
import type { TicketStart } from "./messages";
import { dueSummary } from "./story";

const rules = { kind: "system", id: "rules" } as const;
const dispatch = { kind: "system", id: "dispatch" } as const;

/** How long a run that begins with a closed ticket waits for the command that reopens it. */
const reopeningGrace = "10 seconds";

export async function ticket(start: TicketStart): Promise<{ status: string; version: number }> {
  // A cancellation from outside must not take a ticket's life: it ends by being closed.
  return await CancellationScope.nonCancellable(async () => {
    const desk = new Desk(start);
    return await Promise.race([desk.journal.keepRecording(start.from.kind === "reborn"), live(desk, start)]);
  });
}

async function live(desk: Desk, { from, epoch }: TicketStart): Promise<{ status: string; version: number }> {
  if (from.kind === "opened") await takeIn(desk, from.intake);
  else await settleIn(desk);
  for (;;) {
    await findAssignee(desk);
    await passOnDeclined(desk);
    if (isOver(desk)) return { status: desk.ticket.status, version: desk.ticket.version };
    if (workflowInfo().continueAsNewSuggested) await carryOn(desk, epoch);
    await nextThing(desk);
  }
}

/** Opened already; now sorted, prioritised and given to somebody: recorded as one. Commands wait until then. */
async function takeIn(desk: Desk, intake: Intake): Promise<void> {
  const { journal, steps } = desk;
  const cause = `intake:${intake.intakeId}`;
  const { category, type, team, rule, policy } = await steps.run("categorise", { number: intake.number }, "Sort by the rules");
  const { impact, urgency } = intake.stated;
  const priority = priorityOf(policy.matrix, intake.stated, intake.openedBy !== null);
  byRule(desk, { verb: "sort", args: { category, type, team, rule } }, `${cause}:category`);
  byRule(desk, { verb: "prioritise", args: { priority, impact, urgency, reason: null, policy } }, `${cause}:priority`);
  if (intake.assignee !== null && intake.openedBy !== null) {
    const args = { agent: intake.assignee, overCapacity: false };
    journal.decide({ verb: "assign", args }, { by: intake.openedBy, cause: `${cause}:assignee` });
  }
  await findAssignee(desk);
  journal.gathering = false;
}

/** Taken over from an earlier run: whether it still waits is asked anew; if it is closed, somebody is about to reopen it. */
async function settleIn(desk: Desk): Promise<void> {
  if (desk.ticket.routing === "waiting") await chooseAssignee(desk);
  if (desk.ticket.status === "closed") await condition(() => desk.ticket.status !== "closed", reopeningGrace);
}

async function findAssignee(desk: Desk): Promise<void> {
  while (wantsChoice(desk)) {
    desk.lostPlace = false;
    await chooseAssignee(desk);
  }
}

/**
 * Postgres picks and reserves; the ticket takes the choice, or declines it when it no longer wants anybody. What is decided
 * is recorded first, so that Postgres has let go of the former assignee.
 */
async function chooseAssignee(desk: Desk): Promise<void> {
  if (!desk.journal.gathering) await condition(() => desk.journal.isSettled);
  if (!seeksAssignee(desk.ticket)) return;
  const { number, version, team, priority, createdAt } = desk.ticket;
  if (team === null) return;
  const decision = `${number}-${desk.epoch}-${version}`;
  const { epoch } = desk;
  const input = { number, epoch, decision, team, priorityRank: priorityRank(priority), since: createdAt };
  const { agent } = await desk.steps.run("chooseAssignee", input, `Look for somebody of team ${team}`);
  if (agent === null && desk.ticket.routing === "waiting") return;
  const command: Command =
    agent === null ? { verb: "queue", args: { team, decision } } : { verb: "route", args: { agent, team, decision } };
  const decided = desk.journal.decide(command, { by: dispatch, cause: `decision:${decision}` });
  if (isRefusal(decided)) desk.declined.push(decision);
  await passOnDeclined(desk);
}

async function passOnDeclined(desk: Desk): Promise<void> {
  for (let decision = desk.declined.shift(); decision !== undefined; decision = desk.declined.shift()) {
    await desk.steps.run("passOn", { number: desk.ticket.number, decision }, "Pass the place on to the next");
  }
}

/** What is due is done; then the one timer waits for what comes next, until something changes that or asks for attention. */
async function nextThing(desk: Desk): Promise<void> {
  desk.journal.catchUp();
  const due = nextDue(desk.ticket);
  desk.tellStory();
  const turned = (): boolean => needsAttention(desk) || !isSame(nextDue(desk.ticket), due);
  if (due === null) return await condition(turned);
  const now = Date.now();
  await condition(turned, due.at - now, { summary: dueSummary(due, desk.ticket, now) });
}

function needsAttention(desk: Desk): boolean {
  return wantsChoice(desk) || desk.declined.length > 0 || isOver(desk) || workflowInfo().continueAsNewSuggested;
}

/** Whether dispatch is to be asked: a ticket in the queue has been, and waits to be told. */
function wantsChoice({ ticket, lostPlace }: Desk): boolean {
  return seeksAssignee(ticket) && (ticket.routing === "wanted" || lostPlace);
}

/** Closed, recorded, everybody told, everybody answered. */
function isOver({ ticket: { status }, journal, postman, declined }: Desk): boolean {
  return status === "closed" && journal.isSettled && postman.isIdle && declined.length === 0 && allHandlersFinished();
}

function isSame(a: Due | null, b: Due | null): boolean {
  return a?.at === b?.at && a?.cause === b?.cause;
}

function byRule(desk: Desk, command: Command, cause: string): void {
  desk.journal.decide(command, { by: rules, cause });
}
