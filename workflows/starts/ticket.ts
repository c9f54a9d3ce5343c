// How a ticket's workflow begins: with what, under which id, and what the Temporal UI shows of it from the first moment. Options
// only: whoever starts one has a client of their own.
import type { Instant, Intake, Ticket } from "../../domain/ticket";
import { ticketsQueue, ticketWorkflowId } from "../messages";
import type { AskedVerb, NoticeRef } from "../messages";

/**
 * How long a worker may have one task of a ticket: what a killed worker was doing another begins anew after so long. Local
 * activities don't count, as the SDK then asks for more time.
 */
const taskTimeout = "5 seconds";

const channelWords: Readonly<Record<Intake["channel"], string>> = {
  web: "by web form",
  phone: "by phone",
  api: "through the API",
  chat: "by chat",
  mail: "by mail",
};

/**
 * How a run begins: `opened` from an intake, `carried` on by continue-as-new, or `reborn` from the recorded state (its
 * workflow was lost, or a closed ticket is to be reopened); a reborn run claims the next epoch before anything else.
 */
export interface TicketStart {
  readonly epoch: number;
  readonly from:
    | { readonly kind: "opened"; readonly intake: Intake }
    | { readonly kind: "carried"; readonly carried: Carried }
    | { readonly kind: "reborn"; readonly ticket: Ticket };
}

/** What a run hands to the next one. */
export interface Carried {
  readonly ticket: Ticket;
  readonly unsettled: readonly NoticeRef[];
  readonly known: readonly KnownCommand[];
}

/** A command that has been decided: kept until `notAfter`, so that a repetition gets the same answer. */
export interface KnownCommand {
  readonly cause: string;
  readonly verb: AskedVerb;
  readonly sha256: string;
  readonly notAfter: Instant;
  readonly version: number;
}

/** What the Temporal UI shows of a ticket from the first moment: our words, never the customer's. */
export function staticSummary(intake: Intake): string {
  const type = intake.stated.type ?? "ticket";
  const followUp = intake.followUpOf === null ? "" : `, follow-up of #${intake.followUpOf}`;
  return `${type[0]?.toUpperCase()}${type.slice(1)} ${channelWords[intake.channel]}${followUp}`;
}

/** Options for starting a ticket's workflow for the first time: a second start under the same number is rejected for ever. */
export function startOptions(intake: Intake) {
  return {
    workflowId: ticketWorkflowId(intake.number),
    taskQueue: ticketsQueue,
    workflowTaskTimeout: taskTimeout,
    args: [{ epoch: 1, from: { kind: "opened", intake } }] as [TicketStart],
    workflowIdReusePolicy: "REJECT_DUPLICATE" as const,
    memo: { intake: intake.intakeId },
    staticSummary: staticSummary(intake),
  };
}

/** Options for starting it again from the recorded state, under the next epoch. */
export function rebirthOptions(ticket: Ticket, epoch: number) {
  return {
    workflowId: ticketWorkflowId(ticket.number),
    taskQueue: ticketsQueue,
    workflowTaskTimeout: taskTimeout,
    args: [{ epoch, from: { kind: "reborn", ticket } }] as [TicketStart],
    workflowIdReusePolicy: "ALLOW_DUPLICATE" as const,
    memo: { intake: ticket.intakeId },
    staticSummary: `Ticket ${ticket.number}, carried on from the journal`,
  };
}
