// Random lives: whatever people, rules, mail and clocks may do to a ticket, at any instants, refusals included.
import fc from "fast-check";
import { actorId } from "../../domain/actor";
import type { Actor, Role } from "../../domain/actor";
import { decide } from "../../domain/decide";
import type { ArgsOf, Command } from "../../domain/decide";
import { nextDue } from "../../domain/due";
import { requesterVerbs, staffVerbs, transitions } from "../../domain/lifecycle";
import type { Verb } from "../../domain/lifecycle";
import { unopened } from "../../domain/opening";
import { isRefusal } from "../../domain/refusal";
import { nextStep } from "../../domain/sla";
import type { Instant, Intake, Ticket, TicketEvent } from "../../domain/ticket";
import { priorities } from "../../domain/words";
import type { Priority } from "../../domain/words";
import { anIntake, part, policy, requester, staff, text } from "./a-ticket";

export const verbNames = Object.keys(transitions) as Verb[];

/** One thing that somebody tries, `gap` ms after the last; `due` takes whatever is due next, `gap` ms late. */
export interface Moment {
  readonly verb: Verb | "due" | "mail";
  readonly gap: number;
  readonly who: string;
  readonly role: Role;
  readonly team: string;
  readonly priority: Priority;
  readonly wait: number | null;
  readonly worded: boolean;
}

export const aMoment: fc.Arbitrary<Moment> = fc.record({
  verb: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...verbNames) },
    { weight: 2, arbitrary: fc.constantFrom<Verb>("resume", "requesterReply", "resolve", "prioritise", "wait") },
    { weight: 2, arbitrary: fc.constantFrom("due" as const, "mail" as const) },
  ),
  gap: fc.nat(30),
  who: fc.constantFrom("ingrid", "ola"),
  role: fc.constantFrom("agent", "lead", "admin"),
  team: fc.constantFrom("billing", "network"),
  priority: fc.constantFrom(...priorities),
  wait: fc.option(fc.integer({ min: -2, max: 40 })),
  worded: fc.boolean(),
});

export const anyIntake: fc.Arbitrary<Intake> = fc
  .record({ phone: fc.boolean(), byStaff: fc.boolean(), acknowledge: fc.boolean() })
  .map(({ phone, byStaff, acknowledge }) =>
    anIntake({ channel: phone ? "phone" : "web", openedBy: byStaff ? staff("ola") : null, acknowledge }),
  );

export interface Turn {
  readonly before: Ticket;
  readonly event: TicketEvent;
  readonly after: Ticket;
}
export interface Life {
  readonly intake: Intake;
  readonly turns: readonly Turn[];
  readonly refused: readonly { readonly ticket: Ticket; readonly command: Command }[];
  /** As it stands at the end, `now`. */
  readonly ticket: Ticket;
  readonly now: Instant;
  readonly [fc.toStringMethod]: () => string;
}

/** `punctual`: whatever is due is taken before anything else happens. `sorted`: rules speak before any person can. */
export function lives({ punctual = false, sorted = true, maxLength = 30 } = {}): fc.Arbitrary<Life> {
  return fc
    .tuple(anyIntake, fc.array(aMoment, { maxLength, size: "max" }))
    .map(([intake, moments]) => live(intake, moments, punctual, sorted));
}

function live(intake: Intake, moments: readonly Moment[], punctual: boolean, sorted: boolean): Life {
  let ticket = frozen(unopened(intake));
  let now = intake.acceptedAt;
  const turns: Turn[] = [];
  const refused: Life["refused"][number][] = [];
  const happen = (command: Command, by: Actor, at: Instant, cause = `test:${turns.length}`): void => {
    const decision = decide(ticket, frozen(command), { by, at, cause });
    if (isRefusal(decision)) {
      refused.push({ ticket, command });
      return;
    }
    turns.push({ before: ticket, event: frozen(decision.event), after: frozen(decision.ticket) });
    ticket = decision.ticket;
  };
  const catchUp = (): void => {
    for (let due = nextDue(ticket); due !== null && due.at <= now; due = nextDue(ticket)) {
      happen(due.command, part("clock"), now, due.cause);
    }
  };
  happen({ verb: "open", args: { intake } }, part("intake"), now);
  if (sorted) for (const command of sorting) happen(command, part("rules"), now);
  for (const moment of moments) {
    now += moment.gap;
    const due = nextDue(ticket);
    if (moment.verb === "due" && due !== null) now = Math.max(now, due.at);
    if (punctual || moment.verb === "due") catchUp();
    if (moment.verb === "due") continue;
    const verb = moment.verb === "mail" ? "noteSolutionSent" : moment.verb;
    happen(aCommand(verb, ticket, now, moment), actorFor(verb, moment), now);
  }
  if (punctual) catchUp();
  return { intake, turns, refused, ticket, now, [fc.toStringMethod]: () => tell(turns) };
}

/** How fast-check shows a life that breaks a law. */
function tell(turns: readonly Turn[]): string {
  const lines = turns.map(({ event, after }) => `${event.at} ${actorId(event.by)} ${event.kind} → ${after.status}`);
  return `\n  ${lines.join("\n  ")}\n`;
}

const sorting: readonly Command[] = [
  { verb: "sort", args: { category: "billing", type: "question", team: "billing", rule: "r1" } },
  { verb: "prioritise", args: { priority: "normal", impact: null, urgency: null, reason: null, policy } },
];

export function actorFor(verb: Verb, { who, role, worded }: Pick<Moment, "who" | "role" | "worded">): Actor {
  if (verb === "requesterReply" && !worded) return staff(who, role);
  if ((requesterVerbs as readonly Verb[]).includes(verb)) return requester;
  return (staffVerbs as readonly Verb[]).includes(verb) ? staff(who, role) : part();
}

export const plain: Moment = {
  verb: "due", gap: 0, who: "ingrid", role: "agent", team: "billing", priority: "normal", wait: null, worded: true,
};

/** A sensible wish for the verb, given the ticket: the present solution, the clock's next step. */
export function aCommand(verb: Verb, ticket: Ticket, at: Instant, moment: Moment = plain): Command {
  return { verb, args: argsFor[verb](ticket, moment, at) } as Command;
}

const message = ({ worded }: Moment) => (worded ? text() : null);
const until = ({ wait }: Moment, at: Instant) => (wait === null ? null : at + wait);
const none = () => ({});
const step = ({ policy, clocks }: Ticket, { worded }: Moment) => {
  const metric = worded ? ("firstResponse" as const) : ("resolution" as const);
  const next = policy === null || clocks === null ? null : nextStep(policy, metric, clocks[metric]);
  const level = next?.step.kind === "escalate" ? next.step.level : 1;
  return { metric, percent: policy?.reminderPercent ?? 75, level, dueAt: next?.at ?? 0 };
};

const argsFor: { readonly [V in Verb]: (ticket: Ticket, moment: Moment, at: Instant) => ArgsOf<V> } = {
  assign: (_, { who }) => ({ agent: who, overCapacity: false }),
  transfer: (_, { team }) => ({ team }),
  unassign: none,
  reply: () => ({ message: text() }),
  note: () => ({ message: text() }),
  categorise: (_, { team, worded }) => ({ category: team, type: worded ? "bug" : null, team: worded ? team : null }),
  prioritise: (ticket, { priority, worded }) => {
    const first = ticket.policy === null && worded;
    return { priority, impact: null, urgency: null, reason: first ? null : text(), policy: first ? policy : null };
  },
  wait: (_, moment, at) => ({ message: message(moment), reason: null, until: until(moment, at) }),
  hold: (_, moment, at) => ({ reason: message(moment), until: until(moment, at) }),
  resume: none,
  resolve: (_, moment) => ({ message: message(moment) }),
  close: none,
  reopen: () => ({ reason: text() }),
  retryNotice: () => ({ notice: "n1" }),
  requesterReply: () => ({ message: text() }),
  confirm: none,
  reject: none,
  sort: (_, { team }) => ({ category: team, type: "question", team, rule: null }),
  queue: ({ team }) => ({ team: team ?? "billing", decision: "d1" }),
  route: ({ team }, { who }) => ({ agent: who, team: team ?? "billing", decision: "d1" }),
  acknowledge: none,
  remind: (ticket, moment) => {
    const { metric, percent, dueAt } = step(ticket, moment);
    return { metric, percent, dueAt };
  },
  escalate: (ticket, moment) => {
    const { metric, level, dueAt } = step(ticket, moment);
    return { metric, level, dueAt };
  },
  wake: none,
  autoClose: none,
  noteSolutionSent: ({ solution }, _moment, at) => ({ version: solution?.version ?? 0, notice: "n1", sentAt: at }),
  noteUndelivered: ({ solution, version }) => ({ of: solution?.version ?? version, notice: "n1" }),
};

/** Whoever changes what was given to them fails the test. */
export function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}
