// A ticket as one actor reads it: as it is, or as it was at a version.
import { uncategorised } from "../contract/ticket";
import type { TicketView } from "../contract/ticket";
import { abilities } from "../domain/access";
import type { Actor } from "../domain/actor";
import { fold } from "../domain/decide";
import { unopened } from "../domain/opening";
import { deadline, isBreached } from "../domain/deadline";
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

export function stateOf({ state }: Pick<TicketRow, "state">): Ticket {
  return restore(state as unknown as Stored);
}

export async function presentTickets(prisma: Db, rows: readonly TicketRow[], actor: Actor): Promise<TicketView[]> {
  const numbers = rows.map(({ number }) => number);
  const [followedUp, suspects] = await Promise.all([followUps(prisma, numbers), likeSpam(prisma, numbers)]);
  return rows.map((row) => {
    const shown = { ...row, followedUpBy: followedUp.get(row.number) ?? null, looksLikeSpam: suspects.has(row.number) };
    return present(shown, stateOf(row), actor);
  });
}

/** As it is now; 404 when there is none, or when it is not this requester's. */
export async function presentTicket(prisma: Db, number: number, actor: Actor): Promise<TicketView> {
  const row = await shownRow(prisma, number, actor);
  return present(row, stateOf(row), actor);
}

/** The answer to a command: the same for ever, whatever has happened to the ticket since that version. */
export async function presentTicketAt(prisma: Db, number: number, version: number, actor: Actor): Promise<TicketView> {
  const row = await shownRow(prisma, number, actor);
  return present(row, row.version === version ? stateOf(row) : await ticketAt(prisma, number, version), actor);
}

type Shown = Pick<TicketRow, "number" | "subject" | "language"> & {
  readonly requester: Pick<TicketRow["requester"], "id" | "name" | "email">;
  readonly followedUpBy: number | null;
  readonly looksLikeSpam: boolean;
};

/** All that a view of one ticket needs, in one statement. */
async function shownRow(prisma: Db, number: number, actor: Actor): Promise<Shown & Pick<TicketRow, "version" | "state">> {
  const [row] = await prisma.$queryRaw<(Shown & Pick<TicketRow, "version" | "state">)[]>`
    SELECT t.number, t.subject, t.language, t.version, t.state,
           jsonb_build_object('id', r.id, 'name', r.name, 'email', r.email) AS requester,
           (SELECT f.number FROM tickets f WHERE f.follow_up_of = t.number LIMIT 1) AS "followedUpBy",
           t.aside IS NULL AND EXISTS (SELECT FROM tickets s WHERE s.requester_id = t.requester_id AND s.aside = 'spam' AND s.number < t.number) AS "looksLikeSpam"
    FROM tickets t JOIN requesters r ON r.id = t.requester_id
    WHERE t.number = ${number}`;
  if (row === undefined || (actor.kind === "requester" && row.requester.id !== actor.id)) throw notFound("ticket");
  return row;
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

/** Those whose requester has sent spam before. */
async function likeSpam(prisma: Db, numbers: number[]): Promise<ReadonlySet<number>> {
  const rows = await prisma.$queryRaw<{ number: number }[]>`
    SELECT t.number FROM tickets t
    WHERE t.number = ANY(${numbers}) AND t.aside IS NULL
      AND EXISTS (SELECT FROM tickets s WHERE s.requester_id = t.requester_id AND s.aside = 'spam' AND s.number < t.number)`;
  return new Set(rows.map(({ number }) => number));
}

function present(row: Shown, ticket: Ticket, actor: Actor): TicketView {
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
    followedUpBy: row.followedUpBy,
    mergedInto: ticket.aside?.into ?? null,
    merged: ticket.absorbed.map(({ ticket: source }) => source),
    spam: ticket.aside?.as === "spam",
    looksLikeSpam: row.looksLikeSpam,
    thanked: ticket.thanked,
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
