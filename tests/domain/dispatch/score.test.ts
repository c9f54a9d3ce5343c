// A score grows with each of its terms, and each term with what it measures.
import fc from "fast-check";
import type { Candidate } from "../../../domain/dispatch/candidate";
import { kilometres } from "../../../domain/dispatch/candidate";
import { faded, halfLifeMs, noResults, performanceOf, priorTickets, usualOf } from "../../../domain/dispatch/performance";
import type { Results } from "../../../domain/dispatch/performance";
import { turnOf } from "../../../domain/dispatch/queue";
import { heaviestPerformance, rulesOf, terms } from "../../../domain/dispatch/rules";
import { scoreOf, termsOf, weightsOf } from "../../../domain/dispatch/score";
import { priorities } from "../../../domain/words";
import { aCandidate, aNeed, bergen, candidates, needs, now, oslo, settings } from "./a-candidate";

test.each<[string, Partial<Candidate>, object]>([
  ["nobody asks for anything", {}, { skill: 1, load: 1, rest: 1, distance: 1, continuity: 0, performance: 0.5 }],
  ["two of three places taken", { load: 2 }, { load: 0.3333 }],
  ["half an hour of rest", { lastAssignedAt: now - 30 * 60_000 }, { rest: 0.5 }],
  ["known to the requester", { knowsThem: true }, { continuity: 1 }],
])("terms: %s", (_name, given, expected) => {
  expect(termsOf(aCandidate("a", given), aNeed(), rulesOf({}), now)).toMatchObject(expected);
});

test("skill: half at the level asked for, whole at the highest, a preferred language is one more", () => {
  const skill = (level: number, languages: string[] = []) =>
    termsOf(aCandidate("a", { skills: { cards: level }, languages }), aNeed({ skills: { cards: 3 }, language: languages.length > 0 ? "nb" : null }), rulesOf({}), now).skill;
  expect([1, 3, 4, 5].map((level) => skill(level))).toEqual([0.1667, 0.5, 0.75, 1]);
  expect([skill(5, ["nb"]), skill(5, ["en"])]).toEqual([1, 0.5]);
});

test("Oslo to Bergen is 305 km as the crow flies, either way", () => {
  expect(Math.round(kilometres(oslo, bergen))).toBe(305);
  expect(kilometres(bergen, oslo)).toBe(kilometres(oslo, bergen));
});

test("a score is between 0 and 1, and never falls when one of its terms rises", () => {
  const shares = fc.record(Object.fromEntries(terms.map((term) => [term, fc.double({ min: 0, max: 1, noNaN: true })])) as Record<(typeof terms)[number], fc.Arbitrary<number>>);
  fc.assert(
    fc.property(shares, settings, fc.constantFrom(...terms), fc.double({ min: 0, max: 1, noNaN: true }), (found, rules, term, more) => {
      const raised = { ...found, [term]: Math.max(found[term], more) };
      expect(scoreOf(raised, weightsOf(rules))).toBeGreaterThanOrEqual(scoreOf(found, weightsOf(rules)));
      expect(scoreOf(raised, weightsOf(rules))).toBeLessThanOrEqual(1);
      expect(scoreOf(found, weightsOf(rules))).toBeGreaterThanOrEqual(0);
    }),
  );
});

test("no term falls with a better level, less load, a longer rest, a nearer place or a better past", () => {
  fc.assert(
    fc.property(candidates, needs, settings, (all, need, rules) => {
      for (const one of all) {
        const better: Partial<Candidate>[] = [
          { skills: Object.fromEntries(Object.entries(one.skills).map(([name, level]) => [name, Math.min(5, level + 1)])) },
          { load: Math.max(0, one.load - 1) },
          { lastAssignedAt: one.lastAssignedAt === null ? null : one.lastAssignedAt - 60_000 },
          { place: one.place && need.site?.point ? { ...need.site.point, radiusKm: one.place.radiusKm } : one.place },
          { performance: Math.min(1, (one.performance ?? 0.5) + 0.1) },
          { knowsThem: true },
        ];
        const before = termsOf(one, need, rules, now);
        for (const change of better) {
          const after = termsOf({ ...one, ...change }, need, rules, now);
          for (const term of terms) expect(after[term]).toBeGreaterThanOrEqual(before[term]);
        }
      }
    }),
  );
});

describe("what is learned", () => {
  const hour = 3_600_000;
  const many = (count: number, ms: number, reopened = 0): Results => ({ ...noResults, at: now, resolved: count, logMs: count * Math.log(ms), reopened });
  const team = many(200, 4 * hour, 20);
  const performance = (own: Results, of: Results, at: number) => performanceOf(own, usualOf(of, at), at);

  test("counts for nothing until it is turned on, and then for a quarter of the score at most", () => {
    expect(weightsOf(rulesOf({})).performance).toBe(0);
    fc.assert(
      fc.property(settings, (rules) => {
        const weights = weightsOf(rules);
        const all = terms.reduce((sum, term) => sum + weights[term], 0);
        expect(weights.performance).toBeLessThanOrEqual(all * heaviestPerformance + 1e-9);
        if (!rules.learns) expect(weights.performance).toBe(0);
      }),
    );
  });

  test("nobody known, or just like the team: a half", () => {
    expect(performance(noResults, noResults, now)).toBe(0.5);
    expect(performance(noResults, team, now)).toBeCloseTo(0.5);
    expect(performance(many(50, 4 * hour, 5), team, now)).toBeCloseTo(0.5);
  });

  test("one lucky ticket moves next to nothing; many do", () => {
    const lucky = performance(many(1, 60_000), team, now);
    const proven = performance(many(100, hour), team, now);
    expect(lucky).toBeLessThan(0.57);
    expect(proven).toBeGreaterThan(0.6);
    expect(priorTickets).toBe(20);
  });

  test("slower, or more that came back: less than a half", () => {
    expect(performance(many(100, 12 * hour, 10), team, now)).toBeLessThan(0.5);
    expect(performance(many(100, 4 * hour, 60), team, now)).toBeLessThan(0.5);
  });

  test("where requesters rate, better stars count as much as time and returns; one rating moves next to nothing", () => {
    const rated = { ...team, rated: 100, stars: 300 };
    const with5 = (count: number) => performance({ ...many(50, 4 * hour, 5), rated: count, stars: 5 * count }, rated, now);
    expect(with5(0)).toBeCloseTo(0.5);
    expect(with5(1) - 0.5).toBeLessThan(0.01);
    expect(with5(60)).toBeGreaterThan(with5(20));
    expect(performance({ ...many(50, 4 * hour, 5), rated: 40, stars: 40 }, rated, now)).toBeLessThan(0.5);
  });

  test("a result counts half after 90 days: a mean stays, and moves less", () => {
    const later = faded(many(8, hour), now + halfLifeMs);
    expect(later.resolved).toBeCloseTo(4);
    expect(later.logMs / later.resolved).toBeCloseTo(Math.log(hour));
    expect(performance(many(40, hour), team, now)).toBeGreaterThan(performance(many(40, hour), team, now + 4 * halfLifeMs));
  });
});

describe("the queue", () => {
  const ageingMs = 4 * 3_600_000;
  test("priority, then age", () => {
    expect(turnOf(now, "urgent", ageingMs)).toBeLessThan(turnOf(now - 1, "high", ageingMs));
    expect(turnOf(now - 1, "low", ageingMs)).toBeLessThan(turnOf(now, "low", ageingMs));
  });
  test("whoever waits is overtaken only by what comes within three steps: nobody starves", () => {
    fc.assert(
      fc.property(fc.nat(now), fc.nat(now), fc.constantFrom(...priorities), fc.constantFrom(...priorities), (since, later, one, other) => {
        if (later > since + 3 * ageingMs) expect(turnOf(since, one, ageingMs)).toBeLessThan(turnOf(later, other, ageingMs));
      }),
    );
  });
});
