// The steps of a clock's chain as they are taken: a reminder, then escalation to the lead, then to the manager.
import { refuse } from "./refusal";
import type { Refusal } from "./refusal";
import { nextStep, takeStep } from "./sla";
import type { ClockStep } from "./sla";
import type { Instant, Metric, Ticket } from "./ticket";
import type { FoldOf, VerbOf } from "./verb";
import { allowed } from "./verb";

/** `dueAt` is the step's true instant, also when it is taken late. */
export const remind: VerbOf<{ metric: Metric; percent: number; dueAt: Instant }> = (ticket, facts, _by, at) =>
  allowed(ticket, "remind", () =>
    isNext(ticket, { kind: "remind", metric: facts.metric, percent: facts.percent }, facts.dueAt, at)
      ? { kind: "reminded", facts }
      : notNext(ticket),
  );

export const reminded: FoldOf<"reminded"> = (ticket, { facts }) =>
  ticket.clocks === null
    ? ticket
    : { ...ticket, clocks: takeStep(ticket.clocks, facts.metric, facts.dueAt, false) };

/** Level 1 is the breach itself. */
export const escalate: VerbOf<{ metric: Metric; level: number; dueAt: Instant }> = (ticket, facts, _by, at) =>
  allowed(ticket, "escalate", () =>
    isNext(ticket, { kind: "escalate", metric: facts.metric, level: facts.level }, facts.dueAt, at)
      ? { kind: "escalated", facts }
      : notNext(ticket),
  );

export const escalated: FoldOf<"escalated"> = (ticket, { facts }) =>
  ticket.clocks === null
    ? ticket
    : {
        ...ticket,
        escalation: Math.max(ticket.escalation, facts.level),
        clocks: takeStep(ticket.clocks, facts.metric, facts.dueAt, facts.level === 1),
      };

// A step that was decided on an older state (a reply, a priority, a pause came in between) must not be taken.
function isNext({ policy, clocks }: Ticket, step: ClockStep, dueAt: Instant, at: Instant): boolean {
  if (policy === null || clocks === null) return false;
  const next = nextStep(policy, step.metric, clocks[step.metric]);
  return next !== null && next.at === dueAt && dueAt <= at && isSame(next.step, step);
}

function isSame(a: ClockStep, b: ClockStep): boolean {
  return a.kind === "remind"
    ? b.kind === "remind" && a.percent === b.percent
    : b.kind === "escalate" && a.level === b.level;
}

function notNext({ status }: Ticket): Refusal {
  return refuse("not_allowed_now", "This step of the clock is not due.", { status });
}
