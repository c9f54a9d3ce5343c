// The clocks of a ticket: what each event starts, meets, cancels, pauses and re-aims, by the policy that holds. Knows metrics and
// their conditions; refuses to know the time of day, or who is told.
import { heardAt } from "./conversation";
import { underOther, unlinked } from "./chain";
import type { Coverages } from "./coverage";
import { settle } from "./counting";
import { termsOf } from "./deadline";
import * as cycles from "./cycle";
import type { Cycle, Standstill } from "./cycle";
import { ended } from "./measured";
import type { Measured } from "./measured";
import { cancelled, earlierWords, goneOnAfter, withoutTheirWords } from "./measured-aside";
import { occasionsOf } from "./occasions";
import { editionKey, metrics, usual } from "./policy";
import type { Conditions, Metric, Occasion, Policy, Target } from "./policy";
import type { TicketEvent } from "./event";
import type { Instant, Ticket } from "./ticket";
import { categoryOfStatus } from "./words";

export type Clocks = Readonly<Record<Metric, Measured>>;

const unmeasured: Measured = { begun: 0, ongoing: null, past: [], firstBreached: null };

/** Before anything has happened. */
export const unwound: Clocks = {
  firstResponse: unmeasured,
  nextResponse: unmeasured,
  periodicUpdate: unmeasured,
  assignment: unmeasured,
  resolution: unmeasured,
};

/** The clocks after an event; `after` has it folded in already, save for them. */
export function follow(before: Ticket, after: Ticket, event: TicketEvent): Clocks {
  const occasions = occasionsOf(event, before, after);
  const heard = heardAt(event);
  const isAimed = event.kind === "prioritised" || event.kind === "policyApplied";
  let { clocks } = after;
  for (const metric of metrics) {
    const was = clocks[metric];
    let now = setAsideOrBack(was, metric, before, after, event);
    for (const occasion of occasions) now = meetWith(now, metric, occasion, after, heard);
    now = keepPace(now, metric, after, heard);
    if (isAimed) now = aimedAnew(now, metric, after, event.at);
    if (event.kind === "calendarExtended") now = eachOf(now, (cycle) => settle(cycle, after.calendars));
    now = noted(now);
    if (now !== was) clocks = { ...clocks, [metric]: now };
  }
  return clocks;
}

/** What holds for a metric: its policy's word, else the usual. */
export function conditionsOf(policy: Policy | null, metric: Metric): Conditions {
  const target = policy?.targets[metric];
  if (target === undefined) return usual[metric];
  const { startedBy, metBy, cancelledBy, pausedIn } = target;
  const saysNothing = startedBy === undefined && metBy === undefined && cancelledBy === undefined && pausedIn === undefined;
  return saysNothing ? usual[metric] : { ...usual[metric], ...target };
}

/** The metrics that this policy would breach at `at`, that are not breached now: a preview; nothing changes. */
export function breachesUnder(ticket: Ticket, policy: Policy, calendars: Coverages, at: Instant): readonly Metric[] {
  const after = { ...ticket, policy, calendars: { ...ticket.calendars, ...calendars } };
  return metrics.filter((metric) => {
    const { ongoing } = ticket.clocks[metric];
    if (ongoing === null || ongoing.breach !== null) return false;
    return aimed(ongoing, metric, after, at).breach !== null;
  });
}

/** What being merged or spam means to a metric, and the end of it. */
function setAsideOrBack(measured: Measured, metric: Metric, before: Ticket, after: Ticket, event: TicketEvent): Measured {
  const { at, kind, facts } = event;
  const { calendars } = after;
  switch (kind) {
    case "merged":
      return cancelled(measured, "merged", at, calendars);
    case "markedSpam":
      return cancelled(measured, "spam", at, calendars);
    case "unmerged":
      return goneOnAfter(measured, "merged", (cycle) => cycles.revive(cycle, "merged"));
    case "unmarkedSpam":
      return goneOnAfter(measured, "spam", (cycle) => cycles.resume(cycle, standstill(after, metric), at, calendars));
    case "absorbed": {
      const { waitingSince: since } = facts;
      if (!isNextResponseOwed(after, metric, since)) return measured;
      return earlierWords(measured, since, at, calendars, (free) => begun(free, metric, after, since));
    }
    case "released": {
      const source = before.absorbed.find(({ ticket }) => ticket === facts.source);
      if (metric !== "nextResponse" || source === undefined) return measured;
      const goOn = (own: Cycle): Cycle => cycles.resume(own, standstill(after, metric), at, calendars);
      return withoutTheirWords(measured, source.waitingSince, at, calendars, goOn);
    }
    default:
      return measured;
  }
}

/** While nobody has answered the target at all, its own first response is the answer to words no older than it is. */
function isNextResponseOwed(ticket: Ticket, metric: Metric, since: Instant | null): since is Instant {
  if (metric !== "nextResponse" || since === null) return false;
  if (!conditionsOf(ticket.policy, metric).startedBy.includes("requesterReply")) return false;
  return ticket.clocks.firstResponse.ongoing === null || since < ticket.createdAt;
}

function meetWith(measured: Measured, metric: Metric, occasion: Occasion, ticket: Ticket, at: Instant): Measured {
  const conditions = conditionsOf(ticket.policy, metric);
  const before = endedBy(measured, conditions, occasion, ticket, at);
  const isOver = categoryOfStatus[ticket.status] === "resolved";
  if (before.ongoing !== null || isOver || (conditions.metBy.includes("assigned") && ticket.assignee !== null)) return before;
  const last = before.past.at(-1);
  if (occasion === "reopened" && last?.ended?.by === "resolved" && conditions.startedBy.includes("opened")) {
    return ticket.policy?.reopening === "restart" ? begun(before, metric, ticket, at) : goneOn(before, last, metric, ticket, at);
  }
  if (!conditions.startedBy.includes(occasion)) return before;
  return begun(before, metric, ticket, occasion === "opened" ? ticket.createdAt : at);
}

function endedBy(measured: Measured, { metBy, cancelledBy }: Conditions, occasion: Occasion, ticket: Ticket, at: Instant): Measured {
  const { ongoing } = measured;
  const how = metBy.includes(occasion) ? "met" : cancelledBy.includes(occasion) ? "cancelled" : null;
  // Words that came before it began, and were heard only now, answer nothing of it.
  if (ongoing === null || how === null || ongoing.startedAt > at) return measured;
  return ended(measured, how, occasion, at, ticket.calendars);
}

function begun(measured: Measured, metric: Metric, ticket: Ticket, at: Instant): Measured {
  const number = measured.begun + 1;
  const ongoing = aimed(cycles.begin(number, at, unlinked), metric, ticket, at);
  return { ...measured, begun: number, ongoing };
}

function goneOn(measured: Measured, last: Cycle, metric: Metric, ticket: Ticket, at: Instant): Measured {
  return { ...measured, ongoing: aimed(cycles.revive(last), metric, ticket, at), past: measured.past.slice(0, -1) };
}

/** Runs or stands still as the status asks. */
function keepPace(measured: Measured, metric: Metric, ticket: Ticket, at: Instant): Measured {
  const { ongoing } = measured;
  if (ongoing === null) return measured;
  const paced = cycles.run(ongoing, standstill(ticket, metric), at, ticket.calendars);
  return paced === ongoing ? measured : { ...measured, ongoing: paced };
}

function standstill({ status, policy }: Ticket, metric: Metric): Standstill | null {
  if (categoryOfStatus[status] === "resolved") return "solved";
  if (status !== "pending" && status !== "on-hold") return null;
  return conditionsOf(policy, metric).pausedIn.includes(status) ? status : null;
}

function aimed(cycle: Cycle, metric: Metric, ticket: Ticket, at: Instant): Cycle {
  const { policy, priority, calendars } = ticket;
  const target: Target | undefined = policy?.targets[metric];
  const aims = {
    under: policy === null ? null : editionKey(policy),
    targetMs: target?.targetMs[priority] ?? null,
    calendar: target?.calendar ?? null,
  };
  const isSame = cycle.under === aims.under && cycle.targetMs === aims.targetMs && cycle.calendar === aims.calendar;
  if (isSame) return cycle;
  const now = cycles.aim(cycle, aims, at, calendars);
  if (now.under === cycle.under) return now;
  return { ...now, chain: underOther(now.chain, termsOf(ticket, metric, cycle), target ?? null) };
}

/** What ended before any policy was chosen is measured by the first; what ended since stays as it was. */
function aimedAnew(measured: Measured, metric: Metric, ticket: Ticket, at: Instant): Measured {
  return eachOf(measured, (cycle) =>
    cycle.ended === null || cycle.under === null ? aimed(cycle, metric, ticket, at) : cycle,
  );
}

function eachOf(measured: Measured, change: (cycle: Cycle) => Cycle): Measured {
  const ongoing = measured.ongoing === null ? null : change(measured.ongoing);
  const past = measured.past.map(change);
  const isSame = ongoing === measured.ongoing && past.every((cycle, index) => cycle === measured.past[index]);
  return isSame ? measured : { ...measured, ongoing, past };
}

function noted(measured: Measured): Measured {
  const { ongoing, past, firstBreached } = measured;
  if (firstBreached !== null) return measured;
  const first = [...past, ...(ongoing === null ? [] : [ongoing])].find(({ breach }) => breach !== null);
  return first === undefined ? measured : { ...measured, firstBreached: first.number };
}

