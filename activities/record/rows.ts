// Events as Postgres keeps them, and back.
import type { Actor, Role } from "../../domain/actor";
import type { TicketEvent } from "../../domain/event";
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
