// Places of capacity, and the decisions that give them away. Everything here runs inside a transaction that has locked the
// agents it speaks of, in the order of their ids: so no capacity is ever exceeded by dispatch, and nobody joins a queue in the
// moment in which a place for them becomes free.
import { placesFor } from "../../domain/dispatch/candidate";
import type { Need } from "../../domain/dispatch/candidate";
import type { Considered } from "../../domain/dispatch/choose";
import { pack } from "../../domain/dispatch/stored";
import type { TeamRules } from "../../domain/dispatch/rules";
import type { OfferTerms } from "../../domain/offers";
import { asBytes } from "../../prisma/as-bytes";
import { Prisma } from "../../prisma/client";

export type Transaction = Prisma.TransactionClient;

/** Locks agents until the transaction's end. Always by id, ascending: two transactions can't wait for each other. */
export async function lockAgents(tx: Transaction, agents: readonly string[]): Promise<void> {
  await tx.$queryRaw`SELECT id FROM agents WHERE id = ANY(${[...agents]}) ORDER BY id FOR NO KEY UPDATE`;
}

/**
 * Takes one's turn among those who choose for this team, until the transaction's end; locks none of its people. Before any of
 * them is locked: so two transactions can't wait for each other. Answers whether anything waits in the team's queue.
 */
export async function takeTurn(tx: Transaction, team: string): Promise<{ readonly isQueueing: boolean }> {
  const [row] = await tx.$queryRaw<[{ isQueueing: boolean }?]>`
    SELECT EXISTS (SELECT FROM waiters WHERE team_id = ${team}) AS "isQueueing" FROM teams WHERE id = ${team} FOR NO KEY UPDATE`;
  return row ?? { isQueueing: false };
}

/** Locks the active members of a team. */
export async function lockMembers(tx: Transaction, team: string): Promise<void> {
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

/**
 * Notes the decision, and reserves the places, unconfirmed until the assignment is recorded. With `ifUnchanged` only while whoever
 * is chosen (and locked by now) is as they were seen, and the ticket has no place; false: it isn't so, and the transaction must
 * come to nothing.
 */
export async function reserve(
  tx: Transaction,
  decision: Decision & { readonly agent: string },
  ifUnchanged: { readonly open: ReadonlySet<string> } | null = null,
): Promise<boolean> {
  const { id, ticket, agent, need, considered, offer } = decision;
  const seen = considered.find((one) => one.agent === agent);
  const places = placesFor(need, { capacity: seen?.capacity ?? need.places });
  const unchanged = ifUnchanged === null || seen === undefined ? Prisma.sql`true` : isStill(seen, decision, ifUnchanged.open);
  const reserved = await tx.$executeRaw`
    WITH
    noted AS (${noted(decision)}),
    left_queue AS (DELETE FROM waiters WHERE ticket = ${ticket}),
    busier AS (UPDATE agents SET last_assigned_at = clock_timestamp() WHERE id = ${agent})
    INSERT INTO reservations (ticket, agent_id, places, decision, confirmed, offered)
    SELECT ${ticket}, ${agent}, ${places}, ${id}, false, ${offer !== null} WHERE ${unchanged}
    ON CONFLICT (ticket) DO UPDATE
    SET agent_id = excluded.agent_id, places = excluded.places, decision = excluded.decision, confirmed = false,
        offered = excluded.offered
    WHERE ${ifUnchanged === null}`;
  return reserved > 0;
}

/**
 * Whether somebody could have the ticket as they could when they were seen: of the team and there, with the same capacity, load
 * and turn, and asked for nothing. `open`: the calendars whose working hours it is.
 */
function isStill({ agent, capacity, load, lastAssignedAt }: Considered, { ticket, team, offer }: Decision, open: ReadonlySet<string>): Prisma.Sql {
  const assigned = lastAssignedAt === null ? null : new Date(lastAssignedAt);
  return Prisma.sql`EXISTS (
    SELECT FROM agents a JOIN team_members m ON m.agent_id = a.id AND m.team_id = ${team}
    WHERE a.id = ${agent} AND a.active AND a.present AND a.capacity = ${capacity}
      AND a.last_assigned_at IS NOT DISTINCT FROM ${assigned}::timestamptz
      AND (a.calendar_id IS NULL OR a.calendar_id = ANY (${[...open]}))
      AND NOT EXISTS (SELECT FROM leaves l WHERE l.agent_id = a.id AND l.since <= clock_timestamp() AND l.until > clock_timestamp())
      AND ${load} = (SELECT coalesce(sum(r.places), 0) FROM reservations r WHERE r.agent_id = a.id AND r.ticket <> ${ticket})
      AND NOT (${offer !== null} AND EXISTS (SELECT FROM reservations r WHERE r.agent_id = a.id AND r.ticket <> ${ticket} AND r.offered)))`;
}

/** The part of a statement that keeps a decision, and who was chosen. Made again it is noted anew. */
export function noted(decision: Decision & { readonly agent: string | null }): Prisma.Sql {
  const { id, ticket, team, agent, asked, need, rules, considered, offer } = decision;
  const terms = offer === null ? null : JSON.stringify(offer);
  return Prisma.sql`
    INSERT INTO dispatch_decisions (id, ticket, team_id, agent_id, asked, need, rules, considered, offer)
    VALUES (${id}, ${ticket}, ${team}, ${agent}, ${asked}, ${JSON.stringify(need)}::jsonb, ${JSON.stringify(rules)}::jsonb,
            ${asBytes(pack(considered))}, ${terms}::jsonb)
    ON CONFLICT (id) DO UPDATE
    SET agent_id = excluded.agent_id, need = excluded.need, rules = excluded.rules, considered = excluded.considered,
        offer = excluded.offer`;
}
