// What a ticket does next by itself, and when. One answer for all its clocks; the workflow holds one timer for it.
import { system } from "./actor";
import { decide } from "./decide";
import type { Command } from "./decide";
import { isRefusal } from "./refusal";
import { closesAt } from "./resolution";
import { metrics, nextStep } from "./sla";
import type { ClockStep } from "./sla";
import type { Instant, Ticket } from "./ticket";

export interface Due {
  readonly at: Instant;
  readonly command: Command;
  /** `clock:<what>:<cycle>:<level>`: unique per ticket, so that a step is recorded once, whatever dies. */
  readonly cause: string;
}

/** Who takes a step that is due. */
export const clock = system("clock");

/** The earliest thing due, or null while only people can move the ticket. Equal instants go in the order written here. */
export function nextDue(ticket: Ticket): Due | null {
  let first: Due | null = null;
  for (const due of [acknowledgement(ticket), ...clockSteps(ticket), resumption(ticket), closure(ticket)]) {
    if (due !== null && (first === null || due.at < first.at)) first = due;
  }
  return first;
}

/** Everything due by `at`, in order, as one thing after another falls due: so that nothing decided later overtakes a clock. */
export function duesBy(ticket: Ticket, at: Instant): { readonly dues: readonly Due[]; readonly ticket: Ticket } {
  const dues: Due[] = [];
  let reached = ticket;
  for (let due = nextDue(reached); due !== null && due.at <= at; due = nextDue(reached)) {
    const decision = decide(reached, due.command, { by: clock, at, cause: due.cause });
    // Only a defect in domain can bring this about; it must be seen, not waited out.
    if (isRefusal(decision)) throw new RangeError(`${due.cause} is due and refused: ${decision.refused}`);
    reached = decision.ticket;
    dues.push(due);
  }
  return { dues, ticket: reached };
}

function acknowledgement({ status, acknowledgement: owed, createdAt, policy }: Ticket): Due | null {
  if (owed !== "due" || policy === null || status === "solved" || status === "closed") return null;
  return {
    at: createdAt + policy.acknowledgeAfterMs,
    command: { verb: "acknowledge", args: {} },
    cause: "clock:acknowledgement:1:1",
  };
}

function clockSteps({ policy, clocks }: Ticket): (Due | null)[] {
  if (policy === null || clocks === null) return [];
  return metrics.map((metric) => {
    const next = nextStep(policy, metric, clocks[metric]);
    return next === null ? null : stepDue(next.at, next.step);
  });
}

function stepDue(at: Instant, step: ClockStep): Due {
  return step.kind === "remind"
    ? {
        at,
        command: { verb: "remind", args: { metric: step.metric, percent: step.percent, dueAt: at } },
        cause: `clock:${step.metric}:1:reminder`,
      }
    : {
        at,
        command: { verb: "escalate", args: { metric: step.metric, level: step.level, dueAt: at } },
        cause: `clock:${step.metric}:1:${step.level}`,
      };
}

function resumption({ resumeAt }: Ticket): Due | null {
  return resumeAt === null
    ? null
    : { at: resumeAt, command: { verb: "wake", args: {} }, cause: `clock:resumption:${resumeAt}:1` };
}

function closure(ticket: Ticket): Due | null {
  const at = closesAt(ticket);
  return at === null
    ? null
    : { at, command: { verb: "autoClose", args: {} }, cause: `clock:auto-close:${ticket.solution?.version}:1` };
}
