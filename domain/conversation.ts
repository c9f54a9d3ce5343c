// What people say to each other on a ticket. Knows ids and hashes of messages; refuses to know their text.
import type { Instant, TextRef, Ticket } from "./ticket";
import type { FoldOf, VerbOf } from "./verb";
import { allowed } from "./verb";

/** A public reply by staff. The first one is the first response. */
export const reply: VerbOf<{ message: TextRef }> = (ticket, { message }) =>
  allowed(ticket, "reply", (status) => ({ kind: "replied", facts: { message, status } }));

export const replied: FoldOf<"replied"> = (ticket, { at }) => answered(ticket, at);

/** An internal note: it answers nobody and moves nothing. */
export const note: VerbOf<{ message: TextRef }> = (ticket, { message }) =>
  allowed(ticket, "note", () => ({ kind: "noted", facts: { message } }));

export const noted: FoldOf<"noted"> = (ticket) => ticket;

/** The requester wrote, or staff wrote down what they said. It reopens what was solved and ends a wait for them. */
export const requesterReply: VerbOf<{ message: TextRef }> = (ticket, { message }, by) =>
  allowed(ticket, "requesterReply", (status) => ({
    kind: "requesterReplied",
    facts: { message, status, from: ticket.status, writtenDownBy: by.kind === "staff" ? by.id : null },
  }));

export const requesterReplied: FoldOf<"requesterReplied"> = (ticket, { version, facts }) => {
  const heard = { ...ticket, requesterWroteAt: version };
  if (facts.from === "solved") return reopenedUnsolved(heard);
  return facts.from === "pending" ? { ...heard, resumeAt: null, waiting: null } : heard;
};

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
  return { ...ticket, solution: null, resumeAt: null, routing: ticket.assignee === null ? "wanted" : ticket.routing };
}
