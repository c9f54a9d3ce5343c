// A ticket as one actor reads it: as it is, or as it was at a version.
import { uncategorised } from "../contract/ticket";
import type { TicketView } from "../contract/ticket";
import { abilities } from "../domain/access";
import type { Actor } from "../domain/actor";
import { fold } from "../domain/decide";
import { unopened } from "../domain/opening";
import { deadline, isBreached } from "../domain/sla";
import { restore } from "../domain/state";
import type { Stored } from "../domain/state";
import type { Instant, Intake, Ticket } from "../domain/ticket";
import type { Language } from "../domain/words";
import { eventOf } from "./events";
import type { Db } from "./parts";
import { notFound } from "./problem";

export const withRequester = { requester: true } as const;

export type TicketRow = Awaited<ReturnType<typeof ticketRow>>;

/** The row with its requester; 404 when there is none, or when it is not this requester's. */
export async function ticketRow(prisma: Db, number: number, actor: Actor) {
  const row = await prisma.ticket.findUnique({ where: { number }, include: withRequester });
  if (row === null || (actor.kind === "requester" && row.requesterId !== actor.id)) throw notFound("ticket");
  return row;
}

/** Whose ticket it is, and its version; 404 when there is none, or when it is not this requester's. */
export async function ownerOf(prisma: Db, number: number, actor: Actor): Promise<Pick<Ticket, "requester" | "version">> {
  const row = await prisma.ticket.findUnique({ where: { number }, select: { requesterId: true, version: true } });
  if (row === null || (actor.kind === "requester" && row.requesterId !== actor.id)) throw notFound("ticket");
  return { requester: row.requesterId, version: row.version };
}

export function stateOf({ state }: Pick<TicketRow, "state">): Ticket {
  return restore(state as unknown as Stored);
}

export async function presentTicket(prisma: Db, row: TicketRow, actor: Actor): Promise<TicketView> {
  return present(row, stateOf(row), await followUps(prisma, [row.number]), actor);
}

export async function presentTickets(prisma: Db, rows: readonly TicketRow[], actor: Actor): Promise<TicketView[]> {
  const followedUp = await followUps(prisma, rows.map(({ number }) => number));
  return rows.map((row) => present(row, stateOf(row), followedUp, actor));
}

/** The answer to a command: the same for ever, whatever has happened to the ticket since that version. */
export async function presentTicketAt(prisma: Db, number: number, version: number, actor: Actor): Promise<TicketView> {
  const [row, followedUp] = await Promise.all([ticketRow(prisma, number, actor), followUps(prisma, [number])]);
  const ticket = row.version === version ? stateOf(row) : await ticketAt(prisma, number, version);
  return present(row, ticket, followedUp, actor);
}

async function ticketAt(prisma: Db, number: number, version: number): Promise<Ticket> {
  const [intake, events] = await Promise.all([
    prisma.intake.findUniqueOrThrow({ where: { number }, select: { facts: true } }),
    prisma.event.findMany({ where: { ticket: number, version: { lte: version } }, orderBy: { version: "asc" } }),
  ]);
  return events.map(eventOf).reduce(fold, unopened(intake.facts as unknown as Intake));
}

/** By the number of the ticket that is followed up. */
async function followUps(prisma: Db, numbers: number[]): Promise<ReadonlyMap<number, number>> {
  const rows = await prisma.ticket.findMany({
    where: { followUpOf: { in: numbers } },
    select: { number: true, followUpOf: true },
  });
  return new Map(rows.map(({ number, followUpOf }) => [followUpOf ?? 0, number]));
}

function present(row: TicketRow, ticket: Ticket, followedUp: ReadonlyMap<number, number>, actor: Actor): TicketView {
  return {
    number: row.number,
    subject: row.subject,
    status: ticket.status,
    type: ticket.type,
    category: ticket.category ?? uncategorised,
    priority: ticket.priority,
    team: ticket.team,
    assignee: ticket.assignee,
    requester: {
      id: row.requester.id,
      name: row.requester.name,
      email: row.requester.email,
      language: row.language as Language,
    },
    channel: ticket.channel,
    version: ticket.version,
    createdAt: iso(ticket.createdAt),
    updatedAt: iso(ticket.updatedAt),
    deadline: isoOrNull(deadline(ticket)?.at ?? null),
    breached: isBreached(ticket),
    escalation: ticket.escalation,
    followUpOf: ticket.followUpOf,
    followedUpBy: followedUp.get(row.number) ?? null,
    resumeAt: isoOrNull(ticket.resumeAt),
    abilities: abilities(actor, ticket),
  };
}

export function iso(instant: Instant): string {
  return new Date(instant).toISOString();
}

function isoOrNull(instant: Instant | null): string | null {
  return instant === null ? null : iso(instant);
}
