// Candidates, needs and settings for tests of dispatch, by table and by chance.
import fc from "fast-check";
import type { Candidate, Need } from "../../../domain/dispatch/candidate";
import { strategies, rulesOf } from "../../../domain/dispatch/rules";
import type { TeamRules } from "../../../domain/dispatch/rules";

export const now = 1_000_000_000;
export const oslo = { latitude: 59.9139, longitude: 10.7522 };
export const bergen = { latitude: 60.3913, longitude: 5.3221 };

export function aCandidate(agent: string, given: Partial<Candidate> = {}): Candidate {
  return {
    agent,
    present: true,
    onDuty: true,
    onLeave: false,
    capacity: 3,
    load: 0,
    lastAssignedAt: null,
    skills: {},
    languages: [],
    place: null,
    regions: [],
    knowsThem: false,
    performance: null,
    declined: false,
    lapsed: false,
    hasOffer: false,
    ...given,
  };
}

export function aNeed(given: Partial<Need> = {}): Need {
  return { places: 1, skills: {}, relaxed: false, language: null, site: null, ...given };
}

const skills = fc.dictionary(fc.constantFrom("cards", "loans"), fc.integer({ min: 1, max: 5 }), { noNullPrototype: true });
const point = fc.record({ latitude: fc.integer({ min: 55, max: 62 }), longitude: fc.integer({ min: 5, max: 12 }) });

export const candidates: fc.Arbitrary<Candidate[]> = fc.uniqueArray(
  fc.record({
    agent: fc.constantFrom("a", "b", "c", "d", "B", "ä"),
    present: fc.boolean(),
    onDuty: fc.boolean(),
    onLeave: fc.boolean(),
    capacity: fc.nat(4),
    load: fc.nat(4),
    lastAssignedAt: fc.option(fc.nat(now)),
    skills,
    languages: fc.subarray(["en", "nb"]),
    place: fc.option(fc.tuple(point, fc.nat(600)).map(([at, radiusKm]) => ({ ...at, radiusKm }))),
    regions: fc.subarray(["east", "west"]),
    knowsThem: fc.boolean(),
    performance: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    declined: fc.boolean(),
    lapsed: fc.boolean(),
    hasOffer: fc.boolean(),
  }),
  { selector: ({ agent }) => agent },
);

export const needs: fc.Arbitrary<Need> = fc.record({
  places: fc.integer({ min: 1, max: 3 }),
  skills,
  relaxed: fc.boolean(),
  language: fc.option(fc.constantFrom("en", "nb")),
  site: fc.option(fc.record({ point: fc.option(point), region: fc.option(fc.constantFrom("east", "west")) })),
});

export const settings: fc.Arbitrary<TeamRules> = fc
  .record({
    strategy: fc.constantFrom(...strategies),
    learns: fc.boolean(),
    language: fc.constantFrom("required" as const, "preferred" as const, "ignored" as const),
    weights: fc.record({
      skill: fc.nat(100), load: fc.nat(100), rest: fc.nat(100), distance: fc.nat(100), continuity: fc.nat(100), performance: fc.nat(100),
    }),
    offers: fc.option(fc.constant({ answerWithinMs: 180_000, mostDeclines: 3 })),
  })
  .map(rulesOf);
