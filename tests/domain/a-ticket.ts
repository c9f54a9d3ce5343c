// Tickets, actors and policies for tests, in the desk's own words. Durations are a few ms, so that lives are short.
import type { Actor, Role, SystemPart } from "../../domain/actor";
import { decide } from "../../domain/decide";
import type { ArgsOf, Asked, Command, Decision, VerbName } from "../../domain/decide";
import { unopened } from "../../domain/opening";
import type { Policy } from "../../domain/simple-policy";
import { isRefusal } from "../../domain/refusal";
import type { Refusal } from "../../domain/refusal";
import type { Instant, Intake, TextRef, Ticket } from "../../domain/ticket";
import type { Status } from "../../domain/words";

/** When every test's ticket is accepted. */
export const start: Instant = 1_000;

export const policy: Policy = {
  id: "standard",
  edition: 1,
  firstResponseMs: { low: 160, normal: 80, high: 40, urgent: 20 },
  resolutionMs: { low: 320, normal: 160, high: 80, urgent: 40 },
  reminderPercent: 75,
  managerAfterMs: 30,
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
export function aTicket(given: Partial<Ticket> = {}, intake: Partial<Intake> = {}): Ticket {
  let ticket = aSortedTicket(intake);
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

/** New, categorised and prioritised: its clocks run. */
export function aSortedTicket(intake: Partial<Intake> = {}): Ticket {
  const taken = anIntake(intake);
  let ticket = does(unopened(taken), "open", { intake: taken }, part("intake")).ticket;
  const ruled = { category: "billing", type: "question", team: "billing", rule: "r1" } as const;
  ticket = does(ticket, "sort", ruled, part("rules")).ticket;
  const priority = { priority: "normal", impact: null, urgency: null, reason: null, policy } as const;
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
