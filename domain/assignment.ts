// Who has a ticket. Knows the team, the person and whether a choice is wanted; refuses to choose (dispatch does, in Postgres).
import type { MoveCause } from "./dispatch/absence";
import { matchedAnew } from "./measuring";
import { refuse } from "./refusal";
import type { Refusal } from "./refusal";
import type { Ticket } from "./ticket";
import type { FoldOf, VerbOf } from "./verb";
import { allowed } from "./verb";
import { categoryOfStatus } from "./words";

/**
 * By a person or an escalation, who may go beyond a capacity; `overCapacity` says whether they did, null: nobody looked.
 * `onlyFrom`: not if somebody else has it by now; `why` it is moved from them.
 */
export const assign: VerbOf<{ agent: string; overCapacity: boolean | null; onlyFrom?: string; why?: MoveCause }> = (ticket, { agent, overCapacity, onlyFrom, why }) =>
  allowed(ticket, "assign", (status) =>
    isWith(ticket, onlyFrom)
      ? { kind: "assigned", facts: { assignee: agent, from: ticket.assignee, decision: null, overCapacity, status, ...(why && { why }) } }
      : withAnother(ticket),
  );

/** By dispatch, under a decision whose place is reserved. Refused when nobody is wanted any more: the place is then passed on. */
export const route: VerbOf<{ agent: string; team: string; decision: string }> = (ticket, { agent, team, decision }) =>
  allowed(ticket, "route", (status) =>
    seeksAssignee(ticket) && ticket.team === team
      ? {
          kind: "assigned",
          facts: { assignee: agent, from: null, decision, overCapacity: false, status },
        }
      : refuse("not_allowed_now", "The team seeks nobody for the ticket.", { status: ticket.status }),
  );

export const assigned: FoldOf<"assigned"> = (ticket, { facts }) => ({
  ...ticket,
  assignee: facts.assignee,
  routing: "none",
  offer: null,
  declines: 0,
  lapsedWith: [],
  acknowledgement: ticket.acknowledgement === "due" ? "sent" : ticket.acknowledgement,
});

/** To a team: the assignee is cleared, and the team's dispatch chooses. */
export const transfer: VerbOf<{ team: string; onlyFrom?: string; why?: MoveCause }> = (ticket, { team, onlyFrom, why }) =>
  allowed(ticket, "transfer", () =>
    isWith(ticket, onlyFrom)
      ? { kind: "transferred", facts: { team, from: ticket.team, formerAssignee: ticket.assignee, ...(why && { why }) } }
      : withAnother(ticket),
  );

/** By dispatch, from the queue of a team where it waits for too long: once. */
export const overflow: VerbOf<{ from: string; to: string }> = (ticket, { from, to }) =>
  allowed(ticket, "overflow", (status) =>
    ticket.routing === "waiting" && ticket.team === from && ticket.overflowed !== true
      ? { kind: "transferred", facts: { team: to, from, formerAssignee: null, overflow: true } }
      : refuse("not_allowed_now", "It does not wait there any more, or went on once already.", { status }),
  );

export const transferred: FoldOf<"transferred"> = (ticket, { facts }) => ({
  ...(facts.team === ticket.team ? ticket : matchedAnew(ticket)),
  ...(facts.overflow === true && { overflowed: true as const }),
  team: facts.team,
  assignee: null,
  routing: "wanted",
  offer: null,
  declines: 0,
  lapsedWith: [],
});

/** Nobody has it any more, and it stays out of routing until somebody takes, moves or reopens it: its lead is told. */
export const unassign: VerbOf<object> = (ticket) =>
  allowed(ticket, "unassign", () =>
    ticket.assignee === null
      ? refuse("nobody_assigned", "Nobody has the ticket.", { status: ticket.status })
      : { kind: "unassigned", facts: { from: ticket.assignee } },
  );

export const unassigned: FoldOf<"unassigned"> = (ticket) => ({ ...ticket, assignee: null, routing: "none" });

/** Nobody is free: it waits in its team's queue. */
export const queue: VerbOf<{ team: string; decision: string; declinedByAll?: true }> = (ticket, facts) =>
  allowed(ticket, "queue", () =>
    ticket.routing === "wanted" && ticket.assignee === null && ticket.team === facts.team
      ? { kind: "queued", facts }
      : refuse("not_allowed_now", "Nobody is being sought for the ticket.", { status: ticket.status }),
  );

export const queued: FoldOf<"queued"> = (ticket) => ({ ...ticket, routing: "waiting" });

/** Whether dispatch may give or offer it to somebody: chosen now, or from the queue. On offer it seeks nobody else. */
export function seeksAssignee(ticket: Ticket): boolean {
  const isSought = ticket.routing === "wanted" || ticket.routing === "waiting";
  return isSought && ticket.assignee === null && categoryOfStatus[ticket.status] === "open";
}

/** Whether it counts against its assignee's capacity: pending, on-hold and solved tickets do not. */
export function occupies(ticket: Ticket): boolean {
  return ticket.assignee !== null && categoryOfStatus[ticket.status] === "open";
}

/** A ticket that stops being open leaves the queue, and is routed anew when it comes back to nobody. */
export function requeue(ticket: Ticket): Ticket {
  const open = categoryOfStatus[ticket.status] === "open";
  return ticket.routing === "waiting" && !open ? { ...ticket, routing: "wanted" } : ticket;
}

function isWith({ assignee }: Ticket, onlyFrom: string | undefined): boolean {
  return onlyFrom === undefined || assignee === onlyFrom;
}

function withAnother({ status, assignee }: Ticket): Refusal {
  return refuse("not_allowed_now", "Somebody else has the ticket by now.", { status, assignee });
}
