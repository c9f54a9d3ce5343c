// Who comes and who works on a simulated day: arrivals and people by a seed's chance. Refuses to know who gets what.
import type { Candidate, Need } from "../../domain/dispatch/candidate";
import { priorities } from "../../domain/words";
import type { Priority } from "../../domain/words";

export type TeamName = "front" | "back";

export interface Arrival {
  readonly at: number;
  readonly team: TeamName;
  readonly priority: Priority;
  readonly skills: Need["skills"];
  /** Work on it, ms at level 3; the share of it after which the requester is answered first. */
  readonly workMs: number;
  readonly answeredAfter: number;
}

export interface Person {
  readonly team: TeamName;
  readonly candidate: Candidate;
  busy: readonly { readonly endsAt: number }[];
  had: number;
  lastAssignedAt: number | null;
}

export const minute = 60_000;
export const hour = 60 * minute;

export function arrivalsOf(random: () => number): readonly Arrival[] {
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

export function peopleOf(random: () => number): readonly Person[] {
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

export function hasRoom({ candidate, busy }: Person, at: number): boolean {
  return busy.length < candidate.capacity || busy.filter(({ endsAt }) => endsAt > at).length < candidate.capacity;
}

export function asOf({ candidate, busy, lastAssignedAt }: Person, at: number): Candidate {
  const load = busy.filter(({ endsAt }) => endsAt > at).length;
  const isOnLeave = at > 4 * hour && Number(candidate.agent.slice(1)) < 2;
  return { ...candidate, load, lastAssignedAt, onLeave: isOnLeave };
}

export function needOf({ skills }: Arrival): Need {
  return { places: 1, skills, relaxed: false, language: null, site: null };
}
