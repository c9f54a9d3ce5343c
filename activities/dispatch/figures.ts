// What a choice is made on, read in one statement: the ticket's need, the team's rules, and the figures of everybody in it.
// Refuses to know who is better.
import type { Candidate, Need, Site } from "../../domain/dispatch/candidate";
import { placesOf, rulesOf } from "../../domain/dispatch/rules";
import type { TeamRules } from "../../domain/dispatch/rules";
import type { Instant } from "../../domain/ticket";
import type { Priority, TicketType } from "../../domain/words";
import { Prisma } from "../../prisma/client";
import { candidatesOf, peopleOf } from "./members";
import type { Members, Person } from "./members";
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
  /**
   * Somebody has the ticket, or it is solved or waits for something else: a run that seeks anybody is behind (it was reset, or its
   * worker died before its task ended), and learns so when it records.
   */
  readonly unsought: boolean;
  /** Who of the team holds a place for this ticket already, and whether they are only to be asked. */
  readonly held: { readonly agent: string; readonly offered: boolean } | null;
  readonly rules: TeamRules;
  readonly need: Need;
  readonly candidates: readonly Candidate[];
  /** Those of their calendars whose working hours it is. */
  readonly open: ReadonlySet<string>;
}

/** What one statement has read. */
export interface Read extends Members, Pick<Figures, "at" | "epoch" | "unsought" | "held"> {
  readonly set: Partial<TeamRules>;
  readonly language: string;
  readonly site: Site | null;
  readonly wanted: Need["skills"] | null;
  readonly known: readonly string[];
  /** What the statement saw (`pg_current_snapshot`), and the transaction in which it ran, if that has a number. */
  readonly snapshot: string;
  readonly own: string | null;
  /** Whose figures are not as they were, where only those were asked for. */
  readonly moved: readonly string[] | null;
}

/** Of everybody in the team; of one of them when `only` is given. */
export async function figuresOf(tx: Transaction, sought: Sought, only: string | null = null): Promise<Figures> {
  const read = await readFigures(tx, sought, only === null ? {} : { only });
  return await judged(tx, sought, read, peopleOf(read));
}

/** Of everybody, of one, or of those whose figures have changed since an earlier reading. */
export interface Extent {
  readonly only?: string;
  readonly since?: Pick<Read, "snapshot" | "own">;
  /** As any ticket of the category finds them: a place that this one holds counts, and where they work is read. */
  readonly forAny?: boolean;
}

/**
 * What belongs to people comes beside them, by the number that this statement gives each, and is put together here: as joins it
 * would be planned by guesses, and a wrong one costs seconds in a large team. Columns rather than rows, since a thousand people
 * are a few long lists then. Nothing is read that this ticket doesn't ask for.
 */
export async function readFigures(tx: Transaction, sought: Sought, { only, since, forAny = false }: Extent): Promise<Read> {
  const { number, team, category } = sought;
  // Texts of their own rather than a condition that holds for all: each is planned for what it reads.
  const one = only === undefined ? Prisma.empty : Prisma.sql`AND m.agent_id = ${only}`;
  const moved = since === undefined ? Prisma.empty : Prisma.sql`moved AS MATERIALIZED (${movedSince(since)}),`;
  const among = since === undefined ? one : Prisma.sql`AND m.agent_id IN (SELECT agent_id FROM moved)`;
  const [row] = await tx.$queryRaw<[Read]>`
    WITH
    ${moved}
    sought AS (SELECT number, epoch, status, requester_id, follow_up_of, language, site FROM tickets WHERE number = ${number}),
    people AS MATERIALIZED (
      SELECT row_number() OVER ()::int - 1 AS nth, a.id AS agent_id, a.present, a.capacity, a.last_assigned_at, a.calendar_id,
             a.language, a.languages
      FROM team_members m JOIN agents a ON a.id = m.agent_id WHERE m.team_id = ${team} AND a.active ${among}),
    wanted AS (SELECT skill_id, level FROM category_skills WHERE category_id = ${category})
    SELECT (date_part('epoch', clock_timestamp()) * 1000) AS at, s.epoch, s.language, s.site,
      pg_current_snapshot()::text AS snapshot, pg_current_xact_id_if_assigned()::text AS own,
      ${since === undefined ? Prisma.sql`NULL::json` : Prisma.sql`(SELECT coalesce(json_agg(agent_id), '[]') FROM moved)`} AS moved,
      s.status NOT IN ('new', 'open') OR EXISTS (SELECT FROM reservations r WHERE r.ticket = s.number AND r.confirmed) AS unsought,
      (SELECT json_build_object('agent', r.agent_id, 'offered', r.offered)
        FROM reservations r JOIN team_members m ON m.agent_id = r.agent_id AND m.team_id = ${team} ${one}
        WHERE r.ticket = s.number) AS held,
      (SELECT dispatch FROM teams WHERE id = ${team}) AS set,
      (SELECT json_object_agg(skill_id, level) FROM wanted) AS wanted,
      (SELECT ${columns("nth", "agent_id", "present", "capacity", ms("last_assigned_at"), "calendar_id", "language", "languages")}
        FROM people) AS members,
      (SELECT ${columns("nth", "places", "is_asked")} FROM (
        SELECT p.nth, sum(r.places)::int AS places, bool_or(r.offered) AS is_asked
        FROM reservations r JOIN people p USING (agent_id) WHERE ${forAny} OR r.ticket <> s.number GROUP BY p.nth) r) AS loads,
      (SELECT json_object_agg(skill_id, levels) FROM (
        SELECT skill_id, ${columns("p.nth", "k.level")} AS levels
        FROM agent_skills k JOIN people p USING (agent_id) WHERE skill_id IN (SELECT skill_id FROM wanted) GROUP BY skill_id) k) AS levels,
      CASE WHEN ${forAny} OR s.site IS NOT NULL THEN (
        SELECT ${columns("p.nth", place, "a.regions")}
        FROM agents a JOIN people p ON p.agent_id = a.id) END AS reach,
      (SELECT ${columns("p.nth", ms("l.since"), ms("l.until"))} FROM leaves l JOIN people p USING (agent_id)
        WHERE l.until > clock_timestamp()) AS leaves,
      (SELECT coalesce(json_agg(DISTINCT assignee_id), '[]') FROM (
        SELECT t.assignee_id FROM tickets t WHERE t.requester_id = s.requester_id AND t.number <> s.number
        UNION ALL SELECT t.assignee_id FROM tickets t WHERE t.number = s.follow_up_of) k) AS known,
      CASE WHEN EXISTS (SELECT FROM teams WHERE id = ${team} AND dispatch -> 'learns' = 'true') THEN (
        SELECT ${columns("p.nth", ms("r.at"), "r.resolved", "r.log_ms", "r.reopened", "r.rated", "r.stars")}
        FROM results r JOIN people p USING (agent_id) WHERE r.category_id = ${category}) END AS results
    FROM sought s`;
  return row;
}

/** What a transaction does that an earlier reading saw nothing of, its own included: what it does later, it doesn't see yet. */
function movedSince({ snapshot, own }: Pick<Read, "snapshot" | "own">): Prisma.Sql {
  return Prisma.sql`
    SELECT DISTINCT agent_id FROM agent_moves
    WHERE by >= pg_snapshot_xmin(${snapshot}::pg_snapshot)::text::bigint
      AND (NOT pg_visible_in_snapshot(by::text::xid8, ${snapshot}::pg_snapshot) OR by = ${own}::bigint)`;
}

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

export async function judged(tx: Transaction, sought: Sought, read: Read, people: readonly Person[]): Promise<Figures> {
  const { at, epoch, unsought, held, set, language, known } = read;
  const { declined, lapsed, relaxed } = sought;
  const rules = rulesOf(set);
  const calendars = new Set<string>();
  for (const { calendar } of people) if (calendar !== null) calendars.add(calendar);
  const open = await openNow(tx, calendars, at);
  const need: Need = { places: placesOf(rules, sought), skills: read.wanted ?? {}, relaxed, language, site: read.site };
  const candidates = candidatesOf(people, { at, language, known, declined, lapsed, open, learns: rules.learns });
  return { at, epoch, unsought, held, rules, need, candidates, open };
}
