// Tickets, actors and policies for tests, in the desk's own words. Durations are a few ms, so that lives are short.
import type { Actor, Role, SystemPart } from "../../domain/actor";
import { decide } from "../../domain/decide";
import type { ArgsOf, Asked, Command, Decision, VerbName } from "../../domain/decide";
import { unopened } from "../../domain/opening";
import type { Coverage } from "../../domain/coverage";
import type { Level, Policy, Target } from "../../domain/policy";
import { isRefusal } from "../../domain/refusal";
import type { Refusal } from "../../domain/refusal";
import type { Instant, HeldMessage, Intake, OutgoingReply, TextRef, Ticket } from "../../domain/ticket";
import type { Status } from "../../domain/words";

/** When every test's ticket is accepted. */
export const start: Instant = 1_000;

/** Open around the clock, as far as any test goes. */
export const roundTheClock: Coverage = {
  calendar: "always",
  edition: 1,
  name: "Around the clock",
  since: 0,
  until: 10_000_000,
  intervals: [[0, 10_000_000]],
  offsets: [[0, 0]],
  exhausted: false,
};

const lead: Level = { afterMs: 0, basis: "business", actions: [{ do: "tell", whom: [{ to: "lead" }] }], wake: false };
const manager: Level = { ...lead, afterMs: 30, actions: [{ do: "tell", whom: [{ to: "manager" }] }] };

/** A reminder at 75 %, the lead at the breach, the manager 30 ms later. */
export function aTarget(targetMs: Target["targetMs"], given: Partial<Target> = {}): Target {
  const reminders = [{ at: { percent: 75 }, tell: [{ to: "assignee" } as const] }];
  return { calendar: "always@1", targetMs, reminders, escalation: [lead, manager], repeat: null, ...given };
}

export const policy: Policy = {
  id: "standard",
  edition: 1,
  targets: {
    firstResponse: aTarget({ low: 160, normal: 80, high: 40, urgent: 20 }),
    resolution: aTarget({ low: 320, normal: 160, high: 80, urgent: 40 }),
  },
  reopening: "continue",
  pending: null,
  autoCloseMs: 60,
  acknowledgeAfterMs: 10,
  matrix: {
    low: { low: "low", medium: "low", high: "normal" },
    medium: { low: "low", medium: "normal", high: "high" },
    high: { low: "normal", medium: "high", high: "urgent" },
  },
};

export function staff(id = "ingrid", role: Role = "agent"): Extract<Actor, { kind: "staff" }> {
  return { kind: "staff", id, role };
}
export const requester: Actor = { kind: "requester", id: "kim" };
export function part(id: SystemPart = "clock"): Actor {
  return { kind: "system", id };
}
export function text(id = "text-1"): TextRef {
  return { id, sha256: "0".repeat(64) };
}

/** From somebody who takes no part. */
export const held: HeldMessage = {
  id: "mail-1",
  text: text("held"),
  because: "unknown-sender",
  writer: { kind: "participant", id: "uma" },
  as: "requesterReply",
  occurredAt: start,
};

/** Written by Ingrid, and not gone yet. */
export const outgoing: OutgoingReply = { text: text("reply"), author: staff(), leavesAt: start + 40 };

export function anIntake(given: Partial<Intake> = {}): Intake {
  return {
    number: 7,
    intakeId: "intake-7",
    acceptedAt: start,
    channel: "web",
    requester: "kim",
    message: text("first"),
    stated: { type: null, impact: null, urgency: null },
    openedBy: null,
    acknowledge: true,
    assignee: null,
    followUpOf: null,
    ...given,
  };
}

/** A ticket that has come to its status by the usual way, `ingrid` having it (unless new), then given what is given. */
export function aTicket(given: Partial<Ticket> = {}, intake: Partial<Intake> = {}, by: Policy = policy): Ticket {
  let ticket = aSortedTicket(intake, by);
  const way: Record<Status, readonly Command[]> = {
    new: [],
    open: [],
    pending: [{ verb: "wait", args: { message: null, reason: null, until: null } }],
    "on-hold": [{ verb: "hold", args: { reason: null, until: null } }],
    solved: [{ verb: "resolve", args: { message: null } }],
    closed: [
      { verb: "resolve", args: { message: null } },
      { verb: "close", args: {} },
    ],
  };
  const status = given.status ?? "open";
  if (status !== "new") ticket = does(ticket, "assign", { agent: "ingrid", overCapacity: false }).ticket;
  for (const command of way[status]) ticket = accepted(decide(ticket, command, asked(ticket))).ticket;
  return { ...ticket, ...given };
}

/** New, categorised and prioritised: its clocks run, by this policy. */
export function aSortedTicket(intake: Partial<Intake> = {}, by: Policy = policy, calendars = [roundTheClock]): Ticket {
  const taken = anIntake(intake);
  let ticket = does(unopened(taken), "open", { intake: taken }, part("intake")).ticket;
  const ruled = { category: "billing", type: "question", team: "billing", rule: "r1" } as const;
  ticket = does(ticket, "sort", ruled, part("rules")).ticket;
  ticket = does(ticket, "measure", { policy: by, windowsIn: null, calendars }, part("rules")).ticket;
  const priority = { priority: "normal", impact: null, urgency: null, reason: null } as const;
  return does(ticket, "prioritise", priority, part("rules")).ticket;
}

let causes = 0;

function asked(ticket: Ticket, by: Actor = staff(), at: Instant = ticket.updatedAt): Asked {
  return { by, at, cause: `test:${++causes}` };
}

function accepted(decided: Decision | Refusal): Decision {
  if (isRefusal(decided)) throw new Error(`Refused: ${decided.message} ${JSON.stringify(decided.details)}`);
  return decided;
}

/** Does what must be allowed; `at` is when, by default the ticket's last instant. */
export function does<V extends VerbName>(
  ticket: Ticket,
  verb: V,
  args: ArgsOf<V>,
  by: Actor = staff(),
  at: Instant = ticket.updatedAt,
): Decision {
  return accepted(attempt(ticket, verb, args, by, at));
}

/** Tries it. */
export function attempt<V extends VerbName>(
  ticket: Ticket,
  verb: V,
  args: ArgsOf<V>,
  by: Actor = staff(),
  at: Instant = ticket.updatedAt,
  more: Partial<Asked> = {},
): Decision | Refusal {
  return decide(ticket, { verb, args } as unknown as Command, { ...asked(ticket, by, at), ...more });
}

/** As after so many steps of the first response's chain: its reminder, its breach, its levels. */
export function stepsTaken(ticket: Ticket, steps: number): Ticket {
  const { firstResponse } = ticket.clocks;
  const { ongoing } = firstResponse;
  if (ongoing === null) return ticket;
  const link = { at: start, elapsedMs: 0, activeMs: 0 };
  const told = { breachTold: steps > 1, level: Math.max(0, steps - 2), link: steps > 1 ? link : null };
  const chain = { ...ongoing.chain, reminded: steps > 0 ? [0] : [], ...told };
  return { ...ticket, clocks: { ...ticket.clocks, firstResponse: { ...firstResponse, ongoing: { ...ongoing, chain } } } };
}
