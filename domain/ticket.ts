// What a ticket is and what can happen to it. Knows ids, facts and instants; refuses to know any text, address or name.
import type { Actor } from "./actor";
import type { Channel, Degree, Priority, Status, TicketType } from "./words";
import type { Clocks } from "./sla";
import type { Policy } from "./simple-policy";

/** Epoch milliseconds. */
export type Instant = number;

/** A text kept in Postgres, named by its row's id and the SHA-256 (hex) of its UTF-8 bytes. */
export interface TextRef {
  readonly id: string;
  readonly sha256: string;
}

/** What intake knew and committed, less everything personal: the first input of a ticket's life. */
export interface Intake {
  readonly number: number;
  /** The intake row's own id: tells a ticket from another that got the same number after a restore. */
  readonly intakeId: string;
  readonly acceptedAt: Instant;
  readonly channel: Channel;
  readonly requester: string;
  readonly message: TextRef;
  /** As the requester or the opener stated it; kept as stated. */
  readonly stated: { readonly type: TicketType | null; readonly impact: Degree | null; readonly urgency: Degree | null };
  /** The member of staff who opened it on the requester's behalf; null when the requester did, unauthenticated. */
  readonly openedBy: Extract<Actor, { kind: "staff" }> | null;
  /** Whether the requester is to be sent an acknowledgement. */
  readonly acknowledge: boolean;
  readonly assignee: string | null;
  readonly followUpOf: number | null;
}

/**
 * How routing stands: `wanted` (a choice is to be made now), `waiting` (in the team's queue for freed capacity),
 * `none` (somebody has it, or somebody took it out of routing).
 */
export type Routing = "wanted" | "waiting" | "none";

/** The acknowledgement to the requester: still owed, sent, or not to be sent. */
export type Acknowledgement = "due" | "sent" | "none";

/** The mail that says "solved": auto-close counts from its sending. */
export interface Solution {
  readonly version: number;
  readonly sentAt: Instant | null;
  readonly undelivered: boolean;
}

export interface Ticket {
  readonly number: number;
  readonly intakeId: string;
  /** The number of events so far; 0 before `opened`. */
  readonly version: number;
  readonly status: Status;
  readonly type: TicketType;
  readonly category: string | null;
  readonly priority: Priority;
  readonly stated: Intake["stated"];
  readonly team: string | null;
  readonly assignee: string | null;
  readonly requester: string;
  readonly channel: Channel;
  readonly openedBy: string | null;
  readonly followUpOf: number | null;
  readonly createdAt: Instant;
  /** The last event's instant; later events are never earlier. */
  readonly updatedAt: Instant;
  readonly routing: Routing;
  readonly acknowledgement: Acknowledgement;
  /** When staff first answered in public; kept apart from the clocks, which start only once the rules have spoken. */
  readonly answeredAt: Instant | null;
  /** When pending or on-hold ends by itself; null: when somebody acts. */
  readonly resumeAt: Instant | null;
  readonly solution: Solution | null;
  /** The version of the requester's last words: a command with an older `ifVersion` is refused. */
  readonly requesterWroteAt: number;
  /** The highest escalation level reached; 0: none. */
  readonly escalation: number;
  readonly policy: Policy | null;
  readonly clocks: Clocks | null;
}

/** What happened, by kind. Facts hold ids, codes and instants only. `status` is there when the event changed it. */
export interface Facts {
  opened: { intake: Intake };
  categorised: {
    category: string;
    type: TicketType;
    team: string | null;
    /** The rule that decided and its edition; null when a person did, or when no rule matched. */
    rule: string | null;
    /** The edition of the model that decided; left out when none did. */
    model?: number;
    /** Whether a language model elsewhere decided; left out when it did not. */
    assistant?: true;
    /** Where the category would belong, when somebody has the ticket already and it stays with them. */
    suggestedTeam: string | null;
  };
  prioritised: {
    priority: Priority;
    impact: Degree | null;
    urgency: Degree | null;
    reason: TextRef | null;
    /** Set once, when the ticket opens: the policy edition that it is measured by from then on. */
    policy: Policy | null;
  };
  transferred: { team: string; from: string | null; formerAssignee: string | null };
  queued: { team: string; decision: string };
  assigned: {
    assignee: string;
    from: string | null;
    /** The routing decision with its stored candidates; null when a person assigned. */
    decision: string | null;
    /** Whether the assignee was at or over capacity when a person assigned. */
    overCapacity: boolean;
    status: Status;
  };
  unassigned: { from: string };
  acknowledged: Record<string, never>;
  replied: { message: TextRef; status: Status };
  noted: { message: TextRef };
  requesterReplied: { message: TextRef; status: Status; from: Status; writtenDownBy: string | null };
  pended: { message: TextRef | null; reason: TextRef | null; until: Instant | null; status: Status };
  held: { reason: TextRef | null; until: Instant | null; status: Status };
  resumed: { status: Status; from: Status };
  resolved: { message: TextRef | null; status: Status };
  closed: { status: Status; how: "by staff" | "confirmed" | "auto-close" };
  reopened: { reason: TextRef | null; status: Status; from: Status };
  reminded: { metric: Metric; percent: number; dueAt: Instant };
  escalated: { metric: Metric; level: number; dueAt: Instant };
  solutionSent: { notice: string; sentAt: Instant };
  /** A mail to the requester that can't be delivered; `of` is the version of the event it was to tell of. */
  undelivered: { notice: string; of: number };
  noticeRetried: { notice: string };
}

export type Metric = "firstResponse" | "resolution";
export type EventKind = keyof Facts;

/** One line of a ticket's journal. Unique on (ticket, version) and on (ticket, cause). */
export type TicketEvent = { [K in EventKind]: EventOf<K> }[EventKind];

export interface EventOf<K extends EventKind> {
  readonly kind: K;
  readonly version: number;
  readonly at: Instant;
  readonly by: Actor;
  /** What brought it about: a command's key, a decision's id, or `clock:<metric>:<cycle>:<level>`. */
  readonly cause: string;
  readonly facts: Readonly<Facts[K]>;
}
