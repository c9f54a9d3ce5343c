// What an event of one ticket means to another: merged and parted, both journals are written in one transaction, or neither is.
// The other ticket's run takes up what it finds there, as it does with whatever else stands in Postgres.
import { decide } from "../../domain/decide";
import { duesBy } from "../../domain/due";
import { counterpart, objectionOf } from "../../domain/merging";
import { isRefusal, refuse } from "../../domain/refusal";
import type { Refusal } from "../../domain/refusal";
import { restore } from "../../domain/state";
import type { Stored } from "../../domain/state";
import type { TicketEvent } from "../../domain/event";
import type { Instant, Ticket } from "../../domain/ticket";
import type { Transaction } from "../dispatch/places";
import { waitsBeside } from "../expectation/keep";
import { noticesOf } from "./notices";
import { settlePlaces } from "./places";
import { keepResults } from "./results";
import type { LostCause, RecordInput, Step } from "./shapes";
import { walk } from "./walk";
import { write } from "./write";

/** Both tickets' rows are locked in the order of their numbers, so that two merges of the same two don't wait for each other. */
export async function lockPairs(tx: Transaction, { number, events }: RecordInput): Promise<void> {
  const others = events.flatMap(({ kind, facts }) => (kind === "merged" ? [facts.into] : kind === "unmerged" ? [facts.outOf] : []));
  if (others.length === 0) return;
  await tx.$queryRaw`SELECT number FROM tickets WHERE number = ANY (${[number, ...others]}) ORDER BY number FOR NO KEY UPDATE`;
}

/** Those of the steps that the other ticket does not allow as it stands. */
export async function lostPairs(tx: Transaction, steps: readonly Step[], at: Instant): Promise<readonly LostCause[]> {
  const lost: LostCause[] = [];
  for (const step of steps) {
    const other = await otherOf(tx, step, at);
    if (other !== null && isRefusal(other)) lost.push({ cause: step.event.cause, refusal: other });
  }
  return lost;
}

/** Writes the other tickets' part of the steps, and has their runs look. */
export async function writePairs(tx: Transaction, steps: readonly Step[], at: Instant): Promise<void> {
  for (const step of steps) {
    const other = await otherOf(tx, step, at);
    if (other === null) continue;
    if (isRefusal(other)) throw new RangeError("the other ticket has changed under its lock");
    const { ticket, epoch, events } = other;
    const { number, version, intakeId } = ticket;
    const input = { number, intakeId, epoch, version, at, events, commands: [] };
    const theirs = walk(ticket, events);
    await write(tx, input, theirs, { notices: await noticesOf(tx, theirs), waits: await waitsBeside(tx, theirs) }, null);
    await settlePlaces(tx, theirs);
    await keepResults(tx, theirs);
    await tx.outbox.create({ data: { kind: "behind", subject: String(number), payload: {} } });
    await tx.$queryRaw`SELECT pg_notify('perdura_outbox', '')::text`;
  }
}

interface Other {
  readonly ticket: Ticket;
  readonly epoch: number;
  /** Whatever of its clocks is due by then, so that nothing overtakes them; then what the step means to it. */
  readonly events: readonly TicketEvent[];
}

/** Null: the step concerns no other ticket. */
async function otherOf(tx: Transaction, { before, event }: Step, at: Instant): Promise<Other | Refusal | null> {
  const other = counterpart(event, before);
  if (other === null) return null;
  const [row] = await tx.$queryRaw<{ version: number; epoch: number; stuck: string | null; state: Stored }[]>`
    SELECT version, epoch, stuck, state FROM tickets WHERE number = ${other.number}`;
  if (row === undefined) throw new RangeError("a ticket that is to be merged into is not there");
  if (row.stuck !== null) return refuse("stuck", "The other ticket is parked until an operator repairs it.", { into: other.number });
  if (row.version === 0) return refuse("expired", "The other ticket has only just come in: try again.", { into: other.number });
  const ticket = restore(row.state);
  const { ticket: reached, decisions } = duesBy(ticket, at);
  const decided = objectionOf(reached, event) ?? decide(reached, other.command, { by: event.by, at, cause: other.cause });
  return isRefusal(decided) ? decided : { ticket, epoch: row.epoch, events: [...decisions, decided].map(({ event }) => event) };
}
