// Deadlines without any product around them: the domain's own functions, on tickets whose five metrics count in office hours.
import { decide, fold } from "../../domain/decide";
import type { Command } from "../../domain/decide";
import type { Actor } from "../../domain/actor";
import { openIntervals } from "../../domain/calendar";
import type { Coverage } from "../../domain/coverage";
import { nextDue } from "../../domain/due";
import { historyOf } from "../../domain/history";
import { unopened } from "../../domain/opening";
import { metrics, unpromised } from "../../domain/policy";
import type { Policy } from "../../domain/policy";
import { isRefusal } from "../../domain/refusal";
import { deadline } from "../../domain/deadline";
import type { TicketEvent } from "../../domain/event";
import type { Intake, Ticket } from "../../domain/ticket";

export interface Deadlines {
  readonly pauses: number;
  readonly deadlinesPerSecond: number;
  readonly changesPerSecond: number;
  readonly historiesPerSecond: number;
}

const hour = 3_600_000;
const day = 24 * hour;
const monday = Date.UTC(2026, 10, 2);
const staff: Actor = { kind: "staff", id: "ingrid", role: "lead" };
const rules: Actor = { kind: "system", id: "rules" };

export function measureDeadlines(pauses: number, seconds: number): Deadlines {
  const { intake, events, ticket } = life(pauses);
  const tickets = Array.from({ length: 64 }, (_, index) => ({ ...ticket, number: 1_000 + index }));
  const resumed = decided(ticket, { verb: "resume", args: {} }, ticket.updatedAt + hour);
  const held = decided(resumed.ticket, { verb: "hold", args: { reason: null, until: null } }, ticket.updatedAt + 2 * hour);
  const running = tickets.map((one) => fold(one, resumed.event));
  return {
    pauses,
    deadlinesPerSecond: rate(seconds, (turn) => at(running[turn % 64])),
    changesPerSecond: rate(seconds, (turn) => at(turn % 2 === 0 ? fold(tickets[turn % 64]!, resumed.event) : fold(running[turn % 64]!, held.event))),
    historiesPerSecond: rate(seconds, () => historyOf(intake, events).ledger.length),
  };
}

/** What a workflow and a row ask for: the next thing due, and the next target. */
function at(ticket: Ticket | undefined): number {
  return ticket === undefined ? 0 : (nextDue(ticket)?.at ?? 0) + (deadline(ticket)?.at ?? 0);
}

/**
 * Calls a second of CPU time, over at least so long: whatever else the machine does takes none of it. What they answer is summed,
 * so that none is left out.
 */
function rate(seconds: number, call: (turn: number) => number): number {
  let [turns, sum] = [0, 0];
  for (const until = cpuMs() + 300; cpuMs() < until; ) for (let many = 0; many < 100; many += 1) sum += call(turns++);
  const from = cpuMs();
  turns = 0;
  while (cpuMs() < from + seconds * 1_000) for (let many = 0; many < 100; many += 1) sum += call(turns++);
  if (Number.isNaN(sum)) throw new RangeError("A deadline is no number.");
  return (turns * 1_000) / (cpuMs() - from);
}

/** All threads' of this process, the garbage collector's included. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** A month: answered, then on hold and taken up again so many times; on hold at the end. */
function life(pauses: number): { intake: Intake; events: readonly TicketEvent[]; ticket: Ticket } {
  const intake = anIntake();
  const events: TicketEvent[] = [];
  let ticket = unopened(intake);
  const happen = (command: Command, by: Actor, when: number): void => {
    const decision = decided(ticket, command, when, by);
    ticket = decision.ticket;
    events.push(decision.event);
  };
  happen({ verb: "open", args: { intake } }, rules, monday);
  happen({ verb: "measure", args: { policy: aPolicy(), windowsIn: null, calendars: [office()] } }, rules, monday);
  happen({ verb: "assign", args: { agent: "ingrid", overCapacity: false } }, staff, monday + 9 * hour);
  happen({ verb: "reply", args: { message: intake.message } }, staff, monday + 10 * hour);
  for (let pause = 0; pause < pauses; pause += 1) {
    const when = monday + 10 * hour + ((pause + 1) * 28 * day) / pauses;
    if (ticket.status === "on-hold") happen({ verb: "resume", args: {} }, staff, when - 5 * hour);
    happen({ verb: "hold", args: { reason: null, until: null } }, staff, when);
  }
  return { intake, events, ticket };
}

function decided(ticket: Ticket, command: Command, when: number, by: Actor = staff) {
  const decision = decide(ticket, command, { by, at: when, cause: `bench:${ticket.version}` });
  if (isRefusal(decision)) throw new RangeError(decision.message);
  return decision;
}

function aPolicy(): Policy {
  const lead = { do: "tell", whom: [{ to: "lead" }] } as const;
  const target = {
    calendar: "office@1",
    targetMs: { low: 400 * hour, normal: 300 * hour, high: 200 * hour, urgent: 100 * hour },
    reminders: [{ at: { percent: 50 }, tell: [{ to: "assignee" }] }, { at: { percent: 75 }, tell: [{ to: "assignee" }] }],
    escalation: [
      { afterMs: 0, basis: "business", actions: [lead], wake: false },
      { afterMs: 4 * hour, basis: "business", actions: [lead], wake: false },
    ],
    repeat: null,
  } as const;
  return { ...unpromised, id: "bench", targets: Object.fromEntries(metrics.map((metric) => [metric, target])) };
}

/** Half a year of an office: five days of eight hours, with a break at noon. */
function office(): Coverage {
  const pairs = Array.from({ length: 182 }, (_, index) => monday + index * day).flatMap((midnight, index): [number, number][] =>
    index % 7 > 4 ? [] : [[midnight + 8 * hour, midnight + 12 * hour], [midnight + 13 * hour, midnight + 17 * hour]],
  );
  const open = openIntervals(pairs, monday, monday + 182 * day);
  return { ...open, calendar: "office", edition: 1, name: "Office", offsets: [[monday, 60]], exhausted: false };
}

function anIntake(): Intake {
  return {
    number: 1_000, intakeId: "bench", acceptedAt: monday, channel: "web", requester: "kari", message: { id: "m", sha256: "" },
    stated: { type: "question", impact: null, urgency: null }, openedBy: null, acknowledge: false, assignee: null, followUpOf: null,
  };
}
