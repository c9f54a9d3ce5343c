// Places of capacity, and the decisions that give them away. Everything here runs inside a transaction that has locked the
// agents it speaks of, in the order of their ids: so no capacity is ever exceeded by dispatch, and nobody joins a queue in the
// moment in which a place for them becomes free.
import { placesFor } from "../../domain/dispatch/candidate";
import type { Need } from "../../domain/dispatch/candidate";
import type { Considered } from "../../domain/dispatch/choose";
import { pack } from "../../domain/dispatch/stored";
import type { TeamRules } from "../../domain/dispatch/rules";
import type { OfferTerms } from "../../domain/offers";
import { Prisma } from "../../prisma/client";

export type Transaction = Prisma.TransactionClient;

/** Locks agents until the transaction's end. Always by id, ascending: two transactions can't wait for each other. */
export async function lockAgents(tx: Transaction, agents: readonly string[]): Promise<void> {
  await tx.$queryRaw`SELECT id FROM agents WHERE id = ANY(${[...agents]}) ORDER BY id FOR NO KEY UPDATE`;
}

/** Locks the active members of a team. */
export async function lockTeam(tx: Transaction, team: string): Promise<void> {
  // Counted, since nobody needs a thousand names.
  await tx.$queryRaw`
    SELECT count(*)::int FROM (
      SELECT a.id FROM agents a JOIN team_members m ON m.agent_id = a.id
      WHERE m.team_id = ${team} AND a.active ORDER BY a.id FOR NO KEY UPDATE OF a) AS locked`;
}

/** A choice by name, with everybody who was considered, and what they were measured by. */
export interface Decision {
  readonly id: string;
  readonly ticket: number;
  readonly team: string;
  /** `one`: only whose places became free was asked, for the ticket whose turn it was. */
  readonly asked: "all" | "one";
  readonly need: Need;
  readonly rules: TeamRules;
  readonly considered: readonly Considered[];
  /** Null: it is given, not offered. */
  readonly offer: OfferTerms | null;
}

/** Notes the decision, and reserves the places, unconfirmed until the assignment is recorded. */
export async function reserve(tx: Transaction, decision: Decision & { readonly agent: string }): Promise<void> {
  const { id, ticket, agent, need, considered, offer } = decision;
  const capacity = considered.find((one) => one.agent === agent)?.capacity ?? need.places;
  const places = placesFor(need, { capacity });
  await tx.$executeRaw`
    WITH
    noted AS (${noted(decision)}),
    left_queue AS (DELETE FROM waiters WHERE ticket = ${ticket}),
    busier AS (UPDATE agents SET last_assigned_at = clock_timestamp() WHERE id = ${agent})
    INSERT INTO reservations (ticket, agent_id, places, decision, confirmed, offered)
    VALUES (${ticket}, ${agent}, ${places}, ${id}, false, ${offer !== null})
    ON CONFLICT (ticket) DO UPDATE
    SET agent_id = excluded.agent_id, places = excluded.places, decision = excluded.decision, confirmed = false,
        offered = excluded.offered`;
}

/** The part of a statement that keeps a decision, and who was chosen. Made again it is noted anew. */
export function noted(decision: Decision & { readonly agent: string | null }): Prisma.Sql {
  const { id, ticket, team, agent, asked, need, rules, considered, offer } = decision;
  const terms = offer === null ? null : JSON.stringify(offer);
  return Prisma.sql`
    INSERT INTO dispatch_decisions (id, ticket, team_id, agent_id, asked, need, rules, considered, offer)
    VALUES (${id}, ${ticket}, ${team}, ${agent}, ${asked}, ${JSON.stringify(need)}::jsonb, ${JSON.stringify(rules)}::jsonb,
            ${JSON.stringify(pack(considered))}::jsonb, ${terms}::jsonb)
    ON CONFLICT (id) DO UPDATE
    SET agent_id = excluded.agent_id, need = excluded.need, rules = excluded.rules, considered = excluded.considered,
        offer = excluded.offer`;
}
