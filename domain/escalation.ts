// The steps of a cycle's chain as they are taken: reminders, the breach, levels; by the clock, or by a person who escalates.
// Knows what each does and what a later one supersedes; refuses to know who hears of it (audience) and how.
import { levelOf, nextStep, take, thresholdOf } from "./chain";
import type { Step, StepDue, Terms } from "./chain";
import { beyond } from "./calendar";
import { breachesAt, linkAt } from "./cycle";
import type { Cycle } from "./cycle";
import { refuse } from "./refusal";
import type { Refusal } from "./refusal";
import { stepOf, termsOf } from "./deadline";
import { actionsAt, afterwards } from "./superseding";
import { metrics } from "./policy";
import type { Action, Metric } from "./policy";
import type { Chained, EventOf } from "./event";
import type { Order, TextRef, Ticket } from "./ticket";
import type { FoldOf, VerbOf } from "./verb";
import { allowed } from "./verb";

/** `dueAt` is the step's true instant, also when it is taken late. */
export const remind: VerbOf<Chained & { reminder: number }> = (ticket, args, _by, at) =>
  allowed(ticket, "remind", () => {
    const found = dueOf(ticket, args, { kind: "remind", reminder: args.reminder - 1 });
    if (found === null || args.dueAt > at) return notNext(ticket);
    const { cycle, terms, due } = found;
    const reminder = terms?.reminders[args.reminder - 1];
    if (reminder === undefined || cycle.targetMs === null) return notNext(ticket);
    const percent = Math.floor((100 * (thresholdOf(reminder, cycle.targetMs) ?? 0)) / cycle.targetMs);
    const beforeMs = "beforeMs" in reminder.at ? reminder.at.beforeMs : null;
    const skipped = afterwards(take(cycle, due, false, ticket.calendars), terms, ticket.calendars, at).length > 0;
    const targetAt = targetOf(cycle, ticket);
    return { kind: "reminded", facts: { ...args, percent, beforeMs, targetAt, tell: reminder.tell, skipped } };
  });

export const reminded: FoldOf<"reminded"> = (ticket, { facts }) =>
  stepped(ticket, facts, { kind: "remind", reminder: facts.reminder - 1 }, !facts.skipped);

/** The target is missed. What follows from it, its chain says. */
export const breach: VerbOf<Chained> = (ticket, args, _by, at) =>
  allowed(ticket, "breach", () => {
    const found = dueOf(ticket, args, { kind: "breach" });
    if (found === null || args.dueAt > at) return notNext(ticket);
    return { kind: "breached", facts: { ...args, targetMs: found.cycle.targetMs ?? 0 } };
  });

export const breached: FoldOf<"breached"> = (ticket, { facts }) => stepped(ticket, facts, { kind: "breach" }, true);

/** The clock's next level, or the last one once more; rounds that were missed are one. */
export const nextLevel: VerbOf<Chained & { level: number; round: number }> = (ticket, args, _by, at) =>
  allowed(ticket, "nextLevel", () => {
    const { level, round } = args;
    const found = dueOf(ticket, args, round === 0 ? { kind: "level", level } : { kind: "round", level, round });
    if (found === null || args.dueAt > at) return notNext(ticket);
    const { cycle, terms } = found;
    const due = latestRound(ticket, cycle, terms, found.due, at);
    const higher = afterwards(take(cycle, due, true, ticket.calendars), terms, ticket.calendars, at);
    const { done, skipped } = actionsAt(ticket, levelOf(terms, level)?.actions ?? [], higher.map((one) => levelOf(terms, one)));
    const told = higher.length === 0;
    const last = due.step.kind === "round" ? due.step.round : 0;
    const also = told ? [...new Set(cycle.chain.untold)].filter((one) => one !== level) : [];
    // Somebody was to be woken by a level that this one tells for.
    const wake = [level, ...also].some((one) => levelOf(terms, one)?.wake === true);
    const targetAt = targetOf(cycle, ticket);
    const facts = { ...args, dueAt: due.at, round: last, targetAt, done, skipped, told, also, wake, reason: null };
    return { kind: "escalated", facts };
  });

/** A person escalates, to a level or to the next; the chain of the resolution goes on from there. */
export const escalate: VerbOf<{ reason: TextRef; level: number | null }> = (ticket, { reason, level: wanted }, _by, at) =>
  allowed(ticket, "escalate", (status) => {
    const cycle = ticket.clocks.resolution.ongoing;
    const terms = cycle === null ? null : termsOf(ticket, "resolution", cycle);
    const highest = Math.max(terms?.escalation.length ?? 0, usualLevels.length);
    const level = wanted ?? Math.min(ticket.escalation + 1, highest);
    if (level > highest) return refuse("no_such_level", "There is no such level.", { status, level, highest });
    const defined = levelOf(terms, level);
    const { done, skipped } = actionsAt(ticket, defined?.actions ?? usualLevels[level - 1] ?? [], []);
    const targetAt = cycle === null ? null : targetOf(cycle, ticket);
    const chained = { metric: null, cycle: cycle?.number ?? 0, dueAt: at, targetAt };
    const wake = defined?.wake ?? false;
    return { kind: "escalated", facts: { ...chained, level, round: 0, done, skipped, told: true, also: [], wake, reason } };
  });

/** Where a policy has no such level: the team's lead, then its manager. */
const usualLevels: readonly (readonly Action[])[] = [
  [{ do: "tell", whom: [{ to: "lead" }] }],
  [{ do: "tell", whom: [{ to: "manager" }] }],
];

export const escalated: FoldOf<"escalated"> = (ticket, event) => {
  const { facts } = event;
  const step: Step =
    facts.round === 0 ? { kind: "level", level: facts.level } : { kind: "round", level: facts.level, round: facts.round };
  const { metric } = facts;
  const taken = metric === null ? jumped(ticket, event) : stepped(ticket, { ...facts, metric }, step, facts.told);
  const flags = facts.done.flatMap((action) => (action.do === "flag" ? [action.flag] : []));
  return {
    ...taken,
    escalation: Math.max(ticket.escalation, facts.level),
    orders: [...ticket.orders, ...ordersOf(event)],
    flags: [...new Set([...ticket.flags, ...flags])],
  };
};

/** An order that has been carried out is off the list. */
export function carriedOut(ticket: Ticket, cause: string): Ticket {
  const orders = ticket.orders.filter((order) => order.cause !== cause);
  return orders.length === ticket.orders.length ? ticket : { ...ticket, orders };
}

/** Somebody has seen it: nothing of what has escalated escalates further, or again. */
export const acknowledgeEscalation: VerbOf<object> = (ticket) =>
  allowed(ticket, "acknowledgeEscalation", (status) => {
    const cycles = metrics
      .filter((metric) => awaitsAcknowledgement(ticket, metric))
      .map((metric) => ({ metric, cycle: ticket.clocks[metric].begun }));
    return cycles.length === 0
      ? refuse("nothing_to_acknowledge", "Nothing has escalated that is not acknowledged.", { status })
      : { kind: "escalationAcknowledged", facts: { cycles } };
  });

export const escalationAcknowledged: FoldOf<"escalationAcknowledged"> = (ticket, { facts, at }) =>
  facts.cycles.reduce(
    (reached, { metric, cycle }) =>
      changed(reached, metric, cycle, (one) => ({ ...one, chain: { ...one.chain, acknowledgedAt: at } })),
    ticket,
  );

/** Whether the metric's cycle has escalated and nobody has said that they saw it. */
export function awaitsAcknowledgement({ clocks }: Ticket, metric: Metric): boolean {
  const chain = clocks[metric].ongoing?.chain;
  return chain !== undefined && chain.level > 0 && chain.acknowledgedAt === null;
}

interface Found {
  readonly cycle: Cycle;
  readonly terms: Terms | null;
  readonly due: StepDue;
}

// A step that was decided on an older state (a reply, a priority, a pause came in between) must not be taken.
function dueOf(ticket: Ticket, { metric, cycle: number, dueAt }: Chained, step: Step): Found | null {
  const cycle = ticket.clocks[metric].ongoing;
  const due = stepOf(ticket, metric);
  if (cycle === null || due === null || cycle.number !== number || due.at !== dueAt || !isSame(due.step, step)) return null;
  return { cycle, terms: termsOf(ticket, metric, cycle), due };
}

function isSame(a: Step, b: Step): boolean {
  const [one, other] = [a, b].map((step) => [
    step.kind,
    "reminder" in step ? step.reminder : null,
    "level" in step ? step.level : null,
    "round" in step ? step.round : null,
  ]);
  return one?.every((part, index) => part === other?.[index]) ?? false;
}

function latestRound(ticket: Ticket, cycle: Cycle, terms: Terms | null, due: StepDue, at: number): StepDue {
  let latest = due;
  while (latest.step.kind === "round") {
    const next = nextStep(take(cycle, latest, true, ticket.calendars), terms, ticket.calendars);
    if (next?.step.kind !== "round" || next.at > at) break;
    latest = next;
  }
  return latest;
}

function targetOf(cycle: Cycle, { calendars }: Ticket): number | null {
  const at = breachesAt(cycle, calendars);
  return at === beyond ? null : at;
}

function stepped(ticket: Ticket, { metric, cycle, dueAt }: Chained, step: Step, told: boolean): Ticket {
  return changed(ticket, metric, cycle, (one) => take(one, { at: dueAt, step }, told, ticket.calendars));
}

/** By a person: the chain goes on from this level and this instant, acknowledged or not. */
function jumped(ticket: Ticket, { facts: { cycle, level }, at }: EventOf<"escalated">): Ticket {
  return changed(ticket, "resolution", cycle, (one) => {
    const isHigher = level > one.chain.level;
    // Rounds of a level count on, so that each has a cause of its own.
    const reached = isHigher ? { level, round: 0 } : { level: one.chain.level, round: one.chain.round };
    const chain = { ...one.chain, ...reached, acknowledgedAt: null };
    return linkAt({ ...one, chain }, at, ticket.calendars);
  });
}

function changed(ticket: Ticket, metric: Metric, cycle: number, change: (cycle: Cycle) => Cycle): Ticket {
  const measured = ticket.clocks[metric];
  if (measured.ongoing?.number !== cycle) return ticket;
  return { ...ticket, clocks: { ...ticket.clocks, [metric]: { ...measured, ongoing: change(measured.ongoing) } } };
}

/** To a team, and there to a person, are two orders: each has a cause of its own. */
function ordersOf({ facts, cause }: EventOf<"escalated">): readonly Order[] {
  const ordered = facts.done.filter((action) => action.do === "raisePriority" || action.do === "reassign");
  return ordered.map((action, index) => {
    const alike = ordered.slice(0, index).filter((one) => one.do === action.do).length;
    return { action, cause: `${cause}:${action.do}${alike === 0 ? "" : `-${alike + 1}`}` };
  });
}

function notNext({ status }: Ticket): Refusal {
  return refuse("not_allowed_now", "This step of the clock is not due.", { status });
}
