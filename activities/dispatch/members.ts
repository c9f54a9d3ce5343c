// A team's people as they are read, and as candidates for a ticket: what belongs to somebody comes beside them, by their number.
// Refuses to know how it is read, whether it is kept, and who is better.
import type { Candidate } from "../../domain/dispatch/candidate";
import { noResults, performanceOf, usualOf } from "../../domain/dispatch/performance";
import type { Results } from "../../domain/dispatch/performance";
import type { Instant } from "../../domain/ticket";

export interface Members {
  readonly members: Columns<
    [
      agent: string,
      present: boolean,
      capacity: number,
      lastAssignedAt: Instant | null,
      calendar: string | null,
      language: string,
      languages: readonly string[],
    ]
  >;
  /** Places held, and whether an offer waits for their word. */
  readonly loads: Columns<[places: number, isAsked: boolean]>;
  /** For each skill that is wanted. */
  readonly levels: Readonly<Record<string, Columns<[level: number]>>> | null;
  /** Where people work, for work on site. */
  readonly reach: Columns<[place: Candidate["place"], regions: readonly string[]]>;
  /** Those that have not ended. */
  readonly leaves: Columns<[since: Instant, until: Instant]>;
  readonly results: Columns<[at: Instant, resolved: number, logMs: number, reopened: number, rated: number, stars: number]>;
}

/**
 * Lists of one length, a line of which is about the one whose number the first list holds; null: no lines. Each of the members
 * has a number of their own, from 0 on.
 */
export type Columns<Line extends readonly unknown[]> =
  | readonly [nths: readonly number[], ...lists: { readonly [At in keyof Line]: readonly Line[At][] }]
  | null;

/** Somebody of a team, whatever ticket is asked for. */
export interface Person extends Pick<Candidate, "agent" | "present" | "capacity" | "load" | "lastAssignedAt" | "hasOffer" | "place" | "regions"> {
  readonly calendar: string | null;
  readonly languages: readonly string[];
  /** Of those that are wanted. */
  readonly skills: Readonly<Record<string, number>>;
  readonly leaves: readonly { readonly since: Instant; readonly until: Instant }[];
  readonly results: Results;
}

export function peopleOf({ members, loads, levels, reach, leaves, results }: Members): readonly Person[] {
  if (members === null) return [];
  const [nths, agents, present, capacities, lastAssigned, calendars, language, languages] = members;
  const people = agents.map((agent, line) => ({
    agent,
    present: present[line] ?? false,
    capacity: capacities[line] ?? 0,
    load: 0,
    lastAssignedAt: lastAssigned[line] ?? null,
    hasOffer: false,
    calendar: calendars[line] ?? null,
    languages: [language[line] ?? "", ...(languages[line] ?? [])],
    place: null as Candidate["place"],
    regions: none,
    skills: noSkills,
    leaves: [] as { since: Instant; until: Instant }[],
    results: noResults,
  }));
  const lineOf = Array.from<number>({ length: agents.length });
  nths.forEach((nth, line) => (lineOf[nth] = line));
  const each = (about: readonly number[] | undefined, give: (one: (typeof people)[number], line: number) => void): void =>
    about?.forEach((nth, line) => {
      const one = people[lineOf[nth] ?? -1];
      if (one !== undefined) give(one, line);
    });
  each(loads?.[0], (one, line) => {
    one.load = loads?.[1][line] ?? 0;
    one.hasOffer = loads?.[2][line] ?? false;
  });
  for (const [skill, found] of Object.entries(levels ?? {})) {
    each(found?.[0], (one, line) => (one.skills = one.skills === noSkills ? { [skill]: found?.[1][line] ?? 0 } : { ...one.skills, [skill]: found?.[1][line] ?? 0 }));
  }
  each(reach?.[0], (one, line) => {
    one.place = reach?.[1][line] ?? null;
    one.regions = reach?.[2][line] ?? none;
  });
  each(leaves?.[0], (one, line) => one.leaves.push({ since: leaves?.[1][line] ?? 0, until: leaves?.[2][line] ?? 0 }));
  each(results?.[0], (one, line) => (one.results = resultsOf(results, line)));
  return people;
}

const noSkills: Person["skills"] = {};
const none: readonly string[] = [];

function resultsOf(results: Members["results"], line: number): Results {
  const [at, resolved, logMs, reopened, rated, stars] = [1, 2, 3, 4, 5, 6].map((column) => results?.[column]?.[line] ?? 0);
  return { at: at ?? 0, resolved: resolved ?? 0, logMs: logMs ?? 0, reopened: reopened ?? 0, rated: rated ?? 0, stars: stars ?? 0 };
}

export interface Asked {
  readonly at: Instant;
  /** Of the ticket. */
  readonly language: string;
  /** Who had this requester, or the linked ticket, before. */
  readonly known: readonly string[];
  readonly declined: readonly string[];
  readonly lapsed: readonly string[];
  /** The calendars that are open now. */
  readonly open: ReadonlySet<string>;
  readonly learns: boolean;
}

export function candidatesOf(people: readonly Person[], { at, open, learns, ...asked }: Asked): readonly Candidate[] {
  const [known, declined, lapsed] = [new Set(asked.known), new Set(asked.declined), new Set(asked.lapsed)];
  const spoken = [asked.language];
  const usual = learns ? usualOf(together(people), at) : null;
  return people.map((person) => ({
    agent: person.agent,
    present: person.present,
    onDuty: person.calendar === null || open.has(person.calendar),
    onLeave: isOnLeave(person, at),
    capacity: person.capacity,
    load: person.load,
    lastAssignedAt: person.lastAssignedAt,
    skills: person.skills,
    languages: person.languages.includes(asked.language) ? spoken : none,
    place: person.place,
    regions: person.regions,
    knowsThem: known.has(person.agent),
    performance: learns ? performanceOf(person.results, usual, at) : null,
    declined: declined.has(person.agent),
    lapsed: lapsed.has(person.agent),
    hasOffer: person.hasOffer,
  }));
}

function isOnLeave({ leaves }: Person, at: Instant): boolean {
  for (const { since, until } of leaves) if (since <= at && until > at) return true;
  return false;
}

/** What all have achieved, each sum as of its own instant: near enough for a mean. */
function together(people: readonly Person[]): Results {
  const sum = { ...noResults };
  for (const { results } of people) {
    sum.at = Math.max(sum.at, results.at);
    sum.resolved += results.resolved;
    sum.logMs += results.logMs;
    sum.reopened += results.reopened;
    sum.rated += results.rated;
    sum.stars += results.stars;
  }
  return sum;
}
