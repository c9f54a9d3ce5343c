// What raises a priority by itself, and what it never does.
import { nextDue } from "../../domain/due";
import { priorityOf } from "../../domain/priority";
import { ageDue, ageingOf, raisesOf } from "../../domain/raising";
import type { RaisingRules } from "../../domain/raising";
import { aSortedTicket, does, part, policy, start, text } from "./a-ticket";

const rules: RaisingRules = {
  edition: 3,
  vip: { to: "high" },
  alarms: [
    { id: "outage", words: ["production is down", "Totalausfall", "宕机"], to: "urgent" },
    { id: "angry", words: ["lawyer"], to: "high" },
  ],
  ages: [{ afterMs: 60, to: "high" }, { afterMs: 30, to: "normal" }, { afterMs: 90, to: "urgent" }],
};

test.each([
  ["nothing", false, "How do I change my address?", []],
  ["a VIP", true, "Hello", [["vip", null, "high"]]],
  ["words of alarm, in whatever case", false, "PRODUCTION IS DOWN since nine", [["alarm", "outage", "urgent"]]],
  ["words without spaces", false, "服务器宕机了", [["alarm", "outage", "urgent"]]],
  ["only whole words", false, "my lawyers", []],
  ["the strongest first", true, "I call my lawyer: Totalausfall!", [["alarm", "outage", "urgent"], ["vip", null, "high"], ["alarm", "angry", "high"]]],
] as const)("%s: raised by rule, each with its reason and edition", (_, vip, said, expected) => {
  expect(raisesOf(rules, { vip, text: said }).map(({ rule, what, to, edition }) => [rule, what, to, edition])).toEqual(expected.map((one) => [...one, 3]));
});

test("a rule raises and never lowers; without staff's word nothing yields urgent", () => {
  const stated = { impact: "high", urgency: "high" } as const;
  expect(priorityOf(policy.matrix, { impact: "low", urgency: "low" }, true, [{ to: "high" }])).toBe("high");
  expect(priorityOf(policy.matrix, stated, true, [{ to: "low" }])).toBe("urgent");
  expect(priorityOf(policy.matrix, { impact: null, urgency: null }, false, [{ to: "urgent" }])).toBe("high");
});

function aged() {
  const ageing = ageingOf(rules);
  if (ageing === null) throw new Error("no steps");
  const args = { priority: "low", impact: null, urgency: null, reason: null, ageing } as const;
  return does(aSortedTicket({}, { ...policy, targets: {} }), "prioritise", args, part("rules")).ticket;
}

test("age raises step by step, each at its instant and with its reason", () => {
  const ticket = aged();
  expect(ageDue(ticket)).toEqual({ at: start + 30, because: { rule: "age", what: "30", edition: 3, to: "normal" } });
  const due = nextDue({ ...ticket, acknowledgement: "sent" });
  expect(due).toMatchObject({ at: start + 30, cause: "clock:age:1:30", command: { verb: "prioritise", args: { priority: "normal", because: [{ rule: "age" }] } } });
  const normal = does(ticket, "prioritise", { priority: "normal", impact: null, urgency: null, reason: null }, part()).ticket;
  expect(ageDue(normal)?.at).toBe(start + 60);
});

test("age does nothing while it is pending, solved, or as pressing already", () => {
  expect(ageDue({ ...aged(), status: "pending" })).toBeNull();
  expect(ageDue({ ...aged(), status: "solved" })).toBeNull();
  expect(ageDue({ ...aged(), priority: "urgent" })).toBeNull();
});

test("what a person has set no rule, clock or escalation changes; another person may", () => {
  const set = { impact: null, urgency: null, reason: text() };
  const lowered = does(aged(), "prioritise", { priority: "low", ...set }).ticket;
  expect(ageDue(lowered)).toBeNull();
  const raised = does(lowered, "prioritise", { priority: "urgent", ...set, reason: null }, part());
  expect(raised.ticket.priority).toBe("low");
  expect(raised.event.facts).toMatchObject({ priority: "low" });
  expect(does(lowered, "prioritise", { priority: "high", ...set }).ticket.priority).toBe("high");
});
