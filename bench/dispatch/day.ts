// A simulated day at one desk of two teams, once per strategy, with the product's own rules of choosing, queueing and overflow: the
// same arrivals, the same people, a peak, a leave, tickets that want a skill. Nothing here knows a clock but the day's own.
import { choose } from "../../domain/dispatch/choose";
import type { Crowding, Sample } from "../../domain/dispatch/expectation";
import { turnOf } from "../../domain/dispatch/queue";
import { rulesOf } from "../../domain/dispatch/rules";
import type { Strategy, TeamRules } from "../../domain/dispatch/rules";
import type { Priority } from "../../domain/words";
import { createRandom } from "../../learning/random";
import { percentile } from "../percentile";
import { arrivalsOf, asOf, hasRoom, hour, minute, needOf, peopleOf } from "./arrivals";
import type { Arrival, Person, TeamName } from "./arrivals";

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

interface Waiting extends Arrival {
  readonly turn: number;
  readonly met: Crowding;
}

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
    this.random = createRandom(options.seed);
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

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
