// Looks at tickets whose told time has come and that nobody has answered: each is told once what is to be expected now.
import { laterThan } from "../../domain/dispatch/telling";
import { restore } from "../../domain/state";
import type { Stored } from "../../domain/state";
import type { Transaction } from "../dispatch/places";
import { standingOf } from "./standing";

const page = 50;

interface Row {
  readonly ticket: number;
  readonly until: Date;
  readonly state: Stored;
}

/** Owes the word to each ticket's run in the transaction that marks it as looked at. How many there were. */
export async function correctExpectations(tx: Transaction): Promise<number> {
  const rows = await tx.$queryRaw<Row[]>`
    WITH due AS (
      SELECT ticket FROM expectations WHERE look_at <= clock_timestamp() ORDER BY look_at LIMIT ${page} FOR UPDATE SKIP LOCKED),
    looked AS (UPDATE expectations e SET look_at = NULL FROM due WHERE e.ticket = due.ticket RETURNING e.ticket, e.until)
    SELECT l.ticket, l.until, t.state FROM looked l JOIN tickets t ON t.number = l.ticket`;
  for (const { ticket, until, state } of rows) {
    const present = restore(state);
    const { at, standing } = await standingOf(tx, present);
    const later = laterThan(present, standing, until.getTime(), at);
    const payload = JSON.stringify({ until: later });
    await tx.$executeRaw`INSERT INTO outbox (kind, subject, payload) VALUES ('waitGrew', ${String(ticket)}, ${payload}::jsonb)`;
  }
  if (rows.length > 0) await tx.$queryRaw`SELECT pg_notify('perdura_outbox', '')::text`;
  return rows.length;
}
