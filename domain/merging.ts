// Two tickets that are about the same: the source closes and goes on in the target, which owes the oldest answer of both.
// Knows each side's own part; that both stand or neither does is the work of the record that writes them.
import { broughtBack, setAside } from "./aside";
import { reopenedUnsolved } from "./conversation";
import { refuse } from "./refusal";
import type { Refusal } from "./refusal";
import type { TicketEvent } from "./event";
import type { Instant, TextRef, Ticket } from "./ticket";
import type { FoldOf, VerbOf } from "./verb";
import { allowed } from "./verb";

/** `otherRequester`: staff know that the target may be somebody else's. */
export const merge: VerbOf<{ into: number; otherRequester: boolean; reason: TextRef | null }> = (ticket, { into, otherRequester, reason }) =>
  allowed(ticket, "merge", (status) => {
    if (into === ticket.number) {
      return refuse("merge_into_itself", "A ticket can't be merged into itself.", { status: ticket.status, into });
    }
    // Held, it would wait on a closed ticket for a word that nobody can give any more.
    if (ticket.heldMessages.length > 0) {
      return refuse("not_allowed_now", "A message is held back on it: accept or reject that first.", { status: ticket.status });
    }
    const facts = { into, status, from: ticket.status, waitingSince: waitingSince(ticket), otherRequester, reason };
    return { kind: "merged", facts };
  });

export const merged: FoldOf<"merged"> = (ticket, { facts: { into, from }, at }) => setAside(ticket, { as: "merged", into }, from, at);

/** The source is a ticket of its own again, as it was. */
export const unmerge: VerbOf<{ reason: TextRef | null }> = (ticket, { reason }) =>
  allowed(ticket, "unmerge", () => {
    const { aside } = ticket;
    return aside === null || aside.into === null
      ? refuse("not_allowed_now", "It was not merged.", { status: ticket.status })
      : { kind: "unmerged", facts: { outOf: aside.into, status: aside.was.status, from: ticket.status, reason } };
  });

export const unmerged: FoldOf<"unmerged"> = (ticket, { at }) => broughtBack(ticket, at);

/** What the target is asked for when a source goes on in it. */
interface Source {
  readonly source: number;
  readonly requester: string;
  readonly waitingSince: Instant | null;
  readonly otherRequester: boolean;
}

/** Words that wait for an answer move the target as a reply of its own requester would. */
export const absorb: VerbOf<Source> = (ticket, { source, requester, waitingSince: since, otherRequester }) =>
  allowed(ticket, "absorb", (status) =>
    requester !== ticket.requester && !otherRequester
      ? refuse("other_requester", "The two tickets have different requesters.", { into: ticket.number })
      : {
          kind: "absorbed",
          facts: { source, waitingSince: since, status: since === null ? ticket.status : status, from: ticket.status },
        },
  );

export const absorbed: FoldOf<"absorbed"> = (ticket, { facts: { source, waitingSince: since, status, from }, version }) => {
  const both = { ...ticket, absorbed: [...ticket.absorbed, { ticket: source, waitingSince: since }] };
  const heard = since === null ? both : { ...both, requesterWroteAt: version };
  if (status === from) return heard;
  return from === "solved" ? reopenedUnsolved(heard) : { ...heard, resumeAt: null, waiting: null };
};

/** A source that is a ticket of its own again; allowed whatever has become of the target. */
export const release: VerbOf<{ source: number }> = (ticket, { source }) =>
  allowed(ticket, "release", (status) =>
    ticket.absorbed.some(({ ticket: one }) => one === source)
      ? { kind: "released", facts: { source } }
      : refuse("not_allowed_now", "That ticket was not merged into this one.", { status, source }),
  );

export const released: FoldOf<"released"> = (ticket, { facts: { source } }) => ({
  ...ticket,
  absorbed: ticket.absorbed.filter(({ ticket: one }) => one !== source),
});

/** The other ticket that an event changes as well, and how; null: none. `source` is the ticket before it. */
export function counterpart(event: TicketEvent, source: Ticket) {
  if (event.kind === "merged") {
    const { into, waitingSince: since, otherRequester } = event.facts;
    const args = { source: source.number, requester: source.requester, waitingSince: since, otherRequester };
    return { number: into, command: { verb: "absorb", args }, cause: `merge:${source.number}:${event.version}` } as const;
  }
  if (event.kind === "unmerged") {
    const args = { source: source.number };
    return { number: event.facts.outOf, command: { verb: "release", args }, cause: `unmerge:${source.number}:${event.version}` } as const;
  }
  return null;
}

/** Why two tickets can't be merged, or parted, as the other one stands; null: they can. */
export function objectionOf(target: Ticket, event: TicketEvent): Refusal | null {
  const into = target.number;
  if (event.kind === "merged" && target.status === "closed") {
    return refuse("target_closed", "The ticket to merge into is closed.", { into });
  }
  // Clocks and links are unwound in the order in which they were wound.
  if (event.kind === "unmerged" && target.aside !== null) {
    return refuse("target_merged", "The other ticket has been set aside itself since: undo that first.", { outOf: into });
  }
  return null;
}

/** Since when the oldest words that nobody has answered wait; null: none do. */
function waitingSince({ answeredAt, clocks, createdAt, status }: Ticket): Instant | null {
  const { ongoing } = clocks.nextResponse;
  if (ongoing !== null) return ongoing.startedAt;
  return answeredAt === null && status !== "solved" ? createdAt : null;
}
