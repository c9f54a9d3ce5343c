// A clock as a child would count it: ms after ms, from the journal alone. Shares no code with sla.ts.
import type { Instant, Metric, TicketEvent } from "../../domain/ticket";
import type { Priority, Status } from "../../domain/words";
import { policy } from "./a-ticket";
import type { Life } from "./lives";

export interface Count {
  readonly counted: number;
  readonly running: boolean;
  /** Where the present stretch of running began, and what was counted by then. */
  readonly since: Instant;
  readonly before: number;
  readonly priority: Priority;
  readonly met: boolean;
}

/** What has been counted when `until` has come and these events have happened. */
export function count({ intake }: Life, events: readonly TicketEvent[], metric: Metric, until: Instant): Count {
  const waiting = [...events];
  let status: Status = "new";
  let priority: Priority = "normal";
  let met = metric === "firstResponse" && intake.channel === "phone" && intake.openedBy !== null;
  let [counted, running, since, before] = [0, !met, intake.acceptedAt, 0];
  for (let now = intake.acceptedAt; ; now += 1) {
    for (let event = waiting[0]; event !== undefined && event.at <= now; event = waiting[0]) {
      waiting.shift();
      if ("status" in event.facts) status = event.facts.status;
      if (event.kind === "prioritised") priority = event.facts.priority;
      if (metric === "firstResponse" && answers(event)) met = true;
      const runs = !met && counts(metric, status);
      if (runs && !running) [since, before] = [now, counted];
      running = runs;
    }
    if (now >= until) return { counted, running, since, before, priority, met };
    if (running) counted += 1;
  }
}

/** When so much is counted, should the clock run on; not before its present stretch. */
export function reaches({ since, before }: Count, enough: number): Instant {
  let [now, counted] = [since, before];
  for (; counted < enough; now += 1) counted += 1;
  return now;
}

/** What must be counted for each step of the chain, in order. */
export function thresholds(metric: Metric, priority: Priority): readonly { step: string; after: number }[] {
  const target = targetOf(metric, priority);
  return [
    { step: "reminder", after: Math.floor(target * 0.75) },
    { step: "1", after: target },
    { step: "2", after: target + policy.managerAfterMs },
  ];
}

export function targetOf(metric: Metric, priority: Priority): number {
  return metric === "firstResponse" ? policy.firstResponseMs[priority] : policy.resolutionMs[priority];
}

function counts(metric: Metric, status: Status): boolean {
  const stopped: readonly Status[] =
    metric === "firstResponse" ? ["solved", "closed"] : ["pending", "on-hold", "solved", "closed"];
  return !stopped.includes(status);
}

function answers(event: TicketEvent): boolean {
  if (event.kind === "replied") return true;
  return (event.kind === "pended" || event.kind === "resolved") && event.facts.message !== null;
}
