// Asking back: a ticket whose form lacks facts asks its requester for them, once, while it goes its usual way. Knows the keys of
// fields; refuses to know their words, what anybody answered, and how a mail says it.
import { refuse } from "./refusal";
import type { EventKind, TicketEvent } from "./event";
import type { Ticket } from "./ticket";
import type { FoldOf, VerbOf } from "./verb";
import { allowed } from "./verb";
import type { TicketType } from "./words";

/** Whether this ticket's requester may be asked at all: never twice, never what is urgent, answered, or opened by staff. */
export function mayAskBack({ askBack, priority, openedBy, answeredAt, requesterWroteAt }: Ticket): boolean {
  return askBack === null && priority !== "urgent" && openedBy === null && answeredAt === null && requesterWroteAt <= 1;
}

/** `fields`: the keys of what is missing, by that edition of the form. */
export const askBack: VerbOf<{ form: TicketType; edition: number; fields: readonly string[] }> = (ticket, facts) =>
  allowed(ticket, "askBack", (status) =>
    mayAskBack(ticket) && facts.fields.length > 0
      ? { kind: "askedBack", facts }
      : refuse("not_allowed_now", "The requester of this ticket is not to be asked for what is missing.", { status }),
  );

/** The window counts from the sending of the mail that asks. */
export const askedBack: FoldOf<"askedBack"> = (ticket, { version }) => ({
  ...ticket,
  askBack: "waiting",
  waiting: { stage: "asked", version, from: null, undelivered: false },
});

/** Staff go on without an answer. */
export const waiveAskBack: VerbOf<object> = (ticket) =>
  allowed(ticket, "waiveAskBack", (status) =>
    ticket.askBack === "waiting"
      ? { kind: "askBackWaived", facts: {} }
      : refuse("not_allowed_now", "Nothing is being waited for that could be waived.", { status }),
  );

export const askBackWaived: FoldOf<"askBackWaived"> = (ticket) => ticket;

/** Whatever a person says or does about the matter ends the wait; it is never taken up again. */
const ends: ReadonlySet<EventKind> = new Set<EventKind>([
  "requesterReplied",
  "replied",
  "pended",
  "held",
  "resolved",
  "closed",
  "reopened",
  "askBackWaived",
]);

/** The ticket after an event, its wait for missing facts over where that ends it: also by becoming urgent. */
export function askBackEnded(ticket: Ticket, { kind }: TicketEvent): Ticket {
  if (ticket.askBack !== "waiting") return ticket;
  if (!ends.has(kind) && ticket.priority !== "urgent") return ticket;
  // Pending waits for another answer from there on.
  return { ...ticket, askBack: "over", waiting: kind === "pended" ? ticket.waiting : null };
}
