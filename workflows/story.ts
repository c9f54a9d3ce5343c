// How a ticket reads in the Temporal UI: in plain words, for a stranger, without our code at hand. Never a name, an address
// or a customer's word: ids, codes and instants only.
import { defineSearchAttributeKey, SearchAttributeType } from "@temporalio/common";
import type { SearchAttributePair } from "@temporalio/common";
import type { Due } from "../domain/due";
import { deadline, isBreached } from "../domain/sla";
import type { Instant, Metric, Ticket, TicketEvent } from "../domain/ticket";
import type { NoticeRef } from "./messages";

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

/** What the list can be searched by. A parked ticket's status reads `stuck`. */
export function searchAttributes(ticket: Ticket, stuck: string | null): readonly SearchAttributePair[] {
  const due = deadline(ticket);
  return [
    { key: attributes.status, value: stuck === null ? ticket.status : "stuck" },
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

const metricWords: Readonly<Record<Metric, string>> = {
  firstResponse: "first response",
  resolution: "resolution",
};

/** What a timer does when it fires: its one-line summary. `since` is when it was armed. */
export function dueSummary({ command, at }: Due, ticket: Ticket, since: Instant): string {
  const when = inWords(at - since);
  switch (command.verb) {
    case "acknowledge":
      return `Tell the requester in ${when} that the ticket has arrived, unless somebody has it by then`;
    case "remind":
      return `Remind ${ticket.assignee ?? "the lead"} in ${when}: ${command.args.percent} % of the ${metricWords[command.args.metric]} target`;
    case "escalate":
      return command.args.level === 1
        ? `Escalate to the lead in ${when}: the ${metricWords[command.args.metric]} target is missed`
        : `Escalate to the manager in ${when}: the ${metricWords[command.args.metric]} target is still missed`;
    case "wake":
      return `Resume in ${when}: the wait is over then`;
    case "autoClose":
      return `Auto-close in ${when} unless the requester replies`;
    default:
      return `${command.verb} in ${when}`;
  }
}

const noticeWords: Readonly<Record<string, string>> = {
  acknowledgement: "tell the requester who has it",
  "new-assignee": "tell the requester who has it now",
  "public-reply": "send the requester the reply",
  pending: "ask the requester",
  solved: "tell the requester that it is solved",
  "new-link": "send the requester a new link",
  assigned: "tell the assignee that it is theirs",
  "taken-over": "tell the former assignee that it is no longer theirs",
  unassigned: "tell the lead that nobody has it",
  "colleague-wrote": "tell the assignee that a colleague wrote",
  "requester-wrote": "tell staff that the requester wrote",
  "requester-reopened": "tell staff that the requester reopened it",
  reopened: "tell staff that it is open again",
  resumed: "tell staff that the wait is over",
  reminder: "remind staff of the target",
  escalation: "escalate the missed target",
  undelivered: "tell staff that the mail could not be delivered",
};

/** What one sending does, for the time line. */
export function noticeSummary(notices: readonly NoticeRef[]): string {
  const words = [...new Set(notices.map(({ template }) => noticeWords[template] ?? template))].join(", ");
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
  const target = deadline(ticket);
  return [
    ...(stuck === null ? [] : [`**STUCK**: ${stuck}. Mend the cause, then send the update \`repair\`.`, ""]),
    `**#${ticket.number} is ${ticket.status}**: ${ticket.priority} ${ticket.type}, ${holder(ticket)}`,
    "",
    "| | |",
    "|---|---|",
    `| Team, category | ${ticket.team ?? "not yet"}, ${ticket.category ?? "not yet"} |`,
    `| Next target | ${target === null ? "no clock is running" : `${metricWords[target.metric]} by ${instant(target.at)}`}${isBreached(ticket) ? " (**missed**)" : ""} |`,
    `| What happens next | ${next === null ? "nothing by itself: it is somebody's turn" : `${instant(next.at)}: ${dueSummary(next, ticket, ticket.updatedAt)}`} |`,
    `| Mails under way | ${unsettled.length === 0 ? "none" : noticeSummary(unsettled)} |`,
    "",
    "Last steps:",
    "",
    ...steps.map((event) => `- ${instant(event.at)} **${event.kind}** by ${event.by.kind} ${event.by.id}${aside(event)}`),
  ].join("\n");
}

function holder(ticket: Ticket): string {
  if (ticket.assignee !== null) return `with **${ticket.assignee}**`;
  return ticket.routing === "waiting" ? "in its team's queue: nobody is free" : "nobody has it";
}

function aside({ kind, facts }: TicketEvent): string {
  switch (kind) {
    case "categorised":
      return `: ${facts.category}${facts.rule === null ? "" : ` (rule ${facts.rule})`}`;
    case "prioritised":
      return `: ${facts.priority}`;
    case "assigned":
      return `: ${facts.assignee}${facts.decision === null ? "" : ` (decision ${facts.decision})`}`;
    case "transferred":
      return `: ${facts.team}`;
    case "closed":
      return `: ${facts.how}`;
    case "reminded":
      return `: ${facts.percent} % of the ${metricWords[facts.metric]} target`;
    case "escalated":
      return `: level ${facts.level}, ${metricWords[facts.metric]} target of ${instant(facts.dueAt)}`;
    default:
      return "";
  }
}

/** ISO without the noise: `2026-11-22 10:30:00Z`. */
function instant(at: Instant): string {
  return new Date(at).toISOString().replace("T", " ").replace(/\.\d+Z$/u, "Z");
}

const units: readonly (readonly [number, string])[] = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
  [1_000, "second"],
];

/** `3 days`, `2 hours`, `1 minute`: the largest unit that fits, rounded down to one decimal. */
function inWords(ms: number): string {
  const unit = units.find(([size]) => ms >= size);
  if (unit === undefined) return `${Math.max(0, ms)} ms`;
  const count = Math.floor((ms / unit[0]) * 10) / 10;
  return `${count} ${unit[1]}${count === 1 ? "" : "s"}`;
}
