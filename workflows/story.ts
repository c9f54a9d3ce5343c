// How a ticket reads in the Temporal UI: in plain words, for a stranger, without our code at hand. Never a name, an address
// or a customer's word: ids, codes and instants only.
import { defineSearchAttributeKey, SearchAttributeType } from "@temporalio/common";
import type { SearchAttributePair } from "@temporalio/common";
import type { Due } from "../domain/due";
import { metrics } from "../domain/policy";
import type { Metric } from "../domain/policy";
import { english, sentence } from "../domain/sentence";
import { deadline, isBreached } from "../domain/deadline";
import type { TicketEvent } from "../domain/event";
import type { Instant, Ticket } from "../domain/ticket";
import { eventLine, metricWords } from "./event-line";
import type { NoticeRef } from "./messages";
import { inWords, minute, second } from "./time-words";

const { KEYWORD, DATETIME, BOOL } = SearchAttributeType;

const attributes = {
  status: defineSearchAttributeKey("TicketStatus", KEYWORD),
  priority: defineSearchAttributeKey("TicketPriority", KEYWORD),
  team: defineSearchAttributeKey("TicketTeam", KEYWORD),
  assignee: defineSearchAttributeKey("TicketAssignee", KEYWORD),
  category: defineSearchAttributeKey("TicketCategory", KEYWORD),
  channel: defineSearchAttributeKey("TicketChannel", KEYWORD),
  deadline: defineSearchAttributeKey("TicketDeadline", DATETIME),
  breached: defineSearchAttributeKey("TicketBreached", BOOL),
};

/** What the list can be searched by. A parked ticket's status reads `stuck`, that of one set aside `merged` or `spam`. */
export function searchAttributes(ticket: Ticket, stuck: string | null): readonly SearchAttributePair[] {
  const due = deadline(ticket);
  return [
    { key: attributes.status, value: stuck === null ? (ticket.aside?.as ?? ticket.status) : "stuck" },
    { key: attributes.priority, value: ticket.priority },
    { key: attributes.team, value: ticket.team },
    { key: attributes.assignee, value: ticket.assignee },
    { key: attributes.category, value: ticket.category },
    { key: attributes.channel, value: ticket.channel },
    { key: attributes.deadline, value: due === null ? null : new Date(due.at) },
    { key: attributes.breached, value: isBreached(ticket) },
  ] as SearchAttributePair[];
}

/** What of `next` differs from `last`: only that is worth an event. */
export function changes(
  last: readonly SearchAttributePair[],
  next: readonly SearchAttributePair[],
): SearchAttributePair[] {
  const before = new Map(last.map(({ key, value }) => [key.name, plain(value)]));
  return next.filter(({ key, value }) => (before.get(key.name) ?? null) !== plain(value));
}

function plain(value: unknown): unknown {
  return value instanceof Date ? value.getTime() : value;
}

/** What a timer does when it fires: its one-line summary. `since` is when it was armed. */
export function dueSummary(due: Due, ticket: Ticket, since: Instant): string {
  return dueWords(due, ticket, ` in ${inWords(due.at - since)}`);
}

/** The same without a distance in time, for where the instant itself is told. */
export function dueWords(due: Due, ticket: Ticket, when = ""): string {
  const { command } = due;
  switch (command.verb) {
    case "acknowledge":
      return `Tell the requester${when} that the ticket has arrived, unless somebody has it by then`;
    case "remind":
      return `Remind${when}: much of the time for the ${metricWords[command.args.metric]} is used then. ${targetSentence(ticket, command.args.metric)}`;
    case "breach":
      return `Note${when} that the ${metricWords[command.args.metric]} is late. ${targetSentence(ticket, command.args.metric)}`;
    case "nextLevel":
      return `Escalate${when} to level ${command.args.level}: the ${metricWords[command.args.metric]} is late. ${targetSentence(ticket, command.args.metric)}`;
    case "sendReply":
      return `Send the reply to the requester${when} unless it is taken back`;
    case "lapseOffer":
      return `Offer to ${ticket.offer?.agent ?? "nobody"} lapses${when}, at ${second(due.at)}: the next is asked then`;
    case "remindRequester":
      return `Ask the requester again${when} unless they answer`;
    case "solveUnanswered":
      return `Take it to be solved${when} unless the requester answers`;
    case "prioritise":
      return `Raise the priority to ${command.args.priority}${when} unless it is solved by then`;
    case "wake":
      return `Resume${when}: the wait is over then`;
    case "autoClose":
      return `Auto-close${when} unless the requester replies`;
    default:
      return `${command.verb}${when}`;
  }
}

const noticeWords: Readonly<Record<string, string>> = {
  acknowledgement: "confirm to the requester that it has arrived",
  "new-assignee": "tell the requester who has it now",
  "public-reply": "send the requester the reply",
  pending: "ask the requester",
  "ask-back": "ask the requester for what is missing",
  "still-waiting": "ask the requester again",
  "later-than-expected": "tell the requester that it takes longer",
  solved: "tell the requester that it is solved",
  "new-link": "send the requester a new link",
  assigned: "tell the assignee that it is theirs",
  "taken-over": "tell the former assignee that it is no longer theirs",
  unassigned: "tell the lead that nobody has it",
  declined: "tell the lead that nobody wants it",
  "colleague-wrote": "tell the assignee that a colleague wrote",
  "requester-wrote": "tell staff that the requester wrote",
  "requester-reopened": "tell staff that the requester reopened it",
  reopened: "tell staff that it is open again",
  resumed: "tell staff that the wait is over",
  reminder: "remind staff of the target",
  escalation: "escalate the missed target",
  undelivered: "tell staff that the mail could not be delivered",
  "message-held": "tell staff that a message waits for their word",
  "not-sent": "tell the agent that their mail was not sent",
  "requester-thanked": "tell the assignee that the requester said thanks",
  "merged-in": "tell staff that another ticket goes on in this one",
};

/** What one sending does, for the time line. */
export function noticeSummary(notices: readonly NoticeRef[]): string {
  const words = [...new Set(notices.map(({ template }) => noticeWords[template] ?? template))].join("; ");
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

/** The last steps that a run remembers for the story. */
export const rememberedSteps = 8;

/** The ticket's page in the Temporal UI, in Markdown. */
export function details(
  ticket: Ticket,
  next: Due | null,
  steps: readonly TicketEvent[],
  unsettled: readonly NoticeRef[],
  stuck: string | null,
): string {
  return [
    ...(stuck === null ? [] : [`**STUCK**: ${stuck}. Mend the cause, then send the update \`repair\`.`, ""]),
    `**#${ticket.number} is ${ticket.status}**, ${asideWords(ticket) ?? holder(ticket)}`,
    "",
    "| | |",
    "|---|---|",
    `| Kind | ${ticket.type}, ${ticket.category ?? "not categorised yet"}, ${ticket.priority} priority |`,
    `| Next target | ${targetWords(ticket)} |`,
    ...missed(ticket),
    `| Next by itself | ${next === null ? `nothing: ${turn(ticket)}` : `${minute(next.at)}: ${dueWords(next, ticket)}`} |`,
    ...declines(ticket),
    ...(ticket.askBack === "waiting" ? ["| Waits for | the requester, who was asked for what the form lacks; any answer ends it |"] : []),
    ...(ticket.absorbed.length === 0 ? [] : [`| Merged into it | ${ticket.absorbed.map(({ ticket: source }) => `#${source}`).join(", ")} |`]),
    `| Mails under way | ${unsettled.length === 0 ? "none" : noticeSummary(unsettled)} |`,
    "",
    ...lastSteps(steps),
  ].join("\n");
}

/** A run that goes on with a ticket begins without any. */
function lastSteps(steps: readonly TicketEvent[]): readonly string[] {
  if (steps.length === 0) return ["All times are UTC. Nothing has happened since this run began; the journal has what went before."];
  return ["Last steps, the newest first (all times are UTC):", "", ...steps.map((event) => `- ${eventLine(event)}`).reverse()];
}

function asideWords({ aside }: Ticket): string | null {
  if (aside === null) return null;
  return aside.into === null ? "it is spam" : `it was merged into **#${aside.into}**`;
}

function holder({ assignee, team, routing, offer }: Ticket): string {
  if (offer !== null) return `on offer to **${offer.agent}** of team **${team}** until ${second(offer.endsAt)}`;
  if (assignee !== null) return `with **${assignee}**${team === null ? "" : ` of team **${team}**`}`;
  if (team === null) return "nobody has it";
  return routing === "waiting" ? `in the queue of team **${team}**: nobody is free` : `nobody of team **${team}** has it`;
}

function targetWords(ticket: Ticket): string {
  const target = deadline(ticket);
  if (target === null) return "none: no clock is running";
  return `${metricWords[target.metric]} by ${second(target.at)}. ${targetSentence(ticket, target.metric)}`;
}

/** As of the ticket's last event: told in the calendar's own local time. */
function targetSentence({ clocks, calendars, updatedAt }: Ticket, metric: Metric): string {
  const { ongoing } = clocks[metric];
  return ongoing === null ? "" : sentence(ongoing, calendars, updatedAt, english);
}

function declines({ declinedBy }: Ticket): readonly string[] {
  return declinedBy.length === 0 ? [] : [`| Declined by | ${declinedBy.join(", ")} |`];
}

/** A row for what is late, or was: a target met after all stays missed. */
function missed({ clocks }: Ticket): readonly string[] {
  const late = metrics.filter((metric) => clocks[metric].firstBreached !== null);
  return late.length === 0 ? [] : [`| Missed | **${late.map((metric) => metricWords[metric]).join(", ")}** |`];
}

/** Who moves it on when no clock does. */
function turn({ status, solution }: Ticket): string {
  switch (status) {
    case "pending":
      return "the requester is to answer";
    case "on-hold":
      return "a third party is to move";
    case "solved":
      return solution?.undelivered === true
        ? "the mail that says solved could not be delivered"
        : "auto-close counts from the mail that says solved, which has not left yet";
    case "closed":
      return "it is over";
    default:
      return "it is its people's turn";
  }
}
