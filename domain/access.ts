// Who may do what: one table, action × role. Whatever is not written here is denied.
import type { Actor, Role } from "./actor";
import { next, requesterVerbs, staffVerbs } from "./lifecycle";
import type { RequesterVerb, StaffVerb } from "./lifecycle";
import { awaitsAcknowledgement } from "./escalation";
import { isOfferedTo } from "./offers";
import { metrics } from "./policy";
import type { Ticket } from "./ticket";

const workers = ["agent", "lead", "admin"] as const satisfies readonly Role[];
const everyone = ["agent", "lead", "admin", "auditor"] as const satisfies readonly Role[];

const permissions = {
  assign: workers,
  transfer: workers,
  unassign: workers,
  reply: workers,
  /** Before it leaves; a colleague may see the mistake first. */
  withdrawReply: workers,
  note: workers,
  /** Bringing files for what is to be said. */
  attach: workers,
  categorise: workers,
  prioritise: workers,
  wait: workers,
  hold: workers,
  resume: workers,
  resolve: workers,
  close: workers,
  reopen: workers,
  retryNotice: workers,
  escalate: workers,
  acknowledgeEscalation: workers,
  applyPolicy: ["lead", "admin"],
  correct: ["lead", "admin"],
  waiveAskBack: workers,
  /** What came by mail and was held back, not knowing whether its writer may speak here. */
  acceptMessage: workers,
  rejectMessage: workers,
  /** Who may speak on a ticket by mail. */
  changeParticipants: workers,
  /** Whom a team lets speak on its tickets by mail. */
  changeTeamMail: ["admin"],
  merge: workers,
  unmerge: workers,
  markSpam: workers,
  unmarkSpam: workers,
  changeRequester: workers,
  acceptOffer: workers,
  declineOffer: workers,
  /** Writing down what the requester said. */
  requesterReply: workers,
  /** Opening a ticket for somebody else. */
  openOnBehalf: workers,
  readTickets: everyone,
  readInternal: everyone,
  readJournal: everyone,
  readNotices: everyone,
  /** Addresses that no mail is sent to, since it bounced or its reader complained. */
  readSuppressions: everyone,
  liftSuppression: ["lead", "admin"],
  /** The desk's own words for its mails. */
  readTemplates: everyone,
  changeTemplates: ["admin"],
  readLive: everyone,
  readDirectory: everyone,
  readCommands: everyone,
  setOwnPresence: workers,
  setPresence: ["lead", "admin"],
  /** Rules and models by which tickets are categorised. */
  readCategorisation: everyone,
  changeCategorisation: ["admin"],
  repair: ["admin"],
  readCalendars: everyone,
  changeCalendars: ["admin"],
  /** Whose domains are whose, who is a VIP, and in which calendar their windows count. */
  changeOrganisations: ["admin"],
  setOwnNotifications: everyone,
  setNotifications: ["admin"],
  readRecipients: everyone,
  changeRecipients: ["admin"],
  /** Earlier editions and who made them; the present ones everybody may read. */
  readForms: everyone,
  changeForms: ["admin"],
  readPolicies: everyone,
  changePolicies: ["admin"],
  /** Putting open tickets under today's edition of a policy. */
  applyPolicies: ["lead", "admin"],
  /** Where mails come from, and which of them are held. */
  readMailboxes: everyone,
  changeMailboxes: ["admin"],
  readQuarantine: everyone,
  decideQuarantine: ["lead", "admin"],
  /** Who was considered for a ticket, and why. */
  readCandidates: everyone,
  /** What colleagues have achieved. */
  readPerformance: ["lead", "admin"],
  /** All that somebody has, to others. */
  moveLoad: ["lead", "admin"],
  /** One command for many tickets: how far it has come, and its end before its time. */
  readBulk: everyone,
  stopBulk: ["lead", "admin"],
  /** Skills, profiles, capacities. */
  changePeople: ["lead", "admin"],
  /** How a team's tickets find somebody, and what categories ask for. */
  changeDispatch: ["admin"],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Action = keyof typeof permissions | RequesterVerb | "readOwn";

const requesterActions: readonly Action[] = [...requesterVerbs, "readOwn"];

/** Whether the actor may do this at all; with a ticket, whether to this one. A requester reaches only their own. */
export function can(actor: Actor, action: Action, ticket?: Pick<Ticket, "requester">): boolean {
  switch (actor.kind) {
    case "staff":
      return Object.hasOwn(permissions, action) && rolesFor(action as keyof typeof permissions).includes(actor.role);
    case "requester":
      return requesterActions.includes(action) && ticket !== undefined && ticket.requester === actor.id;
    case "participant":
    case "system":
      return false;
  }
}

function rolesFor(action: keyof typeof permissions): readonly Role[] {
  return permissions[action];
}

/** The verbs that this actor may use on the ticket as it stands: those that the API would not refuse. */
export function abilities(actor: Actor, ticket: Ticket): (StaffVerb | RequesterVerb)[] {
  return [...staffVerbs, ...requesterVerbs].filter(
    (verb) => can(actor, verb, ticket) && typeof next(ticket.status, verb) === "string" && !refusedOtherwise(actor, verb, ticket),
  );
}

function refusedOtherwise(actor: Actor, verb: StaffVerb | RequesterVerb, ticket: Ticket): boolean {
  if (verb === "withdrawReply") return ticket.outgoing.length === 0;
  if (verb === "rejectMessage") return ticket.heldMessages.length === 0;
  if (verb === "acceptMessage") return !ticket.heldMessages.some(({ writer }) => writer.kind !== "staff" || writer.id === actor.id);
  if (verb === "acceptOffer" || verb === "declineOffer") return !isOfferedTo(ticket, actor);
  if (verb === "waiveAskBack") return ticket.askBack !== "waiting";
  if (verb === "merge") return ticket.heldMessages.length > 0;
  if (verb === "unmerge") return ticket.aside?.as !== "merged";
  if (verb === "unmarkSpam") return ticket.aside?.as !== "spam";
  if (verb === "reopen" && ticket.aside !== null) return true;
  if (verb === "unassign") return ticket.assignee === null;
  if (verb === "acknowledgeEscalation") return !metrics.some((metric) => awaitsAcknowledgement(ticket, metric));
  if (verb === "reopen" && ticket.status === "closed") {
    return !(actor.kind === "staff" && (actor.role === "lead" || actor.role === "admin"));
  }
  return false;
}
