// A simulated day at one desk, once per strategy, with the product's own rules of choosing and queueing: the same arrivals, the
// same people, a peak, a leave, tickets that want a skill. Nothing here knows a clock but the day's own.
import { choose } from "../../domain/dispatch/choose";
import type { Candidate, Need } from "../../domain/dispatch/candidate";
import { exclusions } from "../../domain/dispatch/requirements";
import { turnOf } from "../../domain/dispatch/queue";
import { rulesOf } from "../../domain/dispatch/rules";
import type { Strategy } from "../../domain/dispatch/rules";
import { priorities } from "../../domain/words";
import type { Priority } from "../../domain/words";
import { percentile } from "../percentile";

export interface Day {
  readonly strategy: Strategy;
  readonly tickets: number;
  /** From arrival to somebody who has it, minutes. */
  readonly meanWaitMinutes: number;
  readonly p95WaitMinutes: number;
  /** Of those that nobody had answered when their target was over, percent. */
  readonly breachedPercent: number;
  /** Of the tickets that people had, 0 (the same for all) to 1 (one has all). */
  readonly gini: number;
}

interface Arrival {
  readonly at: number;
  readonly priority: Priority;
  readonly skills: Need["skills"];
  /** Work on it, ms at level 3. */
  readonly workMs: number;
}

interface Waiting extends Arrival {
  readonly turn: number;
}

interface Person {
  readonly candidate: Candidate;
  readonly busy: { endsAt: number; arrival: Arrival }[];
  had: number;
  lastAssignedAt: number | null;
}

const minute = 60_000;
const hour = 60 * minute;
const targetMs: Readonly<Record<Priority, number>> = { urgent: 10 * minute, high: 30 * minute, normal: hour, low: 2 * hour };

/** Ten hours, 12 people of capacity 3, about 500 tickets with a peak around the third hour; 2 people leave after four hours. */
export function simulateDay(strategy: Strategy, seed: number): Day {
  const random = generator(seed);
  const arrivals = arrivalsOf(random);
  const people = peopleOf(random);
  const rules = rulesOf({ strategy });
  const waits: { ms: number; priority: Priority }[] = [];
  const queue: Waiting[] = [];

  const give = (person: Person, arrival: Arrival, at: number): void => {
    const level = person.candidate.skills["cards"] ?? 1;
    person.busy.push({ endsAt: at + (arrival.workMs * 3) / (level + 1), arrival });
    person.had += 1;
    person.lastAssignedAt = at;
    waits.push({ ms: at - arrival.at, priority: arrival.priority });
  };
  const take = (at: number): void => {
    for (const person of people) {
      person.busy.splice(0, person.busy.length, ...person.busy.filter(({ endsAt }) => endsAt > at));
      queue.sort((a, b) => a.turn - b.turn || a.at - b.at);
      for (let index = 0; index < queue.length; ) {
        const waiting = queue[index] as Waiting;
        if (exclusions(asOf(person, at), needOf(waiting), rules).length > 0) index += 1;
        else give(person, queue.splice(index, 1)[0] as Waiting, at);
      }
    }
  };
  for (const arrival of arrivals) {
    for (let at = nextEnd(people, arrival.at); at !== null; at = nextEnd(people, arrival.at)) take(at);
    const { agent } = choose(people.map((person) => asOf(person, arrival.at)), needOf(arrival), rules, arrival.at);
    const person = people.find(({ candidate }) => candidate.agent === agent);
    if (person === undefined) queue.push({ ...arrival, turn: turnOf(arrival.at, arrival.priority, rules.ageingMs) });
    else give(person, arrival, arrival.at);
  }
  for (let at = nextEnd(people, Infinity); queue.length > 0 && at !== null; at = nextEnd(people, Infinity)) take(at);
  const late = waits.filter(({ ms, priority }) => ms > targetMs[priority]).length + queue.length;
  return {
    strategy,
    tickets: arrivals.length,
    meanWaitMinutes: round(waits.reduce((sum, { ms }) => sum + ms, 0) / waits.length / minute),
    p95WaitMinutes: round(percentile(waits.map(({ ms }) => ms), 95) / minute),
    breachedPercent: round((100 * late) / arrivals.length),
    gini: Math.round(gini(people.map(({ had }) => had)) * 1_000) / 1_000,
  };
}

/** 0: everybody the same. */
export function gini(amounts: readonly number[]): number {
  const sorted = [...amounts].sort((a, b) => a - b);
  const all = sorted.reduce((sum, amount) => sum + amount, 0);
  if (all === 0) return 0;
  const weighed = sorted.reduce((sum, amount, at) => sum + (2 * (at + 1) - sorted.length - 1) * amount, 0);
  return weighed / (sorted.length * all);
}

function arrivalsOf(random: () => number): readonly Arrival[] {
  const arrivals: Arrival[] = [];
  for (let at = 0; at < 10 * hour; ) {
    const isPeak = at > 2 * hour && at < 4 * hour;
    at += -Math.log(1 - random()) * (isPeak ? 35_000 : 100_000);
    const priority = priorities[Math.min(3, Math.floor(random() * 4))] ?? "normal";
    const skills: Need["skills"] = random() < 0.3 ? { cards: 3 } : {};
    arrivals.push({ at, priority, skills, workMs: (20 + 80 * random() * random()) * minute });
  }
  return arrivals;
}

function peopleOf(random: () => number): readonly Person[] {
  return Array.from({ length: 12 }, (_, index) => {
    const agent = `p${String(index).padStart(2, "0")}`;
    const skills = { cards: 1 + Math.floor(random() * 5) };
    const fixed = { present: true, onDuty: true, onLeave: false, capacity: 3, load: 0, lastAssignedAt: null, languages: [] };
    const none = { place: null, regions: [], knowsThem: false, performance: null, declined: false,
      lapsed: false, hasOffer: false };
    return { candidate: { agent, skills, ...fixed, ...none }, busy: [], had: 0, lastAssignedAt: null };
  });
}

function asOf({ candidate, busy, lastAssignedAt }: Person, at: number): Candidate {
  const load = busy.filter(({ endsAt }) => endsAt > at).length;
  const isOnLeave = at > 4 * hour && Number(candidate.agent.slice(1)) < 2;
  return { ...candidate, load, lastAssignedAt, onLeave: isOnLeave };
}

function needOf({ skills }: Arrival): Need {
  return { places: 1, skills, relaxed: false, language: null, site: null };
}

function nextEnd(people: readonly Person[], before: number): number | null {
  const ends = people.flatMap(({ busy }) => busy.map(({ endsAt }) => endsAt));
  const first = Math.min(...ends, Infinity);
  return first < before ? first : null;
}

/** The same numbers for the same seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
