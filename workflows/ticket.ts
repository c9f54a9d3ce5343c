// The life of a ticket, from intake to closure. It does one thing at a time: hears of it, decides (domain), has it recorded
// (journal), tells people (postman), and holds one timer for whatever is due next. It knows no text, no name, no time zone and
// no clock but Temporal's.
import { allHandlersFinished, CancellationScope, condition, workflowInfo } from "@temporalio/workflow";
import { seeksAssignee } from "../domain/assignment";
import { mayAskBack } from "../domain/completeness";
import type { Command } from "../domain/decide";
import { nextDue, nextNeed } from "../domain/due";
import { wantedPolicy } from "../domain/measuring";
import { priorityOf } from "../domain/priority";
import { isRefusal } from "../domain/refusal";
import type { Intake } from "../domain/ticket";
import { carryOn } from "./carry-on";
import { Desk } from "./desk";
import { secondOpinion } from "./second-opinion";
import type { TicketStart } from "./starts/ticket";
import { dueSummary } from "./story";

const rules = { kind: "system", id: "rules" } as const;
const dispatch = { kind: "system", id: "dispatch" } as const;

/** How long a run that begins with a closed ticket waits for the command that reopens it. */
const reopeningGrace = "10 seconds";

export async function ticket(start: TicketStart): Promise<{ status: string; version: number }> {
  // A cancellation from outside must not take a ticket's life: it ends by being closed.
  return await CancellationScope.nonCancellable(() => live(new Desk(start), start));
}

async function live(desk: Desk, { from }: TicketStart): Promise<{ status: string; version: number }> {
  if (from.kind === "opened") await takeIn(desk, from.intake);
  else await settleIn(desk, from.kind === "reborn");
  for (;;) {
    await comeToRest(desk);
    if (isOver(desk)) return { status: desk.ticket.status, version: desk.ticket.version };
    if (workflowInfo().continueAsNewSuggested) desk.postman.stop();
    if (mayCarryOn(desk)) await carryOn(desk);
    await nextTurn(desk);
  }
}

/** Opened already; now sorted, prioritised and given to somebody: recorded as one. Whatever comes in waits until then. */
async function takeIn(desk: Desk, intake: Intake): Promise<void> {
  const { journal, steps } = desk;
  const cause = `intake:${intake.intakeId}`;
  const { number, acceptedAt: from } = intake;
  const sorted = await steps.run("categorise", { number, from }, "Categorise");
  const { measure: first, raises, ageing, ...said } = await secondOpinion(number, sorted);
  // Another opinion may bring it under another policy.
  const measure =
    said.category === sorted.category && said.team === sorted.team && said.type === sorted.type
      ? first
      : await steps.run("matchPolicy", { number, policy: null, from, placed: said }, "Look for the policy that holds now");
  const { impact, urgency } = intake.stated;
  const priority = priorityOf(measure.policy.matrix, intake.stated, intake.openedBy !== null, raises);
  const raised = { ...(raises !== undefined && { because: raises }), ...(ageing !== undefined && { ageing }) };
  byRule(desk, { verb: "sort", args: said }, `${cause}:category`);
  byRule(desk, { verb: "prioritise", args: { priority, impact, urgency, reason: null, ...raised } }, `${cause}:priority`);
  byRule(desk, { verb: "measure", args: measure }, `${cause}:policy`);
  if (said.asksBack === true) await askForWhatIsMissing(desk, `${cause}:ask-back`);
  if (intake.assignee !== null && intake.openedBy !== null) {
    const args = { agent: intake.assignee, overCapacity: false };
    journal.decide({ verb: "assign", args }, { by: intake.openedBy, cause: `${cause}:assignee` });
  }
  if (wantsChoice(desk)) await chooseAssignee(desk);
  await knowEnough(desk);
}

/** Where the team asks back for such tickets. It goes its usual way all the same. */
async function askForWhatIsMissing({ journal, steps, ticket: sorted }: Desk, cause: string): Promise<void> {
  if (!mayAskBack(sorted)) return;
  const { number, team, type } = sorted;
  const missing = await steps.run("findMissing", { number, team, type }, "Look what the form of the ticket lacks");
  if (missing !== null) journal.decide({ verb: "askBack", args: missing }, { by: rules, cause });
}

/**
 * Taken over from an earlier run, which a reborn one shuts out first. Whether it still waits is asked anew; if it is closed,
 * somebody is about to reopen it.
 */
async function settleIn(desk: Desk, reborn: boolean): Promise<void> {
  if (reborn) await desk.journal.compare();
  if (desk.ticket.routing === "waiting") await chooseAssignee(desk);
  if (desk.ticket.status === "closed") desk.awaitReopening(reopeningGrace);
}

/** What is decided is recorded, and what follows from that without anybody's asking is done, until nothing does. */
async function comeToRest(desk: Desk): Promise<void> {
  await desk.journal.commit();
  await findMeasure(desk);
  while (wantsChoice(desk)) {
    desk.lostPlace = false;
    await chooseAssignee(desk);
    await desk.journal.commit();
  }
  for (let mail = desk.returned.shift(); mail !== undefined; mail = desk.returned.shift()) {
    await desk.steps.run("returnMail", { number: desk.ticket.number, mail }, "Give a mail back: the ticket is closed");
  }
  for (let decision = desk.declined.shift(); decision !== undefined; decision = desk.declined.shift()) {
    await desk.steps.run("passOn", { number: desk.ticket.number, decision }, "Pass the place on to the next");
  }
  desk.tellStory();
}

/** Another policy is looked for where one is wanted, and calendars are expanded as far as the clocks must see. */
async function findMeasure(desk: Desk): Promise<void> {
  do {
    for (let wanted = wantedPolicy(desk.ticket); wanted !== null; wanted = wantedPolicy(desk.ticket)) await matchPolicy(desk, wanted.policy);
    await knowEnough(desk);
    await desk.journal.commit();
  } while (wantedPolicy(desk.ticket) !== null || nextNeed(desk.ticket) !== null);
}

/** The policy named, or the first that matches when none is. */
async function matchPolicy(desk: Desk, policy: string | null): Promise<void> {
  const { number, version } = desk.ticket;
  const input = { number, policy, from: desk.journal.now };
  const { asksBack, ...measure } = await desk.steps.run("matchPolicy", input, "Look for the policy that holds now");
  byRule(desk, { verb: "measure", args: measure }, `policy:${version}`);
  // Of another category, type or team by now: what it lacks is judged again.
  if (asksBack === true) await askForWhatIsMissing(desk, `policy:${version}:ask-back`);
}

async function knowEnough(desk: Desk): Promise<void> {
  for (let need = nextNeed(desk.ticket); need !== null; need = nextNeed(desk.ticket)) {
    const coverage = await desk.steps.run("extendCalendar", need, `Look how calendar ${need.key} goes on`);
    byRule(desk, { verb: "extendCalendar", args: { coverage } }, `calendar:${desk.ticket.version}:${need.key}`);
  }
}

/**
 * Postgres picks and reserves; the ticket takes the choice, or declines it when it no longer wants anybody. Save when it opens,
 * all that is decided is recorded by then, so that Postgres has let go of the former assignee.
 */
async function chooseAssignee(desk: Desk): Promise<void> {
  const { number, version, team, category, type, priority, createdAt, declinedBy, lapsedWith } = desk.ticket;
  if (team === null || !seeksAssignee(desk.ticket)) return;
  const decision = `${number}-${desk.epoch}-${version}`;
  const { epoch } = desk;
  const wish = { category, type, priority, declined: declinedBy, lapsed: lapsedWith, relaxed: false };
  const input = { number, epoch, decision, team, ...wish, since: createdAt };
  const { agent, offer, declinedByAll } = await desk.steps.run("chooseAssignee", input, `Look for somebody of team ${team}`);
  if (agent !== null) return await desk.takePlace({ agent, team, decision, ...(offer !== undefined && { offer }) });
  if (desk.ticket.routing === "waiting") return;
  const args = { team, decision, ...(declinedByAll === true && { declinedByAll }) };
  // A cause of its own: should the answer be lost, the decision may find somebody when it is asked for again.
  const decided = desk.journal.decide({ verb: "queue", args }, { by: dispatch, cause: `decision:${decision}:nobody` });
  if (isRefusal(decided)) desk.declined.push(decision);
}

/**
 * Waits for what comes in, or for what is due next by itself; the one timer stands until either changes. Mails leave last, behind
 * all that came in together: a worker that begins anew may be handed the end of an earlier mail and commands in one task, and the
 * commands first, where a replay hears of that end alone (the SDK takes a task that asked for nothing for a sign of life and joins
 * it to the next, until it sees an update accepted: `find_end_index_of_next_wft_seq` in its core). Either way the next mails then
 * come last, and together.
 */
async function nextTurn(desk: Desk): Promise<void> {
  const { inbox, alarm, journal, postman } = desk;
  await alarm.set(nextDue(desk.ticket), (due) => dueSummary(due, desk.ticket, Date.now()));
  if (inbox.isEmpty) postman.send();
  await condition(() => !inbox.isEmpty || alarm.rang || isOver(desk) || mayCarryOn(desk));
  alarm.silence();
  journal.beginTurn();
  await inbox.take()?.();
}

/** Whether dispatch is to be asked: a ticket in the queue has been, and waits to be told. */
function wantsChoice({ ticket, lostPlace }: Desk): boolean {
  return seeksAssignee(ticket) && (ticket.routing === "wanted" || lostPlace);
}

/** Closed, recorded, everybody told, everybody answered. */
function isOver(desk: Desk): boolean {
  return desk.ticket.status === "closed" && desk.postman.isIdle && !desk.awaitsReopening && hasAnsweredAll(desk);
}

/** Nothing is under way: a running send has let go as well. */
function mayCarryOn(desk: Desk): boolean {
  return desk.postman.hasStopped && hasAnsweredAll(desk);
}

function hasAnsweredAll({ inbox }: Desk): boolean {
  return inbox.isEmpty && allHandlersFinished();
}

function byRule(desk: Desk, command: Command, cause: string): void {
  desk.journal.decide(command, { by: rules, cause });
}
