// How a ticket ends: resolved, confirmed or closed, and every way back. Auto-close counts from the mail that said "solved".
import { answered, reopenedUnsolved } from "./conversation";
import { refuse } from "./refusal";
import type { TextRef } from "./ticket";
import type { FoldOf, VerbOf } from "./verb";
import { allowed } from "./verb";
import { closesAt } from "./windows";

/** Solved, with a last public reply where one is given. */
export const resolve: VerbOf<{ message: TextRef | null }> = (ticket, { message }) =>
  allowed(ticket, "resolve", (status) => ({ kind: "resolved", facts: { message, status, how: "by staff" } }));

export const resolved: FoldOf<"resolved"> = (ticket, { version, facts, at }) => {
  const solved = {
    ...ticket,
    solution: { version, sentAt: null, undelivered: false },
    thanked: false,
    resumeAt: null,
    waiting: null,
    acknowledgement: ticket.acknowledgement === "due" ? ("none" as const) : ticket.acknowledgement,
  };
  return facts.message === null ? solved : answered(solved, at);
};

export const close: VerbOf<object> = (ticket) =>
  allowed(ticket, "close", (status) => ({ kind: "closed", facts: { status, how: "by staff" } }));

/** The requester says that it is solved. */
export const confirm: VerbOf<object> = (ticket) =>
  allowed(ticket, "confirm", (status) => ({ kind: "closed", facts: { status, how: "confirmed" } }));

/** Never before the mail that says "solved" has left and its time has run out. */
export const autoClose: VerbOf<object> = (ticket, _args, _by, at) =>
  allowed(ticket, "autoClose", (status) => {
    const dueAt = closesAt(ticket);
    return dueAt !== null && dueAt <= at
      ? { kind: "closed", facts: { status, how: "auto-close" } }
      : refuse("not_allowed_now", "It is not to be closed by itself yet.", { status: ticket.status, dueAt });
  });

/** Nobody decides any more on what was held back. */
export const closed: FoldOf<"closed"> = (ticket, { at }) => ({ ...ticket, closedAt: at, resumeAt: null, heldMessages: [] });

/** Back to open. Closed is final, save for a lead (or an admin) with a reason. */
export const reopen: VerbOf<{ reason: TextRef | null }> = (ticket, { reason }, by) =>
  allowed(ticket, "reopen", (status) => {
    const mayUndoClosure = by.kind === "staff" && (by.role === "lead" || by.role === "admin");
    if (ticket.status === "closed" && !mayUndoClosure) {
      return refuse("ticket_closed", "The ticket is closed; only a lead may reopen it.", { status: ticket.status });
    }
    if (ticket.aside !== null) {
      const { as } = ticket.aside;
      return refuse("not_allowed_now", `It is closed as ${as}: undo that instead.`, { status: ticket.status, as });
    }
    return { kind: "reopened", facts: { reason, status, from: ticket.status } };
  });

/** The requester says that it is not solved. */
export const reject: VerbOf<object> = (ticket) =>
  allowed(ticket, "reject", (status) => ({ kind: "reopened", facts: { reason: null, status, from: ticket.status } }));

export const reopened: FoldOf<"reopened"> = (ticket, { version, by }) => ({
  ...reopenedUnsolved(ticket),
  requesterWroteAt: by.kind === "requester" ? version : ticket.requesterWroteAt,
});

/** A notice that failed is to be tried once more. */
export const retryNotice: VerbOf<{ notice: string }> = (ticket, { notice }) =>
  allowed(ticket, "retryNotice", () => ({ kind: "noticeRetried", facts: { notice } }));

export const noticeRetried: FoldOf<"noticeRetried"> = (ticket) => ticket;
