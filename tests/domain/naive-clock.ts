// The clocks as a child would keep them: a life is gone through ms by ms, and every figure is counted up by one. From the
// journal and the policies alone; shares no arithmetic with domain/.
import type { Coverage } from "../../domain/coverage";
import type { Conditions, Level, Metric, Occasion, Policy, Reminder, Target } from "../../domain/policy";
import { usual } from "../../domain/policy";
import type { TicketEvent } from "../../domain/event";
import type { Instant } from "../../domain/ticket";
import type { Priority, Status } from "../../domain/words";
import type { Life } from "./lives";

export interface NaiveCycle {
  number: number;
  startedAt: Instant;
  /** Ms in which it ran and its calendar was open; ms in which it ran. */
  open: number;
  active: number;
  running: boolean;
  /** Each ms in which it ran while no calendar was named for it. */
  unnamed: Instant[];
  credit: number;
  target: number | null;
  terms: Target | null;
  calendar: string | null;
  under: string | null;
  breachedAt: Instant | null;
  /** When each step fell due: `reminder 75%`, `breach`, `2`, `2.1`. */
  readonly due: Map<string, Instant>;
  readonly taken: Set<string>;
  /** The steps that the journal has, with the instant that it gives. */
  readonly told: { readonly name: string; readonly dueAt: Instant }[];
  link: { at: Instant; open: number; active: number } | null;
  level: number;
  round: number;
  acknowledged: boolean;
  how: "met" | "cancelled" | null;
  by: Occasion | "merged" | "markedSpam" | null;
}

export interface Naive {
  readonly cycles: readonly NaiveCycle[];
  readonly ongoing: NaiveCycle | null;
}

interface Now {
  status: Status;
  priority: Priority;
  assigned: boolean;
  answered: boolean;
  team: string | null;
  policy: Policy | null;
}

/** The metric's cycles when `until` has come and these events have happened. */
export function count({ intake, measure }: Life, events: readonly TicketEvent[], metric: Metric, until: Instant): Naive {
  const waiting = [...events];
  const now: Now = { status: "new", priority: "normal", assigned: false, answered: false, team: null, policy: null };
  const cycles: NaiveCycle[] = [];
  let ongoing: NaiveCycle | null = null;
  for (let at = intake.acceptedAt; ; at += 1) {
    if (ongoing !== null) look(ongoing, at);
    for (let event = waiting[0]; event !== undefined && event.at <= at; event = waiting[0]) {
      waiting.shift();
      ongoing = happen(cycles, ongoing, now, event, metric, at, intake.acceptedAt);
      for (const cycle of cycles) nameCalendar(cycle, now, metric, measure.calendars);
      if (ongoing !== null) look(ongoing, at);
    }
    if (at >= until) return { cycles, ongoing };
    if (ongoing?.running === true) {
      ongoing.active += 1;
      if (ongoing.calendar === null) ongoing.unnamed.push(at);
      else if (isOpen(measure.calendars, ongoing.calendar, at)) ongoing.open += 1;
    }
  }
}

/** What has come to its time by now. */
function look(cycle: NaiveCycle, at: Instant): void {
  const spent = cycle.open - cycle.credit;
  if (cycle.breachedAt === null && cycle.target !== null && spent >= cycle.target) {
    cycle.breachedAt = at;
    if (cycle.link === null) cycle.link = { at, open: cycle.open, active: cycle.active };
    cycle.due.set("breach", at);
  }
  if (!cycle.running) return;
  cycle.terms?.reminders.forEach((reminder) => {
    if (cycle.target === null || cycle.taken.has("breach")) return;
    const stands = "percent" in reminder.at ? Math.floor((cycle.target * reminder.at.percent) / 100) : cycle.target - reminder.at.beforeMs;
    const possible = "percent" in reminder.at || reminder.at.beforeMs < cycle.target;
    const name = nameOf(reminder);
    if (possible && spent >= stands && !cycle.due.has(name)) cycle.due.set(name, at);
    // Moved away before it was given.
    if ((!possible || spent < stands) && !cycle.taken.has(name)) cycle.due.delete(name);
  });
  for (let link = nextLink(cycle, at); link !== null; link = nextLink(cycle, at)) {
    cycle.due.set(link, at);
    cycle.link = { at, open: cycle.open, active: cycle.active };
  }
}

/** A policy's reminder is known by where it stands: another policy's, elsewhere, is another. */
function nameOf({ at }: Reminder): string {
  return "percent" in at ? `reminder ${at.percent}%` : `reminder ${at.beforeMs} before`;
}

/** The next level or round, when its time has come. */
function nextLink(cycle: NaiveCycle, _at: Instant): string | null {
  if (cycle.link === null || cycle.acknowledged || cycle.terms === null) return null;
  const { escalation, repeat } = cycle.terms;
  const level: Level | undefined = escalation[cycle.level];
  if (level === undefined && (repeat === null || cycle.level === 0)) return null;
  const after = level?.afterMs ?? repeat?.everyMs ?? 0;
  const basis = level?.basis ?? repeat?.basis;
  const since = basis === "business" ? cycle.open - cycle.link.open : cycle.active - cycle.link.active;
  if (since < after) return null;
  if (level === undefined) cycle.round += 1;
  else [cycle.level, cycle.round] = [cycle.level + 1, 0];
  return level === undefined ? `${cycle.level}.${cycle.round}` : `${cycle.level}`;
}

function happen(
  cycles: NaiveCycle[],
  before: NaiveCycle | null,
  now: Now,
  event: TicketEvent,
  metric: Metric,
  at: Instant,
  acceptedAt: Instant,
): NaiveCycle | null {
  const occasions = occasionsOf(event, now);
  note(now, event);
  let ongoing = before;
  if (ongoing !== null && (event.kind === "merged" || event.kind === "markedSpam")) {
    [ongoing.how, ongoing.by, ongoing.running] = ["cancelled", event.kind, false];
    ongoing = null;
  }
  const latest = cycles.at(-1);
  if (event.kind === "unmerged" && latest?.by === "merged") {
    [latest.how, latest.by] = [null, null];
    ongoing = latest;
  }
  for (const occasion of occasions) {
    const { metBy, cancelledBy, startedBy } = conditions(now.policy, metric);
    const isOver = now.status === "solved" || now.status === "closed";
    if (ongoing !== null && (metBy.includes(occasion) || cancelledBy.includes(occasion))) {
      ongoing.how = metBy.includes(occasion) ? "met" : "cancelled";
      ongoing.by = occasion;
      ongoing.running = false;
      ongoing = null;
    }
    if (ongoing === null && !isOver && !(metBy.includes("assigned") && now.assigned)) {
      const last = cycles.at(-1);
      const returns = occasion === "reopened" && last?.by === "resolved" && startedBy.includes("opened");
      if (returns && now.policy?.reopening !== "restart") {
        [last.how, last.by] = [null, null];
        ongoing = last;
        aim(ongoing, now, metric);
      } else if (returns || startedBy.includes(occasion)) {
        ongoing = fresh(cycles.length + 1, occasion === "opened" ? acceptedAt : at);
        cycles.push(ongoing);
        aim(ongoing, now, metric);
      }
    }
  }
  if (ongoing !== null) {
    const { pausedIn } = conditions(now.policy, metric);
    const stops = now.status === "solved" || now.status === "closed" || (pausedIn as readonly Status[]).includes(now.status);
    ongoing.running = !stops;
    if (event.kind === "prioritised" || event.kind === "policyApplied") aim(ongoing, now, metric);
    if (event.kind === "corrected" && event.facts.metric === metric && event.facts.cycle === ongoing.number) {
      ongoing.credit += event.facts.creditMs;
    }
    takeStep(ongoing, event, metric, at);
  }
  return ongoing;
}

function note(now: Now, event: TicketEvent): void {
  if ("status" in event.facts) now.status = event.facts.status;
  if (event.kind === "prioritised") now.priority = event.facts.priority;
  if (event.kind === "policyApplied") now.policy = event.facts.policy;
  if (event.kind === "assigned") now.assigned = true;
  if (event.kind === "unassigned" || event.kind === "transferred") now.assigned = false;
  if (event.kind === "categorised" || event.kind === "transferred") now.team = event.facts.team;
  if (answers(event)) now.answered = true;
}

function takeStep(cycle: NaiveCycle, event: TicketEvent, metric: Metric, at: Instant): void {
  if (event.kind === "escalationAcknowledged") {
    if (event.facts.cycles.some((one) => one.metric === metric)) cycle.acknowledged = true;
    return;
  }
  if (event.kind !== "reminded" && event.kind !== "breached" && event.kind !== "escalated") return;
  if ((event.facts.metric ?? "resolution") !== metric) return;
  if (event.kind === "escalated" && event.facts.reason !== null) {
    const { level } = event.facts;
    if (level > cycle.level) [cycle.level, cycle.round] = [level, 0];
    cycle.acknowledged = false;
    cycle.link = { at, open: cycle.open, active: cycle.active };
    return;
  }
  const name = stepOf(cycle, event);
  cycle.taken.add(name);
  cycle.told.push({ name, dueAt: event.facts.dueAt });
}

function stepOf({ terms }: NaiveCycle, event: Extract<TicketEvent, { kind: "reminded" | "breached" | "escalated" }>): string {
  if (event.kind === "breached") return "breach";
  if (event.kind === "escalated") return event.facts.round === 0 ? `${event.facts.level}` : `${event.facts.level}.${event.facts.round}`;
  const reminder = terms?.reminders[event.facts.reminder - 1];
  if (reminder === undefined) throw new Error(`No policy has the reminder of event ${event.version}.`);
  return nameOf(reminder);
}

function aim(cycle: NaiveCycle, { policy, priority }: Now, metric: Metric): void {
  if (cycle.breachedAt !== null || policy === null) return;
  cycle.terms = policy.targets[metric] ?? null;
  cycle.target = cycle.terms?.targetMs[priority] ?? null;
  cycle.calendar = cycle.terms?.calendar ?? null;
  cycle.under = `${policy.id}@${policy.edition}`;
}

/** What ran before any calendar was named is counted by the first that is; what ended before any policy was, is measured too. */
function nameCalendar(cycle: NaiveCycle, now: Now, metric: Metric, calendars: readonly Coverage[]): void {
  if (cycle.under === null) aim(cycle, now, metric);
  const key = cycle.calendar;
  if (key === null || cycle.unnamed.length === 0) return;
  const open = cycle.unnamed.filter((at) => isOpen(calendars, key, at));
  cycle.open += open.length;
  const { link } = cycle;
  if (link !== null) link.open += open.filter((at) => at < link.at).length;
  cycle.unnamed = [];
}

function fresh(number: number, startedAt: Instant): NaiveCycle {
  return {
    number, startedAt, open: 0, active: 0, running: true, unnamed: [], credit: 0, target: null, terms: null, calendar: null, under: null,
    breachedAt: null, due: new Map(), taken: new Set(), told: [], link: null, level: 0, round: 0, acknowledged: false, how: null, by: null,
  };
}

function conditions(policy: Policy | null, metric: Metric): Conditions {
  const target = policy?.targets[metric];
  return target?.pausedIn === undefined ? usual[metric] : { ...usual[metric], pausedIn: target.pausedIn };
}

function occasionsOf(event: TicketEvent, now: Now): Occasion[] {
  const found: Occasion[] = [];
  if (event.kind === "opened") {
    found.push("opened");
    const { channel, openedBy } = event.facts.intake;
    if (channel === "phone" && openedBy !== null) found.push("publicReply");
  }
  if (event.kind === "reopened") found.push("reopened");
  if (event.kind === "requesterReplied" && event.facts.from === "solved") found.push("reopened");
  if (event.kind === "requesterReplied" && now.answered) found.push("requesterReply");
  if (answers(event) && event.kind !== "opened") found.push("publicReply");
  if (event.kind === "resolved") found.push("resolved");
  if (event.kind === "assigned" || event.kind === "unassigned" || event.kind === "transferred") found.push(event.kind);
  const moved = event.kind === "categorised" && now.team !== null && event.facts.team !== now.team;
  if (moved && !now.assigned) found.push("transferred");
  return found;
}

function answers(event: TicketEvent): boolean {
  if (event.kind === "opened") return event.facts.intake.channel === "phone" && event.facts.intake.openedBy !== null;
  if (event.kind === "replied") return true;
  return (event.kind === "pended" || event.kind === "resolved") && event.facts.message !== null;
}

/** Each ms of a life's calendars by key, ticked off: 1 is open. */
const ticked = new WeakMap<readonly Coverage[], ReadonlyMap<string, Uint8Array>>();

function isOpen(calendars: readonly Coverage[], key: string, at: Instant): boolean {
  let all = ticked.get(calendars);
  if (all === undefined) {
    all = new Map(calendars.map((coverage) => [`${coverage.calendar}@${coverage.edition}`, tick(coverage)]));
    ticked.set(calendars, all);
  }
  const one = all.get(key);
  if (at >= longest) throw new RangeError("Longer than any life here.");
  return one?.[at] === 1;
}

const longest = 8_000;

function tick({ intervals }: Coverage): Uint8Array {
  const open = new Uint8Array(longest);
  for (const [from, to] of intervals) open.fill(1, Math.max(0, from), Math.min(longest, to));
  return open;
}
