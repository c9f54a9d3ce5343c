// The only writer of ticket rows after intake. One transaction: the events, the ticket row, the texts they publish, the
// commands' outcomes, the notices owed, the places held. It decides nothing, and trusts nobody about what is there already.
import { ApplicationFailure } from "@temporalio/common";
import { restore } from "../../domain/state";
import type { Stored } from "../../domain/state";
import type { EventKind } from "../../domain/event";
import type { PrismaClient } from "../../prisma/client";
import type { Transaction } from "../dispatch/places";
import { waitsBeside } from "../expectation/keep";
import { lostCommands } from "./commands";
import { lockPairs, lostPairs, writePairs } from "./pairs";
import { noticesOf, owedNotices, queueAgain, toRequester, withdraw } from "./notices";
import { leavesPlaces, lostPlaces, settlePlaces } from "./places";
import { Remembered } from "./remembered";
import type { Known } from "./remembered";
import { keepResults } from "./results";
import { findEvents } from "./rows";
import type { RecordInput, RecordOutcome } from "./shapes";
import { walk } from "./walk";
import { Hindered, missingDrafts, write } from "./write";

/** A record is short; what takes longer is given up and tried again, ms. */
const limits = { maxWait: 2_000, timeout: 8_000 };

/**
 * Records events, or says why not: see `RecordOutcome`. Throws `superseded` when a later run has the ticket, `foreign` when
 * the number belongs to another intake, `gap` when Postgres has less than the run believes (it was restored).
 */
export function createRecord(prisma: PrismaClient) {
  const remembered = new Remembered();
  return async (input: RecordInput): Promise<RecordOutcome> => {
    try {
      const { outcome, known } =
        (await recordAtOnce(prisma, input, remembered)) ?? (await prisma.$transaction((tx) => record(tx, input), limits));
      if (known !== null) remembered.keep(known);
      return outcome;
    } catch (error) {
      remembered.forget(input.number);
      if (!(error instanceof Hindered)) throw error;
    }
    const reason = await prisma.$transaction((tx) => explain(tx, input), limits);
    if (reason === null) throw ApplicationFailure.retryable("What was in the way is gone.", "transient");
    return reason;
  };
}

interface Recorded {
  readonly outcome: RecordOutcome;
  /** The row as it stands now; null when it was not written. */
  readonly known: Known | null;
}

/** Events that change more than their own ticket's row, or notices of others. */
const reachFurther: ReadonlySet<EventKind> = new Set<EventKind>(["noticeRetried", "merged", "unmerged", "markedSpam", "unmarkedSpam"]);

/** As nearly every record goes: in one statement, on what this process knows. Null where that is not enough. */
async function recordAtOnce(prisma: Transaction, input: RecordInput, remembered: Remembered): Promise<Recorded | null> {
  const before = remembered.before(input);
  if (before === null || input.events.length === 0 || input.events.some(({ kind }) => reachFurther.has(kind))) return null;
  const steps = walk(before.ticket, input.events);
  if (!leavesPlaces(steps)) return null;
  const owed = await noticesOf(prisma, steps);
  const known = await write(prisma, input, steps, { notices: owed, waits: await waitsBeside(prisma, steps) }, before.fingerprint);
  return { outcome: { kind: "written", at: input.at, notices: toRequester(owed) }, known };
}

/**
 * With more to do than one statement can. That nothing is in the way the writing itself proves; else it is undone, and
 * explained.
 */
async function record(tx: Transaction, input: RecordInput): Promise<Recorded> {
  await lockPairs(tx, input);
  const row = await lockTicket(tx, input);
  if (row.version !== input.version) throw new Hindered();
  if (input.events.length === 0) {
    return { outcome: { kind: "written", at: input.at, notices: await claim(tx, input, row.epoch) }, known: null };
  }
  const steps = walk(restore(row.state), input.events);
  if ((await lostPairs(tx, steps, input.at)).length > 0) throw new Hindered();
  const owed = await noticesOf(tx, steps);
  const known = await write(tx, input, steps, { notices: owed, waits: await waitsBeside(tx, steps) }, null);
  await withdraw(tx, input);
  await settlePlaces(tx, steps);
  await keepResults(tx, steps);
  await writePairs(tx, steps, input.at);
  const notices = [...(await queueAgain(tx, input)), ...toRequester(owed)];
  return { outcome: { kind: "written", at: input.at, notices }, known };
}

/** What is in the way; null when it has gone in the meantime. */
async function explain(tx: Transaction, input: RecordInput): Promise<RecordOutcome | null> {
  const row = await lockTicket(tx, input);
  const events = await findEvents(tx, input);
  if (events.length > 0) return { kind: "found", at: input.at, events, notices: await owedNotices(tx, input.number) };
  if (row.version !== input.version) throw permanent("gap", `Version ${input.version} is missing: ${row.version} is the last.`);
  const steps = walk(restore(row.state), input.events);
  const causes = [
    ...(await lostCommands(tx, input)),
    ...(await lostPlaces(tx, input.number, input.events)),
    ...(await lostPairs(tx, steps, input.at)),
  ];
  if (causes.length > 0) return { kind: "dropped", at: input.at, causes };
  if ((await missingDrafts(tx, input)) > 0) throw new RangeError("a draft is missing");
  return null;
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

function permanent(type: "superseded" | "foreign" | "gap", message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, type);
}
