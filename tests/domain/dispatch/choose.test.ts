// Who gets a ticket depends on the figures alone.
import fc from "fast-check";
import type { Candidate, Need } from "../../../domain/dispatch/candidate";
import { choose } from "../../../domain/dispatch/choose";
import { exclusions } from "../../../domain/dispatch/requirements";
import { rulesOf } from "../../../domain/dispatch/rules";
import { pack, unpack } from "../../../domain/dispatch/stored";
import type { Packed } from "../../../domain/dispatch/stored";
import type { TeamRules } from "../../../domain/dispatch/rules";
import { asBytes, fromBytes } from "../../../prisma/as-bytes";
import { aCandidate, aNeed, bergen, candidates, needs, now, oslo, settings } from "./a-candidate";

const ranks = (team: Candidate[], need: Partial<Need> = {}, rules: Partial<TeamRules> = {}) =>
  choose(team, aNeed(need), rulesOf(rules), now).considered.map(({ agent }) => agent);
const why = (given: Partial<Candidate>, need: Partial<Need> = {}, rules: Partial<TeamRules> = {}) =>
  exclusions(aCandidate("a", given), aNeed(need), rulesOf(rules)).map(({ reason, what }) => (what === null ? reason : `${reason}: ${what}`));

describe("hard requirements", () => {
  test.each<[string, Partial<Candidate>, Partial<Need>, Partial<TeamRules>, string[]]>([
    ["fits", {}, {}, {}, []],
    ["away", { present: false }, {}, {}, ["absent"]],
    ["out of hours", { onDuty: false }, {}, {}, ["off-duty"]],
    ["on leave", { onLeave: true }, {}, {}, ["on-leave"]],
    ["full", { load: 3 }, {}, {}, ["full"]],
    ["over full, by a person", { load: 7 }, {}, {}, ["full"]],
    ["no capacity at all", { capacity: 0 }, {}, {}, ["full"]],
    ["a heavy ticket on the last place", { load: 2 }, { places: 2 }, {}, ["full"]],
    ["heavier than everything they can take, and they are free", { capacity: 2 }, { places: 3 }, {}, []],
    ["heavier than everything they can take, and they have one", { capacity: 2, load: 1 }, { places: 3 }, {}, ["full"]],
    ["a skill too low", { skills: { cards: 2 } }, { skills: { cards: 3 } }, {}, ["skill: cards 3"]],
    ["a skill too low, relaxed by now", { skills: { cards: 2 } }, { skills: { cards: 3 }, relaxed: true }, {}, []],
    ["two skills missing", {}, { skills: { loans: 1, cards: 1 } }, {}, ["skill: cards 1", "skill: loans 1"]],
    ["another language", { languages: ["en"] }, { language: "nb" }, { language: "required" }, ["language: nb"]],
    ["another language where it is preferred", { languages: ["en"] }, { language: "nb" }, {}, []],
    ["too far", { place: { ...oslo, radiusKm: 100 } }, { site: { point: bergen, region: null } }, {}, ["location"]],
    ["near enough", { place: { ...oslo, radiusKm: 400 } }, { site: { point: bergen, region: null } }, {}, []],
    ["another region", { regions: ["east"] }, { site: { point: null, region: "west" } }, {}, ["location: west"]],
    ["the region", { regions: ["west"] }, { site: { point: bergen, region: "west" } }, {}, []],
    ["has just declined", { declined: true }, {}, {}, ["declined"]],
    ["an offer outstanding", { hasOffer: true }, {}, { offers: { answerWithinMs: 1_000, mostDeclines: 3 } }, ["has-offer"]],
    ["an offer outstanding, of another team", { hasOffer: true }, {}, {}, []],
    ["everything at once", { present: false, onLeave: true, load: 3 }, {}, {}, ["absent", "on-leave", "full"]],
  ])("%s", (_name, given, need, rules, expected) => expect(why(given, need, rules)).toEqual(expected));
});

describe("strategies", () => {
  const team = [
    aCandidate("a", { capacity: 9, load: 6, lastAssignedAt: 30, skills: { cards: 5 } }),
    aCandidate("b", { capacity: 4, load: 0, lastAssignedAt: 20, skills: { cards: 3 } }),
    aCandidate("c", { capacity: 3, load: 1, lastAssignedAt: null, skills: { cards: 4 } }),
  ];
  test("spare capacity: whoever has most places left, then whoever has been longest without a new ticket", () => {
    expect(ranks(team)).toEqual(["b", "a", "c"]);
    expect(ranks([aCandidate("a", { lastAssignedAt: 9 }), aCandidate("b", { lastAssignedAt: 8 }), aCandidate("c")])).toEqual(["c", "b", "a"]);
  });
  test("round robin: whoever has been longest without a new ticket, whatever they have", () => {
    expect(ranks(team, {}, { strategy: "round-robin" })).toEqual(["c", "b", "a"]);
  });
  test("best score: the weights decide", () => {
    const only = (term: string) => ({ strategy: "best-score" as const, weights: { skill: 0, load: 0, rest: 0, distance: 0, continuity: 0, performance: 0, [term]: 1 } });
    expect(ranks(team, { skills: { cards: 3 } }, only("skill"))).toEqual(["a", "c", "b"]);
    expect(ranks(team, {}, only("load"))).toEqual(["b", "c", "a"]);
  });
  test("manual: people are ranked, and nobody is chosen", () => {
    const { agent, considered } = choose(team, aNeed(), rulesOf({ strategy: "manual" }), now);
    expect(agent).toBeNull();
    expect(considered[0]?.rank).toBe(1);
  });
  test("equal figures are decided by the agent's id", () => {
    for (const strategy of ["spare-capacity", "round-robin", "best-score"] as const) {
      expect(choose([aCandidate("b"), aCandidate("a")], aNeed(), rulesOf({ strategy }), now).agent).toBe("a");
    }
  });
});

test("the order in which candidates come changes nothing", () => {
  const shuffled = candidates.chain((team) => fc.tuple(fc.constant(team), fc.shuffledSubarray(team, { minLength: team.length })));
  fc.assert(
    fc.property(shuffled, needs, settings, ([team, other], need, rules) =>
      expect(choose(other, need, rules, now)).toEqual(choose(team, need, rules, now)),
    ),
  );
});

test("what is stored of a decision reads as it was made", () => {
  fc.assert(
    fc.property(candidates, needs, settings, (team, need, rules) => {
      const { considered } = choose(team, need, rules, now);
      expect(unpack(fromBytes(asBytes(pack(considered))) as Packed[])).toEqual(considered);
    }),
  );
});

test("a large team's is stored in a third of its JSON at most, and reads as it was made; a small team's is JSON", () => {
  const team = Array.from({ length: 300 }, (_, at) => aCandidate(`agent-${at}`, { load: at % 3, skills: { cards: 1 + (at % 5) }, lastAssignedAt: at * 7 }));
  const { considered } = choose(team, aNeed({ skills: { cards: 3 } }), rulesOf({ strategy: "best-score" }), now);
  const bytes = asBytes(pack(considered));
  expect(bytes.length).toBeLessThan(JSON.stringify(pack(considered)).length / 3);
  expect(unpack(fromBytes(bytes) as Packed[])).toEqual(considered);
  expect(JSON.parse(asBytes(pack(considered.slice(0, 3))).toString())).toHaveLength(3);
});

test("never an excluded one; somebody whenever anybody fits and the team isn't manual; everybody is considered once", () => {
  fc.assert(
    fc.property(candidates, needs, settings, (team, need, rules) => {
      const fitting = team.filter((one) => exclusions(one, need, rules).length === 0).map(({ agent }) => agent);
      const { agent, considered } = choose(team, need, rules, now);
      expect(agent !== null).toBe(fitting.length > 0 && rules.strategy !== "manual");
      if (agent !== null) expect(fitting).toContain(agent);
      expect(considered.map((one) => one.agent).sort()).toEqual(team.map((one) => one.agent).sort());
      expect(considered.filter(({ rank }) => rank !== null).map((one) => one.agent).sort()).toEqual(fitting.sort());
    }),
  );
});

test("the chosen one stays chosen with a longer rest, or when another one goes", () => {
  fc.assert(
    fc.property(candidates, needs, settings, (all, need, rules) => {
      const { agent } = choose(all, need, rules, now);
      if (agent === null) return;
      const rested = all.map((one) => (one.agent === agent ? { ...one, lastAssignedAt: null } : one));
      expect(choose(rested, need, rules, now).agent).toBe(agent);
      for (const gone of all.filter((one) => one.agent !== agent)) {
        expect(choose(all.filter((one) => one !== gone), need, rules, now).agent).toBe(agent);
      }
    }),
  );
});
