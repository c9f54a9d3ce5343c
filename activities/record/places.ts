// What an event means for capacity: the place that a ticket takes, keeps or gives up, in the transaction that records it.
import { seeksAssignee } from "../../domain/assignment";
import { holderOf, placesHeld } from "../../domain/dispatch/load";
import { turnOf } from "../../domain/dispatch/queue";
import { rulesOf } from "../../domain/dispatch/rules";
import type { TeamRules } from "../../domain/dispatch/rules";
import { refuse } from "../../domain/refusal";
import type { TicketEvent } from "../../domain/event";
import type { Ticket } from "../../domain/ticket";
import { fill } from "../dispatch/fill";
import { lockAgents } from "../dispatch/places";
import type { Transaction } from "../dispatch/places";
import { keepAnswers } from "./offers";
import { placeTaken } from "./place-taken";
import type { LostCause, Step } from "./shapes";

/** Whether these steps change nothing about places that the writing of their events has not done. */
export function leavesPlaces(steps: readonly Step[]): boolean {
  const [before, after] = endsOf(steps);
  return (steps.every(keepsHolder) && isIndifferent(before, after)) || (!seeksAssignee(after) && isByDispatch(steps));
}

export async function settlePlaces(tx: Transaction, steps: readonly Step[]): Promise<void> {
  if (leavesPlaces(steps)) return;
  const [before, ticket] = endsOf(steps);
  const isAnswered = await keepAnswers(tx, steps);
  if (seeksAssignee(ticket)) return await keepSeeking(tx, ticket, before.team !== null && before.team !== ticket.team);
  if (before.version === 0 || seeksAssignee(before)) await tx.$executeRaw`DELETE FROM waiters WHERE ticket = ${ticket.number}`;
  const { holder, held, rules } = await standing(tx, ticket);
  const places = placesHeld(ticket, rules);
  const taker = places > 0 ? holderOf(ticket) : null;
  const agents = [holder, taker].filter((agent) => agent !== null);
  if (agents.length > 0) await lockAgents(tx, agents);
  if (taker !== null) await confirm(tx, ticket, { taker, places, holder });
  else if (holder !== null) await tx.$executeRaw`DELETE FROM reservations WHERE ticket = ${ticket.number}`;
  // Whoever has answered an offer may be made the next.
  if (holder !== null && (holder !== taker || places < held || isAnswered)) await fill(tx, holder);
  if (ticket.assignee !== null && before.assignee === ticket.assignee && standingOf(before) !== "open" && standingOf(ticket) === "open") {
    await lookForAbsent(tx, ticket.assignee);
  }
}

function endsOf(steps: readonly Step[]): readonly [before: Ticket, after: Ticket] {
  return [(steps[0] as Step).before, (steps[steps.length - 1] as Step).after];
}

/** The place was reserved by the decision, the queue left with it, and the record has confirmed it: nothing is left to do. */
function isByDispatch(steps: readonly Step[]): boolean {
  const moves = steps.filter((step) => !keepsHolder(step) || weighsOtherwise(step.before, step.after));
  const move = moves.at(-1);
  return move !== undefined && placeTaken(move.event) !== null && moves.every(({ before }) => holderOf(before) === null);
}

/**
 * Assignments and offers by dispatch whose place is gone: it was passed on, or the ticket went to another team meanwhile.
 * Recorded all the same they would exceed a capacity.
 */
export async function lostPlaces(tx: Transaction, number: number, events: readonly TicketEvent[]): Promise<LostCause[]> {
  const lost: LostCause[] = [];
  for (const event of events) {
    const place = placeTaken(event);
    if (place === null) continue;
    const [held] = await tx.$queryRaw<object[]>`
      SELECT 1 FROM reservations
      WHERE ticket = ${number} AND agent_id = ${place.agent} AND decision = ${place.decision}`;
    if (held === undefined) lost.push({ cause: event.cause, refusal: refuse("not_allowed_now", "The place is no longer reserved.") });
  }
  return lost;
}

/** It came back to somebody who may not be there: dispatch looks whether somebody else is to have it. */
async function lookForAbsent(tx: Transaction, assignee: string): Promise<void> {
  await tx.$queryRaw`
    WITH told AS (
      INSERT INTO outbox (kind, subject, payload)
      SELECT 'presence', id, '{}' FROM agents a
      WHERE id = ${assignee} AND (NOT present OR NOT active OR EXISTS (
        SELECT FROM leaves l WHERE l.agent_id = a.id AND l.since <= clock_timestamp() AND l.until > clock_timestamp()))
      RETURNING id)
    SELECT pg_notify('perdura_outbox', '')::text FROM told`;
}

/** A person may assign beyond a capacity, and a ticket that comes back to its assignee may exceed it: this never asks. */
async function confirm(
  tx: Transaction,
  { number, offer }: Ticket,
  { taker, places, holder }: { readonly taker: string; readonly places: number; readonly holder: string | null },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO reservations (ticket, agent_id, places, confirmed) VALUES (${number}, ${taker}, ${places}, true)
    ON CONFLICT (ticket) DO UPDATE
    SET confirmed = true, agent_id = excluded.agent_id, offered = ${offer !== null},
        places = excluded.places,
        decision = CASE WHEN reservations.agent_id = excluded.agent_id THEN reservations.decision END`;
  if (holder !== taker) await tx.$executeRaw`UPDATE agents SET last_assigned_at = clock_timestamp() WHERE id = ${taker}`;
}

/**
 * Somebody is sought: a place on offer is kept, the former assignee's is given up, the queue knows the present priority. In
 * another team everything begins anew: the queue left behind must not give it to one of theirs.
 */
async function keepSeeking(tx: Transaction, ticket: Ticket, isElsewhere: boolean): Promise<void> {
  if (isElsewhere) await tx.$executeRaw`DELETE FROM waiters WHERE ticket = ${ticket.number}`;
  else await keepTurn(tx, ticket);
  const [held] = await tx.$queryRaw<{ agent: string; confirmed: boolean }[]>`
    SELECT agent_id AS agent, confirmed FROM reservations WHERE ticket = ${ticket.number}`;
  if (held === undefined || !(held.confirmed || isElsewhere)) return;
  await lockAgents(tx, [held.agent]);
  const freed = await tx.$executeRaw`DELETE FROM reservations WHERE ticket = ${ticket.number} AND agent_id = ${held.agent}`;
  if (freed > 0) await fill(tx, held.agent);
}

/** What waits is known by what it is now. */
async function keepTurn(tx: Transaction, { number, team, priority, type, category }: Ticket): Promise<void> {
  const [waiter] = await tx.$queryRaw<{ since: Date; set: Partial<TeamRules> }[]>`
    SELECT w.since, g.dispatch AS set FROM waiters w JOIN teams g ON g.id = w.team_id WHERE w.ticket = ${number} AND g.id = ${team}`;
  if (waiter === undefined) return;
  const turn = new Date(turnOf(waiter.since.getTime(), priority, rulesOf(waiter.set).ageingMs));
  await tx.$executeRaw`
    UPDATE waiters SET turn = ${turn}, sought = sought || ${JSON.stringify({ priority, type, category })}::jsonb
    WHERE ticket = ${number}`;
}

function keepsHolder({ before, after }: Step): boolean {
  return before.assignee === after.assignee && before.offer?.decision === after.offer?.decision;
}

function isIndifferent(before: Ticket, after: Ticket): boolean {
  return (
    before.version > 0 &&
    before.team === after.team &&
    !weighsOtherwise(before, after) &&
    seeksAssignee(before) === seeksAssignee(after)
  );
}

/** Whether the places it takes, or its turn in a queue, may be others than before. */
function weighsOtherwise(before: Ticket, after: Ticket): boolean {
  return (
    standingOf(before) !== standingOf(after) ||
    before.priority !== after.priority ||
    before.type !== after.type ||
    (seeksAssignee(after) && before.category !== after.category)
  );
}

/** What weighs the same is one: a closed ticket takes no place, as it took none when it was solved. */
function standingOf({ status }: Ticket): string {
  if (status === "closed") return "solved";
  return status === "new" ? "open" : status;
}

interface Standing {
  /** Who holds places for the ticket, and how many. */
  readonly holder: string | null;
  readonly held: number;
  readonly rules: TeamRules;
}

async function standing(tx: Transaction, { number, team }: Ticket): Promise<Standing> {
  const [row] = await tx.$queryRaw<[{ holder: string | null; held: number | null; set: Partial<TeamRules> | null }]>`
    SELECT r.agent_id AS holder, r.places AS held, (SELECT dispatch FROM teams WHERE id = ${team}) AS set
    FROM (SELECT 1) one LEFT JOIN reservations r ON r.ticket = ${number}`;
  return { holder: row.holder, held: row.held ?? 0, rules: rulesOf(row.set ?? {}) };
}
