// What can happen to a ticket: the journal's lines. Knows ids, codes and instants; refuses to know any text, address or name.
import type { Actor } from "./actor";
import type { CalendarKey, Coverage } from "./coverage";
import type { MoveCause } from "./dispatch/absence";
import type { Ageing, Because } from "./raising";
import type { Action, Listener, Metric, Policy } from "./policy";
import type { HeldMessage, Instant, Intake, OutgoingReply, TextRef } from "./ticket";
import type { Degree, Priority, Status, TicketType } from "./words";

/** Words that came by mail: when they arrived, which may be earlier than the event; and whether staff let them in. */
export interface ByMail {
  readonly occurredAt?: Instant;
  /** The message that had been held. */
  readonly accepted?: string;
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
    /** The rules that raised it, the deciding one first; left out: none did. */
    because?: readonly Because[];
    /** What its age will make of it; left out: nothing. */
    ageing?: Ageing;
  };
  /** Staff want it measured by another policy, or matched anew. */
  policyRequested: { policy: string | null; reason: TextRef | null };
  /** The edition that it is measured by from here on, and what it must know of the calendars. */
  policyApplied: { policy: Policy; windowsIn: CalendarKey | null; calendars: readonly Coverage[] };
  calendarExtended: { coverage: Coverage };
  /** `overflow`: by the team's rule, from its queue; left out: somebody, or an escalation, passed it on. */
  transferred: { team: string; from: string | null; formerAssignee: string | null; overflow?: true; /** Left out: somebody passed it on. */ why?: MoveCause };
  queued: {
    team: string;
    decision: string;
    /** Everybody of the team has declined; left out otherwise. */
    declinedByAll?: true;
  };
  assigned: {
    assignee: string;
    from: string | null;
    /** The routing decision with its stored candidates; null when a person assigned. */
    decision: string | null;
    /** Whether the assignee was at or over capacity when a person assigned; null: an escalation did, and nobody looked. */
    overCapacity: boolean | null;
    status: Status;
    /** How an offer was accepted; left out when it was given. */
    accepted?: "by saying so" | "by replying";
    /** Why it was moved from who had it; left out: somebody chose, or dispatch did. */
    why?: MoveCause;
  };
  offered: {
    agent: string;
    team: string;
    decision: string;
    endsAt: Instant;
    /** It ends since their working hours do. */
    atClosing: boolean;
    mostDeclines: number;
  };
  /** `isLast`: so many have declined that it waits for the lead. */
  offerDeclined: { agent: string; decision: string; reason: TextRef | null; isLast: boolean };
  /** Nobody has answered in time; `atClosing`: nor had to. */
  offerLapsed: { agent: string; decision: string; atClosing: boolean };
  /** They went away while it was on offer to them. */
  offerWithdrawn: { agent: string; decision: string };
  unassigned: { from: string };
  acknowledged: Record<string, never>;
  replied: ByMail & { message: TextRef; status: Status };
  /** Written, and said only when its time is over: by the event `replied`. */
  replyDelayed: OutgoingReply;
  /** Taken back before anybody had read it. */
  replyWithdrawn: { text: TextRef };
  noted: ByMail & { message: TextRef };
  /** `by` a participant: somebody else than the requester, who may speak on the ticket. */
  requesterReplied: ByMail & {
    message: TextRef;
    status: Status;
    from: Status;
    writtenDownBy: string | null;
    /** The words were thanks and nothing else, and left it solved; left out when they were not. */
    thanks?: true;
  };
  messageHeld: HeldMessage;
  messageRejected: { held: string };
  /** An absence notice or the like: kept, and nothing more. */
  autoReplied: ByMail & { message: TextRef };
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
  /** What the requester was told of the wait did not hold; null: nobody can tell any more. */
  expectedLater: { until: Instant | null };
  /** A mail to the requester that can't be delivered; `of` is the version of the event it was to tell of. */
  undelivered: { notice: string; of: number };
  noticeRetried: { notice: string };
  /** It goes on in another ticket. `waitingSince`: its oldest words that nobody had answered; null: none. */
  merged: {
    into: number;
    status: Status;
    from: Status;
    waitingSince: Instant | null;
    /** Whether staff know that the other ticket is somebody else's. */
    otherRequester: boolean;
    reason: TextRef | null;
  };
  unmerged: { outOf: number; status: Status; from: Status; reason: TextRef | null };
  /** Another ticket goes on in this one from here on, or no longer. */
  absorbed: { source: number; waitingSince: Instant | null; status: Status; from: Status };
  released: { source: number };
  markedSpam: { status: Status; from: Status; reason: TextRef | null };
  unmarkedSpam: { status: Status; from: Status; formerAssignee: string | null; reason: TextRef | null };
  /** Another person's from here on: who reads it and is told of it. */
  requesterChanged: { from: string; to: string; reason: TextRef };
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
