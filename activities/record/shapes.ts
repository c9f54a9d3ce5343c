// What goes into `record` and what comes out of it.
import type { Refusal } from "../../domain/refusal";
import type { TicketEvent } from "../../domain/event";
import type { Instant, Ticket } from "../../domain/ticket";

/** A person's command beside its event: one row by (scope, key), kept as long as the ticket. */
export interface RecordedCommand {
  readonly cause: string;
  readonly scope: string;
  readonly key: string;
  readonly verb: string;
  readonly sha256: string;
  /** Epoch ms; past it nothing of the batch is written and the command is reported as dropped. */
  readonly notAfter: Instant;
}

export interface RecordInput {
  readonly number: number;
  readonly intakeId: string;
  readonly epoch: number;
  /** The last version that this run knows to be recorded. */
  readonly version: number;
  /** Epoch ms: the instant at which the events were decided. It comes back, so that a replay decides at the same one. */
  readonly at: Instant;
  /** The events after it, without a gap; none at all claims the epoch. */
  readonly events: readonly TicketEvent[];
  readonly commands: readonly RecordedCommand[];
}

/** An event with the ticket before and after it. */
export interface Step {
  readonly before: Ticket;
  readonly event: TicketEvent;
  readonly after: Ticket;
}

/** A notice to the requester: the ticket's own life sends it. All others their recipients' own workflows send. */
export interface OwedNotice {
  readonly id: string;
  readonly version: number;
  readonly template: string;
  readonly recipient: string;
}

/** A notice that is owed to somebody when its event is recorded. */
export interface NewNotice extends OwedNotice {
  /** `requester`, `participant:<id>`, `agent:<id>`, `contact:<id>` or `webhook:<id>`. */
  readonly recipient: string;
  readonly wake: boolean;
}

/** A decision that can have no effect any more, and why. */
export interface LostCause {
  readonly cause: string;
  readonly refusal: Refusal;
}

/**
 * `written`: all events stand. `found`: nothing was written, since an earlier attempt (or run) left rows at these versions
 * or causes: here they are, in order. `dropped`: nothing was written, since these
 * decisions have lost their ground. `at` is the instant that was asked for.
 */
export type RecordOutcome = { readonly at: Instant } & (
  | { readonly kind: "written"; readonly notices: readonly OwedNotice[] }
  | { readonly kind: "found"; readonly events: readonly TicketEvent[]; readonly notices: readonly OwedNotice[] }
  | { readonly kind: "dropped"; readonly causes: readonly LostCause[] }
);
