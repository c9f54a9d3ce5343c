// Tickets that are set aside: out of the desk's work without having been solved, and back again as they were. Knows spam and
// what a merge has in common with it; refuses to know the clocks (measured) and where a merged one goes on (merging).
import { refuse } from "./refusal";
import type { Aside, Instant, TextRef, Ticket } from "./ticket";
import type { FoldOf, VerbOf } from "./verb";
import { allowed } from "./verb";
import { categoryOfStatus } from "./words";
import type { Status } from "./words";

/** A ticket that nothing of this has ever happened to. */
export const untouched: Pick<Ticket, "thanked" | "aside" | "absorbed" | "formerRequesters"> = {
  thanked: false,
  aside: null,
  absorbed: [],
  formerRequesters: 0,
};

/** Spam: its requester is told nothing, nothing is counted, and its place is free. */
export const markSpam: VerbOf<{ reason: TextRef | null }> = (ticket, { reason }) =>
  allowed(ticket, "markSpam", (status) => ({ kind: "markedSpam", facts: { status, from: ticket.status, reason } }));

export const markedSpam: FoldOf<"markedSpam"> = (ticket, { facts, at }) => setAside(ticket, { as: "spam", into: null }, facts.from, at);

/** It was none: it is routed again, and its clocks go on from when it was accepted. */
export const unmarkSpam: VerbOf<{ reason: TextRef | null }> = (ticket, { reason }) =>
  allowed(ticket, "unmarkSpam", () =>
    ticket.aside?.as === "spam"
      ? {
          kind: "unmarkedSpam",
          facts: { status: ticket.aside.was.status, from: ticket.status, formerAssignee: ticket.assignee, reason },
        }
      : refuse("not_allowed_now", "It was not marked as spam.", { status: ticket.status }),
  );

export const unmarkedSpam: FoldOf<"unmarkedSpam"> = (ticket, { at }) => {
  const back = broughtBack(ticket, at);
  // Solved it wants nobody, and keeps whose it was.
  return categoryOfStatus[back.status] === "resolved" ? back : { ...back, assignee: null, routing: "wanted" };
};

/** Closed, with nothing that would happen by itself any more. `from` is its status before. */
export function setAside(ticket: Ticket, aside: Pick<Aside, "as" | "into">, from: Status, at: Instant): Ticket {
  const { routing, acknowledgement, resumeAt, solution, waiting, askBack, orders } = ticket;
  const was = { status: from, routing, acknowledgement, resumeAt, solution, waiting, askBack, orders };
  return {
    ...ticket,
    aside: { ...aside, at, was },
    routing: "none",
    offer: null,
    acknowledgement: acknowledgement === "due" ? "none" : acknowledgement,
    resumeAt: null,
    waiting: null,
    askBack: askBack === "waiting" ? "over" : askBack,
    orders: [],
  };
}

/** As it was; windows that waited for the requester have not run meanwhile. Its status is set already. */
export function broughtBack(ticket: Ticket, at: Instant): Ticket {
  if (ticket.aside === null) return ticket;
  const { was, at: since } = ticket.aside;
  const later = <From extends Instant | null>(from: From): From => (from === null ? from : ((from + at - since) as From));
  return {
    ...ticket,
    ...was,
    status: ticket.status,
    // The queue, or whom it was on offer to, has let go of it.
    routing: was.routing === "none" ? "none" : "wanted",
    solution: was.solution && { ...was.solution, sentAt: later(was.solution.sentAt) },
    waiting: was.waiting && { ...was.waiting, from: later(was.waiting.from) },
    aside: null,
  };
}
