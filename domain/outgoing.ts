// What staff have written to the requester and may still take back: it leaves by itself when its time is over. Until then it has
// been said to nobody: it answers nothing, stops no clock and moves nothing. Refuses to know how long a team gives (an input).
import * as conversation from "./conversation";
import type { Said } from "./conversation";
import type { Command } from "./decide";
import { refuse } from "./refusal";
import type { Refusal } from "./refusal";
import type { OutgoingReply, TextRef, Ticket } from "./ticket";
import type { FoldOf, VerbOf } from "./verb";
import { allowed } from "./verb";

/** Nothing is on its way. */
export const unsent: Pick<Ticket, "outgoing"> = { outgoing: [] };

/**
 * A public reply by staff; with `undoMs` it may be taken back for so long, and never leaves before one that was written
 * earlier.
 */
export const reply: VerbOf<Said & { readonly undoMs?: number }> = (ticket, { undoMs, ...said }, by, at) => {
  if (undoMs === undefined || by.kind !== "staff") return conversation.reply(ticket, said, by, at);
  const leavesAt = Math.max(at + undoMs, ticket.outgoing.at(-1)?.leavesAt ?? at);
  return allowed(ticket, "reply", () => ({ kind: "replyDelayed", facts: { text: said.message, author: by, leavesAt } }));
};

export const replied: FoldOf<"replied"> = (ticket, event) => withoutOutgoing(conversation.replied(ticket, event), event.facts.message);

export const replyDelayed: FoldOf<"replyDelayed"> = (ticket, { facts }) => ({ ...ticket, outgoing: [...ticket.outgoing, facts] });

/** Its time is over: said from now on, by whoever wrote it. */
export const sendReply: VerbOf<{ text: string }> = (ticket, { text }, by, at) => {
  const outgoing = find(ticket, text);
  return "refused" in outgoing ? outgoing : conversation.reply(ticket, { message: outgoing.text }, by, at);
};

/** The requester never gets to see it. */
export const withdrawReply: VerbOf<{ text: string }> = (ticket, { text }) => {
  const outgoing = find(ticket, text);
  if ("refused" in outgoing) return outgoing;
  return allowed(ticket, "withdrawReply", () => ({ kind: "replyWithdrawn", facts: { text: outgoing.text } }));
};

export const replyWithdrawn: FoldOf<"replyWithdrawn"> = (ticket, { facts }) => withoutOutgoing(ticket, facts.text);

function withoutOutgoing(ticket: Ticket, { id }: TextRef): Ticket {
  const outgoing = ticket.outgoing.filter(({ text }) => text.id !== id);
  return outgoing.length === ticket.outgoing.length ? ticket : { ...ticket, outgoing };
}

/**
 * What is to leave before a command is carried out: nobody reads "solved" before the reply that led to it, and nothing stays
 * behind in a ticket that ends. Of spam nothing leaves any more.
 */
export function leavesBefore({ outgoing }: Ticket, { verb, args }: Command): readonly OutgoingReply[] {
  if (outgoing.length === 0 || !overtaking.has(verb)) return [];
  return verb === "reply" && args.undoMs !== undefined ? [] : outgoing;
}

const overtaking: ReadonlySet<Command["verb"]> = new Set<Command["verb"]>(["reply", "acceptMessage", "wait", "resolve", "close", "confirm", "merge", "changeRequester"]);

function find({ outgoing, status }: Ticket, id: string): OutgoingReply | Refusal {
  if (status === "closed") return refuse("ticket_closed", "The ticket is closed.", { status });
  return outgoing.find(({ text }) => text.id === id) ?? refuse("no_such_message", "It has left, or was taken back, already.", { message: id });
}
