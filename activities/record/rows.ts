// Events and the ticket row: domain's shapes as Postgres keeps them, and back.
import { deadline, isBreached } from "../../domain/sla";
import { store } from "../../domain/state";
import type { Instant, Ticket, TicketEvent } from "../../domain/ticket";
import type { Actor, Role } from "../../domain/actor";
import { priorityRank } from "../../domain/words";
import type { Transaction } from "../dispatch/places";
import type { RecordInput } from "./shapes";

interface EventRow {
  readonly version: number;
  readonly kind: string;
  readonly at: Date;
  readonly byKind: string;
  readonly byId: string;
  readonly byRole: string | null;
  readonly cause: string;
  readonly facts: object;
}

/** Events that stand already where these would go, or because of the same causes; in order. */
export async function findEvents(tx: Transaction, { number, version, events }: RecordInput): Promise<TicketEvent[]> {
  const rows = await tx.$queryRaw<EventRow[]>`
    SELECT version, kind, at, by_kind AS "byKind", by_id AS "byId", by_role AS "byRole", cause, facts FROM events
    WHERE ticket = ${number} AND (version > ${version} OR cause = ANY(${events.map(({ cause }) => cause)}))
    ORDER BY version`;
  return rows.map(toEvent);
}

/** An event as domain knows it. */
export function toEvent({ version, kind, at, byKind, byId, byRole, cause, facts }: EventRow): TicketEvent {
  const by = { kind: byKind, id: byId, ...(byRole === null ? {} : { role: byRole as Role }) } as Actor;
  return { kind, version, at: at.getTime(), by, cause, facts } as TicketEvent;
}

export async function writeEvents(tx: Transaction, { number, epoch, events }: RecordInput): Promise<void> {
  await tx.event.createMany({
    data: events.map(({ version, kind, at, by, cause, facts }) => ({
      ticket: number,
      version,
      kind,
      at: new Date(at),
      byKind: by.kind,
      byId: by.id,
      byRole: by.kind === "staff" ? by.role : null,
      cause,
      facts: facts as object,
      epoch,
    })),
  });
}

export async function writeTicket(tx: Transaction, epoch: number, ticket: Ticket): Promise<void> {
  await tx.ticket.update({
    where: { number: ticket.number },
    select: { number: true },
    data: {
      version: ticket.version,
      epoch,
      started: true,
      status: ticket.status,
      type: ticket.type,
      category: ticket.category,
      priority: ticket.priority,
      priorityRank: priorityRank(ticket.priority),
      teamId: ticket.team,
      assigneeId: ticket.assignee,
      deadline: instant(deadline(ticket)?.at ?? null),
      breached: isBreached(ticket),
      escalation: ticket.escalation,
      stuck: null,
      updatedAt: new Date(ticket.updatedAt),
      state: store(ticket) as object,
    },
  });
}

function instant(at: Instant | null): Date | null {
  return at === null ? null : new Date(at);
}
