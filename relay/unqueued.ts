// Tickets that wait for somebody and stand in no queue: nobody would ever be chosen for them. None should exist; should one come
// about all the same, it is found here, by its rows alone, and asks anew.
import { Prisma } from "../prisma/generated/client";
import { categoryOfStatus, statuses } from "../domain/words";
import type { RelayDeps } from "./deps";

const open = statuses.filter((status) => categoryOfStatus[status] === "open");
/** A place changes hands, or a ticket is told of it, within this, ms. */
const graceMs = 20_000;

/**
 * Their numbers. The state is read last, of the few that are left: of a hundred thousand that wait it would be most of the work.
 */
const unqueued = (only: Prisma.Sql): Prisma.Sql => Prisma.sql`
  WITH nowhere AS MATERIALIZED (
    SELECT t.number, t.state FROM tickets t
    WHERE t.assignee_id IS NULL AND t.status = ANY(${open}) AND ${only}
      AND t.updated_at < clock_timestamp() - ${graceMs} * interval '1 millisecond'
      AND NOT EXISTS (SELECT 1 FROM waiters w WHERE w.ticket = t.number)
      AND NOT EXISTS (SELECT 1 FROM reservations r WHERE r.ticket = t.number))
  SELECT number FROM nowhere WHERE state -> 'ticket' ->> 'routing' = 'waiting'`;

/** Has each looked at, at once. */
export async function lookAtUnqueued({ prisma }: Pick<RelayDeps, "prisma">): Promise<void> {
  await prisma.$executeRaw`
    UPDATE tickets SET look_at = LEAST(look_at, clock_timestamp())
    WHERE stuck IS NULL AND number IN (${unqueued(Prisma.sql`true`)})`;
}

export async function isUnqueued({ prisma }: Pick<RelayDeps, "prisma">, number: number): Promise<boolean> {
  return (await prisma.$queryRaw<unknown[]>`${unqueued(Prisma.sql`t.number = ${number}`)}`).length > 0;
}
