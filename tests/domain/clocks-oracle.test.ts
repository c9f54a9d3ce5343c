// The clocks beside a naive count, ms by ms, over 10,000 random lives under random policies and calendars.
import fc from "fast-check";
import { elapsed } from "../../domain/cycle";
import type { Cycle } from "../../domain/cycle";
import { metrics } from "../../domain/policy";
import type { Metric } from "../../domain/policy";
import type { TicketEvent } from "../../domain/event";
import type { Life } from "./lives";
import { count } from "./naive-clock";
import type { Naive, NaiveCycle } from "./naive-clock";
import { randomLife } from "./random-lives";

function end({ now, ticket }: Life): number {
  return Math.max(now, ticket.updatedAt);
}

function eventsOf({ turns }: Life): TicketEvent[] {
  return turns.map(({ event }) => event);
}

/** What both must agree on. */
function told(cycle: Cycle, life: Life) {
  const { number, startedAt, targetMs, under, ended, breach } = cycle;
  const at = ended?.at ?? end(life);
  return {
    number, startedAt, targetMs, under,
    open: elapsed(cycle, at, life.ticket.calendars),
    running: cycle.since !== null,
    breachedAt: breach?.at ?? null,
    how: ended?.how ?? null,
  };
}

function naively({ number, startedAt, target, under, open, credit, running, breachedAt, how }: NaiveCycle) {
  return { number, startedAt, targetMs: target, under, open: open - credit, running, breachedAt, how };
}

/** Time that no calendar was ever named for is not counted; a breach that runs on is noticed when somebody looks. */
function comparable<T extends { open: number | null; breachedAt: number | null }>(one: T, other: { open: number | null }): T {
  return other.open === null ? { ...one, open: null } : one;
}

/** The naive count, for what else there is to compare. */
function expectSame(life: Life, metric: Metric): Naive {
  const naive = count(life, eventsOf(life), metric, end(life));
  const { begun, ongoing, past, firstBreached } = life.ticket.clocks[metric];
  same([begun, ongoing?.number ?? null], [naive.cycles.length, naive.ongoing?.number ?? null]);
  for (const cycle of [...past, ...(ongoing === null ? [] : [ongoing])]) {
    const twin = naive.cycles[cycle.number - 1];
    if (twin === undefined) throw new Error(`The naive count has no cycle ${cycle.number}.`);
    const ours = told(cycle, life);
    const theirs = comparable(naively(twin), ours);
    // A running cycle notes its breach when it is stopped, aimed or told of: until then its instant is in the future or due.
    const expected = ours.running && ours.breachedAt === null ? { ...theirs, breachedAt: null } : theirs;
    same(ours, expected);
  }
  const noted = naive.cycles.filter((cycle) => cycle.breachedAt !== null && !(cycle === naive.ongoing && cycle.running));
  if (noted.length > 0) same(firstBreached !== null, true);
  return naive;
}

/** Ten thousand lives: the matcher, which takes its time, is asked only where they differ. */
function same(ours: unknown, theirs: unknown): void {
  if (JSON.stringify(ours) !== JSON.stringify(theirs)) expect(ours).toEqual(theirs);
}

const half = 5_000;

test(`what a clock has counted, under which target, whether it runs and when it was breached, is what the naive count says: ${half} lives`, () => {
  for (let seed = 1; seed <= half; seed++) agree(seed, false, expectSame);
});

/** A life that breaks the law is told. */
function agree(seed: number, punctual: boolean, law: (life: Life, metric: Metric) => unknown): void {
  const life = randomLife(seed, punctual);
  try {
    for (const metric of metrics) law(life, metric);
  } catch (error) {
    throw new Error(`Life ${seed}: ${life[fc.toStringMethod]()}${error instanceof Error ? error.message : ""}`);
  }
}

test(`a punctual clock takes every step, at its true instant, once: ${half} lives more`, () => {
  for (let seed = half + 1; seed <= 2 * half; seed++) agree(seed, true, expectPunctual);
});

function expectPunctual(life: Life, metric: Metric): void {
  for (const { told, due } of expectSame(life, metric).cycles) {
    same(new Set(told.map(({ name }) => name)).size, told.length);
    same(told.map(({ name, dueAt }) => [name, dueAt]), told.map(({ name }) => [name, due.get(name)]));
  }
}
