// What came by mail from somebody who has not been shown to speak for themselves, or to have a part in the ticket: held back
// inside it until a person says. Knows ids and hashes; refuses to know how anybody is recognised (threading).
import { note, reply, requesterReply } from "./conversation";
import { refuse } from "./refusal";
import type { Refusal } from "./refusal";
import type { HeldMessage, Ticket } from "./ticket";
import type { FoldOf, VerbOf } from "./verb";
import { allowed } from "./verb";

/** Before anything was held, or closed. */
export const unheld: Pick<Ticket, "closedAt" | "heldMessages"> = { closedAt: null, heldMessages: [] };

export const holdMessage: VerbOf<HeldMessage> = (ticket, facts) =>
  allowed(ticket, "holdMessage", () => ({ kind: "messageHeld", facts }));

export const messageHeld: FoldOf<"messageHeld"> = (ticket, { facts }) => ({
  ...ticket,
  heldMessages: [...ticket.heldMessages, facts],
});

/** It becomes what it would have been, heard at its arrival. What has a colleague's name on it only they can stand by. */
export const acceptMessage: VerbOf<{ held: string }> = (ticket, { held }, by, at) => {
  const message = find(ticket, held);
  if ("refused" in message) return message;
  const { as, writer, text, occurredAt } = message;
  if (writer.kind === "staff" && !(by.kind === "staff" && by.id === writer.id)) {
    return refuse("not_allowed_now", "Only whoever it names as its writer can say that they wrote it.", { held });
  }
  const said = { message: text, occurredAt, accepted: held };
  switch (as) {
    case "reply":
      return reply(ticket, said, by, at);
    case "note":
      return note(ticket, said, by, at);
    case "requesterReply":
      return requesterReply(ticket, said, by, at);
  }
};

export const rejectMessage: VerbOf<{ held: string }> = (ticket, { held }) => {
  const message = find(ticket, held);
  if ("refused" in message) return message;
  return allowed(ticket, "rejectMessage", () => ({ kind: "messageRejected", facts: { held } }));
};

export const messageRejected: FoldOf<"messageRejected"> = (ticket, { facts: { held } }) => ({
  ...ticket,
  heldMessages: ticket.heldMessages.filter(({ id }) => id !== held),
});

function find({ heldMessages, status }: Ticket, held: string): HeldMessage | Refusal {
  if (status === "closed") return refuse("ticket_closed", "The ticket is closed.", { status });
  const message = heldMessages.find(({ id }) => id === held);
  return message ?? refuse("no_such_message", "No such message is held; somebody may have decided on it.", { held });
}
