// Evening out a team's load.
import fc from "fast-check";
import { rebalance } from "../../../domain/dispatch/rebalance";
import type { Candidate } from "../../../domain/dispatch/candidate";
import type { Bearer } from "../../../domain/dispatch/rebalance";
import { rulesOf } from "../../../domain/dispatch/rules";
import { aCandidate, aNeed } from "./a-candidate";

const bearer = (agent: string, capacity: number, tickets: readonly number[], given: Partial<Candidate> = {}): Bearer => ({
  candidate: aCandidate(agent, { capacity, load: tickets.length, ...given }),
  movable: tickets.map((ticket) => ({ ticket, need: aNeed() })),
});
const rules = rulesOf({});

test("from the fullest to the emptiest, what came last first, until nobody would be better off", () => {
  const plan = rebalance([bearer("amara", 5, [1, 2, 3, 4]), bearer("bo", 5, [])], rules);
  expect(plan).toEqual([{ ticket: 4, from: "amara", to: "bo" }, { ticket: 3, from: "amara", to: "bo" }]);
});

test("nobody who is absent, on leave or lacks what the ticket asks for gets any; nobody is filled beyond capacity", () => {
  const full = bearer("amara", 5, [1, 2, 3, 4]);
  for (const given of [{ present: false }, { onLeave: true }, { onDuty: false }, { capacity: 0 }]) {
    expect(rebalance([full, bearer("bo", 5, [], given)], rules)).toEqual([]);
  }
  const skilled = { ...full, movable: full.movable.map((one) => ({ ...one, need: aNeed({ skills: { cards: 3 } }) })) };
  expect(rebalance([skilled, bearer("bo", 5, [], { skills: { cards: 2 } })], rules)).toEqual([]);
  expect(rebalance([skilled, bearer("bo", 5, [], { skills: { cards: 3 } })], rules)).toHaveLength(2);
});

test("an even load is left alone; whoever leaves gives all that others have room for", () => {
  expect(rebalance([bearer("amara", 4, [1, 2]), bearer("bo", 2, [3])], rules)).toEqual([]);
  expect(rebalance([bearer("amara", 0, [1, 2, 3]), bearer("bo", 2, [])], rules)).toHaveLength(2);
});

test("the same plan in whatever order, no ticket twice, and the fullest never fuller", () => {
  const loads = fc.array(fc.record({ capacity: fc.integer({ min: 1, max: 6 }), count: fc.nat(6) }), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(loads, (people) => {
      let next = 0;
      const team = people.map(({ capacity, count }, at) => bearer(`p${at}`, capacity, Array.from({ length: count }, () => ++next)));
      const plan = rebalance(team, rules);
      expect(rebalance([...team].reverse(), rules)).toEqual(plan);
      expect(new Set(plan.map(({ ticket }) => ticket)).size).toBe(plan.length);
      const after = team.map(({ candidate: { agent, load, capacity } }) => (load + plan.filter(({ to }) => to === agent).length - plan.filter(({ from }) => from === agent).length) / capacity);
      expect(Math.max(...after)).toBeLessThanOrEqual(Math.max(...team.map(({ candidate: { load, capacity } }) => load / capacity)));
    }),
  );
});
