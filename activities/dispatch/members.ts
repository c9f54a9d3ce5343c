// A team's people as they are read, put together to candidates: what belongs to somebody comes beside them, by their id. Refuses
// to know how it is read, and who is better.
import type { Candidate } from "../../domain/dispatch/candidate";
import { noResults, performanceOf } from "../../domain/dispatch/performance";
import type { Results } from "../../domain/dispatch/performance";
import type { Instant } from "../../domain/ticket";

export interface Members {
  readonly at: Instant;
  /** Of the ticket. */
  readonly language: string;
  readonly members: readonly Member[];
  /** Places held, by whom; null: none. */
  readonly loads: Readonly<Record<string, number>> | null;
  /** Whom an offer waits for. */
  readonly asked: readonly string[] | null;
  /** Levels by person, for each skill that is wanted. */
  readonly levels: Readonly<Record<string, Readonly<Record<string, number>>>> | null;
  /** Where people work, for work on site. */
  readonly reach: Readonly<Record<string, readonly [place: Candidate["place"], regions: readonly string[]]>> | null;
  readonly away: readonly string[];
  readonly known: readonly string[];
  readonly results: readonly Achieved[] | null;
}

/** In the order in which the statement builds it: a thousand of them come as one value, without their names. */
type Member = readonly [
  agent: string,
  present: boolean,
  capacity: number,
  lastAssignedAt: Instant | null,
  calendar: string | null,
  speaks: boolean,
];

type Achieved = readonly [agent: string, at: Instant, resolved: number, logMs: number, reopened: number, rated: number, stars: number];

/** `open`: the calendars that are open now. */
export function candidatesOf(
  row: Members,
  sought: { readonly declined: readonly string[]; readonly lapsed: readonly string[] },
  { open, learns }: { readonly open: ReadonlySet<string>; readonly learns: boolean },
): readonly Candidate[] {
  const [asked, away, known, declined, lapsed] = [row.asked ?? [], row.away, row.known, sought.declined, sought.lapsed].map((ids) => new Set(ids));
  const [loads, reach] = [mapOf(row.loads), mapOf(row.reach)];
  const skills = skillsOf(row.levels);
  const results = resultsOf(row.results ?? []);
  const team = together([...results.values()]);
  return row.members.map(([agent, present, capacity, lastAssignedAt, calendar, speaks]) => ({
    agent,
    present,
    onDuty: calendar === null || open.has(calendar),
    onLeave: away?.has(agent) ?? false,
    capacity,
    load: loads.get(agent) ?? 0,
    lastAssignedAt,
    skills: skills.get(agent) ?? noSkills,
    languages: speaks ? [row.language] : [],
    place: reach.get(agent)?.[0] ?? null,
    regions: reach.get(agent)?.[1] ?? [],
    knowsThem: known?.has(agent) ?? false,
    performance: learns ? performanceOf(results.get(agent) ?? noResults, team, row.at) : null,
    declined: declined?.has(agent) ?? false,
    lapsed: lapsed?.has(agent) ?? false,
    hasOffer: asked?.has(agent) ?? false,
  }));
}

function mapOf<T>(values: Readonly<Record<string, T>> | null): ReadonlyMap<string, T> {
  return new Map(Object.entries(values ?? {}));
}

const noSkills: Candidate["skills"] = {};

function skillsOf(levels: Members["levels"]): ReadonlyMap<string, Candidate["skills"]> {
  const skills = new Map<string, Record<string, number>>();
  for (const [skill, byAgent] of Object.entries(levels ?? {})) {
    for (const [agent, level] of Object.entries(byAgent)) skills.set(agent, { ...skills.get(agent), [skill]: level });
  }
  return skills;
}

function resultsOf(achieved: readonly Achieved[]): ReadonlyMap<string, Results> {
  return new Map(achieved.map(([agent, at, resolved, logMs, reopened, rated, stars]) => [agent, { at, resolved, logMs, reopened, rated, stars }]));
}

/** What the members achieved together, each sum as of its own instant: near enough for a mean. */
function together(all: readonly Results[]): Results {
  return all.reduce(
    (sum, { at, resolved, logMs, reopened, rated, stars }) => ({
      at: Math.max(sum.at, at),
      resolved: sum.resolved + resolved,
      logMs: sum.logMs + logMs,
      reopened: sum.reopened + reopened,
      rated: sum.rated + rated,
      stars: sum.stars + stars,
    }),
    noResults,
  );
}
