// By what a ticket is measured: the policy edition pinned to it, what it knows of the calendars, and corrections beside what was
// counted. Refuses to know which policy matches (its rows say that) and how a calendar is expanded.
import { keyOf, renewed } from "./coverage";
import type { CalendarKey, Coverage } from "./coverage";
import { credit } from "./cycle";
import { editionKey, metrics } from "./policy";
import type { Policy } from "./policy";
import { refuse } from "./refusal";
import type { Correction } from "./event";
import type { TextRef, Ticket } from "./ticket";
import type { FoldOf, VerbOf } from "./verb";
import { allowed } from "./verb";

/** By staff: measured anew, by this policy's newest edition or (null) by the first that matches. */
export const applyPolicy: VerbOf<{ policy: string | null; reason: TextRef | null }> = (ticket, facts) =>
  allowed(ticket, "applyPolicy", () => ({ kind: "policyRequested", facts }));

export const policyRequested: FoldOf<"policyRequested"> = (ticket, { facts }) => ({
  ...ticket,
  matching: { policy: facts.policy },
});

/** The policy that was found. */
export const measure: VerbOf<{ policy: Policy; windowsIn: CalendarKey | null; calendars: readonly Coverage[] }> = (ticket, facts) =>
  allowed(ticket, "measure", () => ({ kind: "policyApplied", facts }));

export const policyApplied: FoldOf<"policyApplied"> = (ticket, { facts: { policy, windowsIn, calendars } }) => {
  const former = ticket.policy === null ? {} : { [editionKey(ticket.policy)]: ticket.policy };
  const known = Object.fromEntries(calendars.map((coverage) => [keyOf(coverage), renewed(ticket.calendars[keyOf(coverage)], coverage)]));
  return {
    ...ticket,
    policy,
    windowsIn,
    matching: null,
    formerPolicies: { ...ticket.formerPolicies, ...former },
    calendars: { ...ticket.calendars, ...known },
  };
};

/** The policy that is to be looked for now, if any: of a ticket that has closed meanwhile once it is open again. */
export function wantedPolicy({ matching, status }: Ticket): Ticket["matching"] {
  return status === "closed" ? null : matching;
}

/** Without the editions and calendars by which nothing is measured any more. A breached cycle goes on by its own. */
export function tidied(ticket: Ticket): Ticket {
  const cycles = metrics.flatMap((metric) => [...ticket.clocks[metric].past, ticket.clocks[metric].ongoing]);
  const measured = cycles.flatMap((cycle) => (cycle === null ? [] : [cycle, ...cycle.uncounted]));
  const editions = new Set(measured.map(({ under }) => under));
  const present = ticket.policy === null ? null : editionKey(ticket.policy);
  const named = Object.values(ticket.policy?.targets ?? {}).map(({ calendar }) => calendar);
  const calendars = new Set([ticket.windowsIn, ...named, ...measured.map(({ calendar }) => calendar)]);
  return {
    ...ticket,
    formerPolicies: only(ticket.formerPolicies, (key) => key !== present && editions.has(key)),
    calendars: only(ticket.calendars, (key) => calendars.has(key)),
  };
}

function only<T>(all: Readonly<Record<string, T>>, isKept: (key: string) => boolean): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(all).filter(([key]) => isKept(key)));
}

/** A ticket that is about something else, or elsewhere, may fall under another policy: it is looked for anew. */
export function matchedAnew(ticket: Ticket): Ticket {
  return ticket.policy === null ? ticket : { ...ticket, matching: { policy: null } };
}

export const extendCalendar: VerbOf<{ coverage: Coverage }> = (ticket, facts) =>
  allowed(ticket, "extendCalendar", () => ({ kind: "calendarExtended", facts }));

export const calendarExtended: FoldOf<"calendarExtended"> = (ticket, { facts: { coverage } }) => ({
  ...ticket,
  calendars: { ...ticket.calendars, [keyOf(coverage)]: renewed(ticket.calendars[keyOf(coverage)], coverage) },
});

/** By a lead: time given back or taken, with a reason; what was counted stays on record. */
export const correct: VerbOf<Correction> = (ticket, facts) =>
  allowed(ticket, "correct", (status) => {
    const { begun } = ticket.clocks[facts.metric];
    return facts.cycle < 1 || facts.cycle > begun
      ? refuse("no_such_cycle", "The metric has no such cycle.", { status, metric: facts.metric, cycle: facts.cycle, begun })
      : { kind: "corrected", facts };
  });

/** A cycle that has ended keeps its figures; the correction stands beside them in the ledger. */
export const corrected: FoldOf<"corrected"> = (ticket, { facts: { metric, cycle, creditMs }, at }) => {
  const measured = ticket.clocks[metric];
  if (measured.ongoing?.number !== cycle) return ticket;
  const ongoing = credit(measured.ongoing, creditMs, at, ticket.calendars);
  return { ...ticket, clocks: { ...ticket.clocks, [metric]: { ...measured, ongoing } } };
};
