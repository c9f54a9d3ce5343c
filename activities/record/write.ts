// One statement for everything that an event changes in its own ticket's rows, which ends in an error and so leaves no trace
// when any of it is not as the run believes. It needs no transaction around it, and may have one.
import { gathers } from "../../domain/delivery";
import { deadline, isBreached } from "../../domain/deadline";
import { restore, store } from "../../domain/state";
import type { Stored } from "../../domain/state";
import type { TicketEvent } from "../../domain/event";
import type { TextRef, Ticket } from "../../domain/ticket";
import { priorityRank } from "../../domain/words";
import { Prisma } from "../../prisma/client";
import type { Transaction } from "../dispatch/places";
import { sqlState } from "../permanence";
import { placeTaken } from "./place-taken";
import type { PlaceTaken } from "./place-taken";
import type { Known } from "./remembered";
import type { NewNotice, RecordInput, Step } from "./shapes";

/** What goes with the events: notices owed, and parts of a statement for what is kept of waits (`activities/expectation/keep`). */
export interface Beside {
  readonly notices: readonly NewNotice[];
  readonly waits: readonly Prisma.Sql[];
}

/**
 * A command comes to its run by a task that Temporal forgets when the worker dies between the record and the task's end: by then,
 * ms, both are there, or the relay finds the run behind.
 */
const lookAfterMs = 10_000;

/**
 * Any other task stands in the history and is tried until it ends: this is for a run that does not go on at all. When a
 * thousand clocks have rung at once, the thousand looks come after them, and one after another: within twice this, ms.
 */
const lookLaterMs = 60_000;

/** Something is in the way: nothing is written, and it must be looked into. */
export class Hindered extends Error {}

/** `division_by_zero`: how the statement says that something is in the way. */
const hindered = "22012";

/**
 * Who gathers notices already, or sleeps, for longer than a transaction may take, is looked at then: one more for them
 * wakes nobody, and costs Temporal nothing. ms
 */
const heldForSureMs = 10_000;

/**
 * Answers the row's state with its fingerprint. Throws `Hindered` when the ticket, an event, a key, a draft or a place is not
 * as the run believes. @param expected the fingerprint of the state on which the steps are built; null: it was read under a lock
 */
export async function write(
  tx: Transaction,
  input: RecordInput,
  steps: readonly Step[],
  { notices, waits }: Beside,
  expected: string | null,
): Promise<Known> {
  const { number, epoch, version, intakeId, events } = input;
  const texts = events.flatMap(textsOf);
  const commands = commandsOf(input);
  const places = placesOf(events);
  const owed = notices.map((notice) => ({ ...notice, gathers: gathers(notice.template) }));
  const ticket = (steps[steps.length - 1] as Step).after;
  const state = JSON.stringify(store(ticket));
  // The ticket's row comes first and holds off everybody else; who finds it otherwise writes nothing more.
  const rows = tx.$queryRaw<{ fingerprint: string }[]>`
    WITH
    moved AS (
      UPDATE tickets SET
        version = ${ticket.version}, epoch = ${epoch}, started = true, status = ${ticket.status}, type = ${ticket.type},
        category = ${ticket.category}, priority = ${ticket.priority}, priority_rank = ${priorityRank(ticket.priority)},
        team_id = ${ticket.team}, assignee_id = ${ticket.assignee}, deadline = ${dueAt(ticket)},
        breached = ${isBreached(ticket)}, escalation = ${ticket.escalation}, stuck = NULL,
        look_at = CASE WHEN look_at <= clock_timestamp() + ${lookAfterMs} * interval '1 millisecond' THEN look_at
          ELSE clock_timestamp() + ${lookIn(commands)} * interval '1 millisecond' END,
        aside = ${ticket.aside?.as ?? null}, merged_into = ${ticket.aside?.into ?? null},
        language = CASE WHEN requester_id = ${ticket.requester}::uuid THEN language
          ELSE coalesce((SELECT language FROM requesters WHERE id = ${ticket.requester}::uuid), language) END,
        requester_id = ${ticket.requester}::uuid,
        updated_at = ${new Date(ticket.updatedAt)}, state = ${state}::jsonb
      WHERE number = ${number} AND version = ${version} AND epoch <= ${epoch}
        AND state -> 'ticket' ->> 'intakeId' = ${intakeId}
        AND (${expected}::text IS NULL OR md5(state::text) = ${expected})
      RETURNING md5(state::text) AS fingerprint),
    written AS (
      INSERT INTO events (ticket, version, kind, at, by_kind, by_id, by_role, cause, facts, epoch)
      SELECT ${number}, version, kind, to_timestamp(at / 1000), by ->> 'kind', by ->> 'id', by ->> 'role', cause, facts, ${epoch}
      FROM moved, jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
        AS e (version int, kind text, at float8, by jsonb, cause text, facts jsonb)
      ON CONFLICT DO NOTHING RETURNING 1),
    published AS (
      UPDATE messages m SET version = t.version
      FROM moved, jsonb_to_recordset(${JSON.stringify(texts)}::jsonb) AS t (id uuid, version int)
      WHERE m.id = t.id AND m.ticket = ${number} AND m.version IS NULL RETURNING 1),
    answered AS (
      INSERT INTO commands (scope, key, ticket, verb, body_sha256, state, version, not_after)
      SELECT scope, key, ${number}, verb, sha256, 'done', version, to_timestamp("notAfter" / 1000)
      FROM moved, jsonb_to_recordset(${JSON.stringify(commands)}::jsonb)
        AS c (scope text, key text, verb text, sha256 text, version int, "notAfter" float8)
      WHERE clock_timestamp() <= to_timestamp("notAfter" / 1000)
      ON CONFLICT (scope, key) DO UPDATE
      SET state = 'done', version = excluded.version, not_after = excluded.not_after
      WHERE commands.state = 'unknown' AND commands.ticket = excluded.ticket AND commands.verb = excluded.verb
        AND commands.body_sha256 = excluded.body_sha256
      RETURNING 1),
    owed AS (
      INSERT INTO notices (id, ticket, version, template, recipient, wake, held_until, held_because)
      SELECT n.id, ${number}, n.version, n.template, n.recipient, n.wake, held.until, held.because
      FROM moved, jsonb_to_recordset(${JSON.stringify(owed)}::jsonb)
        AS n (id text, version int, template text, recipient text, wake boolean, gathers boolean)
      LEFT JOIN LATERAL (
        SELECT h.held_until AS until, h.held_because AS because FROM notices h
        WHERE h.recipient = n.recipient AND h.state = 'queued' AND h.recipient <> 'requester' AND NOT n.wake
          AND h.held_until > clock_timestamp() + ${heldForSureMs} * interval '1 millisecond'
          AND (n.gathers OR h.held_because = 'quiet-hours')
        LIMIT 1 FOR SHARE) AS held ON true
      ON CONFLICT DO NOTHING RETURNING id, recipient, wake, held_until),
    rung AS (
      INSERT INTO outbox (kind, subject, payload)
      SELECT DISTINCT kind, subject, '{}'::jsonb FROM owed, LATERAL (
        SELECT CASE WHEN recipient LIKE 'webhook:%' THEN 'webhook' WHEN wake THEN 'urgent' ELSE 'notices' END AS kind,
               CASE WHEN recipient LIKE 'webhook:%' THEN id ELSE recipient END AS subject) AS whose
      WHERE recipient <> 'requester' AND held_until IS NULL RETURNING pg_notify('perdura_outbox', '')),
    taken AS (
      UPDATE reservations r SET confirmed = true, offered = p.offered
      FROM moved, jsonb_to_recordset(${JSON.stringify(places)}::jsonb) AS p (agent text, decision text, offered boolean)
      WHERE r.ticket = ${number} AND r.agent_id = p.agent AND r.decision = p.decision RETURNING 1)
    ${waits.length === 0 ? Prisma.empty : Prisma.sql`, ${Prisma.join(waits)}`}
    SELECT fingerprint, (SELECT count(*) FROM rung)::int AS rings, 1 / (CASE WHEN
        (SELECT count(*) FROM written) = ${events.length} AND (SELECT count(*) FROM published) = ${texts.length} AND
        (SELECT count(*) FROM answered) = ${commands.length} AND (SELECT count(*) FROM owed) = ${notices.length} AND
        (SELECT count(*) FROM taken) = ${places.length} THEN 1 ELSE 0 END) AS all_written
    FROM moved`.catch((error: unknown) => {
    throw sqlState(error) === hindered ? new Hindered() : error;
  });
  const [row] = await rows;
  if (row === undefined) throw new Hindered();
  return { ticket: restore(JSON.parse(state) as Stored), fingerprint: row.fingerprint };
}

function lookIn(commands: readonly unknown[]): number {
  return commands.length > 0 ? lookAfterMs : lookLaterMs * (1 + Math.random());
}

/** The drafts that these events publish and that are not there (any more). */
export async function missingDrafts(tx: Transaction, { number, events }: RecordInput): Promise<number> {
  const ids = events.flatMap(textsOf).map(({ id }) => id);
  if (ids.length === 0) return 0;
  return ids.length - (await tx.message.count({ where: { id: { in: ids }, ticket: number, version: null } }));
}

/** Drafts become part of the ticket with the event that speaks of them. The intake's own text is there already. */
function textsOf({ kind, facts, version }: TicketEvent): { id: string; version: number }[] {
  if (kind === "opened") return [];
  const refs: (TextRef | null)[] = [
    "message" in facts ? facts.message : null,
    "reason" in facts ? facts.reason : null,
  ];
  return refs.filter((ref) => ref !== null).map(({ id }) => ({ id, version }));
}

function commandsOf({ commands, events }: RecordInput) {
  return commands.flatMap(({ cause, ...command }) => {
    const version = events.find((event) => event.cause === cause)?.version;
    return version === undefined ? [] : [{ ...command, version }];
  });
}

/** Dispatch's assignments and offers: recorded only on the place that was reserved for them. */
function placesOf(events: readonly TicketEvent[]) {
  const places = new Map<string, PlaceTaken>();
  for (const event of events) {
    const place = placeTaken(event);
    if (place !== null) places.set(place.decision, place);
  }
  return [...places.values()];
}

function dueAt(ticket: Ticket): Date | null {
  const due = deadline(ticket);
  return due === null ? null : new Date(due.at);
}
