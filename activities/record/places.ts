// What an event means for capacity: the place that a ticket takes, keeps or gives up, in the transaction that records it.
import { occupies, seeksAssignee } from "../../domain/assignment";
import { refuse } from "../../domain/refusal";
import type { Ticket, TicketEvent } from "../../domain/ticket";
import { priorityRank } from "../../domain/words";
import { fill, lockAgents } from "../dispatch/places";
import type { Transaction } from "../dispatch/places";
import type { LostCause, Step } from "./shapes";

export async function settlePlaces(tx: Transaction, steps: readonly Step[]): Promise<void> {
  const before = steps[0]?.before;
  const last = steps[steps.length - 1];
  if (before === undefined || last === undefined || isIndifferent(before, last.after)) return;
  const ticket = last.after;
  if (seeksAssignee(ticket)) return await keepSeeking(tx, ticket, before.team !== null && before.team !== ticket.team);
  if (isByDispatch(steps)) return;
  if (before.version === 0 || seeksAssignee(before)) await tx.$executeRaw`DELETE FROM waiters WHERE ticket = ${ticket.number}`;
  const held = await holder(tx, ticket.number);
  const taker = occupies(ticket) ? ticket.assignee : null;
  const agents = [held, taker].filter((agent) => agent !== null);
  if (agents.length > 0) await lockAgents(tx, agents);
  if (taker !== null) await confirm(tx, ticket.number, taker, held);
  else if (held !== null) await tx.$executeRaw`DELETE FROM reservations WHERE ticket = ${ticket.number}`;
  if (held !== null && held !== taker) await fill(tx, held);
}

/** The place was reserved by the decision, the queue left with it, and the record has confirmed it: nothing is left to do. */
function isByDispatch(steps: readonly Step[]): boolean {
  const moves = steps.filter(({ before, after }) => before.assignee !== after.assignee || occupies(before) !== occupies(after));
  const [move] = moves;
  return moves.length === 1 && move?.event.kind === "assigned" && move.event.facts.decision !== null;
}

/**
 * Assignments by dispatch whose place is gone: it was passed on, or the ticket went to another team meanwhile. Recorded all the
 * same they would exceed a capacity.
 */
export async function lostPlaces(tx: Transaction, number: number, events: readonly TicketEvent[]): Promise<LostCause[]> {
  const lost: LostCause[] = [];
  for (const { kind, cause, facts } of events) {
    if (kind !== "assigned" || facts.decision === null) continue;
    const [held] = await tx.$queryRaw<object[]>`
      SELECT 1 FROM reservations
      WHERE ticket = ${number} AND agent_id = ${facts.assignee} AND decision = ${facts.decision}`;
    if (held === undefined) lost.push({ cause, refusal: refuse("not_allowed_now", "The place is no longer reserved.") });
  }
  return lost;
}

/** A person may assign beyond a capacity, and a ticket that comes back to its assignee may exceed it: this never asks. */
async function confirm(tx: Transaction, ticket: number, agent: string, held: string | null): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO reservations (ticket, agent_id, confirmed) VALUES (${ticket}, ${agent}, true)
    ON CONFLICT (ticket) DO UPDATE
    SET confirmed = true, agent_id = excluded.agent_id,
        decision = CASE WHEN reservations.agent_id = excluded.agent_id THEN reservations.decision END`;
  if (held !== agent) await tx.$executeRaw`UPDATE agents SET last_assigned_at = clock_timestamp() WHERE id = ${agent}`;
}

/**
 * Somebody is sought: a place on offer is kept, the former assignee's is given up, the queue knows the present priority. In
 * another team everything begins anew: the queue left behind must not give it to one of theirs.
 */
async function keepSeeking(tx: Transaction, ticket: Ticket, isElsewhere: boolean): Promise<void> {
  if (isElsewhere) await tx.$executeRaw`DELETE FROM waiters WHERE ticket = ${ticket.number}`;
  else await tx.$executeRaw`UPDATE waiters SET priority_rank = ${priorityRank(ticket.priority)} WHERE ticket = ${ticket.number}`;
  const [held] = await tx.$queryRaw<{ agent: string; confirmed: boolean }[]>`
    SELECT agent_id AS agent, confirmed FROM reservations WHERE ticket = ${ticket.number}`;
  if (held === undefined || !(held.confirmed || isElsewhere)) return;
  await lockAgents(tx, [held.agent]);
  const freed = await tx.$executeRaw`DELETE FROM reservations WHERE ticket = ${ticket.number} AND agent_id = ${held.agent}`;
  if (freed > 0) await fill(tx, held.agent);
}

function isIndifferent(before: Ticket, after: Ticket): boolean {
  return (
    before.version > 0 &&
    before.assignee === after.assignee &&
    before.team === after.team &&
    occupies(before) === occupies(after) &&
    seeksAssignee(before) === seeksAssignee(after) &&
    (!seeksAssignee(after) || before.priority === after.priority)
  );
}

async function holder(tx: Transaction, ticket: number): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ agent: string }[]>`SELECT agent_id AS agent FROM reservations WHERE ticket = ${ticket}`;
  return row?.agent ?? null;
}
