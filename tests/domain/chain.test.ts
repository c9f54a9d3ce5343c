// The chain of a cycle: reminders, the breach, levels, rounds; what is due at once, who acknowledges, what a person does.
import { decide } from "../../domain/decide";
import type { Command } from "../../domain/decide";
import { clock, duesBy, nextDue } from "../../domain/due";
import { isRefusal } from "../../domain/refusal";
import type { Action, Level, Policy, Target } from "../../domain/policy";
import type { EventOf, TicketEvent } from "../../domain/event";
import type { Instant, Ticket } from "../../domain/ticket";
import { aTarget, aTicket, attempt, does, policy, requester, staff, start, text } from "./a-ticket";

const always = (ms: number) => ({ low: ms, normal: ms, high: ms, urgent: ms });
const tell = (to: "lead" | "manager"): Action => ({ do: "tell", whom: [{ to }] });
const level = (afterMs: number, ...actions: Action[]): Level => ({ afterMs, basis: "business", actions, wake: false });

/** A ticket of which only the resolution is measured: 100 ms, then this chain. */
function chained(given: Partial<Target>): Ticket {
  const promise: Policy = { ...policy, targets: { resolution: aTarget(always(100), { reminders: [], escalation: [], ...given }) } };
  return aTicket({ acknowledgement: "none" }, {}, promise);
}

/** All that happens by itself until `at`, each thing decided then, as by a clock that comes late. */
function late(ticket: Ticket, at: Instant): { readonly ticket: Ticket; readonly events: readonly TicketEvent[] } {
  const events: TicketEvent[] = [];
  let reached = ticket;
  for (const { command, cause } of duesBy(ticket, at).dues) {
    const decision = decide(reached, command, { by: clock, at, cause });
    if (isRefusal(decision)) throw new Error(decision.message);
    reached = decision.ticket;
    events.push(decision.event);
  }
  return { ticket: reached, events };
}

/** All that happens by itself until `at`, each thing at its instant. */
function punctually(ticket: Ticket, at: Instant): Ticket {
  let reached = ticket;
  for (let due = nextDue(reached); due !== null && due.at <= at; due = nextDue(reached)) {
    reached = accepted(reached, due.command, due.at, due.cause);
  }
  return reached;
}

function accepted(ticket: Ticket, command: Command, at: Instant, cause: string): Ticket {
  const decision = decide(ticket, command, { by: clock, at, cause });
  if (isRefusal(decision)) throw new Error(decision.message);
  return decision.ticket;
}
const escalations = (events: readonly TicketEvent[]) => events.filter((event): event is EventOf<"escalated"> => event.kind === "escalated");
const due = (ticket: Ticket) => {
  const next = nextDue(ticket);
  return next === null ? null : [next.cause, next.at - start];
};

describe("reminders", () => {
  const reminders: Target["reminders"] = [
    { at: { percent: 90 }, tell: [{ to: "lead" }] },
    { at: { percent: 50 }, tell: [{ to: "assignee" }] },
    { at: { beforeMs: 30 }, tell: [{ to: "team", team: "billing" }] },
    { at: { beforeMs: 400 }, tell: [{ to: "manager" }] },
  ];

  test("come in the order of their shares, however they are listed; one that would come before the start never does", () => {
    const { events } = late(chained({ reminders }), start + 99);
    expect(events.map(({ cause }) => cause)).toEqual([2, 3, 1].map((one) => `clock:resolution:1:reminder-${one}`));
    expect(events.map(({ facts }) => "percent" in facts && [facts.percent, facts.dueAt - start, facts.skipped])).toEqual([
      [50, 50, true],
      [70, 70, true],
      [90, 90, false],
    ]);
  });

  test("that the breach overtakes are recorded, and nobody is told", () => {
    const { events } = late(chained({ reminders, escalation: [level(0, tell("lead"))] }), start + 100);
    expect(events.map(({ kind }) => kind)).toEqual(["reminded", "reminded", "reminded", "breached", "escalated"]);
    expect(events.slice(0, 3).every(({ facts }) => "skipped" in facts && facts.skipped === true)).toBe(true);
  });
});

describe("levels", () => {
  test("each counts from its predecessor's instant, however late that was taken", () => {
    const once = late(chained({ escalation: [level(10, tell("lead")), level(20, tell("manager"))] }), start + 115);
    expect(due(once.ticket)).toEqual(["clock:resolution:1:2", 130]);
  });

  test("by the clock on the wall they count while the office is closed; in business time they wait for it", () => {
    const shut = { calendar: "office", edition: 1, name: "Office", since: 0, until: 9_000, offsets: [[0, 0]] as const, exhausted: false };
    const office = { ...shut, intervals: [[start, start + 110], [start + 500, start + 9_000 - start]] as const };
    const of = (basis: Level["basis"]) => {
      const escalation = [{ ...level(30, tell("lead")), basis }];
      const promise = { ...policy, targets: { resolution: aTarget(always(100), { calendar: "office@1", reminders: [], escalation }) } };
      const measured = does(aTicket({ acknowledgement: "none" }, {}, { ...policy, targets: {} }), "measure", { policy: promise, windowsIn: null, calendars: [office] });
      return due(late(measured.ticket, start + 100).ticket);
    };
    expect([of("clock"), of("business")]).toEqual([
      ["clock:resolution:1:1", 130],
      ["clock:resolution:1:1", 520],
    ]);
  });

  test("a pause in the middle re-enters at the right level", () => {
    const reached = punctually(chained({ escalation: [level(0, tell("lead")), level(20, tell("manager"))] }), start + 105);
    const held = does(reached, "hold", { reason: null, until: null }, staff(), start + 107).ticket;
    expect(due(held)).toBeNull();
    expect(due(does(held, "resume", {}, staff(), start + 500).ticket)).toEqual(["clock:resolution:1:2", 513]);
  });

  test("due at once they are recorded in order; only the highest tells, and names the others", () => {
    const escalation = [
      level(0, tell("lead"), { do: "raisePriority", to: "high" }, { do: "webhook", webhook: "pager" }, { do: "flag", flag: "late" }),
      level(10, tell("lead"), { do: "reassign", team: "network" }, { do: "webhook", webhook: "chat" }),
      level(10, tell("manager"), { do: "raisePriority", to: "urgent" }, { do: "webhook", webhook: "pager" }),
    ];
    const { events, ticket } = late(chained({ escalation }), start + 1_000);
    const taken = escalations(events).map(({ facts: { level: one, dueAt, told, also, done } }) => [one, dueAt - start, told, also, done.map((action) => action.do)]);
    expect(taken).toEqual([
      [1, 100, false, [], ["flag"]],
      [2, 110, false, [], ["reassign", "webhook"]],
      [3, 120, true, [1, 2], ["tell", "raisePriority", "webhook"]],
    ]);
    expect(events.map(({ kind }) => kind)).toEqual(["breached", "escalated", "escalated", "escalated", "transferred", "prioritised"]);
    expect(ticket).toMatchObject({ team: "network", priority: "urgent", flags: ["late"], orders: [] });
    expect(ticket.clocks.resolution.ongoing?.breach?.at).toBe(start + 100);
  });

  test("what tells for a level that was to wake somebody wakes; what is told in time wakes where its own level says so", () => {
    const escalation = [{ ...level(0, tell("lead")), wake: true }, level(10, tell("manager"))];
    const wakes = (events: readonly TicketEvent[]) => escalations(events).map(({ facts: { told, wake } }) => told && wake);
    const ticket = chained({ escalation });
    expect(wakes(late(ticket, start + 1_000).events)).toEqual([false, true]);
    const first = late(ticket, start + 105);
    expect([wakes(first.events), wakes(late(first.ticket, start + 1_000).events)]).toEqual([[true], [false]]);
  });

  test("a priority that an escalation raises fires no level again, and is never lowered", () => {
    const escalation = [level(0, { do: "raisePriority", to: "urgent" }), level(10, { do: "raisePriority", to: "high" })];
    const reached = punctually(chained({ escalation }), start + 1_000);
    expect(reached).toMatchObject({ priority: "urgent", escalation: 2 });
    expect(nextDue(reached)).toBeNull();
  });

  test("to another team and there to a person: both are done, in the order in which the level has them", () => {
    const ticket = chained({ escalation: [level(0, { do: "reassign", team: "network" }, { do: "reassign", agent: "ola" })] });
    const { ticket: reached, events } = late(ticket, start + 100);
    expect(events.map(({ kind }) => kind)).toEqual(["breached", "escalated", "transferred", "assigned"]);
    expect([reached.team, reached.assignee, reached.orders]).toEqual(["network", "ola", []]);
    expect(new Set(events.map(({ cause }) => cause)).size).toBe(events.length);
  });

  test("a person's word on the priority stands: raising it is recorded as skipped, not as done", () => {
    const ticket = chained({ escalation: [level(0, tell("lead"), { do: "raisePriority", to: "urgent" })] });
    const args = { priority: "low", impact: null, urgency: null, reason: text() } as const;
    const { ticket: reached, events } = late(does(ticket, "prioritise", args).ticket, start + 1_000);
    expect(escalations(events).map(({ facts: { done, skipped } }) => [done, skipped])).toEqual([[[tell("lead")], [{ do: "raisePriority", to: "urgent" }]]]);
    expect([reached.priority, events.map(({ kind }) => kind)]).toEqual(["low", ["breached", "escalated"]]);
  });

  test("the last one again and again; what was missed of that is one", () => {
    const ticket = chained({ escalation: [level(0, tell("lead"))], repeat: { everyMs: 10, basis: "clock" } });
    expect(due(punctually(ticket, start + 125))).toEqual(["clock:resolution:1:1.3", 130]);
    const { events, ticket: after } = late(ticket, start + 1_005);
    expect(escalations(events).map(({ facts: { level: one, round, dueAt } }) => [one, round, dueAt - start])).toEqual([
      [1, 0, 100],
      [1, 90, 1_000],
    ]);
    expect(due(after)).toEqual(["clock:resolution:1:1.91", 1_010]);
  });
});

describe("acknowledgement", () => {
  const ticket = chained({ escalation: [level(0, tell("lead")), level(50, tell("manager"))], repeat: { everyMs: 10, basis: "clock" } });

  test("of nothing is refused", () => {
    expect(attempt(ticket, "acknowledgeEscalation", {})).toMatchObject({ refused: "nothing_to_acknowledge" });
  });

  test("ends the chain: no further level, no round", () => {
    const seen = does(punctually(ticket, start + 100), "acknowledgeEscalation", {}, staff(), start + 120).ticket;
    expect(nextDue(seen)).toBeNull();
    expect(attempt(seen, "acknowledgeEscalation", {})).toMatchObject({ refused: "nothing_to_acknowledge" });
  });

  test("holds for its cycle; a person who escalates anew sets the chain going again", () => {
    const seen = does(punctually(ticket, start + 100), "acknowledgeEscalation", {}, staff(), start + 120).ticket;
    const anew = does(seen, "escalate", { reason: text(), level: null }, staff(), start + 200).ticket;
    expect(due(anew)).toEqual(["clock:resolution:1:2.1", 210]);
  });
});

describe("escalation by people", () => {
  const ticket = chained({ escalation: [level(0, tell("lead")), level(50, tell("manager"))] });

  test("to the next level, or to one that is named; its actions are done, the chain goes on from there", () => {
    const { ticket: up, event } = does(ticket, "escalate", { reason: text(), level: null }, staff(), start + 10);
    expect(event.facts).toMatchObject({ metric: null, level: 1, done: [tell("lead")], told: true, dueAt: start + 10 });
    expect(due(up)).toEqual(["clock:resolution:1:2", 60]);
    const top = does(ticket, "escalate", { reason: text(), level: 2 }, staff(), start + 10).ticket;
    expect([top.escalation, due(top)]).toEqual([2, ["clock:resolution:1:breach", 100]]);
    expect(due(punctually(top, start + 100))).toBeNull();
  });

  test("where the policy has no chain: the lead, then the manager; beyond that there is nobody", () => {
    const bare = chained({});
    const once = does(bare, "escalate", { reason: text(), level: null }).ticket;
    expect(does(bare, "escalate", { reason: text(), level: null }).event.facts).toMatchObject({ done: [tell("lead")] });
    expect(does(once, "escalate", { reason: text(), level: null }).event.facts).toMatchObject({ done: [tell("manager")] });
    expect(attempt(bare, "escalate", { reason: text(), level: 3 })).toMatchObject({ refused: "no_such_level", details: { highest: 2 } });
  });
});

test("every step has a cause of its own, also in a second cycle", () => {
  const restart = { ...policy, reopening: "restart", targets: { resolution: aTarget(always(100)) } } as const;
  const first = punctually(aTicket({ acknowledgement: "none" }, {}, restart), start + 400);
  const solved = does(first, "resolve", { message: null }, staff(), start + 500).ticket;
  const back = does(solved, "reject", {}, requester, start + 600).ticket;
  expect(due(back)).toEqual(["clock:resolution:2:reminder-1", 675]);
});
