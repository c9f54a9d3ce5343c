// What Postgres holds when all is quiet: the third ledger.
import type { PrismaClient } from "../../../prisma/client";
import { toEvent } from "../../../activities/record/rows";
import { restore } from "../../../domain/state";
import type { Stored } from "../../../domain/state";
import type { TicketEvent } from "../../../domain/event";
import type { Intake, Ticket } from "../../../domain/ticket";

/** A place of capacity as it was taken or given up, in the order of commits. */
export interface PlaceEntry {
  readonly ticket: number;
  readonly agent: string;
  readonly taken: boolean;
  readonly byDispatch: boolean;
  readonly capacity: number | null;
}

export type Rows = Awaited<ReturnType<typeof readRows>>;

export async function readRows(prisma: PrismaClient) {
  const [tickets, intakes, events, messages, notices, commands, outbox] = await Promise.all([
    prisma.ticket.findMany({ orderBy: { number: "asc" } }),
    prisma.intake.findMany(),
    prisma.event.findMany({ orderBy: [{ ticket: "asc" }, { version: "asc" }] }),
    prisma.message.findMany({ orderBy: [{ ticket: "asc" }, { version: "asc" }] }),
    prisma.notice.findMany({ orderBy: [{ ticket: "asc" }, { version: "asc" }, { id: "asc" }] }),
    prisma.command.findMany(),
    prisma.outbox.findMany(),
  ]);
  const [reservations, waiters, agents, members, teams, places] = await Promise.all([
    prisma.reservation.findMany(),
    prisma.waiter.findMany(),
    prisma.agent.findMany(),
    prisma.teamMember.findMany(),
    prisma.team.findMany(),
    prisma.$queryRaw<PlaceEntry[]>`
      SELECT ticket, agent, taken, by_dispatch AS "byDispatch", capacity FROM chaos_places ORDER BY id`,
  ]);
  const [rawMails, placements, expectations, decisions] = await Promise.all([
    prisma.rawMail.findMany({ orderBy: { receivedAt: "asc" }, omit: { raw: true, text: true, newText: true, html: true, reading: true } }),
    prisma.placement.findMany(),
    prisma.expectation.findMany(),
    prisma.dispatchDecision.findMany({ omit: { considered: true } }),
  ]);
  const journal = { tickets, intakes, events, messages, notices, commands, outbox };
  return { ...journal, rawMails, placements, expectations, decisions, reservations, waiters, agents, members, teams, places, readAt: Date.now() };
}

export function stateOf({ state }: Rows["tickets"][number]): Ticket {
  return restore(state as unknown as Stored);
}

export function intakeOf({ facts }: Rows["intakes"][number]): Intake {
  return facts as unknown as Intake;
}

/** Each ticket's journal, in order. */
export function journals({ tickets, events }: Rows): ReadonlyMap<number, readonly TicketEvent[]> {
  const found = new Map<number, TicketEvent[]>(tickets.map(({ number }) => [number, []]));
  for (const row of events) found.get(row.ticket)?.push(toEvent({ ...row, facts: row.facts as object }));
  return found;
}
