// What a choice is made on, read in one statement: the ticket's need, the team's rules, and the figures of everybody in it.
// Refuses to know who is better.
import type { Candidate, Need, Site } from "../../domain/dispatch/candidate";
import { placesOf, rulesOf } from "../../domain/dispatch/rules";
import type { TeamRules } from "../../domain/dispatch/rules";
import type { Instant } from "../../domain/ticket";
import type { Priority, TicketType } from "../../domain/words";
import { Prisma } from "../../prisma/client";
import { candidatesOf } from "./members";
import type { Members } from "./members";
import { openNow } from "./on-duty";
import type { Transaction } from "./places";

/** What a ticket asks for, as its run knows it: when it opens, its row doesn't yet. */
export interface Wish {
  readonly category: string | null;
  readonly type: TicketType;
  readonly priority: Priority;
  /** Whom it was offered to in vain. */
  readonly declined: readonly string[];
  /** Who let its offer lapse. */
  readonly lapsed: readonly string[];
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
  /** Who of the team holds a place for this ticket already, and whether they are only to be asked. */
  readonly held: { readonly agent: string; readonly offered: boolean } | null;
  readonly rules: TeamRules;
  readonly need: Need;
  readonly candidates: readonly Candidate[];
  /** Those of their calendars whose working hours it is. */
  readonly open: ReadonlySet<string>;
}

interface Row extends Members, Pick<Figures, "at" | "epoch" | "taken" | "held"> {
  readonly set: Partial<TeamRules>;
  readonly site: Site | null;
  readonly wanted: Need["skills"] | null;
}

/**
 * Of everybody in the team; of one of them when `only` is given. What belongs to people comes beside them, by the number that
 * this statement gives each, and is put together here: as joins it would be planned by guesses, and a wrong one costs seconds in
 * a large team. Columns rather than rows, since a thousand people are a few long lists then. Nothing is read that this ticket
 * doesn't ask for.
 */
export async function figuresOf(tx: Transaction, sought: Sought, only: string | null = null): Promise<Figures> {
  const { number, team, category } = sought;
  // Two texts rather than a condition that holds for all: each is planned for what it reads.
  const one = only === null ? Prisma.empty : Prisma.sql`AND m.agent_id = ${only}`;
  const [row] = await tx.$queryRaw<[Row]>`
    WITH
    sought AS (SELECT number, epoch, requester_id, follow_up_of, language, site FROM tickets WHERE number = ${number}),
    people AS MATERIALIZED (
      SELECT row_number() OVER ()::int - 1 AS nth, a.id AS agent_id, a.present, a.capacity, a.last_assigned_at, a.calendar_id,
             a.language, a.languages
      FROM team_members m JOIN agents a ON a.id = m.agent_id WHERE m.team_id = ${team} AND a.active ${one}),
    wanted AS (SELECT skill_id, level FROM category_skills WHERE category_id = ${category})
    SELECT (date_part('epoch', clock_timestamp()) * 1000) AS at, s.epoch, s.language, s.site,
      EXISTS (SELECT FROM reservations r WHERE r.ticket = s.number AND r.confirmed) AS taken,
      (SELECT json_build_object('agent', r.agent_id, 'offered', r.offered)
        FROM reservations r JOIN team_members m ON m.agent_id = r.agent_id AND m.team_id = ${team} ${one}
        WHERE r.ticket = s.number) AS held,
      (SELECT dispatch FROM teams WHERE id = ${team}) AS set,
      (SELECT json_object_agg(skill_id, level) FROM wanted) AS wanted,
      (SELECT ${columns("nth", "agent_id", "present", "capacity", ms("last_assigned_at"), "calendar_id", speaks)} FROM people) AS members,
      (SELECT ${columns("nth", "places", "is_asked")} FROM (
        SELECT p.nth, sum(r.places)::int AS places, bool_or(r.offered) AS is_asked
        FROM reservations r JOIN people p USING (agent_id) WHERE r.ticket <> s.number GROUP BY p.nth) r) AS loads,
      (SELECT json_object_agg(skill_id, levels) FROM (
        SELECT skill_id, ${columns("p.nth", "k.level")} AS levels
        FROM agent_skills k JOIN people p USING (agent_id) WHERE skill_id IN (SELECT skill_id FROM wanted) GROUP BY skill_id) k) AS levels,
      CASE WHEN s.site IS NOT NULL THEN (
        SELECT ${columns("p.nth", place, "a.regions")}
        FROM agents a JOIN people p ON p.agent_id = a.id) END AS reach,
      (SELECT coalesce(json_agg(agent_id), '[]') FROM leaves l JOIN people USING (agent_id)
        WHERE l.since <= clock_timestamp() AND l.until > clock_timestamp()) AS away,
      (SELECT coalesce(json_agg(DISTINCT assignee_id), '[]') FROM (
        SELECT t.assignee_id FROM tickets t WHERE t.requester_id = s.requester_id AND t.number <> s.number
        UNION ALL SELECT t.assignee_id FROM tickets t WHERE t.number = s.follow_up_of) k) AS known,
      CASE WHEN EXISTS (SELECT FROM teams WHERE id = ${team} AND dispatch -> 'learns' = 'true') THEN (
        SELECT ${columns("p.nth", ms("r.at"), "r.resolved", "r.log_ms", "r.reopened", "r.rated", "r.stars")}
        FROM results r JOIN people p USING (agent_id) WHERE r.category_id = ${category}) END AS results
    FROM sought s`;
  return await judged(tx, sought, row);
}

const speaks = "language = s.language OR s.language = ANY (languages)";
const place = `CASE WHEN a.latitude IS NOT NULL THEN
  json_build_object('latitude', a.latitude, 'longitude', a.longitude, 'radiusKm', coalesce(a.radius_km, 0)) END`;

/** Whole epoch ms: shorter to write and to read. */
function ms(column: string): string {
  return `(date_part('epoch', ${column}) * 1000)::int8`;
}

/** `Columns` of members.ts: a list for each expression, of whatever is selected from. */
function columns(...expressions: readonly string[]): Prisma.Sql {
  return Prisma.raw(`CASE WHEN count(*) > 0 THEN json_build_array(${expressions.map((one) => `json_agg(${one})`).join(", ")}) END`);
}

async function judged(tx: Transaction, sought: Sought, row: Row): Promise<Figures> {
  const { at, epoch, taken, held, set, members } = row;
  const rules = rulesOf(set);
  const calendars = new Set((members?.[5] ?? []).filter((calendar) => calendar !== null));
  const open = await openNow(tx, calendars, at);
  const need: Need = {
    places: placesOf(rules, sought),
    skills: row.wanted ?? {},
    relaxed: sought.relaxed,
    language: row.language,
    site: row.site,
  };
  return { at, epoch, taken, held, rules, need, candidates: candidatesOf(row, sought, { open, learns: rules.learns }), open };
}
