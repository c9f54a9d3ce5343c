// When several links of a chain are due at once (everything was down): which levels follow, and which actions they make idle.
import { nextStep, take } from "./chain";
import type { Terms } from "./chain";
import type { Coverages } from "./coverage";
import type { Cycle } from "./cycle";
import type { Action, Level } from "./policy";
import type { Instant, Ticket } from "./ticket";
import { priorityRank } from "./words";

/** What else of the chain is due by `at`: the levels (a breach is 0, a reminder -1), in order; rounds are not counted. */
export function afterwards(cycle: Cycle, terms: Terms | null, coverages: Coverages, at: Instant): readonly number[] {
  const levels: number[] = [];
  let reached = cycle;
  for (let due = nextStep(reached, terms, coverages); due !== null && due.at <= at; due = nextStep(reached, terms, coverages)) {
    const { step } = due;
    levels.push("level" in step ? step.level : step.kind === "breach" ? 0 : -1);
    if (step.kind === "round") break;
    reached = take(reached, due, true, coverages);
  }
  return levels;
}

/** What a level does now, and what it leaves to the higher levels that are due as well or finds done already. */
export function actionsAt(
  ticket: Ticket,
  actions: readonly Action[],
  higher: readonly (Level | null)[],
): { readonly done: readonly Action[]; readonly skipped: readonly Action[] } {
  const later = higher.flatMap((level) => level?.actions ?? []);
  const isDone = (action: Action): boolean =>
    !(action.do === "tell" && higher.length > 0) &&
    !later.some((other) => supersedes(other, action)) &&
    isOfUse(ticket, action);
  return { done: actions.filter(isDone), skipped: actions.filter((action) => !isDone(action)) };
}

function supersedes(later: Action, action: Action): boolean {
  if (later.do === "webhook" && action.do === "webhook") return later.webhook === action.webhook;
  return later.do === action.do && action.do !== "flag";
}

function isOfUse(ticket: Ticket, action: Action): boolean {
  switch (action.do) {
    case "raisePriority":
      return ticket.prioritisedByPerson !== true && priorityRank(action.to) > priorityRank(ticket.priority);
    case "reassign":
      return "team" in action ? action.team !== ticket.team : action.agent !== ticket.assignee;
    case "flag":
      return !ticket.flags.includes(action.flag);
    case "tell":
    case "webhook":
      return true;
  }
}
