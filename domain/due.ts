// What a ticket does next by itself, and when. One answer for all its clocks; the workflow holds one timer for it.
import { system } from "./actor";
import type { Actor } from "./actor";
import { add, beyond } from "./calendar";
import { reminderName } from "./chain";
import type { StepDue, Terms } from "./chain";
import { both } from "./coverage";
import type { Need } from "./coverage";
import type { Cycle } from "./cycle";
import { decide } from "./decide";
import type { Command, Decision } from "./decide";
import { ageDue, ageNeed } from "./raising";
import { metrics } from "./policy";
import type { Metric } from "./policy";
import { isRefusal } from "./refusal";
import { clockNeeds, stepOf, termsOf } from "./deadline";
import type { Instant, Order, OutgoingReply, Ticket } from "./ticket";
import { closesAt, givesUpAt, remindsAt, windowNeed } from "./windows";
import { priorityRank } from "./words";

export interface Due {
  readonly at: Instant;
  readonly command: Command;
  /** `clock:<what>:<cycle>:<level>`: unique per ticket, so that a step is recorded once, whatever dies. */
  readonly cause: string;
  /** Whose act it is; left out: the clock's. */
  readonly by?: Actor;
}

/** Who takes a step that is due. */
export const clock = system("clock");

/** The earliest thing due, or null while only people can move the ticket. Equal instants go in the order written here. */
export function nextDue(ticket: Ticket): Due | null {
  let first: Due | null = null;
  const take = (due: Due | null): void => {
    if (due !== null && (first === null || due.at < first.at)) first = due;
  };
  take(order(ticket));
  take(departure(ticket));
  take(offer(ticket));
  take(acknowledgement(ticket));
  for (const metric of metrics) take(clockStep(ticket, metric));
  take(resumption(ticket));
  take(closure(ticket));
  take(reminder(ticket));
  take(surrender(ticket));
  take(age(ticket));
  return first;
}

/** `decisions`: what each of them comes to. */
export interface Dues {
  readonly dues: readonly Due[];
  readonly decisions: readonly Decision[];
  readonly ticket: Ticket;
}

/** Everything due by `at`, in order, as one thing after another falls due: so that nothing decided later overtakes a clock. */
export function duesBy(ticket: Ticket, at: Instant): Dues {
  const dues: Due[] = [];
  const decisions: Decision[] = [];
  let reached = ticket;
  for (let due = nextDue(reached); due !== null && due.at <= at; due = nextDue(reached)) {
    const decision = decide(reached, due.command, { by: due.by ?? clock, at, cause: due.cause });
    // Only a defect in domain can bring this about; it must be seen, not waited out.
    if (isRefusal(decision)) throw new RangeError(`${due.cause} is due and refused: ${decision.refused}`);
    reached = decision.ticket;
    dues.push(due);
    decisions.push(decision);
  }
  return { dues, decisions, ticket: reached };
}

/** What it must know of a calendar before all that is coming can be told; null when it knows enough. */
export function nextNeed(ticket: Ticket): Need | null {
  const needs = new Map(clockNeeds(ticket));
  const window = windowNeed(ticket);
  if (window !== null) needs.set(window.key, both(needs.get(window.key), window));
  const ageing = ageNeed(ticket);
  if (ageing !== null) needs.set(ageing.key, both(needs.get(ageing.key), ageing));
  for (const need of needs.values()) if (!isMet(ticket, need)) return need;
  return null;
}

/** Its age makes it more pressing. */
function age(ticket: Ticket): Due | null {
  const due = ageDue(ticket);
  if (due === null) return null;
  const { because } = due;
  const args = { priority: because.to, impact: null, urgency: null, reason: null, because: [because] };
  return { at: due.at, command: { verb: "prioritise", args }, cause: `clock:age:1:${because.what}` };
}

function isMet({ calendars }: Ticket, { key, from, enoughMs, until }: Need): boolean {
  const coverage = calendars[key];
  if (coverage === undefined || coverage.since > from || coverage.until < until) return false;
  return coverage.exhausted || add(coverage, from, enoughMs) !== beyond;
}

/** What an escalation has ordered follows it at once. */
function order(ticket: Ticket): Due | null {
  const [first] = ticket.orders;
  if (first === undefined || ticket.status === "closed") return null;
  return { at: ticket.updatedAt, command: orderCommand(ticket, first), cause: first.cause };
}

function orderCommand({ priority }: Ticket, { action }: Order): Command {
  if (action.do === "raisePriority") {
    const to = priorityRank(action.to) > priorityRank(priority) ? action.to : priority;
    return { verb: "prioritise", args: { priority: to, impact: null, urgency: null, reason: null } };
  }
  return "team" in action
    ? { verb: "transfer", args: { team: action.team } }
    : { verb: "assign", args: { agent: action.agent, overCapacity: null } };
}

/** The first of the replies that nobody has taken back. */
function departure({ outgoing: [first] }: Ticket): Due | null {
  return first === undefined ? null : departureOf(first);
}

/** Of a reply that may be taken back: also when something else lets it leave before its time. */
export function departureOf({ text, author, leavesAt }: OutgoingReply): Due {
  return { at: leavesAt, command: { verb: "sendReply", args: { text: text.id } }, cause: `clock:reply:${text.id}:1`, by: author };
}

/** What speaks to the requester by itself doesn't overtake what staff have written. */
function behindReplies({ outgoing }: Ticket, at: Instant): Instant {
  return Math.max(at, outgoing.at(-1)?.leavesAt ?? at);
}

/** Whoever answers the requester has accepted; whoever says nothing in time leaves it to the next. */
function offer({ offer: outstanding, updatedAt }: Ticket): Due | null {
  if (outstanding === null) return null;
  const { answered, decision, endsAt } = outstanding;
  return answered
    ? { at: updatedAt, command: { verb: "acceptOffer", args: {} }, cause: `clock:offer:${decision}:answered` }
    : { at: endsAt, command: { verb: "lapseOffer", args: {} }, cause: `clock:offer:${decision}:lapsed` };
}

function acknowledgement({ status, acknowledgement: owed, createdAt, policy }: Ticket): Due | null {
  if (owed !== "due" || policy === null || status === "solved" || status === "closed") return null;
  return {
    at: createdAt + policy.acknowledgeAfterMs,
    command: { verb: "acknowledge", args: {} },
    cause: "clock:acknowledgement:1:1",
  };
}

function clockStep(ticket: Ticket, metric: Metric): Due | null {
  const due = stepOf(ticket, metric);
  const cycle = ticket.clocks[metric].ongoing;
  return due === null || cycle === null ? null : stepDue(due, metric, cycle, termsOf(ticket, metric, cycle));
}

function stepDue({ at, step }: StepDue, metric: Metric, { number: cycle, chain }: Cycle, terms: Terms | null): Due {
  const chained = { metric, cycle, dueAt: at };
  const cause = (name: string): string => `clock:${metric}:${cycle}:${name}`;
  switch (step.kind) {
    case "remind": {
      const { reminder } = step;
      return { at, command: { verb: "remind", args: { ...chained, reminder: reminder + 1 } }, cause: cause(reminderName(chain, terms, reminder)) };
    }
    case "breach":
      return { at, command: { verb: "breach", args: chained }, cause: cause("breach") };
    case "level": {
      const { level } = step;
      return { at, command: { verb: "nextLevel", args: { ...chained, level, round: 0 } }, cause: cause(`${level}`) };
    }
    case "round": {
      const { level, round } = step;
      return { at, command: { verb: "nextLevel", args: { ...chained, level, round } }, cause: cause(`${level}.${round}`) };
    }
  }
}

function resumption({ resumeAt }: Ticket): Due | null {
  return resumeAt === null
    ? null
    : { at: resumeAt, command: { verb: "wake", args: {} }, cause: `clock:resumption:${resumeAt}:1` };
}

function closure(ticket: Ticket): Due | null {
  const at = closesAt(ticket);
  return at === null
    ? null
    : { at: behindReplies(ticket, at), command: { verb: "autoClose", args: {} }, cause: `clock:auto-close:${ticket.solution?.version}:1` };
}

function reminder(ticket: Ticket): Due | null {
  const at = remindsAt(ticket);
  return at === null
    ? null
    : { at: behindReplies(ticket, at), command: { verb: "remindRequester", args: {} }, cause: `clock:answer:${ticket.waiting?.version}:reminder` };
}

function surrender(ticket: Ticket): Due | null {
  const at = givesUpAt(ticket);
  return at === null
    ? null
    : { at: behindReplies(ticket, at), command: { verb: "solveUnanswered", args: {} }, cause: `clock:answer:${ticket.waiting?.version}:1` };
}
