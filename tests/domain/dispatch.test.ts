// Who gets a ticket depends on the figures alone.
import fc from "fast-check";
import { choose } from "../../domain/dispatch";
import type { Candidate } from "../../domain/dispatch";

function aCandidate(agent: string, given: Partial<Candidate> = {}): Candidate {
  return { agent, present: true, capacity: 3, load: 0, lastAssignedAt: null, ...given };
}

const teams: fc.Arbitrary<Candidate[]> = fc.uniqueArray(
  fc.record({
    agent: fc.constantFrom("a", "b", "c", "d", "B", "ä"),
    present: fc.boolean(),
    capacity: fc.nat(3),
    load: fc.nat(4),
    lastAssignedAt: fc.option(fc.nat(3)),
  }),
  { selector: ({ agent }) => agent },
);
const isFree = ({ present, capacity, load }: Candidate) => present && load < capacity;

test("the most free capacity comes first", () => {
  const team = [aCandidate("a", { load: 1 }), aCandidate("b", { capacity: 5, load: 2 }), aCandidate("c", { load: 2 })];
  expect(choose(team).considered.map(({ agent, rank }) => [agent, rank])).toEqual([["b", 1], ["a", 2], ["c", 3]]);
});

test("then whoever has been longest without a new ticket, who never had one before all", () => {
  const team = [aCandidate("a", { lastAssignedAt: 9 }), aCandidate("b", { lastAssignedAt: 8 }), aCandidate("c")];
  expect(choose(team).considered.map(({ agent }) => agent)).toEqual(["c", "b", "a"]);
});

test("equal figures are decided by the agent's id", () => {
  expect(choose([aCandidate("b"), aCandidate("a")]).agent).toBe("a");
});

test("nobody free: nobody is chosen, and it is said why", () => {
  const { agent, considered } = choose([
    aCandidate("a", { present: false }),
    aCandidate("b", { load: 3 }),
    aCandidate("c", { capacity: 0 }),
    aCandidate("d", { load: 7 }),
  ]);
  expect(agent).toBeNull();
  expect(considered.map(({ excluded, rank }) => [excluded, rank])).toEqual([
    ["absent", null], ["full", null], ["full", null], ["full", null],
  ]);
  expect(choose([])).toEqual({ agent: null, considered: [] });
});

test("the order in which candidates come changes nothing", () => {
  const shuffled = teams.chain((team) =>
    fc.tuple(fc.constant(team), fc.shuffledSubarray(team, { minLength: team.length })),
  );
  fc.assert(fc.property(shuffled, ([team, other]) => expect(choose(other)).toEqual(choose(team))));
});

test("never an absent or a full one; somebody whenever anybody is free; everybody is considered once", () => {
  fc.assert(
    fc.property(teams, (team) => {
      const { agent, considered } = choose(team);
      expect(agent !== null).toBe(team.some(isFree));
      if (agent !== null) expect(team.filter(isFree).map((candidate) => candidate.agent)).toContain(agent);
      expect(considered.map((one) => one.agent).sort()).toEqual(team.map((one) => one.agent).sort());
      for (const one of considered) expect(one.excluded === null).toBe(isFree(one));
    }),
  );
});

test("the chosen one stays chosen with less load or a longer wait, or when another gets more load or goes", () => {
  fc.assert(
    fc.property(teams, (all) => {
      const { agent } = choose(all);
      if (agent === null) return;
      const changed = (of: (one: Candidate) => boolean, change: (one: Candidate) => Partial<Candidate>) =>
        choose(all.map((one) => (of(one) ? { ...one, ...change(one) } : one))).agent;
      const chosen = (one: Candidate) => one.agent === agent;
      const other = (one: Candidate) => one.agent !== agent;
      expect(changed(chosen, ({ load }) => ({ load: load - 1 }))).toBe(agent);
      expect(changed(chosen, () => ({ lastAssignedAt: null }))).toBe(agent);
      expect(changed(other, ({ load }) => ({ load: load + 1 }))).toBe(agent);
      expect(changed(other, () => ({ present: false }))).toBe(agent);
      expect(choose(all.filter(chosen)).agent).toBe(agent);
    }),
  );
});
