// A ticket that waits: pending for the requester, on-hold for somebody else, until somebody acts or an instant comes.
import { answered } from "./conversation";
import { refuse } from "./refusal";
import type { Refusal } from "./refusal";
import type { Instant, TextRef } from "./ticket";
import type { Decided, FoldOf, VerbOf } from "./verb";
import { allowed } from "./verb";
import { waitingFrom } from "./windows";

/** Pending: the next word is the requester's. With a message it is also a public reply. */
export const wait: VerbOf<{ message: TextRef | null; reason: TextRef | null; until: Instant | null }> = (
  ticket,
  args,
  _by,
  at,
) => allowed(ticket, "wait", (status) => inFuture(args.until, at) ?? { kind: "pended", facts: { ...args, status } });

export const pended: FoldOf<"pended"> = (ticket, { version, facts, at }) => {
  const waiting = { ...ticket, resumeAt: facts.until, waiting: waitingFrom(version, facts.message, at) };
  return facts.message === null ? waiting : answered(waiting, at);
};

/** On hold: it depends on a third party. */
export const hold: VerbOf<{ reason: TextRef | null; until: Instant | null }> = (ticket, args, _by, at) =>
  allowed(ticket, "hold", (status) => inFuture(args.until, at) ?? { kind: "held", facts: { ...args, status } });

export const held: FoldOf<"held"> = (ticket, { facts }) => ({ ...ticket, resumeAt: facts.until, waiting: null });

export const resume: VerbOf<object> = (ticket) =>
  allowed(ticket, "resume", (status) => ({ kind: "resumed", facts: { status, from: ticket.status } }));

/** The instant that ends the wait has come. */
export const wake: VerbOf<object> = (ticket, _args, _by, at) =>
  allowed(ticket, "wake", (status) =>
    ticket.resumeAt !== null && ticket.resumeAt <= at
      ? { kind: "resumed", facts: { status, from: ticket.status } }
      : refuse("not_allowed_now", "It is to wait on.", { status: ticket.status, until: ticket.resumeAt }),
  );

/** Back to work; a ticket that nobody has, and that dispatch was seeking somebody for, is sought for again. */
export const resumed: FoldOf<"resumed"> = (ticket) => ({ ...ticket, resumeAt: null, waiting: null });

function inFuture(until: Instant | null, at: Instant): Decided | Refusal | null {
  return until === null || until > at
    ? null
    : refuse("instant_passed", "The instant to wait until has passed already.", { until, now: at });
}
