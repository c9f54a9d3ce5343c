// What the clocks of a ticket say: the next step of a chain, the next target, and what must be known of calendars to tell them.
// Reads; what moves them is `sla`.
import { beyond } from "./calendar";
import { horizon, nextStep } from "./chain";
import type { StepDue, Terms } from "./chain";
import { both } from "./coverage";
import type { CalendarKey, Need } from "./coverage";
import { breachesAt } from "./cycle";
import type { Cycle } from "./cycle";
import { editionKey, metrics } from "./policy";
import type { Metric } from "./policy";
import type { Instant, Ticket } from "./ticket";
import { categoryOfStatus } from "./words";

/** The next step of the metric's chain, with its true instant; null when there is none, as while the ticket is solved or closed. */
export function stepOf(ticket: Ticket, metric: Metric): StepDue | null {
  const { ongoing } = ticket.clocks[metric];
  if (categoryOfStatus[ticket.status] === "resolved") return null;
  return ongoing === null ? null : nextStep(ongoing, termsOf(ticket, metric, ongoing), ticket.calendars);
}

/** When the first target of a running clock falls due, or fell; null while none runs. */
export function deadline({ clocks, calendars }: Pick<Ticket, "clocks" | "calendars">): { at: Instant; metric: Metric } | null {
  let first: { at: Instant; metric: Metric } | null = null;
  for (const metric of metrics) {
    const { ongoing } = clocks[metric];
    if (ongoing === null || ongoing.since === null) continue;
    const at = breachesAt(ongoing, calendars);
    if (at !== null && at !== beyond && (first === null || at < first.at)) first = { at, metric };
  }
  return first;
}

export function isBreached({ clocks }: Pick<Ticket, "clocks">): boolean {
  return metrics.some((metric) => clocks[metric].firstBreached !== null);
}

/** What its clocks must know next of their calendars, by key; empty when they know enough. */
export function clockNeeds(ticket: Ticket): ReadonlyMap<CalendarKey, Need> {
  const needs = new Map<CalendarKey, Need>();
  const add = (need: Need): void => void needs.set(need.key, both(needs.get(need.key), need));
  for (const metric of metrics) {
    const { ongoing, past } = ticket.clocks[metric];
    for (const { calendar: key, from, to } of [...past, ...(ongoing === null ? [] : [ongoing])].flatMap(({ uncounted }) => uncounted)) {
      if (key !== null) add({ key, from, enoughMs: 0, until: to });
    }
    if (ongoing === null || ongoing.since === null || ongoing.calendar === null) continue;
    const { since } = ongoing;
    add({ key: ongoing.calendar, from: since, ...horizon(ongoing, since, termsOf(ticket, metric, ongoing)) });
  }
  return needs;
}

/** Since when something has run that no calendar has counted yet, in the cycles that still run; null: all is counted. */
export function uncountedSince({ clocks }: Pick<Ticket, "clocks">): Instant | null {
  const from = metrics.flatMap((metric) => clocks[metric].ongoing?.uncounted.map((stretch) => stretch.from) ?? []);
  return from.length === 0 ? null : Math.min(...from);
}

/** The chain by which a cycle goes: that of the edition it is measured by. */
export function termsOf({ policy, formerPolicies }: Pick<Ticket, "policy" | "formerPolicies">, metric: Metric, cycle: Cycle): Terms | null {
  if (cycle.under === null || policy === null) return null;
  const edition = cycle.under === editionKey(policy) ? policy : formerPolicies[cycle.under];
  return edition?.targets[metric] ?? null;
}
