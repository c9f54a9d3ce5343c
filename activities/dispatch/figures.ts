// What a choice is made on, read in one statement: the ticket's need, the team's rules, and the figures of everybody in it.
// Refuses to know who is better.
import type { Candidate, Need, Site } from "../../domain/dispatch/candidate";
import { noResults, performanceOf } from "../../domain/dispatch/performance";
import type { Results } from "../../domain/dispatch/performance";
import { placesOf, rulesOf } from "../../domain/dispatch/rules";
import type { TeamRules } from "../../domain/dispatch/rules";
import type { Instant } from "../../domain/ticket";
import type { Priority, TicketType } from "../../domain/words";
import { Prisma } from "../../prisma/client";
import { openNow } from "./on-duty";
import type { Transaction } from "./places";

/** What a ticket asks for, as its run knows it: when it opens, its row doesn't yet. */
export interface Wish {
  readonly category: string | null;
  readonly type: TicketType;
  readonly priority: Priority;
  /** Whom it was offered to in vain. */
  readonly declined: readonly string[];
  /** Whether the skills it asks for are only wished for by now. */
  readonly relaxed: boolean;
}

export interface Sought extends Wish {
  readonly number: number;
  readonly team: string;
}

export interface Figures {
  readonly at: Instant;
  readonly epoch: number;
  /** Somebody has the ticket: a run that seeks anybody is behind (it was reset), and learns so when it records. */
  readonly taken: boolean;
  /** Who of the team holds a place for this ticket already. */
  readonly held: string | null;
  readonly rules: TeamRules;
  readonly need: Need;
  readonly candidates: readonly Candidate[];
}

interface Row extends Pick<Figures, "at" | "epoch" | "taken" | "held"> {
  readonly set: Partial<TeamRules>;
  readonly language: string;
  readonly site: Site | null;
  readonly skills: Need["skills"] | null;
  readonly members: readonly Member[];
}

/** In the order in which the statement builds it: a thousand of them come as one value, without their names. */
type Member = readonly [
  agent: string,
  present: boolean,
  capacity: number,
  load: number,
  lastAssignedAt: Instant | null,
  calendar: string | null,
  onLeave: boolean,
  hasOffer: boolean,
  skills: Readonly<Record<string, number>> | null,
  languages: readonly string[],
  place: Candidate["place"],
  regions: readonly string[],
  knowsThem: boolean,
  results: Results | null,
];

/** Of everybody in the team; of one of them when `only` is given. */
export async function figuresOf(tx: Transaction, sought: Sought, only: string | null = null): Promise<Figures> {
  const { number, team, category } = sought;
  const [row] = await tx.$queryRaw<[Row]>`
    WITH
    sought AS (SELECT number, epoch, requester_id, follow_up_of, language, site FROM tickets WHERE number = ${number}),
    members AS (
      SELECT a.* FROM agents a JOIN team_members m ON m.agent_id = a.id AND m.team_id = ${team}
      WHERE a.active AND (${only}::text IS NULL OR a.id = ${only})),
    wanted AS (SELECT skill_id, level FROM category_skills WHERE category_id = ${category}),
    loads AS (
      SELECT r.agent_id, sum(r.places)::int AS load, bool_or(r.offered) AS offered
      FROM reservations r JOIN members a ON a.id = r.agent_id WHERE r.ticket <> ${number} GROUP BY r.agent_id),
    skilled AS (
      SELECT s.agent_id, json_object_agg(s.skill_id, s.level) AS skills
      FROM agent_skills s JOIN wanted USING (skill_id) JOIN members a ON a.id = s.agent_id GROUP BY s.agent_id),
    known AS (
      SELECT DISTINCT t.assignee_id FROM tickets t JOIN sought s
      ON t.requester_id = s.requester_id AND t.number <> s.number OR t.number = s.follow_up_of
      WHERE t.assignee_id IS NOT NULL),
    away AS (SELECT DISTINCT agent_id FROM leaves WHERE since <= clock_timestamp() AND until > clock_timestamp()),
    learned AS (
      SELECT r.agent_id, json_build_object('at', ${instant("r.at")}, 'resolved', r.resolved, 'logMs', r.log_ms,
        'reopened', r.reopened) AS results
      FROM results r JOIN members a ON a.id = r.agent_id WHERE r.category_id = ${category})
    SELECT ${instant("clock_timestamp()")} AS at, s.epoch, s.language, s.site,
      EXISTS (SELECT 1 FROM reservations r WHERE r.ticket = s.number AND r.confirmed) AS taken,
      (SELECT r.agent_id FROM reservations r JOIN members a ON a.id = r.agent_id WHERE r.ticket = s.number) AS held,
      (SELECT dispatch FROM teams WHERE id = ${team}) AS set,
      (SELECT json_object_agg(skill_id, level) FROM wanted) AS skills,
      (SELECT coalesce(json_agg(json_build_array(
          a.id, a.present, a.capacity, coalesce(l.load, 0), ${instant("a.last_assigned_at")}, a.calendar_id,
          w.agent_id IS NOT NULL, coalesce(l.offered, false), k.skills, a.language || a.languages,
          CASE WHEN a.latitude IS NOT NULL THEN json_build_object(
            'latitude', a.latitude, 'longitude', a.longitude, 'radiusKm', coalesce(a.radius_km, 0)) END,
          a.regions, n.assignee_id IS NOT NULL, e.results)), '[]')
        FROM members a
        LEFT JOIN loads l ON l.agent_id = a.id
        LEFT JOIN skilled k ON k.agent_id = a.id
        LEFT JOIN away w ON w.agent_id = a.id
        LEFT JOIN known n ON n.assignee_id = a.id
        LEFT JOIN learned e ON e.agent_id = a.id) AS members
    FROM sought s`;
  return await judged(tx, sought, row);
}

/** Epoch ms of a column or a function of Postgres. */
function instant(of: "clock_timestamp()" | "a.last_assigned_at" | "r.at"): Prisma.Sql {
  return Prisma.raw(`(extract(epoch FROM ${of}) * 1000)::float8`);
}

async function judged(tx: Transaction, sought: Sought, row: Row): Promise<Figures> {
  const { at, epoch, taken, held, set, members } = row;
  const rules = rulesOf(set);
  const calendars = new Set(members.map((member) => member[5]).filter((calendar) => calendar !== null));
  const open = await openNow(tx, calendars, at);
  const team = rules.learns ? teamResults(members) : noResults;
  const need: Need = {
    places: placesOf(rules, sought),
    skills: row.skills ?? {},
    relaxed: sought.relaxed,
    language: row.language,
    site: row.site,
  };
  const candidates = members.map((member) => candidateOf(member, sought, (calendar) => calendar === null || open.has(calendar), (results) =>
    rules.learns ? performanceOf(results, team, at) : null,
  ));
  return { at, epoch, taken, held, rules, need, candidates };
}

function candidateOf(
  member: Member,
  { declined }: Sought,
  isOpen: (calendar: string | null) => boolean,
  performance: (results: Results) => number | null,
): Candidate {
  const [agent, present, capacity, load, lastAssignedAt, calendar, onLeave, hasOffer, skills, languages, place, regions, knowsThem, results] = member;
  return {
    agent,
    present,
    onDuty: isOpen(calendar),
    onLeave,
    capacity,
    load,
    lastAssignedAt,
    skills: skills ?? {},
    languages,
    place,
    regions,
    knowsThem,
    performance: performance(results ?? noResults),
    declined: declined.includes(agent),
    hasOffer,
  };
}

/** What the members achieved together, each sum as of its own instant: near enough for a mean. */
function teamResults(members: readonly Member[]): Results {
  return members.reduce<Results>((sum, { 13: results }) => {
    if (results === null) return sum;
    return {
      at: Math.max(sum.at, results.at),
      resolved: sum.resolved + results.resolved,
      logMs: sum.logMs + results.logMs,
      reopened: sum.reopened + results.reopened,
    };
  }, noResults);
}
