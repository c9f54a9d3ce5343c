// What people say to each other on a ticket, here or by mail. Knows ids and hashes of messages; refuses to know their text.
import type { ByMail, TicketEvent } from "./event";
import type { Instant, TextRef, Ticket } from "./ticket";
import type { FoldOf, VerbOf } from "./verb";
import { allowed } from "./verb";

/** Words, and how they came when it was by mail. */
export interface Said extends ByMail {
  readonly message: TextRef;
}

/** A public reply by staff. The first one is the first response. */
export const reply: VerbOf<Said> = (ticket, said) =>
  allowed(ticket, "reply", (status) => ({ kind: "replied", facts: { ...said, status } }));

export const replied: FoldOf<"replied"> = (ticket, event) => answered(withoutHeld(ticket, event.facts), heardAt(event));

/** An internal note: it answers nobody and moves nothing. */
export const note: VerbOf<Said> = (ticket, said) => allowed(ticket, "note", () => ({ kind: "noted", facts: said }));

export const noted: FoldOf<"noted"> = (ticket, { facts }) => withoutHeld(ticket, facts);

/**
 * The requester wrote, or somebody for them. It reopens what was solved and ends a wait for them. What arrived before the
 * ticket was closed, and is heard of only now, is an answer to a ticket that was not closed. `thanks`: the words are thanks and
 * nothing else, which leaves a solved ticket solved.
 */
export const requesterReply: VerbOf<Said & { readonly thanks?: boolean }> = (ticket, { thanks = false, ...said }, by) => {
  const { status: from, closedAt } = ticket;
  const facts = { ...said, from, writtenDownBy: by.kind === "staff" && said.accepted === undefined ? by.id : null };
  if (from === "closed" && closedAt !== null && said.occurredAt !== undefined && said.occurredAt < closedAt) {
    return { kind: "requesterReplied", facts: { ...facts, status: "open" } };
  }
  return allowed(ticket, "requesterReply", (status) =>
    thanks && from === "solved"
      ? { kind: "requesterReplied", facts: { ...facts, status: from, thanks: true } }
      : { kind: "requesterReplied", facts: { ...facts, status } },
  );
};

export const requesterReplied: FoldOf<"requesterReplied"> = (ticket, { version, facts }) => {
  const heard = { ...withoutHeld(ticket, facts), requesterWroteAt: version };
  if (facts.thanks === true) return { ...heard, thanked: true };
  if (facts.from === "solved" || facts.from === "closed") return reopenedUnsolved(heard);
  return facts.from === "pending" ? { ...heard, resumeAt: null, waiting: null } : heard;
};

/** A machine of the requester's answered: it answers no question and reopens nothing. */
export const attachAutoReply: VerbOf<Said> = (ticket, said) =>
  allowed(ticket, "attachAutoReply", () => ({ kind: "autoReplied", facts: said }));

export const autoReplied: FoldOf<"autoReplied"> = (ticket) => ticket;

/** When the words of an event reached us: by mail, that may be before anybody could take them in. */
export function heardAt({ at, facts }: TicketEvent): Instant {
  return "occurredAt" in facts && facts.occurredAt !== undefined ? Math.min(at, facts.occurredAt) : at;
}

/** Staff have answered in public: no acknowledgement is owed any more. */
export function answered(ticket: Ticket, at: Instant): Ticket {
  return {
    ...ticket,
    acknowledgement: ticket.acknowledgement === "due" ? "none" : ticket.acknowledgement,
    answeredAt: ticket.answeredAt ?? at,
  };
}

/** What every way back from solved has in common: the solution is off, and a ticket that nobody has is routed. */
export function reopenedUnsolved(ticket: Ticket): Ticket {
  return {
    ...ticket,
    solution: null,
    thanked: false,
    closedAt: null,
    resumeAt: null,
    routing: ticket.assignee === null ? "wanted" : ticket.routing,
  };
}

/** A message that was held is not any more, once it has been accepted. */
function withoutHeld(ticket: Ticket, { accepted }: ByMail): Ticket {
  if (accepted === undefined) return ticket;
  return { ...ticket, heldMessages: ticket.heldMessages.filter(({ id }) => id !== accepted) };
}
