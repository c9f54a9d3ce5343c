// How a team stands and did with tickets of a kind, read in one statement: what a wait is told by.
import type { Sample } from "../../domain/dispatch/expectation";
import { mostSamples } from "../../domain/dispatch/expectation";
import { turnOf } from "../../domain/dispatch/queue";
import { rulesOf } from "../../domain/dispatch/rules";
import type { TeamRules } from "../../domain/dispatch/rules";
import type { Standing } from "../../domain/dispatch/telling";
import type { Instant, Ticket } from "../../domain/ticket";
import type { Transaction } from "../dispatch/places";

export interface Stood {
  readonly at: Instant;
  readonly standing: Standing;
  readonly turn: Date;
}

type Pair = readonly [ahead: number, people: number, ms: number];

interface Row {
  readonly at: Instant;
  readonly ahead: number;
  readonly people: number;
  readonly waits: readonly Pair[];
  readonly solutions: readonly Pair[];
}

/** Of the ticket's team and kind. People are those who would work today: at night, too, they are the ones who will answer. */
export async function standingOf(db: Transaction, ticket: Pick<Ticket, "number" | "team" | "category" | "priority" | "createdAt">): Promise<Stood> {
  const { number, team, category, priority } = ticket;
  const rules = rulesOf(await ownRules(db, team));
  const turn = new Date(turnOf(ticket.createdAt, priority, rules.ageingMs));
  const [row] = await db.$queryRaw<[Row]>`
    WITH kind AS (
      SELECT ahead, people, waited_ms, answered_at, solved_ms, solved_at FROM expectations
      WHERE team_id = ${team} AND category IS NOT DISTINCT FROM ${category} AND priority = ${priority} AND ticket <> ${number})
    SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS at,
      (SELECT count(*)::int FROM expectations WHERE team_id = ${team} AND NOT over AND turn < ${turn} AND ticket <> ${number}) AS ahead,
      (SELECT count(*)::int FROM agents a JOIN team_members m ON m.agent_id = a.id
        WHERE m.team_id = ${team} AND a.active AND a.capacity > 0 AND NOT EXISTS (
          SELECT FROM leaves l WHERE l.agent_id = a.id AND l.since <= clock_timestamp() AND l.until > clock_timestamp())) AS people,
      (SELECT coalesce(json_agg(json_build_array(ahead, people, waited_ms) ORDER BY answered_at DESC), '[]') FROM (
        SELECT * FROM kind WHERE waited_ms IS NOT NULL ORDER BY answered_at DESC LIMIT ${mostSamples}) k) AS waits,
      (SELECT coalesce(json_agg(json_build_array(ahead, people, solved_ms) ORDER BY solved_at DESC), '[]') FROM (
        SELECT * FROM kind WHERE solved_ms IS NOT NULL AND ${rules.tells.resolution} ORDER BY solved_at DESC LIMIT ${mostSamples}) k) AS solutions`;
  const { at, ahead, people, waits, solutions } = row;
  return { at, turn, standing: { tells: rules.tells, ahead, people, waits: waits.map(asSample), solutions: solutions.map(asSample) } };
}

async function ownRules(db: Transaction, team: string | null): Promise<Partial<TeamRules>> {
  const [row] = await db.$queryRaw<{ set: Partial<TeamRules> }[]>`SELECT dispatch AS set FROM teams WHERE id = ${team}`;
  return row?.set ?? {};
}

function asSample([ahead, people, waitedMs]: Pair): Sample {
  return { ahead, people, waitedMs };
}
