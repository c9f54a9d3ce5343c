// A team's people as they are read, put together to candidates: what belongs to somebody comes beside them, by their number.
// Refuses to know how it is read, and who is better.
import type { Candidate } from "../../domain/dispatch/candidate";
import { noResults, performanceOf, usualOf } from "../../domain/dispatch/performance";
import type { Results } from "../../domain/dispatch/performance";
import type { Instant } from "../../domain/ticket";

export interface Members {
  readonly at: Instant;
  /** Of the ticket. */
  readonly language: string;
  readonly members: Columns<
    [agent: string, present: boolean, capacity: number, lastAssignedAt: Instant | null, calendar: string | null, speaks: boolean]
  >;
  /** Places held, and whether an offer waits for their word. */
  readonly loads: Columns<[places: number, isAsked: boolean]>;
  /** For each skill that is wanted. */
  readonly levels: Readonly<Record<string, Columns<[level: number]>>> | null;
  /** Where people work, for work on site. */
  readonly reach: Columns<[place: Candidate["place"], regions: readonly string[]]>;
  readonly away: readonly string[];
  readonly known: readonly string[];
  readonly results: Columns<[at: Instant, resolved: number, logMs: number, reopened: number, rated: number, stars: number]>;
}

/**
 * Lists of one length, a line of which is about the one whose number the first list holds; null: no lines. Each of the members
 * has a number of their own, from 0 on.
 */
export type Columns<Line extends readonly unknown[]> =
  | readonly [nths: readonly number[], ...lists: { readonly [At in keyof Line]: readonly Line[At][] }]
  | null;

/** `open`: the calendars that are open now. */
export function candidatesOf(
  row: Members,
  sought: { readonly declined: readonly string[]; readonly lapsed: readonly string[] },
  { open, learns }: { readonly open: ReadonlySet<string>; readonly learns: boolean },
): readonly Candidate[] {
  if (row.members === null) return [];
  const [nths, agents, present, capacities, lastAssigned, calendars, speaks] = row.members;
  const count = agents.length;
  const [away, known, declined, lapsed] = [new Set(row.away), new Set(row.known), new Set(sought.declined), new Set(sought.lapsed)];
  const [loads, asked] = [placed(row.loads?.[0], row.loads?.[1], count), placed(row.loads?.[0], row.loads?.[2], count)];
  const [places, regions] = [placed(row.reach?.[0], row.reach?.[1], count), placed(row.reach?.[0], row.reach?.[2], count)];
  const skills = skillsOf(row.levels, count);
  const performances = learns ? performancesOf(row.results, count, row.at) : null;
  const spoken = [row.language];
  return agents.map((agent, line) => {
    const [nth, calendar] = [nths[line] ?? 0, calendars[line] ?? null];
    return {
      agent,
      present: present[line] ?? false,
      onDuty: calendar === null || open.has(calendar),
      onLeave: away.has(agent),
      capacity: capacities[line] ?? 0,
      load: loads[nth] ?? 0,
      lastAssignedAt: lastAssigned[line] ?? null,
      skills: skills[nth] ?? noSkills,
      languages: speaks[line] === true ? spoken : none,
      place: places[nth] ?? null,
      regions: regions[nth] ?? none,
      knowsThem: known.has(agent),
      performance: performances?.[nth] ?? null,
      declined: declined.has(agent),
      lapsed: lapsed.has(agent),
      hasOffer: asked[nth] ?? false,
    };
  });
}

const noSkills: Candidate["skills"] = {};
const none: readonly string[] = [];

/** Each value at the number of whom it is about. */
function placed<T>(nths: readonly number[] | undefined, values: readonly T[] | undefined, count: number): readonly (T | undefined)[] {
  const all = Array.from<T | undefined>({ length: count });
  nths?.forEach((nth, line) => (all[nth] = values?.[line]));
  return all;
}

function skillsOf(levels: Members["levels"], count: number): readonly (Candidate["skills"] | undefined)[] {
  const skills = Array.from<Record<string, number> | undefined>({ length: count });
  for (const [skill, found] of Object.entries(levels ?? {})) {
    found?.[0].forEach((nth, line) => ((skills[nth] ??= {})[skill] = found[1][line] ?? 0));
  }
  return skills;
}

/** How well each did, beside what they all achieved together. */
function performancesOf(results: Members["results"], count: number, at: Instant): readonly number[] {
  const achieved = Array.from({ length: count }, () => noResults);
  results?.[0].forEach((nth, line) => {
    const [, ats, resolved, logMs, reopened, rated, stars] = results;
    achieved[nth] = {
      at: ats[line] ?? 0,
      resolved: resolved[line] ?? 0,
      logMs: logMs[line] ?? 0,
      reopened: reopened[line] ?? 0,
      rated: rated[line] ?? 0,
      stars: stars[line] ?? 0,
    };
  });
  const usual = usualOf(together(achieved), at);
  return achieved.map((own) => performanceOf(own, usual, at));
}

/** Each sum as of its own instant: near enough for a mean. */
function together(all: readonly Results[]): Results {
  const sum = { ...noResults };
  for (const { at, resolved, logMs, reopened, rated, stars } of all) {
    sum.at = Math.max(sum.at, at);
    sum.resolved += resolved;
    sum.logMs += logMs;
    sum.reopened += reopened;
    sum.rated += rated;
    sum.stars += stars;
  }
  return sum;
}
