// How a ticket begins: opened from its intake, sorted, acknowledged once.
import { actorId } from "./actor";
import { unoffered } from "./offers";
import { untouched } from "./aside";
import { unheld } from "./held-messages";
import { unsent } from "./outgoing";
import { refuse } from "./refusal";
import { unwound } from "./sla";
import type { FoldOf, VerbOf } from "./verb";
import { allowed } from "./verb";
import type { Intake, Ticket } from "./ticket";
import type { TicketType } from "./words";

/** The ticket before its first event. */
export function unopened(intake: Intake): Ticket {
  return {
    number: intake.number,
    intakeId: intake.intakeId,
    version: 0,
    status: "new",
    type: intake.stated.type ?? "question",
    category: null,
    priority: "normal",
    stated: intake.stated,
    team: null,
    assignee: null,
    requester: intake.requester,
    channel: intake.channel,
    openedBy: intake.openedBy === null ? null : actorId(intake.openedBy),
    followUpOf: intake.followUpOf,
    createdAt: intake.acceptedAt,
    updatedAt: intake.acceptedAt,
    routing: "none",
    ...unoffered,
    acknowledgement: intake.acknowledge ? "due" : "none",
    answeredAt: intake.channel === "phone" && intake.openedBy !== null ? intake.acceptedAt : null,
    resumeAt: null,
    solution: null,
    ...unheld,
    ...unsent,
    ...untouched,
    waiting: null,
    askBack: null,
    requesterWroteAt: 0,
    escalation: 0,
    orders: [],
    flags: [],
    policy: null,
    formerPolicies: {},
    matching: null,
    windowsIn: null,
    calendars: {},
    clocks: unwound,
  };
}

export const open: VerbOf<{ intake: Intake }> = (_ticket, { intake }) => ({ kind: "opened", facts: { intake } });

export const opened: FoldOf<"opened"> = (ticket) => ({ ...ticket, requesterWroteAt: 1 });

interface Sorting {
  readonly category: string;
  readonly type: TicketType;
  readonly team: string;
  readonly rule: string | null;
  /** The edition of the model that decided, when one did. */
  readonly model?: number | null;
  /** Whether a language model elsewhere did. */
  readonly assistant?: boolean;
}

/** What rules or the model say of a new ticket. What a person has already set stays as they set it. */
export const sort: VerbOf<Sorting> = (ticket, args) =>
  allowed(ticket, "sort", () => ({
    kind: "categorised",
    facts: {
      category: ticket.category ?? args.category,
      type: ticket.category === null ? args.type : ticket.type,
      team: ticket.team ?? args.team,
      rule: args.rule,
      ...(typeof args.model === "number" && { model: args.model }),
      ...(args.assistant === true && { assistant: true }),
      suggestedTeam: null,
    },
  }));

export const acknowledge: VerbOf<object> = (ticket) =>
  allowed(ticket, "acknowledge", (status) =>
    ticket.acknowledgement === "due"
      ? { kind: "acknowledged", facts: {} }
      : refuse("not_allowed_now", "No acknowledgement is owed any more.", { status }),
  );

export const acknowledged: FoldOf<"acknowledged"> = (ticket) => ({ ...ticket, acknowledgement: "sent" });
