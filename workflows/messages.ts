// Everything that can be said to a workflow of ours. Names and shapes only: the API, the relay and the workflows import this
// file, and none of them another's code. How a run is started stands in starts/.
import { defineQuery, defineSignal, defineUpdate } from "@temporalio/workflow";
import type { SignalDefinition, UpdateDefinition } from "@temporalio/common";
import type { Actor } from "../domain/actor";
import type { ArgsOf, VerbName } from "../domain/decide";
import { requesterVerbs, staffVerbs } from "../domain/lifecycle";
import type { RequesterVerb, StaffVerb } from "../domain/lifecycle";
import type { OfferTerms } from "../domain/offers";
import type { Instant, Ticket } from "../domain/ticket";

/** Workflows, records and decisions. */
export const ticketsQueue = "tickets";
/** Notices: a slow mail server never delays a command. */
export const mailQueue = "mail";
/** Mails about urgent tickets: they stand behind no others. */
export const urgentMailQueue = "mail-urgent";
/** Mails that come in: what is slow to leave never delays them. */
export const inboundQueue = "inbound";
/** Calls of webhooks: a slow one never delays a mail. */
export const webhooksQueue = "webhooks";
/** Training of the model: it takes long, and one at a time is enough. */
export const learningQueue = "learning";
/** Asking a language model elsewhere, where one is configured. */
export const assistantQueue = "assistant";
/** The schedule, and the prefix of the ids of its runs, of type `retraining`. */
export const learningScheduleId = "learning";
export const retrainingType = "retraining";
/** The workflow's type; its id is `ticket:<number>`. */
export const ticketType = "ticket";

export function ticketWorkflowId(number: number): string {
  return `ticket:${number}`;
}

export type AskedVerb = StaffVerb | RequesterVerb;
export const askedVerbs: readonly AskedVerb[] = [...staffVerbs, ...requesterVerbs];

/** A command as a person gave it: who, under which key, until when it may take effect; never a text. */
export interface Ask<V extends AskedVerb = AskedVerb> {
  /** Names the command for ever, together with `scope`: at most 128 characters. */
  readonly key: string;
  /** Whose keys these are: the actor's id. */
  readonly scope: string;
  /** SHA-256 (hex) of the canonical body: one key with another body is refused. */
  readonly sha256: string;
  readonly by: Actor;
  /** Epoch ms. After it the command is refused, and has no effect ever. */
  readonly notAfter: Instant;
  readonly ifVersion: number | null;
  /** The version of the ticket's row when it was asked: a run that is behind it catches up before it decides. */
  readonly seen?: number;
  readonly args: ArgsOf<V>;
}

/** Given after the event is recorded: the version it has. */
export interface Answer {
  readonly version: number;
}

/** One update per verb, named in the imperative. A refusal reaches the client as an application failure whose type is its code. */
export const updates = Object.fromEntries(askedVerbs.map((verb) => [verb, defineUpdate(verb)])) as unknown as {
  readonly [V in AskedVerb]: UpdateDefinition<Answer, [Ask<V>]>;
};

/** An operator's: go on recording after the cause of `stuck` is mended. */
export const repair = defineUpdate<void, [{ by: Actor }]>("repair");

/** What came by mail, each with the verb that takes it in: facts, in the past tense. A ticket that is closed gives them back. */
export const mailFacts = {
  customerReplied: "requesterReply",
  agentReplied: "reply",
  agentNoted: "note",
  messageHeld: "holdMessage",
  autoReplied: "attachAutoReply",
} as const satisfies Readonly<Record<string, VerbName>>;
export type MailFact = keyof typeof mailFacts;

/** A fact as its mail told it: its row is there before it, and holds every text. */
export interface Told<F extends MailFact = MailFact> {
  /** The mail's id. */
  readonly id: string;
  readonly by: Actor;
  /** The version of the ticket's row then: a run that is behind it catches up before it decides. */
  readonly seen: number;
  readonly args: { readonly [One in F]: ArgsOf<(typeof mailFacts)[One]> }[F];
}

export const mailSignals = Object.fromEntries(Object.keys(mailFacts).map((fact) => [fact, defineSignal(fact)])) as unknown as {
  readonly [F in MailFact]: SignalDefinition<[Told<F>]>;
};

/** The cause under which a mail stands in the journal: told twice, it is heard once. */
export function factCause(mail: string): string {
  return `mail:${mail}`;
}

/** A place became free and is reserved for this ticket under `decision`. */
export interface FreedCapacity {
  readonly agent: string;
  readonly team: string;
  readonly decision: string;
  /** It is to be offered on these terms; left out where it is given. */
  readonly offer?: OfferTerms;
}
export const capacityFreed = defineSignal<[FreedCapacity]>("capacityFreed");

/** Whom it was offered to is not there any more. */
export interface WithdrawnOffer {
  readonly agent: string;
  readonly decision: string;
}
export const offerWithdrawn = defineSignal<[WithdrawnOffer]>("offerWithdrawn");

/** The time that the requester was told has come, and nobody has answered; null: nobody can tell when somebody will. */
export interface GrownWait {
  readonly until: Instant | null;
}
export const waitGrew = defineSignal<[GrownWait]>("waitGrew");

/** It waits for too long in the queue of one team, and somebody of another could have it. */
export interface Overflow {
  readonly from: string;
  readonly to: string;
}
export const overflowed = defineSignal<[Overflow]>("overflowed");

/**
 * A store was put back to an earlier point, or a record outlived the run's memory of it: the run looks at once what Postgres
 * has, and goes on from there.
 */
export const storeRestored = defineSignal("storeRestored");

/** A person's notices are owed anew, or what holds them back has changed: look. */
export const noticesOwed = defineSignal("noticesOwed");

/** Somebody, or a team's rules, changed: look now. */
export const lookAgain = defineSignal("lookAgain");

/** A notice that was sent has come back: it reached nobody. `version` is that of the event that it told of. */
export interface ReturnedMail {
  readonly notice: string;
  readonly version: number;
}
export const mailReturned = defineSignal<[ReturnedMail]>("mailReturned");

/** The workflow's own view of the ticket. */
export interface Live {
  readonly ticket: Ticket;
  /** The last version that is recorded in Postgres; behind `ticket.version` while Postgres is away. */
  readonly recordedVersion: number;
  readonly epoch: number;
  /** What happens next by itself, in words, and when (epoch ms). */
  readonly next: { readonly at: Instant; readonly what: string } | null;
  /** Ids of notices that are not settled yet. */
  readonly unsettledNotices: readonly string[];
  /** Why recording is parked; null while all is well. */
  readonly stuck: string | null;
}
export const live = defineQuery<Live>("live");

/** A notice to the requester as the workflow knows it: never its words or its address. */
export interface NoticeRef {
  readonly id: string;
  readonly version: number;
  readonly template: string;
  readonly recipient: string;
}

/** The cause under which a person's command stands in the journal. */
export function commandCause(ask: Pick<Ask, "scope" | "key">): string {
  return `command:${ask.scope}:${ask.key}`;
}
