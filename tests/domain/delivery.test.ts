// When staff are told: the rules by cases, then laws over random piles of notices.
import fc from "fast-check";
import { staffTemplates } from "../../domain/audience";
import { gathers, plan } from "../../domain/delivery";
import type { Habits, Waiting } from "../../domain/delivery";

const now = 1_000_000;
const minute = 60_000;
const awake: Habits = { quietUntil: null, lastGatheredAt: null, digestMs: 5 * minute };
const asleep: Habits = { ...awake, quietUntil: now + 60 * minute };
const toldAMinuteAgo: Habits = { ...awake, lastGatheredAt: now - minute };

function one(id: string, ticket: number, template: Waiting["template"], more: Partial<Waiting> = {}): Waiting {
  return { id, ticket, template, wake: false, heldForQuiet: false, mail: null, ...more };
}

const reminder = one("a", 1, "reminder");
const assigned = one("b", 2, "assigned");
const words = one("c", 3, "requester-wrote");

test("the first notice goes out at once, by itself", () => {
  expect(plan([reminder], awake, now)).toEqual({ leave: [{ mail: "a", notices: ["a"] }], hold: null });
});

test("what comes within five minutes of it waits until they are over", () => {
  const hold = { until: now + 4 * minute, because: "digest", notices: ["a", "b"] };
  expect(plan([reminder, assigned], toldAMinuteAgo, now)).toEqual({ leave: [], hold });
});

test("then it leaves as one mail", () => {
  const { leave, hold } = plan([reminder, assigned], toldAMinuteAgo, now + 4 * minute);
  expect(leave).toEqual([{ mail: "digest.a", notices: ["a", "b"] }]);
  expect(hold).toBeNull();
});

test("what somebody wrote goes out at once, also while others gather", () => {
  const { leave, hold } = plan([reminder, words], toldAMinuteAgo, now);
  expect(leave).toEqual([{ mail: "c", notices: ["c"] }]);
  expect(hold?.notices).toEqual(["a"]);
});

test("and takes along what it would overtake on its ticket", () => {
  const { leave, hold } = plan([reminder, assigned, one("c", 1, "requester-wrote")], toldAMinuteAgo, now);
  expect(leave).toEqual([{ mail: "digest.a", notices: ["a", "c"] }]);
  expect(hold?.notices).toEqual(["b"]);
});

test("in quiet hours everything waits for their end, and leaves then as one mail", () => {
  const pile = [reminder, words, one("d", 4, "undelivered")];
  expect(plan(pile, asleep, now)).toEqual({
    leave: [],
    hold: { until: now + 60 * minute, because: "quiet-hours", notices: ["a", "c", "d"] },
  });
  const held = pile.map((notice) => ({ ...notice, heldForQuiet: true }));
  expect(plan(held, asleep, now + 60 * minute).leave).toEqual([{ mail: "digest.a", notices: ["a", "c", "d"] }]);
});

test("what wakes waits for nothing, and goes alone", () => {
  const alarm = one("z", 1, "escalation", { wake: true });
  for (const habits of [awake, asleep, toldAMinuteAgo]) {
    expect(plan([reminder, alarm], habits, now).leave[0]).toEqual({ mail: "z", notices: ["z"] });
  }
});

test("a mail that was begun is tried again as it was, whatever has come since", () => {
  const begun = [reminder, assigned].map((notice) => ({ ...notice, mail: "digest.a" }));
  expect(plan([...begun, one("e", 5, "reminder")], awake, now).leave).toEqual([
    { mail: "digest.a", notices: ["a", "b"] },
    { mail: "e", notices: ["e"] },
  ]);
});

test("without digests each leaves by itself", () => {
  const { leave } = plan([reminder, assigned], { ...toldAMinuteAgo, digestMs: 0 }, now);
  expect(leave.map(({ notices }) => notices)).toEqual([["a"], ["b"]]);
});

const pile = fc.array(
  fc.record({ ticket: fc.integer({ min: 1, max: 4 }), template: fc.constantFrom(...staffTemplates), wake: fc.boolean(), heldForQuiet: fc.boolean() }),
  { maxLength: 12 },
).map((drawn) => drawn.map((notice, index): Waiting => ({ ...notice, id: `n${index}`, mail: null })));
const habits = fc.record({
  quietUntil: fc.option(fc.integer({ min: now - 100, max: now + 100 })),
  lastGatheredAt: fc.option(fc.integer({ min: now - 2_000, max: now })),
  digestMs: fc.constantFrom(0, 1_000),
});

test("each notice either leaves once or is held, and whatever is held is looked at later", () => {
  fc.assert(fc.property(pile, habits, (waiting, how) => {
    const { leave, hold } = plan(waiting, how, now);
    const all = [...leave.flatMap(({ notices }) => notices), ...(hold?.notices ?? [])];
    expect([...all].sort()).toEqual(waiting.map(({ id }) => id).sort());
    expect(new Set(leave.map(({ mail }) => mail)).size).toBe(leave.length);
    if (hold !== null) expect(hold.until).toBeGreaterThan(now);
  }));
});

test("on a ticket nothing overtakes an earlier notice, save what wakes", () => {
  fc.assert(fc.property(pile, habits, (waiting, how) => {
    const { leave, hold } = plan(waiting, how, now);
    const order = [...leave.flatMap(({ notices }) => notices), ...(hold?.notices ?? [])];
    const calm = waiting.filter(({ wake }) => !wake);
    for (const number of [1, 2, 3, 4]) {
      const own = calm.filter(({ ticket }) => ticket === number).map(({ id }) => id);
      expect(order.filter((id) => own.includes(id))).toEqual(own);
    }
  }));
});

test("in quiet hours nothing leaves but what wakes; outside of them nobody's words wait", () => {
  fc.assert(fc.property(pile, habits, (waiting, how) => {
    const { hold, leave } = plan(waiting, how, now);
    const byId = new Map(waiting.map((notice) => [notice.id, notice]));
    if ((how.quietUntil ?? 0) > now) {
      for (const { notices } of leave) for (const id of notices) expect(byId.get(id)?.wake).toBe(true);
    } else {
      for (const id of hold?.notices ?? []) {
        const held = byId.get(id);
        expect(held !== undefined && (gathers(held.template) || held.heldForQuiet)).toBe(true);
      }
    }
  }));
});
