// What has happened on a ticket, one line per event, in the words of a colleague. Never a name, an address or a text.
import type { MoveCause } from "../domain/dispatch/absence";
import type { Metric } from "../domain/policy";
import type { EventOf, Facts, TicketEvent } from "../domain/event";
import type { Status } from "../domain/words";
import { inWords, minute, second } from "./time-words";

export const metricWords: Readonly<Record<Metric, string>> = {
  firstResponse: "first response",
  nextResponse: "next response",
  periodicUpdate: "periodic update",
  assignment: "assignment",
  resolution: "resolution",
};

/** What one record writes down, for the time line: `Opened, categorised as refund, assigned to lihua`. */
export function recordSummary(events: readonly TicketEvent[]): string {
  const told = events.map(what).join(", ");
  return told === "" ? "Compared with what is recorded" : `${told.slice(0, 1).toUpperCase()}${told.slice(1, 200)}`;
}

/** `2026-11-22 10:30:05 **assigned to ingrid** (by dispatch, decision 1001-1-3)`. */
export function eventLine(event: TicketEvent): string {
  const asides = [who(event), why(event)].filter((aside) => aside !== null);
  return `${second(event.at)} **${what(event)}**${asides.length === 0 ? "" : ` (${asides.join(", ")})`}`;
}

/** Null where the line says it already. */
function who({ kind, by, facts }: TicketEvent): string | null {
  switch (by.kind) {
    case "staff":
      return `${kind === "requesterReplied" ? "written down by" : "by"} ${by.id}`;
    case "participant":
      return null;
    case "requester":
      return kind === "requesterReplied" ? null : "by the requester";
    case "system":
      if (kind === "categorised") return decidedBy(facts);
      return by.id === "dispatch" || by.id === "rules" ? `by ${by.id}` : null;
  }
}

function decidedBy({ rule, model, assistant }: Facts["categorised"]): string {
  if (rule !== null) return `by rule ${rule}`;
  if (assistant === true) return "by the assistant";
  return model === undefined ? "nobody knew" : `by edition ${model} of the model`;
}

function what({ kind, facts, by }: TicketEvent): string {
  switch (kind) {
    case "categorised":
      return `categorised as ${facts.category}`;
    case "prioritised":
      return `given ${facts.priority} priority${raisedBy(facts)}`;
    case "assigned":
      return `assigned to ${facts.assignee}`;
    case "transferred":
      return facts.overflow === true ? `went on to team ${facts.team}: too long a wait` : `passed to team ${facts.team}`;
    case "queued":
      return `put into the queue of team ${facts.team}`;
    case "offered":
      return `offered to ${facts.agent} until ${second(facts.endsAt)}`;
    case "offerDeclined":
      return `${facts.agent} declined`;
    case "offerLapsed":
      return facts.atClosing ? `the offer to ${facts.agent} ended with their working hours` : `the offer to ${facts.agent} lapsed`;
    case "offerWithdrawn":
      return `${facts.agent} went away, and the offer was withdrawn`;
    case "unassigned":
      return `taken from ${facts.from}`;
    case "acknowledged":
      return "acknowledged to the requester";
    case "replied":
      return "answered";
    case "replyDelayed":
      return `wrote an answer that leaves at ${second(facts.leavesAt)}`;
    case "replyWithdrawn":
      return "took the answer back before it left";
    case "noted":
      return "noted for colleagues";
    case "messageHeld":
      return facts.writer.kind === "staff" ? `a mail in the name of ${facts.writer.id} held back` : "a mail from somebody else held back";
    case "messageRejected":
      return "a mail that was held back rejected";
    case "autoReplied":
      return "an automatic reply kept";
    case "requesterReplied":
      if (facts.thanks === true) return "the requester said thanks";
      return `${by.kind === "participant" ? "a participant" : "the requester"} wrote${isBack(facts.from) ? ", and it is open again" : ""}`;
    case "pended":
      return "set to wait for the requester";
    case "held":
      return "put on hold";
    case "reopened":
      return `reopened after being ${facts.from}`;
    case "reminded":
      return `reminder: ${facts.percent} % of the time for the ${metricWords[facts.metric]} used${facts.skipped ? ", overtaken" : ""}`;
    case "breached":
      return `${metricWords[facts.metric]} late`;
    case "escalated":
      return escalation(facts);
    case "escalationAcknowledged":
      return "escalation acknowledged";
    case "corrected":
      return `${metricWords[facts.metric]} corrected by ${inWords(Math.abs(facts.creditMs))} ${facts.creditMs < 0 ? "more" : "less"}`;
    case "policyRequested":
      return facts.policy === null ? "another policy to be looked for" : `to be measured by policy ${facts.policy}`;
    case "policyApplied":
      return `measured by policy ${facts.policy.id}, edition ${facts.policy.edition}`;
    case "calendarExtended":
      return `calendar ${facts.coverage.calendar} known until ${minute(facts.coverage.until)}`;
    case "askedBack":
      return `the requester was asked for ${facts.fields.join(", ")}`;
    case "askBackWaived":
      return "to go on without what was asked for";
    case "expectedLater":
      return facts.until === null ? "the wait is longer than was told" : `the wait is longer than was told: ${minute(facts.until)}`;
    case "requesterReminded":
      return "the requester was asked again";
    case "noticeSent":
      return "the mail that a window counts from has left";
    case "undelivered":
      return `mail ${facts.notice} could not be delivered`;
    case "merged":
      return `merged into #${facts.into}`;
    case "unmerged":
      return `no longer merged into #${facts.outOf}`;
    case "absorbed":
      return `#${facts.source} merged into it`;
    case "released":
      return `#${facts.source} no longer merged into it`;
    case "markedSpam":
      return "marked as spam";
    case "unmarkedSpam":
      return "found not to be spam";
    case "requesterChanged":
      return "given to another requester";
    case "noticeRetried":
      return `mail ${facts.notice} to be sent again`;
    case "opened":
    case "resumed":
    case "resolved":
    case "closed":
      return kind;
  }
}

function isBack(from: Status): boolean {
  return from === "solved" || from === "closed";
}

function raisedBy({ because }: EventOf<"prioritised">["facts"]): string {
  const [first] = because ?? [];
  return first === undefined ? "" : ` since ${first.rule}${first.rule === "alarm" ? ` ${first.what}` : ""}`;
}

function escalation({ metric, level, round, also, told }: EventOf<"escalated">["facts"]): string {
  const what = metric === null ? "escalated by hand" : `escalated for the ${metricWords[metric]}`;
  const again = round === 0 ? "" : `, time ${round + 1}`;
  if (!told) return `${what}: level ${level}${again}, overtaken`;
  return `${what}: level ${level}${again}${also.length === 0 ? "" : `, for level ${also.join(", ")} too`}`;
}

function why({ kind, facts }: TicketEvent): string | null {
  switch (kind) {
    case "opened":
      return facts.intake.followUpOf === null ? facts.intake.channel : `${facts.intake.channel}, follow-up of #${facts.intake.followUpOf}`;
    case "categorised":
      return facts.suggestedTeam === null ? null : `team ${facts.suggestedTeam} would fit better`;
    case "offered":
      return `decision ${facts.decision}`;
    case "offerDeclined":
      return facts.isLast ? "the last who may: its lead is told" : null;
    case "assigned":
      if (facts.accepted !== undefined) return `accepted ${facts.accepted}`;
      if (facts.decision !== null) return `decision ${facts.decision}`;
      if (facts.why !== undefined) return moved(facts.from, facts.why);
      return facts.overCapacity ? "beyond their capacity" : null;
    case "transferred":
      return facts.why === undefined ? null : moved(facts.formerAssignee, facts.why);
    case "queued":
      return facts.declinedByAll === true ? "everybody has declined" : "nobody is free";
    case "pended":
    case "held":
      return facts.until === null ? null : `until ${minute(facts.until)}`;
    case "escalated":
      return `due ${second(facts.dueAt)}`;
    case "closed":
      return facts.how === "by staff" ? null : facts.how;
    default:
      return null;
  }
}

function moved(from: string | null, cause: MoveCause): string {
  switch (cause) {
    case "leave":
      return `${from} is on leave`;
    case "deactivated":
      return `${from} works here no more`;
    case "away":
      return `${from} is away`;
    case "asked":
      return `the whole load of ${from} is moved`;
    case "rebalancing":
      return `to relieve ${from}`;
  }
}
