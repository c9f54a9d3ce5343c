// What a ticket is and what can happen to it. Knows ids, facts and instants; refuses to know any text, address or name.
import type { Actor } from "./actor";
import type { Channel, Degree, Priority, Status, TicketType } from "./words";
import type { CalendarKey, Coverage, Coverages } from "./coverage";
import type { Action, Listener, Metric, Policy } from "./policy";
import type { Clocks } from "./sla";

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

/** A ticket that waits for its requester, until nobody answers: the window counts from `from`. */
export interface Waiting {
  readonly stage: "asked" | "reminded";
  /** The event whose notice asked; the window counts from its sending. */
  readonly version: number;
  readonly from: Instant | null;
  readonly undelivered: boolean;
}

/** What an escalation has ordered and is still to be done, as events of their own. */
export interface Order {
  readonly action: Extract<Action, { readonly do: "raisePriority" | "reassign" }>;
  readonly cause: string;
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
  /** While pending, or asked back: how far asking has come. */
  readonly waiting: Waiting | null;
  /** Whether the requester is waited for to say what the form lacks; `over`: they were asked, which happens once. */
  readonly askBack: "waiting" | "over" | null;
  /** The version of the requester's last words: a command with an older `ifVersion` is refused. */
  readonly requesterWroteAt: number;
  /** The highest escalation level reached; 0: none. */
  readonly escalation: number;
  readonly orders: readonly Order[];
  /** Set by escalations, each once. */
  readonly flags: readonly string[];
  /** The edition that it is measured by. */
  readonly policy: Policy | null;
  /** Earlier editions by which a breached cycle is still measured. */
  readonly formerPolicies: Readonly<Record<string, Policy>>;
  /** A policy is to be found anew: this one, or (null) the first that matches. */
  readonly matching: { readonly policy: string | null } | null;
  /** The calendar in which windows that wait for the requester count; null: around the clock. */
  readonly windowsIn: CalendarKey | null;
  readonly calendars: Coverages;
  readonly clocks: Clocks;
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
  };
  /** Staff want it measured by another policy, or matched anew. */
  policyRequested: { policy: string | null; reason: TextRef | null };
  /** The edition that it is measured by from here on, and what it must know of the calendars. */
  policyApplied: { policy: Policy; windowsIn: CalendarKey | null; calendars: readonly Coverage[] };
  calendarExtended: { coverage: Coverage };
  transferred: { team: string; from: string | null; formerAssignee: string | null };
  queued: { team: string; decision: string };
  assigned: {
    assignee: string;
    from: string | null;
    /** The routing decision with its stored candidates; null when a person assigned. */
    decision: string | null;
    /** Whether the assignee was at or over capacity when a person assigned; null: an escalation did, and nobody looked. */
    overCapacity: boolean | null;
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
  resolved: { message: TextRef | null; status: Status; how: "by staff" | "no answer" };
  closed: { status: Status; how: "by staff" | "confirmed" | "auto-close" };
  reopened: { reason: TextRef | null; status: Status; from: Status };
  reminded: Chained & {
    /** Of the policy's reminders, from 1. */
    reminder: number;
    /** The share of the target that is used at `dueAt`, and how long before it the policy wants it; null: as a share. */
    percent: number;
    beforeMs: number | null;
    targetAt: Instant | null;
    tell: readonly Listener[];
    /** It fell due together with what comes after it, and nobody is told. */
    skipped: boolean;
  };
  breached: Chained & { targetMs: number };
  escalated: Escalated;
  /** Somebody has seen the escalations: their chains go no further. */
  escalationAcknowledged: { cycles: readonly Pick<Chained, "metric" | "cycle">[] };
  corrected: Correction;
  /** The mail whose sending a window counts from has left; `of` is the version of the event that it told of. */
  noticeSent: { notice: string; of: number; sentAt: Instant };
  /** The requester is asked for what the form lacks: the keys of its fields. */
  askedBack: { form: TicketType; edition: number; fields: readonly string[] };
  askBackWaived: Record<string, never>;
  /** The requester, who was asked, is asked again. */
  requesterReminded: Record<string, never>;
  /** A mail to the requester that can't be delivered; `of` is the version of the event it was to tell of. */
  undelivered: { notice: string; of: number };
  noticeRetried: { notice: string };
}

/** A step of one cycle's chain; `dueAt` is its true instant, also when it is taken late. */
export interface Chained {
  metric: Metric;
  cycle: number;
  dueAt: Instant;
}

export interface Escalated {
  /** Null: a person escalated; the chain of the resolution goes on from there. */
  metric: Metric | null;
  cycle: number;
  dueAt: Instant;
  level: number;
  /** How often the last level has been repeated; 0: the level itself. */
  round: number;
  /** When the target fell; null: it has not. */
  targetAt: Instant | null;
  done: readonly Action[];
  /** What a higher level that fell due at the same time does instead, or what needs no doing. */
  skipped: readonly Action[];
  /** Whether people are told; a level that fell due together with a higher one leaves it to that. */
  told: boolean;
  /** Lower levels that were passed over and that this one speaks for. */
  also: readonly number[];
  wake: boolean;
  /** A person's reason; null when the clock escalated. */
  reason: TextRef | null;
}

/** Beside what was counted, never in its place. */
export interface Correction {
  metric: Metric;
  cycle: number;
  /** Open time given back; negative: taken. */
  creditMs: number;
  /** What was wrong: an interval counted that should not have been, or the calendar. */
  of: { readonly from: Instant; readonly to: Instant } | { readonly calendar: string } | null;
  reason: TextRef;
}

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
