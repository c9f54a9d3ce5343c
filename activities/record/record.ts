// The only writer of ticket rows after intake. One transaction: the events, the ticket row, the texts they publish, the
// commands' outcomes, the notices owed, the places held. It decides nothing, and trusts nobody about what is there already.
import { ApplicationFailure } from "@temporalio/common";
import { fold } from "../../domain/decide";
import { restore } from "../../domain/state";
import type { Stored } from "../../domain/state";
import type { Ticket, TicketEvent } from "../../domain/ticket";
import type { PrismaClient } from "../../prisma/client";
import type { Transaction } from "../dispatch/places";
import { lostCommands } from "./commands";
import { noticesOf, owedNotices, queueAgain, toRequester } from "./notices";
import { lostPlaces, settlePlaces } from "./places";
import { findEvents } from "./rows";
import type { RecordInput, RecordOutcome, Step } from "./shapes";
import { Hindered, write } from "./write";

/** A record is short; what takes longer is given up and tried again, ms. */
const limits = { maxWait: 2_000, timeout: 8_000 };

/**
 * Records events, or says why not: see `RecordOutcome`. Throws `superseded` when a later run has the ticket, `foreign` when
 * the number belongs to another intake, `gap` when Postgres has less than the run believes (it was restored).
 */
export function createRecord(prisma: PrismaClient) {
  return async (input: RecordInput): Promise<RecordOutcome> => {
    try {
      return await prisma.$transaction((tx) => record(tx, input), limits);
    } catch (error) {
      if (!(error instanceof Hindered)) throw error;
    }
    const reason = await prisma.$transaction((tx) => explain(tx, input), limits);
    if (reason === null) throw ApplicationFailure.retryable("What was in the way is gone.", "transient");
    return reason;
  };
}

/** As nearly every record goes: nothing is in the way, which the writing itself proves. Else it is undone, and explained. */
async function record(tx: Transaction, input: RecordInput): Promise<RecordOutcome> {
  const row = await lockTicket(tx, input);
  if (row.version !== input.version) throw new Hindered();
  if (input.events.length === 0) return { kind: "written", at: input.at, notices: await claim(tx, input, row.epoch) };
  const steps = walk(restore(row.state), input.events);
  const owed = await noticesOf(tx, steps);
  await write(tx, input, steps, owed);
  await settlePlaces(tx, steps);
  const again = await queueAgain(tx, input.events);
  return { kind: "written", at: input.at, notices: [...again, ...toRequester(owed)] };
}

/** What is in the way; null when it has gone in the meantime. */
async function explain(tx: Transaction, input: RecordInput): Promise<RecordOutcome | null> {
  const row = await lockTicket(tx, input);
  const events = await findEvents(tx, input);
  if (events.length > 0) return { kind: "found", events, notices: await owedNotices(tx, input.number) };
  if (row.version !== input.version) throw permanent("gap", `Version ${input.version} is missing: ${row.version} is the last.`);
  const causes = [...(await lostCommands(tx, input)), ...(await lostPlaces(tx, input.number, input.events))];
  return causes.length > 0 ? { kind: "dropped", causes } : null;
}

async function lockTicket(tx: Transaction, { number, intakeId, epoch }: RecordInput) {
  const [row] = await tx.$queryRaw<{ version: number; epoch: number; state: Stored }[]>`
    SELECT version, epoch, state FROM tickets WHERE number = ${number} FOR NO KEY UPDATE`;
  if (row === undefined) throw permanent("foreign", `There is no ticket ${number}.`);
  if (row.epoch > epoch) throw permanent("superseded", "Another run has this ticket now.");
  if (row.state.ticket.intakeId !== intakeId) throw permanent("foreign", `Ticket ${number} began with another intake.`);
  return row;
}

/** A reborn run takes the ticket over: from here on its predecessor writes nothing. It takes over what is owed, too. */
async function claim(tx: Transaction, { number, epoch }: RecordInput, present: number) {
  if (epoch > present) await tx.$executeRaw`UPDATE tickets SET epoch = ${epoch}, stuck = NULL WHERE number = ${number}`;
  return await owedNotices(tx, number);
}

function walk(from: Ticket, events: readonly TicketEvent[]): readonly Step[] {
  const steps: Step[] = [];
  let before = from;
  for (const event of events) {
    const after = fold(before, event);
    steps.push({ before, event, after });
    before = after;
  }
  return steps;
}

function permanent(type: "superseded" | "foreign" | "gap", message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, type);
}
