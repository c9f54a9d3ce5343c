// A ticket on offer to one person: they accept, decline, or let it lapse, and then it goes to the next. Knows instants and ids;
// refuses to choose who is asked (dispatch does, in Postgres) and to know anybody's working hours.
import type { Actor } from "./actor";
import { seeksAssignee } from "./assignment";
import type { TicketEvent } from "./event";
import { refuse } from "./refusal";
import type { Refusal } from "./refusal";
import type { Instant, Offer, TextRef, Ticket } from "./ticket";
import type { FoldOf, VerbOf } from "./verb";
import { allowed } from "./verb";
import { categoryOfStatus } from "./words";

/** What a decision says of its offer. Plain JSON. */
export interface OfferTerms {
  /** How long they have, ms. */
  readonly answerWithinMs: number;
  /** When their working hours end; null: not in sight. The offer ends then too, and nobody has missed it. */
  readonly closesAt: Instant | null;
  /** After so many have declined it is offered to nobody more. */
  readonly mostDeclines: number;
}

/** A ticket that was never on offer. */
export const unoffered: Pick<Ticket, "offer" | "declinedBy" | "declines" | "lapsedWith"> = {
  offer: null,
  declinedBy: [],
  declines: 0,
  lapsedWith: [],
};

interface Place {
  readonly agent: string;
  readonly decision: string;
}

/** By dispatch, under a decision whose place is reserved. Refused when nobody is wanted any more: the place is then passed on. */
export const offer: VerbOf<Place & { team: string; terms: OfferTerms }> = (ticket, { agent, team, decision, terms }, _by, at) =>
  allowed(ticket, "offer", (status) => {
    if (!seeksAssignee(ticket) || ticket.team !== team) {
      return refuse("not_allowed_now", "The team seeks nobody for the ticket.", { status });
    }
    const { answerWithinMs, closesAt, mostDeclines } = terms;
    const atClosing = closesAt !== null && closesAt < at + answerWithinMs;
    const endsAt = atClosing ? Math.max(at, closesAt) : at + answerWithinMs;
    return { kind: "offered", facts: { agent, team, decision, endsAt, atClosing, mostDeclines } };
  });

export const offered: FoldOf<"offered"> = (ticket, { facts: { agent, decision, endsAt, atClosing, mostDeclines } }) => ({
  ...ticket,
  routing: "offered",
  offer: { agent, decision, endsAt, atClosing, mostDeclines, answered: false },
});

/** By whom it is on offer to; by the clock once they have answered the requester, which says as much. */
export const acceptOffer: VerbOf<object> = (ticket, _args, by) =>
  allowed(ticket, "acceptOffer", (status) => {
    const { offer: outstanding } = ticket;
    if (outstanding === null || !(by.kind === "system" ? outstanding.answered : isTo(outstanding, by))) return notOffered(ticket);
    const { agent, decision, answered } = outstanding;
    const accepted = answered ? "by replying" : "by saying so";
    return { kind: "assigned", facts: { assignee: agent, from: null, decision, overCapacity: false, status, accepted } };
  });

/** They are asked no more for this ticket; the last who may decline leaves it to the lead. */
export const declineOffer: VerbOf<{ reason: TextRef | null }> = (ticket, { reason }, by) =>
  allowed(ticket, "declineOffer", () => {
    const { offer: outstanding, declines } = ticket;
    if (outstanding === null || !isTo(outstanding, by)) return notOffered(ticket);
    const { agent, decision, mostDeclines } = outstanding;
    return { kind: "offerDeclined", facts: { agent, decision, reason, isLast: declines + 1 >= mostDeclines } };
  });

/** Out of routing after the last: it waits until somebody takes, moves or reopens it. */
export const offerDeclined: FoldOf<"offerDeclined"> = (ticket, { facts: { agent, isLast } }) => ({
  ...ticket,
  offer: null,
  routing: isLast ? "none" : "wanted",
  declines: isLast ? 0 : ticket.declines + 1,
  declinedBy: [...new Set([...ticket.declinedBy, agent])],
});

/** Never before its time has run out. */
export const lapseOffer: VerbOf<object> = (ticket, _args, _by, at) =>
  allowed(ticket, "lapseOffer", (status) => {
    const { offer: outstanding } = ticket;
    if (outstanding === null || outstanding.answered || outstanding.endsAt > at) {
      return refuse("not_allowed_now", "No offer has run out.", { status, endsAt: outstanding?.endsAt ?? null });
    }
    const { agent, decision, atClosing } = outstanding;
    return { kind: "offerLapsed", facts: { agent, decision, atClosing } };
  });

/** Others come first now; nobody has declined. */
export const offerLapsed: FoldOf<"offerLapsed"> = (ticket, { facts: { agent, atClosing } }) => ({
  ...ticket,
  offer: null,
  routing: "wanted",
  lapsedWith: atClosing ? ticket.lapsedWith : [...new Set([...ticket.lapsedWith, agent])],
});

/** They have gone: it is neither declined nor missed. */
export const withdrawOffer: VerbOf<Place> = (ticket, { agent, decision }) =>
  allowed(ticket, "withdrawOffer", () =>
    ticket.offer?.agent === agent && ticket.offer.decision === decision
      ? { kind: "offerWithdrawn", facts: { agent, decision } }
      : notOffered(ticket),
  );

export const offerWithdrawn: FoldOf<"offerWithdrawn"> = (ticket) => ({ ...ticket, offer: null, routing: "wanted" });

/**
 * The ticket after an event: whatever gives it to somebody, to another team, or to nobody for now, ends its offer. An answer to
 * the requester by whom it is on offer to accepts it, which follows at once.
 */
export function offerAfter(before: Ticket, ticket: Ticket, event: TicketEvent): Ticket {
  const { offer: outstanding } = ticket;
  if (before.offer === null || outstanding === null) return ticket;
  if (ticket.assignee !== null) return { ...ticket, offer: null };
  if (event.kind === "replied" && isTo(outstanding, event.by)) return { ...ticket, offer: { ...outstanding, answered: true } };
  const isSought = ticket.team === before.team && ticket.routing === "offered" && categoryOfStatus[ticket.status] === "open";
  return isSought ? ticket : { ...ticket, offer: null, routing: "wanted" };
}

/** Whether this person may accept or decline. */
export function isOfferedTo({ offer: outstanding }: Ticket, by: Actor): boolean {
  return outstanding !== null && isTo(outstanding, by);
}

function isTo({ agent }: Offer, by: Actor): boolean {
  return by.kind === "staff" && by.id === agent;
}

function notOffered({ status, offer: outstanding }: Ticket): Refusal {
  return refuse("not_on_offer", "The ticket is not, or no longer, on offer to you.", { status, offeredTo: outstanding?.agent ?? null });
}
