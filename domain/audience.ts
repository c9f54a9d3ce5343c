// Who hears of what: one table, event × audience. Knows roles and templates; refuses to know addresses, words or settings.
import type { Actor } from "./actor";
import type { Listener } from "./policy";
import type { EventKind, EventOf, TicketEvent } from "./event";
import type { Ticket } from "./ticket";

/**
 * `lead` and `manager` are those of the ticket's team; whoever has none of them is not told. A `team` is each of its
 * members who works here, null: the ticket's own. A `contact` is a mail address and a `webhook` a program, each kept as
 * a row.
 */
export type Recipient =
  | { readonly to: "requester" }
  | { readonly to: "agent"; readonly agent: string }
  | { readonly to: "lead" }
  | { readonly to: "manager" }
  | { readonly to: "team"; readonly team: string | null }
  | { readonly to: "contact"; readonly contact: string }
  | { readonly to: "webhook"; readonly webhook: string };

export const requesterTemplates = ["acknowledgement", "new-assignee", "public-reply", "solved", "pending", "ask-back", "still-waiting", "later-than-expected"] as const;
export const staffTemplates = [
  "assigned",
  "taken-over",
  "unassigned",
  "declined",
  "colleague-wrote",
  "requester-wrote",
  "requester-reopened",
  "reopened",
  "resumed",
  "reminder",
  "escalation",
  "undelivered",
  "mail-loop",
  "template-broken",
  "address-suspended",
  "copy-undelivered",
  "staff-undelivered",
  "message-held",
  "not-sent",
  "requester-thanked",
  "merged-in",
] as const;
/** What staff said to the requester, as everybody else who takes part in the ticket gets it. */
export const copyTemplate = "copy";
export type Template = (typeof requesterTemplates)[number] | (typeof staffTemplates)[number] | typeof copyTemplate;

/** From whose sending a window may count: the ticket has to hear of it. */
export const countedTemplates: readonly string[] = ["solved", "pending", "ask-back", "still-waiting"] satisfies Template[];

export interface Notice {
  readonly recipient: Recipient;
  readonly template: Template;
  /** Goes out at once whatever the hour, and alone. Default: false. */
  readonly wake?: boolean;
}

type Row<K extends EventKind> = (event: EventOf<K>, before: Ticket, after: Ticket) => readonly (Notice | null)[];

const table: { readonly [K in EventKind]: Row<K> } = {
  opened: () => [],
  categorised: () => [],
  prioritised: () => [],
  queued: ({ facts }) => [facts.declinedByAll === true ? lead("declined") : null],
  offered: () => [],
  offerDeclined: ({ facts }) => [facts.isLast ? lead("declined") : null],
  offerLapsed: () => [],
  offerWithdrawn: () => [],
  closed: () => [],
  held: () => [],
  noticeSent: () => [],
  noticeRetried: () => [],
  policyRequested: () => [],
  policyApplied: () => [],
  calendarExtended: () => [],
  breached: () => [],
  escalationAcknowledged: () => [],
  corrected: () => [],
  askBackWaived: () => [],
  messageRejected: () => [],
  replyDelayed: () => [],
  replyWithdrawn: () => [],
  autoReplied: () => [],
  messageHeld: ({ facts: { writer } }, _before, after) =>
    // Who thinks that they have answered must know at once that they have not.
    writer.kind === "staff" ? [{ ...agent(writer.id, "not-sent"), wake: true }] : [assignee(after, "message-held") ?? lead("message-held")],
  merged: () => [],
  released: () => [],
  markedSpam: () => [],
  // Whoever gets it now is told by the assignment.
  unmarkedSpam: () => [],
  requesterChanged: () => [],
  absorbed: ({ facts }, _before, after) => [
    assignee(after, "merged-in") ?? (facts.waitingSince === null ? null : lead("merged-in")),
  ],
  unmerged: (_event, _before, after) => [assignee(after, "reopened") ?? lead("reopened")],
  askedBack: () => [requester("ask-back")],
  requesterReminded: () => [requester("still-waiting")],
  expectedLater: () => [requester("later-than-expected")],
  acknowledged: () => [requester("acknowledgement")],
  assigned: ({ facts }, before, after) => [
    // Whoever has accepted it knows.
    facts.from === facts.assignee || facts.accepted !== undefined ? null : agent(facts.assignee, "assigned"),
    facts.from === null || facts.from === facts.assignee ? null : agent(facts.from, "taken-over"),
    introduction(facts.from === facts.assignee, before, after),
  ],
  transferred: ({ facts }) => [facts.formerAssignee === null ? null : agent(facts.formerAssignee, "taken-over")],
  unassigned: ({ facts }) => [agent(facts.from, "taken-over"), lead("unassigned")],
  replied: (_event, _before, after) => [requester("public-reply"), assignee(after, "colleague-wrote")],
  noted: (_event, _before, after) => [assignee(after, "colleague-wrote")],
  requesterReplied: ({ facts: { from, thanks } }, _before, after) => {
    if (thanks === true) return [assignee(after, "requester-thanked")];
    const template = from === "solved" || from === "closed" ? "requester-reopened" : "requester-wrote";
    return [assignee(after, template) ?? lead(template)];
  },
  pended: ({ facts }) => [facts.message === null ? null : requester("pending")],
  resumed: ({ by }, _before, after) => [by.kind === "system" ? (assignee(after, "resumed") ?? lead("resumed")) : null],
  resolved: () => [requester("solved")],
  reopened: ({ by }, _before, after) => {
    const template = by.kind === "requester" ? "requester-reopened" : "reopened";
    return [assignee(after, template) ?? lead(template)];
  },
  reminded: ({ facts }, _before, after) =>
    facts.skipped ? [] : facts.tell.map((listener) => ({ recipient: recipient(listener, after), template: "reminder" })),
  escalated: ({ facts }, before) =>
    facts.done.flatMap((action): Notice[] => {
      if (action.do === "webhook") return [{ recipient: { to: "webhook", webhook: action.webhook }, template: "escalation" }];
      if (action.do !== "tell") return [];
      return action.whom.map((listener) => ({ recipient: recipient(listener, before), template: "escalation", wake: facts.wake }));
    }),
  undelivered: (_event, _before, after) => [assignee(after, "undelivered") ?? lead("undelivered")],
};

/** Whether staff have said something to the requester, of which those who take part get a copy. */
export function isCopied({ kind, facts }: TicketEvent): boolean {
  return kind === "replied" || ((kind === "pended" || kind === "resolved") && facts.message !== null);
}

/** What a member of staff's answer to such a mail becomes: where the requester wrote, they are answered; else it is a note. */
export function replyMeans(template: string): "reply" | "note" {
  return (["requester-wrote", "requester-reopened"] as readonly string[]).includes(template) ? "reply" : "note";
}

/**
 * The notices of one event, in order. Nobody hears of their own act; leads, managers and teams are named as such, and made
 * persons by `told`.
 */
export function audience(event: TicketEvent, before: Ticket, after: Ticket): readonly Notice[] {
  const row = table[event.kind] as Row<EventKind>;
  return row(event, before, after).filter((notice) => notice !== null && !isOwnAct(event.by, notice.recipient)) as Notice[];
}

/** The mail a requester gets when somebody has their ticket: as the acknowledgement, or as news before the first response. */
function introduction(same: boolean, before: Ticket, after: Ticket): Notice | null {
  if (before.acknowledgement === "due") return requester("acknowledgement");
  return !same && before.acknowledgement === "sent" && after.answeredAt === null && after.status !== "solved"
    ? requester("new-assignee")
    : null;
}

/** What concerns an assignee goes to the lead while nobody has the ticket. */
function recipient(listener: Listener, ticket: Ticket): Recipient {
  if (listener.to !== "assignee") return listener;
  return ticket.assignee === null ? { to: "lead" } : { to: "agent", agent: ticket.assignee };
}

function isOwnAct(by: Actor, recipient: Recipient): boolean {
  return (
    (recipient.to === "requester" && by.kind === "requester") ||
    (recipient.to === "agent" && by.kind === "staff" && by.id === recipient.agent)
  );
}

function requester(template: Template): Notice {
  return { recipient: { to: "requester" }, template };
}

function agent(id: string, template: Template): Notice {
  return { recipient: { to: "agent", agent: id }, template };
}

function lead(template: Template): Notice {
  return { recipient: { to: "lead" }, template };
}

function assignee(ticket: Ticket, template: Template): Notice | null {
  return ticket.assignee === null ? null : agent(ticket.assignee, template);
}
