// Places of capacity: who holds one, and who gets it when it becomes free. Everything here runs inside a transaction that
// has locked the agents it speaks of, in the order of their ids: so no capacity is ever exceeded by dispatch, and nobody
// joins a queue in the moment in which a place for them becomes free.
import { randomUUID } from "node:crypto";
import { choose } from "../../domain/dispatch";
import type { Candidate, Choice } from "../../domain/dispatch";
import type { Prisma } from "../../prisma/client";

export type Transaction = Prisma.TransactionClient;

/** Locks agents until the transaction's end. Always by id, ascending: two transactions can't wait for each other. */
export async function lockAgents(tx: Transaction, agents: readonly string[]): Promise<void> {
  await tx.$queryRaw`SELECT id FROM agents WHERE id = ANY(${[...agents]}) ORDER BY id FOR NO KEY UPDATE`;
}

/** Locks the active members of a team. */
export async function lockTeam(tx: Transaction, team: string): Promise<void> {
  await tx.$queryRaw`
    SELECT a.id FROM agents a JOIN team_members m ON m.agent_id = a.id
    WHERE m.team_id = ${team} AND a.active ORDER BY a.id FOR NO KEY UPDATE OF a`;
}

/** Notes a decision with its candidates' figures, and reserves the place, unconfirmed until the assignment is recorded. */
export async function reserve(tx: Transaction, decision: Decision & { readonly agent: string }): Promise<void> {
  const { id, ticket, team, agent, considered } = decision;
  await tx.$executeRaw`
    WITH
    noted AS (
      INSERT INTO dispatch_decisions (id, ticket, team_id, agent_id, considered)
      VALUES (${id}, ${ticket}, ${team}, ${agent}, ${JSON.stringify(considered)}::jsonb)
      ON CONFLICT (id) DO UPDATE SET agent_id = excluded.agent_id, considered = excluded.considered),
    left_queue AS (DELETE FROM waiters WHERE ticket = ${ticket}),
    busier AS (UPDATE agents SET last_assigned_at = clock_timestamp() WHERE id = ${agent})
    INSERT INTO reservations (ticket, agent_id, decision, confirmed) VALUES (${ticket}, ${agent}, ${id}, false)
    ON CONFLICT (ticket) DO UPDATE SET agent_id = excluded.agent_id, decision = excluded.decision, confirmed = false`;
}

/** A choice by name, with everybody who was considered. */
export interface Decision {
  readonly id: string;
  readonly ticket: number;
  readonly team: string;
  readonly considered: Choice["considered"];
}

/**
 * Gives every free place of a (locked) agent to the waiter it fits: the highest priority first, then the oldest. The place is
 * reserved here; the signal that the outbox carries only tells the ticket of it.
 */
export async function fill(tx: Transaction, agent: string): Promise<void> {
  for (;;) {
    const candidate = await wantedCandidate(tx, agent);
    if (candidate === null) return;
    const { considered, agent: chosen } = choose([candidate]);
    const waiter = chosen === null ? null : await takeWaiter(tx, agent);
    if (waiter === null) return;
    const { ticket, team } = waiter;
    const id = `${ticket}-${randomUUID()}`;
    await reserve(tx, { id, ticket, team, agent, considered });
    await tx.$queryRaw`
      WITH told AS (
        INSERT INTO outbox (kind, subject, payload)
        VALUES ('capacityFreed', ${String(ticket)}, ${JSON.stringify({ agent, team, decision: id })}::jsonb))
      SELECT pg_notify('perdura_outbox', '')::text`;
  }
}

/** The agent's figures, if a ticket waits in one of their teams; null when nobody waits for them. */
async function wantedCandidate(tx: Transaction, agent: string): Promise<Candidate | null> {
  const [candidate] = await tx.$queryRaw<Candidate[]>`
    SELECT a.id AS agent, a.present, a.capacity,
           (SELECT count(*) FROM reservations r WHERE r.agent_id = a.id)::int AS load,
           (extract(epoch FROM a.last_assigned_at) * 1000)::float8 AS "lastAssignedAt"
    FROM agents a
    WHERE a.id = ${agent} AND a.active AND EXISTS (
      SELECT 1 FROM waiters w JOIN team_members m ON m.team_id = w.team_id WHERE m.agent_id = a.id)`;
  return candidate ?? null;
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
