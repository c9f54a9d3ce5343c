// Random lives: whatever people, rules, mail and clocks may do to a ticket, at any instants, refusals included.
import fc from "fast-check";
import { add, beyond, openIntervals } from "../../domain/calendar";
import { actorId } from "../../domain/actor";
import type { Actor, Role } from "../../domain/actor";
import { decide } from "../../domain/decide";
import type { ArgsOf, Command } from "../../domain/decide";
import { keyOf } from "../../domain/coverage";
import type { Coverage, Need } from "../../domain/coverage";
import { nextDue, nextNeed } from "../../domain/due";
import { requesterVerbs, staffVerbs, transitions } from "../../domain/lifecycle";
import type { Verb } from "../../domain/lifecycle";
import { unopened } from "../../domain/opening";
import { isRefusal } from "../../domain/refusal";
import { metrics } from "../../domain/policy";
import type { Metric, Policy } from "../../domain/policy";
import { stepOf } from "../../domain/deadline";
import type { TicketEvent } from "../../domain/event";
import type { Instant, Intake, Ticket } from "../../domain/ticket";
import { priorities } from "../../domain/words";
import type { Priority } from "../../domain/words";
import { anIntake, held, part, policy, requester, roundTheClock, staff, text } from "./a-ticket";

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
  readonly metric: Metric;
}

export const aMoment: fc.Arbitrary<Moment> = fc.record({
  verb: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...verbNames) },
    { weight: 2, arbitrary: fc.constantFrom<Verb>("resume", "requesterReply", "resolve", "prioritise", "wait", "reply") },
    { weight: 2, arbitrary: fc.constantFrom("due" as const, "mail" as const) },
  ),
  gap: fc.nat(30),
  who: fc.constantFrom("ingrid", "ola"),
  role: fc.constantFrom("agent", "lead", "admin"),
  team: fc.constantFrom("billing", "network"),
  priority: fc.constantFrom(...priorities),
  wait: fc.option(fc.integer({ min: -2, max: 40 })),
  worded: fc.boolean(),
  metric: fc.constantFrom(...metrics),
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
  readonly measure: Measure;
  readonly turns: readonly Turn[];
  readonly refused: readonly { readonly ticket: Ticket; readonly command: Command }[];
  /** As it stands at the end, `now`. */
  readonly ticket: Ticket;
  readonly now: Instant;
  readonly [fc.toStringMethod]: () => string;
}

/** What a life is measured by: the policy that it begins with, the one that may take its place, and all that is ever open. */
export interface Measure {
  readonly policies: readonly [Policy, Policy];
  readonly calendars: readonly Coverage[];
}

const later = { ...policy, edition: 2, reopening: "restart" } as const;
const usualMeasure: Measure = { policies: [policy, later], calendars: [roundTheClock] };

export interface Kind {
  /** Whatever is due is taken before anything else happens. */
  readonly punctual?: boolean;
  /** Rules speak before any person can. */
  readonly sorted?: boolean;
  readonly maxLength?: number;
  readonly measures?: fc.Arbitrary<Measure>;
}

export function lives({ punctual = false, sorted = true, maxLength = 30, measures = fc.constant(usualMeasure) }: Kind = {}): fc.Arbitrary<Life> {
  return fc
    .tuple(anyIntake, fc.array(aMoment, { maxLength, size: "max" }), measures)
    .map(([intake, moments, measure]) => live(intake, moments, measure, punctual, sorted));
}

export function live(intake: Intake, moments: readonly Moment[], measure: Measure, punctual: boolean, sorted: boolean, keep = frozen): Life {
  let ticket = keep(unopened(intake));
  let now = intake.acceptedAt;
  const turns: Turn[] = [];
  const refused: Life["refused"][number][] = [];
  const happen = (command: Command, by: Actor, at: Instant, cause = `test:${turns.length}`): void => {
    const decision = decide(ticket, keep(command), { by, at, cause });
    if (isRefusal(decision)) {
      refused.push({ ticket, command });
      return;
    }
    turns.push({ before: ticket, event: keep(decision.event), after: keep(decision.ticket) });
    ticket = decision.ticket;
  };
  const learn = (): void => {
    for (let need = nextNeed(ticket); need !== null; need = nextNeed(ticket)) {
      happen({ verb: "extendCalendar", args: { coverage: expansion(measure, need) } }, part("rules"), now);
    }
  };
  const catchUp = (): void => {
    learn();
    for (let due = nextDue(ticket); due !== null && due.at <= now; due = nextDue(ticket)) {
      happen(due.command, due.by ?? part("clock"), now, due.cause);
      learn();
    }
  };
  happen({ verb: "open", args: { intake } }, part("intake"), now);
  if (sorted) for (const command of sorting(measure)) happen(command, part("rules"), now);
  for (const moment of moments) {
    now += moment.gap;
    const due = nextDue(ticket);
    if (moment.verb === "due" && due !== null) now = Math.max(now, due.at);
    if (punctual || moment.verb === "due") catchUp();
    if (moment.verb === "due") continue;
    const verb = moment.verb === "mail" ? "noteSent" : moment.verb;
    happen(aCommand(verb, ticket, now, moment, measure), actorFor(verb, moment), now);
    if (punctual) catchUp();
  }
  if (punctual) catchUp();
  else learn();
  return { intake, measure, turns, refused, ticket, now, [fc.toStringMethod]: () => tell(turns) };
}

/** How fast-check shows a life that breaks a law. */
function tell(turns: readonly Turn[]): string {
  const lines = turns.map(({ event, after }) => `${event.at} ${actorId(event.by)} ${event.kind} → ${after.status}`);
  return `\n  ${lines.join("\n  ")}\n`;
}

function sorting({ policies: [first] }: Measure): readonly Command[] {
  return [
    { verb: "sort", args: { category: "billing", type: "question", team: "billing", rule: "r1" } },
    { verb: "measure", args: { policy: first, windowsIn: null, calendars: [] } },
    { verb: "prioritise", args: { priority: "normal", impact: null, urgency: null, reason: null } },
  ];
}

/** As far as is needed and not much further, as the worker expands it. */
function expansion({ calendars }: Measure, { key, from, enoughMs, until }: Need): Coverage {
  const whole = calendars.find((coverage) => keyOf(coverage) === key);
  if (whole === undefined) throw new Error(`No calendar ${key}.`);
  const enough = add(whole, from, enoughMs);
  const to = Math.max(until, enough === beyond ? whole.until : enough) + 7;
  return { ...whole, ...openIntervals(whole.intervals, from, to), exhausted: enough === beyond };
}

export function actorFor(verb: Verb, { who, role, worded }: Pick<Moment, "who" | "role" | "worded">): Actor {
  if (verb === "requesterReply" && !worded) return staff(who, role);
  if ((requesterVerbs as readonly Verb[]).includes(verb)) return requester;
  return (staffVerbs as readonly Verb[]).includes(verb) ? staff(who, role) : part();
}

export const plain: Moment = {
  verb: "due", gap: 0, who: "ingrid", role: "agent", team: "billing", priority: "normal", wait: null, worded: true, metric: "firstResponse",
};

/** A sensible wish for the verb, given the ticket: the present solution, the clock's next step. */
export function aCommand(verb: Verb, ticket: Ticket, at: Instant, moment: Moment = plain, measure: Measure = usualMeasure): Command {
  return { verb, args: argsFor[verb](ticket, moment, at, measure) } as Command;
}

const message = ({ worded }: Moment) => (worded ? text() : null);
const until = ({ wait }: Moment, at: Instant) => (wait === null ? null : at + wait);
const none = () => ({});
const step = (ticket: Ticket, { metric }: Moment) => {
  const next = stepOf(ticket, metric);
  return { chained: { metric, cycle: ticket.clocks[metric].begun, dueAt: next?.at ?? 0 }, step: next?.step };
};

const argsFor: { readonly [V in Verb]: (ticket: Ticket, moment: Moment, at: Instant, measure: Measure) => ArgsOf<V> } = {
  assign: (_, { who }) => ({ agent: who, overCapacity: false }),
  transfer: (_, { team }) => ({ team }),
  unassign: none,
  reply: (_, { wait, worded }, at) => (worded || wait === null ? { message: text() } : { message: text(`reply-${at}`), undoMs: Math.abs(wait) }),
  sendReply: ({ outgoing: [first] }) => ({ text: first?.text.id ?? "reply" }),
  withdrawReply: ({ outgoing: [first] }) => ({ text: first?.text.id ?? "reply" }),
  note: () => ({ message: text() }),
  categorise: (_, { team, worded }) => ({ category: team, type: worded ? "bug" : null, team: worded ? team : null }),
  prioritise: (_, { priority }) => ({ priority, impact: null, urgency: null, reason: text() }),
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
  offer: ({ team, version }, { who, wait }, at) => {
    const terms = { answerWithinMs: 20, closesAt: wait === null ? null : at + wait, mostDeclines: 2 };
    return { agent: who, team: team ?? "billing", decision: `d${version}`, terms };
  },
  acceptOffer: none,
  declineOffer: (_, moment) => ({ reason: message(moment) }),
  lapseOffer: none,
  withdrawOffer: ({ offer }, { who }) => ({ agent: who, decision: offer?.decision ?? "d1" }),
  acknowledge: none,
  remind: (ticket, moment) => {
    const { chained, step: next } = step(ticket, moment);
    return { ...chained, reminder: next?.kind === "remind" ? next.reminder + 1 : 1 };
  },
  breach: (ticket, moment) => step(ticket, moment).chained,
  nextLevel: (ticket, moment) => {
    const { chained, step: next } = step(ticket, moment);
    const level = next !== undefined && "level" in next ? next.level : 1;
    return { ...chained, level, round: next?.kind === "round" ? next.round : 0 };
  },
  escalate: (_, { worded }) => ({ reason: text(), level: worded ? null : 1 }),
  acknowledgeEscalation: none,
  applyPolicy: (_, { worded }) => ({ policy: worded ? "standard" : null, reason: null }),
  measure: (ticket, { worded }, _at, { policies }) => {
    return { policy: worded ? policies[0] : policies[1], windowsIn: null, calendars: Object.values(ticket.calendars) };
  },
  extendCalendar: (ticket) => ({ coverage: Object.values(ticket.calendars)[0] ?? { ...roundTheClock, until: 0, intervals: [] } }),
  correct: ({ clocks }, { metric, worded }) => {
    return { metric, cycle: clocks[metric].begun, creditMs: worded ? 9 : -9, of: null, reason: text() };
  },
  overflow: ({ team: from }, { team: to }) => ({ from: from ?? "billing", to }),
  expectLater: (_, moment, at) => ({ until: until(moment, at) }),
  askBack: () => ({ form: "bug", edition: 1, fields: ["steps"] }),
  waiveAskBack: none,
  remindRequester: none,
  solveUnanswered: none,
  wake: none,
  autoClose: none,
  noteSent: ({ solution, waiting }, _moment, at) => ({ of: solution?.version ?? waiting?.version ?? 0, notice: "n1", sentAt: at }),
  holdMessage: (_, { who, worded }, at) => ({
    ...held,
    id: `mail-${at}`,
    // Never before the event: words that are heard late have laws of their own (late-words.test.ts).
    occurredAt: 10_000_000,
    ...(worded ? {} : { because: "unproven-staff", writer: { kind: "staff", id: who, role: "agent" }, as: "reply" }),
  }),
  // One that this person may accept, where there is one.
  acceptMessage: ({ heldMessages }, { who }) => {
    const theirs = heldMessages.find(({ writer }) => writer.kind !== "staff" || writer.id === who);
    return { held: (theirs ?? heldMessages[0])?.id ?? "mail-1" };
  },
  rejectMessage: ({ heldMessages: [first] }) => ({ held: first?.id ?? "mail-1" }),
  attachAutoReply: () => ({ message: text() }),
  noteUndelivered: ({ solution, version }) => ({ of: solution?.version ?? version, notice: "n1" }),
  merge: (_, { worded }) => ({ into: 8, otherRequester: worded, reason: null }),
  unmerge: () => ({ reason: null }),
  absorb: ({ createdAt }, { worded, wait }, at) => {
    return { source: 9, requester: "kim", waitingSince: worded ? Math.min(at, Math.max(0, createdAt + (wait ?? 0))) : null, otherRequester: false };
  },
  release: ({ absorbed }) => ({ source: absorbed[0]?.ticket ?? 9 }),
  markSpam: () => ({ reason: null }),
  unmarkSpam: () => ({ reason: null }),
  changeRequester: ({ requester: whose }) => ({ requester: whose === "kim" ? "ida" : "kim", reason: text() }),
};

/** Whoever changes what was given to them fails the test. */
export function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}
