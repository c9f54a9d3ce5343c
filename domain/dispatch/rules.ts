// How a team's tickets find somebody: an admin's settings, with what holds where nothing is said. Knows names, weights and
// durations; refuses to know who works there.
import type { Priority, TicketType } from "../words";

/** `manual`: nobody is chosen, people take from the queue. */
export const strategies = ["spare-capacity", "round-robin", "best-score", "manual"] as const;
export type Strategy = (typeof strategies)[number];

/** What a score is made of, in the order in which it is added up. */
export const terms = ["skill", "load", "rest", "distance", "continuity", "performance"] as const;
export type Term = (typeof terms)[number];

/** Which of an absent person's open tickets find somebody else: those nobody has answered yet, the urgent ones, all, none. */
export const redispatches = ["none", "untouched", "urgent", "all"] as const;
export type Redispatch = (typeof redispatches)[number];

/** All durations in ms. */
export interface TeamRules {
  readonly strategy: Strategy;
  /** 0 to 100 per term; a term of weight 0 counts for nothing. `performance` is capped by `heaviestPerformance`. */
  readonly weights: Readonly<Record<Term, number>>;
  /** Whether what people achieved counts at all; off until an admin turns it on. */
  readonly learns: boolean;
  /** Places that an open ticket takes, by its priority, for incidents and for all else. */
  readonly places: { readonly incident: Readonly<Record<Priority, number>>; readonly other: Readonly<Record<Priority, number>> };
  /** Places that a ticket keeps while it waits. */
  readonly pendingPlaces: number;
  readonly onHoldPlaces: number;
  /** Whether somebody must know the requester's language, or is preferred for it. */
  readonly language: "required" | "preferred" | "ignored";
  /** After this long in the queue anybody of the team will do, whatever skills are wanted; null: never. */
  readonly relaxSkillsAfterMs: number | null;
  /** One step of priority is worth this long in the queue: so the least pressing ticket has its turn. */
  readonly ageingMs: number;
  /** For whoever comes on duty: so many waiting tickets in so long, urgent ones beside; null: as many as fit. */
  readonly pacing: { readonly tickets: number; readonly perMs: number } | null;
  /**
   * Tickets are offered, to one after the other, each of whom has `answerWithinMs` of their working hours; after so many
   * declines the ticket waits for the lead. Null: they are given.
   */
  readonly offers: { readonly answerWithinMs: number; readonly mostDeclines: number } | null;
  /** What the acknowledgement says of the wait for the first response, the place in the line, and the time to the solution. */
  readonly tells: { readonly wait: boolean; readonly position: boolean; readonly resolution: boolean };
  /** A ticket goes to another team when it waits for longer here, or would; null: never. */
  readonly overflow: { readonly to: string; readonly afterMs: number } | null;
  readonly redispatch: Redispatch;
  /** Somebody who is away for longer is absent. */
  readonly graceMs: number;
}

const minute = 60_000;
const one: Readonly<Record<Priority, number>> = { low: 1, normal: 1, high: 1, urgent: 1 };

/** What a team that offers has when it says nothing more: 3 minutes, three declines. */
export const usualOffers: NonNullable<TeamRules["offers"]> = { answerWithinMs: 3 * minute, mostDeclines: 3 };

export const usualRules: TeamRules = {
  strategy: "spare-capacity",
  weights: { skill: 30, load: 30, rest: 15, distance: 10, continuity: 15, performance: 20 },
  learns: false,
  places: { incident: one, other: one },
  pendingPlaces: 0,
  onHoldPlaces: 0,
  language: "preferred",
  relaxSkillsAfterMs: null,
  ageingMs: 4 * 60 * minute,
  pacing: null,
  offers: null,
  tells: { wait: true, position: false, resolution: false },
  overflow: null,
  redispatch: "untouched",
  graceMs: 30 * minute,
};

/** The share of a whole score that performance may have at most: who has done best must not be buried in tickets. */
export const heaviestPerformance = 0.25;

/** What a team has set, with the usual for what it has not. */
export function rulesOf(set: Partial<TeamRules>): TeamRules {
  return { ...usualRules, ...set, weights: { ...usualRules.weights, ...set.weights }, tells: { ...usualRules.tells, ...set.tells } };
}

/** Places that an open ticket takes of somebody's capacity. */
export function placesOf(rules: TeamRules, { type, priority }: { type: TicketType; priority: Priority }): number {
  return rules.places[type === "incident" ? "incident" : "other"][priority];
}
