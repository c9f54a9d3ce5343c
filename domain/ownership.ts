// Whose ticket it is. Knows requesters by id; refuses to know who they are, and whom their organisation's policy promises what.
import { matchedAnew } from "./measuring";
import { refuse } from "./refusal";
import type { TextRef, Ticket } from "./ticket";
import type { FoldOf, VerbOf } from "./verb";
import { allowed } from "./verb";

/** By staff, with a reason: from here on it is read by, and told to, somebody else. */
export const changeRequester: VerbOf<{ requester: string; reason: TextRef }> = (ticket, { requester, reason }) =>
  allowed(ticket, "changeRequester", () =>
    ticket.requester === requester
      ? refuse("not_allowed_now", "It is theirs already.", { status: ticket.status })
      : { kind: "requesterChanged", facts: { from: ticket.requester, to: requester, reason } },
  );

/** Another organisation may be promised something else. */
export const requesterChanged: FoldOf<"requesterChanged"> = (ticket, { facts: { to } }) => ({
  ...matchedAnew(ticket),
  requester: to,
  formerRequesters: ticket.formerRequesters + 1,
  acknowledgement: wasToldNobody(ticket) ? "due" : ticket.acknowledgement,
});

/** A mail that a colleague passed on: nobody was told that it has arrived before staff said whose it is. */
function wasToldNobody({ channel, acknowledgement, answeredAt, openedBy, status }: Ticket): boolean {
  const isAtWork = status === "new" || status === "open";
  return channel === "mail" && acknowledgement === "none" && answeredAt === null && openedBy === null && isAtWork;
}
