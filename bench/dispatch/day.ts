// A simulated day at one desk of two teams, once per strategy, with the product's own rules of choosing, queueing and overflow: the
// same arrivals, the same people, a peak, a leave, tickets that want a skill. Nothing here knows a clock but the day's own.
import { choose } from "../../domain/dispatch/choose";
import type { Candidate, Need } from "../../domain/dispatch/candidate";
import type { Crowding, Sample } from "../../domain/dispatch/expectation";
import { turnOf } from "../../domain/dispatch/queue";
import { rulesOf } from "../../domain/dispatch/rules";
import type { Strategy, TeamRules } from "../../domain/dispatch/rules";
import { priorities } from "../../domain/words";
import type { Priority } from "../../domain/words";
import { percentile } from "../percentile";

export interface Day {
  readonly strategy: Strategy;
  /** From how long a wait on the front team's tickets go to the other one, minutes; null: never. */
  readonly overflowMinutes: number | null;
  /** How many went. */
  readonly overflowed: number;
  readonly tickets: number;
  /** From arrival to somebody who has it, minutes. */
  readonly meanWaitMinutes: number;
  readonly p95WaitMinutes: number;
  /** Of those that nobody had answered when their target was over, percent. */
  readonly breachedPercent: number;
  /** Of the tickets that people had, 0 (the same for all) to 1 (one has all). */
  readonly gini: number;
}

/** When a ticket came, what it met, and how long it waited for its first response. */
export interface Answered extends Sample {
  readonly at: number;
  readonly team: TeamName;
  readonly priority: Priority;
}

type TeamName = "front" | "back";

interface Arrival {
  readonly at: number;
  readonly team: TeamName;
  readonly priority: Priority;
  readonly skills: Need["skills"];
  /** Work on it, ms at level 3; the share of it after which the requester is answered first. */
  readonly workMs: number;
  readonly answeredAfter: number;
}

interface Waiting extends Arrival {
  readonly turn: number;
  readonly met: Crowding;
}

interface Person {
  readonly team: TeamName;
  readonly candidate: Candidate;
  busy: readonly { readonly endsAt: number }[];
  had: number;
  lastAssignedAt: number | null;
}

const minute = 60_000;
const hour = 60 * minute;
const targetMs: Readonly<Record<Priority, number>> = { urgent: 10 * minute, high: 30 * minute, normal: hour, low: 2 * hour };

export interface DayOptions {
  readonly strategy: Strategy;
  readonly seed: number;
  readonly overflowMinutes: number | null;
}

/**
 * Ten hours, about 480 tickets with a peak around the third hour. Three of four are the front team's: 8 people of capacity 3, of
 * whom 2 leave after four hours; the rest belong to a back team of 5.
 */
export function simulateDay(options: DayOptions): { readonly day: Day; readonly answers: readonly Answered[] } {
  const floor = new Floor(options);
  for (const arrival of arrivalsOf(floor.random)) floor.receive(arrival);
  floor.finish();
  return { day: floor.summary(), answers: floor.answers };
}

/** What happens between arrivals happens at the ends of work, and when somebody has waited for too long. */
class Floor {
  readonly random: () => number;
  readonly answers: Answered[] = [];
  private readonly people: readonly Person[];
  private readonly rules: TeamRules;
  private readonly waits: { ms: number; priority: Priority }[] = [];
  /** What each waits to answer, by when it will have. */
  private readonly unanswered: { turn: number; team: TeamName; answeredAt: number }[] = [];
  private queue: Waiting[] = [];
  private arrived = 0;
  private overflowed = 0;

  constructor(private readonly options: DayOptions) {
    this.random = generator(options.seed);
    this.people = peopleOf(this.random);
    this.rules = rulesOf({ strategy: options.strategy });
  }

  receive(arrival: Arrival): void {
    this.arrived += 1;
    for (let at = this.nextTurn(arrival.at); at !== null; at = this.nextTurn(arrival.at)) this.turn(at);
    const waiting = { ...arrival, turn: turnOf(arrival.at, arrival.priority, this.rules.ageingMs), met: this.crowding(arrival) };
    const person = this.choose(waiting, arrival.team, arrival.at);
    if (person === undefined) this.queue.push(waiting);
    else this.give(person, waiting, arrival.at);
  }

  finish(): void {
    for (let at = this.nextTurn(Infinity); this.queue.length > 0 && at !== null; at = this.nextTurn(Infinity)) this.turn(at);
  }

  summary(): Day {
    const { waits, people, options, arrived, overflowed } = this;
    const late = waits.filter(({ ms, priority }) => ms > targetMs[priority]).length + this.queue.length;
    return {
      strategy: options.strategy,
      overflowMinutes: options.overflowMinutes,
      overflowed,
      tickets: arrived,
      meanWaitMinutes: round(waits.reduce((sum, { ms }) => sum + ms, 0) / waits.length / minute),
      p95WaitMinutes: round(percentile(waits.map(({ ms }) => ms), 95) / minute),
      breachedPercent: round((100 * late) / arrived),
      gini: Math.round(gini(people.map(({ had }) => had)) * 1_000) / 1_000,
    };
  }

  private turn(at: number): void {
    this.queue.sort((a, b) => a.turn - b.turn || a.at - b.at);
    for (const waiting of this.queue) {
      const person = this.choose(waiting, waiting.team, at) ?? (this.isOver(waiting, at) ? this.choose(waiting, "back", at) : undefined);
      if (person === undefined) continue;
      this.queue = this.queue.filter((other) => other !== waiting);
      if (person.team !== waiting.team) this.overflowed += 1;
      this.give(person, waiting, at);
    }
  }

  private give(person: Person, waiting: Waiting, at: number): void {
    const workMs = (waiting.workMs * 3) / ((person.candidate.skills["cards"] ?? 1) + 1);
    const answeredAt = at + workMs * waiting.answeredAfter;
    person.busy = [...person.busy.filter(({ endsAt }) => endsAt > at), { endsAt: at + workMs }];
    person.had += 1;
    person.lastAssignedAt = at;
    this.waits.push({ ms: at - waiting.at, priority: waiting.priority });
    this.unanswered.push({ turn: waiting.turn, team: waiting.team, answeredAt });
    const { team, priority, met } = waiting;
    this.answers.push({ at: waiting.at, team, priority, ...met, waitedMs: answeredAt - waiting.at });
  }

  private choose(waiting: Waiting, team: TeamName, at: number): Person | undefined {
    const members = this.people.filter((person) => person.team === team && hasRoom(person, at));
    if (members.length === 0) return undefined;
    const { agent } = choose(members.map((person) => asOf(person, at)), needOf(waiting), this.rules, at);
    return members.find(({ candidate }) => candidate.agent === agent);
  }

  private crowding({ at, team, priority }: Arrival): Crowding {
    const turn = turnOf(at, priority, this.rules.ageingMs);
    const ahead = [...this.unanswered.filter(({ answeredAt }) => answeredAt > at), ...this.queue].filter((one) => one.team === team && one.turn < turn);
    const people = this.people.filter((person) => person.team === team && !asOf(person, at).onLeave);
    return { ahead: ahead.length, people: people.length };
  }

  private isOver({ at: since, team }: Waiting, at: number): boolean {
    const { overflowMinutes } = this.options;
    return team === "front" && overflowMinutes !== null && at - since >= overflowMinutes * minute;
  }

  /** The first end of work before `before`, or instant at which a wait becomes too long. */
  private nextTurn(before: number): number | null {
    const ends = this.people.flatMap(({ busy }) => busy.map(({ endsAt }) => endsAt)).filter((end) => end > this.reached);
    const over = this.options.overflowMinutes === null ? [] : this.queue.map(({ at }) => at + (this.options.overflowMinutes ?? 0) * minute).filter((at) => at > this.reached);
    const first = Math.min(...ends, ...over, Infinity);
    if (first >= before) return null;
    this.reached = first;
    return first;
  }

  private reached = -1;
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
    const team = random() < 0.75 ? "front" : "back";
    arrivals.push({ at, team, priority, skills, workMs: (20 + 80 * random() * random()) * minute, answeredAfter: 0.05 + 0.35 * random() });
  }
  return arrivals;
}

function peopleOf(random: () => number): readonly Person[] {
  return Array.from({ length: 13 }, (_, index) => {
    const team = index < 8 ? "front" : "back";
    const agent = `p${String(index).padStart(2, "0")}`;
    const skills = { cards: 1 + Math.floor(random() * 5) };
    const fixed = { present: true, onDuty: true, onLeave: false, capacity: 3, load: 0, lastAssignedAt: null, languages: [] };
    const none = { place: null, regions: [], knowsThem: false, performance: null, declined: false,
      lapsed: false, hasOffer: false };
    return { team, candidate: { agent, skills, ...fixed, ...none }, busy: [], had: 0, lastAssignedAt: null };
  });
}

function hasRoom({ candidate, busy }: Person, at: number): boolean {
  return busy.length < candidate.capacity || busy.filter(({ endsAt }) => endsAt > at).length < candidate.capacity;
}

function asOf({ candidate, busy, lastAssignedAt }: Person, at: number): Candidate {
  const load = busy.filter(({ endsAt }) => endsAt > at).length;
  const isOnLeave = at > 4 * hour && Number(candidate.agent.slice(1)) < 2;
  return { ...candidate, load, lastAssignedAt, onLeave: isOnLeave };
}

function needOf({ skills }: Arrival): Need {
  return { places: 1, skills, relaxed: false, language: null, site: null };
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
