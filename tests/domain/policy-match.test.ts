import fc from "fast-check";
import { policyFaults } from "../../domain/policy-faults";
import { firstMatching, matches } from "../../domain/policy-match";
import type { Matchable, PolicyMatch } from "../../domain/policy-match";
import type { Target } from "../../domain/policy";
import { channels, ticketTypes } from "../../domain/words";

const ticket: Matchable = { team: "billing", organisation: null, type: "incident", category: "refund", channel: "mail" };

test.each<[string, PolicyMatch, boolean]>([
  ["no conditions", {}, true],
  ["empty lists", { teams: [], channels: [] }, true],
  ["one that holds", { teams: ["support", "billing"] }, true],
  ["one that doesn't", { teams: ["support"] }, false],
  ["all that hold", { teams: ["billing"], types: ["incident"], categories: ["refund"], channels: ["mail"] }, true],
  ["one of several that doesn't", { teams: ["billing"], types: ["question"] }, false],
  ["a list for what the ticket hasn't", { organisations: ["acme"] }, false],
])("%s", (_, match, expected) => {
  expect(matches(match, ticket)).toBe(expected);
});

const anyMatch = fc.record(
  { teams: fc.subarray(["a", "b", "c"]), types: fc.subarray([...ticketTypes]), channels: fc.subarray([...channels]) },
  { requiredKeys: [] },
);

test("of those that match the first wins, and none of those before it matches", () => {
  fc.assert(
    fc.property(fc.array(anyMatch), fc.constantFrom("a", "b", "c", null), fc.constantFrom(...ticketTypes), (all, team, type) => {
      const list = all.map((match, index) => ({ match, index }));
      const asked = { ...ticket, team, type };
      const first = firstMatching(list, asked);
      const before = first === null ? list : list.slice(0, first.index);
      expect(before.some(({ match }) => matches(match, asked))).toBe(false);
      if (first !== null) expect(matches(first.match, asked)).toBe(true);
    }),
  );
});

describe("what can't be in a policy is named", () => {
  const hour = 3_600_000;
  const sound: Target = {
    calendar: "oslo",
    targetMs: { low: 8 * hour, normal: 4 * hour, high: 2 * hour, urgent: hour },
    reminders: [{ at: { percent: 50 }, tell: [{ to: "assignee" }] }],
    escalation: [],
    repeat: null,
  };
  const tell: Target["reminders"][number]["tell"] = [{ to: "lead" }];

  test.each<[string, Partial<Target>, string, string, string]>([
    ["no target at all", { targetMs: { low: null, normal: null, high: null, urgent: null } }, "targetMs", "no_target", "firstResponse has no target at any priority: leave it out."],
    ["nothing starts it", { startedBy: [] }, "startedBy", "never_starts", "firstResponse can never start: nothing starts it."],
    ["nothing meets it", { metBy: [] }, "metBy", "never_met", "firstResponse can never be met: nothing meets it."],
    ["what meets it cancels it", { metBy: ["resolved"], cancelledBy: ["resolved", "reopened"] }, "metBy", "never_met", "firstResponse can never be met: resolved cancels it."],
    ["a reminder before it starts", { reminders: [{ at: { beforeMs: 2 * hour }, tell }] }, "reminders.0.at", "reminder_before_start", "firstResponse is shorter than its reminder 7200000 ms before at priority high, urgent: that would be before it starts."],
    ["a reminder twice", { reminders: [{ at: { percent: 50 }, tell }, { at: { percent: 50 }, tell }] }, "reminders.1.at", "reminder_twice", "firstResponse has two reminders at 50 %."],
    ["nothing to repeat", { repeat: { everyMs: hour, basis: "clock" } }, "repeat", "repeat_without_level", "firstResponse has no level that could be repeated."],
  ])("%s", (_, given, path, code, message) => {
    const faults = policyFaults({ targets: { firstResponse: { ...sound, ...given } } });
    expect(faults).toEqual([{ path: ["targets", "firstResponse", ...path.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part))], code, message }]);
  });

  test("a sound one has no fault, nor has one whose low priority has no target", () => {
    expect(policyFaults({ targets: { firstResponse: sound, resolution: { ...sound, targetMs: { ...sound.targetMs, low: null } } } })).toEqual([]);
  });
});
