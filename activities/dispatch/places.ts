// Places of capacity: who holds one, and who gets it when it becomes free. Everything here runs inside a transaction that
// has locked the agents it speaks of, in the order of their ids: so no capacity is ever exceeded by dispatch, and nobody
// joins a queue in the moment in which a place for them becomes free.
import { randomUUID } from "node:crypto";
import { choose } from "../../domain/dispatch";
import type { Candidate } from "../../domain/dispatch";
import type { Prisma } from "../../prisma/client";

export type Transaction = Prisma.TransactionClient;

/** Locks agents until the transaction's end. Always by id, ascending: two transactions can't wait for each other. */
export async function lockAgents(tx: Transaction, agents: readonly string[]): Promise<void> {
  await tx.$queryRaw`SELECT id FROM agents WHERE id = ANY(${[...agents]}) ORDER BY id FOR NO KEY UPDATE`;
}

/** The active members of a team with their figures, locked. */
export async function lockCandidates(tx: Transaction, team: string): Promise<readonly Candidate[]> {
  await tx.$queryRaw`
    SELECT a.id FROM agents a JOIN team_members m ON m.agent_id = a.id
    WHERE m.team_id = ${team} AND a.active ORDER BY a.id FOR NO KEY UPDATE OF a`;
  return await tx.$queryRaw<Candidate[]>`
    SELECT a.id AS agent, a.present, a.capacity, count(r.ticket)::int AS load,
           (extract(epoch FROM a.last_assigned_at) * 1000)::float8 AS "lastAssignedAt"
    FROM agents a JOIN team_members m ON m.agent_id = a.id LEFT JOIN reservations r ON r.agent_id = a.id
    WHERE m.team_id = ${team} AND a.active GROUP BY a.id ORDER BY a.id`;
}

/** Reserves a place for a ticket, unconfirmed until its assignment is recorded; the ticket leaves the queue. */
export async function reserve(tx: Transaction, ticket: number, agent: string, decision: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO reservations (ticket, agent_id, decision, confirmed) VALUES (${ticket}, ${agent}, ${decision}, false)
    ON CONFLICT (ticket) DO UPDATE SET agent_id = excluded.agent_id, decision = excluded.decision, confirmed = false`;
  await tx.$executeRaw`DELETE FROM waiters WHERE ticket = ${ticket}`;
  await tx.$executeRaw`UPDATE agents SET last_assigned_at = clock_timestamp() WHERE id = ${agent}`;
}

/**
 * Gives every free place of a (locked) agent to the waiter it fits: the highest priority first, then the oldest. The place is
 * reserved here; the signal that the outbox carries only tells the ticket of it.
 */
export async function fill(tx: Transaction, agent: string): Promise<void> {
  for (;;) {
    const [candidate] = await figures(tx, agent);
    if (candidate === undefined || choose([candidate]).agent === null) return;
    const waiter = await takeWaiter(tx, agent);
    if (waiter === null) return;
    const decision = `${waiter.ticket}-${randomUUID()}`;
    await noteDecision(tx, decision, waiter.ticket, waiter.team, [candidate]);
    await reserve(tx, waiter.ticket, agent, decision);
    await tx.$executeRaw`
      INSERT INTO outbox (kind, subject, payload)
      VALUES ('capacityFreed', ${String(waiter.ticket)}, ${JSON.stringify({ agent, team: waiter.team, decision })}::jsonb)`;
    await tx.$executeRaw`SELECT pg_notify('perdura_outbox', '')`;
  }
}

/** Stores who was considered, with the figures that decided. */
export async function noteDecision(
  tx: Transaction,
  decision: string,
  ticket: number,
  team: string,
  candidates: readonly Candidate[],
): Promise<string | null> {
  const { agent, considered } = choose(candidates);
  await tx.$executeRaw`
    INSERT INTO dispatch_decisions (id, ticket, team_id, agent_id, considered)
    VALUES (${decision}, ${ticket}, ${team}, ${agent}, ${JSON.stringify(considered)}::jsonb)
    ON CONFLICT (id) DO UPDATE SET agent_id = excluded.agent_id, considered = excluded.considered`;
  return agent;
}

async function figures(tx: Transaction, agent: string): Promise<readonly Candidate[]> {
  return await tx.$queryRaw<Candidate[]>`
    SELECT a.id AS agent, a.present, a.capacity,
           (SELECT count(*) FROM reservations r WHERE r.agent_id = a.id)::int AS load,
           (extract(epoch FROM a.last_assigned_at) * 1000)::float8 AS "lastAssignedAt"
    FROM agents a WHERE a.id = ${agent} AND a.active`;
}

async function takeWaiter(tx: Transaction, agent: string): Promise<{ ticket: number; team: string } | null> {
  const [waiter] = await tx.$queryRaw<{ ticket: number; team: string }[]>`
    DELETE FROM waiters WHERE ticket = (
      SELECT w.ticket FROM waiters w JOIN team_members m ON m.team_id = w.team_id
      WHERE m.agent_id = ${agent}
      ORDER BY w.priority_rank DESC, w.since, w.ticket LIMIT 1 FOR UPDATE OF w SKIP LOCKED)
    RETURNING ticket, team_id AS team`;
  return waiter ?? null;
}
