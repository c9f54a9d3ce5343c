// Tickets that wait for too long in one team's queue go to another, by the team's rule: at once where the wait is expected to be
// too long, else when it has become so; and only where somebody of the other team could have them now. Each goes once.
import { wouldWait } from "../../domain/dispatch/expectation";
import { choose } from "../../domain/dispatch/choose";
import { nextPortion } from "../../domain/dispatch/queue";
import type { Paced } from "../../domain/dispatch/queue";
import { rulesOf } from "../../domain/dispatch/rules";
import type { TeamRules } from "../../domain/dispatch/rules";
import type { Instant } from "../../domain/ticket";
import { standingOf } from "../expectation/standing";
import { figuresOf } from "./figures";
import type { Wish } from "./figures";
import { withPortions } from "./pacing";
import type { Transaction } from "./places";
import type { Next } from "./review";

interface Waiting {
  readonly ticket: number;
  readonly team: string;
  readonly since: Instant;
  readonly waitedMs: number;
  readonly sought: Wish;
}

/** A ticket that has just joined the queue. */
export async function overflowAtOnce(tx: Transaction, waiting: Omit<Waiting, "waitedMs">, { overflow }: TeamRules): Promise<void> {
  if (overflow === null) return;
  const { ticket: number, team, since: createdAt, sought } = waiting;
  const { standing } = await standingOf(tx, { number, team, createdAt, category: sought.category, priority: sought.priority });
  const wait = wouldWait(standing.waits, standing);
  if (wait !== null && wait > overflow.afterMs) await sendOver(tx, { ...waiting, waitedMs: 0 }, overflow.to);
}

/** Those of a queue that have waited for too long by now; when the next one will have. */
export async function overflowDue(tx: Transaction, team: string, { overflow }: TeamRules): Promise<Next | null> {
  if (overflow === null) return null;
  const waiters = await waitersOf(tx, team);
  for (const waiting of waiters) if (waiting.waitedMs >= overflow.afterMs) await sendOver(tx, waiting, overflow.to);
  const left = waiters.map(({ waitedMs }) => overflow.afterMs - waitedMs).filter((ms) => ms > 0);
  if (left.length === 0) return null;
  const [{ at }] = await tx.$queryRaw<[{ at: Instant }]>`SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS at`;
  return { at: at + Math.min(...left), what: `too long a wait: on to team ${overflow.to}` };
}

/**
 * Somebody has room, and nothing waits in their own teams: whoever has waited for too long in a team that overflows into these, as
 * many as there is room for, in portions where these teams want it so. Answers when the next portion comes, if some is held back.
 */
export async function drawOver(tx: Transaction, agent: string): Promise<Instant | null> {
  const teams = await tx.$queryRaw<{ id: string; set: Partial<TeamRules>; next: Partial<TeamRules> }[]>`
    SELECT g.id, g.dispatch AS set, t.dispatch AS next
    FROM team_members m JOIN teams t ON t.id = m.team_id JOIN teams g ON g.dispatch -> 'overflow' ->> 'to' = t.id
    WHERE m.agent_id = ${agent} AND EXISTS (SELECT FROM waiters w WHERE w.team_id = g.id AND w.overflow_at IS NULL) ORDER BY g.id`;
  if (teams.length === 0) return null;
  const { room, at, since, ...before } = await roomOf(tx, agent);
  let [left, given, heldBackUntil] = [room, before.given, null as Instant | null];
  for (const { id, set, next } of teams) {
    const { overflow } = rulesOf(set);
    if (overflow === null) continue;
    for (const waiting of await waitersOf(tx, id)) {
      if (left <= 0) break;
      if (waiting.waitedMs < overflow.afterMs) continue;
      const portion = nextPortion(rulesOf(next), waiting.sought.priority, { since, given }, at);
      heldBackUntil ??= portion;
      if (portion !== null || !(await sendOver(tx, waiting, overflow.to))) continue;
      left -= 1;
      if (waiting.sought.priority !== "urgent") given += 1;
    }
  }
  if (since !== null && given > before.given) await tx.$executeRaw`UPDATE agents SET paced_given = ${given} WHERE id = ${agent}`;
  return heldBackUntil;
}

async function roomOf(tx: Transaction, agent: string): Promise<Paced & { readonly room: number; readonly at: Instant }> {
  const [row] = await tx.$queryRaw<[Paced & { room: number; at: Instant }]>`
    SELECT (a.capacity - coalesce((SELECT sum(places) FROM reservations WHERE agent_id = a.id), 0))::int AS room,
           (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS at,
           (extract(epoch FROM a.paced_since) * 1000)::float8 AS since, a.paced_given AS given
    FROM agents a WHERE id = ${agent}`;
  return row;
}

/** Owes its run the word, which a run that has somebody by then refuses. False: nobody there could have it, or it went before. */
async function sendOver(tx: Transaction, { ticket, team, sought }: Waiting, to: string): Promise<boolean> {
  const [before] = await tx.$queryRaw<object[]>`
    SELECT FROM events WHERE ticket = ${ticket} AND kind = 'transferred' AND facts ? 'overflow' LIMIT 1`;
  if (before !== undefined) return false;
  const figures = await figuresOf(tx, { ...sought, number: ticket, team: to });
  const candidates = await withPortions(tx, { team: to, priority: sought.priority }, figures);
  const { agent } = choose(candidates, figures.need, figures.rules, figures.at);
  if (agent === null) return false;
  const payload = JSON.stringify({ from: team, to });
  await tx.$queryRaw`
    WITH marked AS (UPDATE waiters SET overflow_at = clock_timestamp() WHERE ticket = ${ticket}),
    told AS (INSERT INTO outbox (kind, subject, payload) VALUES ('overflowed', ${String(ticket)}, ${payload}::jsonb))
    SELECT pg_notify('perdura_outbox', '')::text`;
  return true;
}

/** Those that have not been sent on, in the order of their turns. */
async function waitersOf(tx: Transaction, team: string): Promise<readonly Waiting[]> {
  return await tx.$queryRaw<Waiting[]>`
    SELECT ticket, team_id AS team, (extract(epoch FROM since) * 1000)::float8 AS since, sought,
           (extract(epoch FROM clock_timestamp() - queued_at) * 1000)::float8 AS "waitedMs"
    FROM waiters WHERE team_id = ${team} AND overflow_at IS NULL ORDER BY turn, ticket LIMIT 200`;
}
