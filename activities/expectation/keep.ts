// What is kept of a ticket's wait, written with the events that it follows from: what it met when it came, what its requester is
// told in the acknowledgement, and what became of it. Nothing of it decides anything in a workflow.
import { awaitsAnswer, openMs, toldOf } from "../../domain/dispatch/telling";
import type { Ticket } from "../../domain/ticket";
import { Prisma } from "../../prisma/client";
import type { Transaction } from "../dispatch/places";
import type { Step } from "../record/shapes";
import { standingOf } from "./standing";

/**
 * Parts of the statement that writes these steps, beside its table `moved`, which is empty when nothing is written. None: no
 * wait begins, changes or ends.
 */
export async function waitsBeside(db: Transaction, steps: readonly Step[]): Promise<readonly Prisma.Sql[]> {
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) return [];
  const [before, after] = [first.before, last.after];
  if (isToTell(before, after)) return [await begun(db, after)];
  const changes = [...kindChanged(before, after), ...ended(before, after), ...toldLater(steps)];
  if (changes.length === 0) return [];
  return [Prisma.sql`expected AS (UPDATE expectations SET ${Prisma.join(changes)} FROM moved WHERE ticket = ${after.number} RETURNING 1)`];
}

/** When it comes; and when it is acknowledged later, since much may have changed by then. */
function isToTell(before: Ticket, after: Ticket): boolean {
  const comes = before.version === 0;
  const isAcknowledged = before.acknowledgement === "due" && after.acknowledgement === "sent";
  return (comes || isAcknowledged) && after.team !== null && awaitsAnswer(after);
}

async function begun(db: Transaction, ticket: Ticket): Promise<Prisma.Sql> {
  const { number, team, category, priority } = ticket;
  const { at, turn, standing } = await standingOf(db, ticket);
  const { calendar, until, silence, opensAt, position, solvedBy } = toldOf(ticket, standing, at);
  const isTold = ticket.acknowledgement === "sent" && until !== null;
  const row = [number, team, category, priority, turn, standing.ahead, standing.people, calendar, date(until), silence, date(opensAt), position, date(solvedBy)];
  return Prisma.sql`expected AS (
    INSERT INTO expectations (ticket, team_id, category, priority, turn, ahead, people, calendar, until, silence, opens_at, position, solved_by, look_at)
    SELECT ${Prisma.join(row.map((value, at) => Prisma.sql`${value}::${Prisma.raw(types[at] ?? "text")}`))}, ${isTold ? date(until) : null}::timestamptz FROM moved
    ON CONFLICT (ticket) DO UPDATE SET
      team_id = excluded.team_id, category = excluded.category, priority = excluded.priority, turn = excluded.turn,
      ahead = excluded.ahead, people = excluded.people, calendar = excluded.calendar, until = excluded.until, silence = excluded.silence,
      opens_at = excluded.opens_at, position = excluded.position, solved_by = excluded.solved_by, look_at = excluded.look_at
    RETURNING 1)`;
}

/** Of the columns in their order. */
const types = ["int", "text", "text", "text", "timestamptz", "int", "int", "text", "timestamptz", "text", "timestamptz", "int", "timestamptz"];

function kindChanged(before: Ticket, after: Ticket): Prisma.Sql[] {
  const isSame = before.team === after.team && before.category === after.category && before.priority === after.priority;
  if (isSame || after.team === null || !awaitsAnswer(after)) return [];
  return [Prisma.sql`team_id = ${after.team}, category = ${after.category}, priority = ${after.priority}`];
}

function ended(before: Ticket, after: Ticket): Prisma.Sql[] {
  const changes: Prisma.Sql[] = [];
  if (before.answeredAt === null && after.answeredAt !== null) {
    changes.push(Prisma.sql`answered_at = ${date(after.answeredAt)}, waited_ms = ${openMs(after, after.answeredAt)}`);
  }
  if (before.status !== "solved" && after.status === "solved") {
    const at = after.updatedAt;
    changes.push(Prisma.sql`solved_at = coalesce(solved_at, ${date(at)}), solved_ms = coalesce(solved_ms, ${openMs(after, at)})`);
  }
  return awaitsAnswer(before) && !awaitsAnswer(after) ? [...changes, Prisma.sql`over = true, look_at = NULL`] : changes;
}

function toldLater(steps: readonly Step[]): Prisma.Sql[] {
  return steps.flatMap(({ event }) => (event.kind === "expectedLater" ? [Prisma.sql`until = ${date(event.facts.until)}, look_at = NULL`] : []));
}

function date(at: number | null): Date | null {
  return at === null ? null : new Date(at);
}
