// The shape of a verb: a ticket and a command in, one event's kind and facts out, or a refusal.
import type { Actor } from "./actor";
import { next } from "./lifecycle";
import type { Verb } from "./lifecycle";
import { isRefusal } from "./refusal";
import type { Refusal } from "./refusal";
import type { EventKind, EventOf, Facts } from "./event";
import type { Instant, Ticket } from "./ticket";
import type { Status } from "./words";

/** What a verb decides; `decide` adds version, instant, actor and cause. */
export type Decided = { [K in EventKind]: { readonly kind: K; readonly facts: Facts[K] } }[EventKind];

export type VerbOf<Args> = (ticket: Ticket, args: Args, by: Actor, at: Instant) => Decided | Refusal;

/** How an event changes a ticket. `decide`'s caller has set version, updatedAt and status, and lets the clocks follow. */
export type FoldOf<K extends EventKind> = (ticket: Ticket, event: EventOf<K>) => Ticket;

/** Runs `then` with the status that the lifecycle leads to, or passes its refusal on. */
export function allowed(ticket: Ticket, verb: Verb, then: (status: Status) => Decided | Refusal): Decided | Refusal {
  const status = next(ticket.status, verb);
  return typeof status === "object" && isRefusal(status) ? status : then(status);
}
