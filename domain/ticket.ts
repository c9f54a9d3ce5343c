// What a ticket is. Knows ids, facts and instants; refuses to know any text, address or name.
import type { Actor } from "./actor";
import type { Channel, Degree, Priority, Status, TicketType } from "./words";
import type { CalendarKey, Coverages } from "./coverage";
import type { Action, Policy } from "./policy";
import type { Ageing } from "./raising";
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
 * `offered` (it is on offer to somebody), `none` (somebody has it, or somebody took it out of routing).
 */
export type Routing = "wanted" | "waiting" | "offered" | "none";

/** On offer to one person, whose place is reserved. */
export interface Offer {
  readonly agent: string;
  readonly decision: string;
  readonly endsAt: Instant;
  /** It ends since their working hours do: they miss nothing. */
  readonly atClosing: boolean;
  readonly mostDeclines: number;
  /** They have answered the requester: it becomes theirs at once. */
  readonly answered: boolean;
}

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

/** Why a message that came by mail waits for staff's word. */
export type HeldBecause =
  /** It has the ticket's signed address; its sender takes no part in the ticket. */
  | "unknown-sender"
  /** From a colleague's address, and not proven to be from them. */
  | "unproven-staff";

/** A message held back inside the ticket: published, and heard by the clocks, only when staff accept it. */
export interface HeldMessage {
  /** The mail's. */
  readonly id: string;
  readonly text: TextRef;
  readonly because: HeldBecause;
  readonly writer: Extract<Actor, { kind: "staff" | "participant" }>;
  /** What it is once it is accepted: a colleague's answer or note, or words to be answered. */
  readonly as: "reply" | "note" | "requesterReply";
  readonly occurredAt: Instant;
}

/** A member of staff's reply that has not left yet, and may be taken back until it does. */
export interface OutgoingReply {
  readonly text: TextRef;
  readonly author: Extract<Actor, { kind: "staff" }>;
  readonly leavesAt: Instant;
}

/** What an escalation has ordered and is still to be done, as events of their own. */
export interface Order {
  readonly action: Extract<Action, { readonly do: "raisePriority" | "reassign" }>;
  readonly cause: string;
}

/** Out of the desk's work: merged into another ticket, or spam. `was` is what undoing it brings back. */
export interface Aside {
  readonly as: "merged" | "spam";
  /** The ticket that stands for it; null: none does. */
  readonly into: number | null;
  readonly at: Instant;
  readonly was: Pick<Ticket, "status" | "routing" | "acknowledgement" | "resumeAt" | "solution" | "waiting" | "askBack" | "orders">;
}

/** A ticket whose conversation goes on in this one, and since when words of it waited for an answer then. */
export interface Absorbed {
  readonly ticket: number;
  readonly waitingSince: Instant | null;
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
  /** How many requesters it has had before this one: their links open nothing any more. */
  readonly formerRequesters: number;
  readonly channel: Channel;
  readonly openedBy: string | null;
  readonly followUpOf: number | null;
  readonly createdAt: Instant;
  /** The last event's instant; later events are never earlier. */
  readonly updatedAt: Instant;
  readonly routing: Routing;
  /** Set exactly while `routing` is `offered`. */
  readonly offer: Offer | null;
  /** Who has declined it, ever: they are not asked again. */
  readonly declinedBy: readonly string[];
  /** How many have declined, and whose offers lapsed, since somebody had it or it came to its team. */
  readonly declines: number;
  readonly lapsedWith: readonly string[];
  readonly acknowledgement: Acknowledgement;
  /** When staff first answered in public; kept apart from the clocks, which start only once the rules have spoken. */
  readonly answeredAt: Instant | null;
  /** When pending or on-hold ends by itself; null: when somebody acts. */
  readonly resumeAt: Instant | null;
  readonly solution: Solution | null;
  /** Null while it isn't closed. */
  readonly closedAt: Instant | null;
  /** What came by mail and waits for staff's word; oldest first. */
  readonly heldMessages: readonly HeldMessage[];
  /** In the order in which they leave. */
  readonly outgoing: readonly OutgoingReply[];
  /** The requester has said thanks to the solution, and nothing else. */
  readonly thanked: boolean;
  readonly aside: Aside | null;
  /** In the order in which they were merged into it. */
  readonly absorbed: readonly Absorbed[];
  /** While pending, or asked back: how far asking has come. */
  readonly waiting: Waiting | null;
  /** Whether the requester is waited for to say what the form lacks; `over`: they were asked, which happens once. */
  readonly askBack: "waiting" | "over" | null;
  /** The version of the requester's last words: a command with an older `ifVersion` is refused. */
  readonly requesterWroteAt: number;
  /** The highest escalation level reached; 0: none. */
  readonly escalation: number;
  /** Whether it came from another team's queue, where it waited for too long: it goes no further. Left out: it did not. */
  readonly overflowed?: true;
  /** Whether the requester was told that the wait gets longer, which happens once. Left out: not. */
  readonly toldLater?: true;
  /** Whether a person has set the priority: no rule changes it any more. Left out: none has. */
  readonly prioritisedByPerson?: true;
  /** What its age will make of its priority. Left out: nothing. */
  readonly ageing?: Ageing;
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
