// Delivers the outbox, oldest first. A row is leased, delivered, deleted: a relay that dies in between leaves it to be
// delivered again, so everything delivered here may come twice and must not matter twice.
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from "@temporalio/client";
import { passOn } from "../activities/dispatch/choose";
import { createReview } from "../activities/dispatch/review";
import { capacityFreed, mailReturned, offerWithdrawn, overflowed, storeRestored, ticketWorkflowId, waitGrew } from "../workflows/messages";
import { bulkOptions, courierOptions, mailOptions, readerOptions, watchOptions, webhookOptions } from "../workflows/starts/errands";
import type { Reader } from "../workflows/starts/errands";
import type { FreedCapacity, GrownWait, NoticeRef, Overflow, ReturnedMail, WithdrawnOffer } from "../workflows/messages";
import type { Watched } from "../workflows/starts/errands";
import { rebearOne } from "./rebirth";
import { tellTicket } from "./tell-ticket";
import type { RelayDeps } from "./deps";

interface Row {
  readonly id: bigint;
  readonly kind:
    | "capacityFreed"
    | "offerWithdrawn"
    | "overflowed"
    | "waitGrew"
    | "presence"
    | "team"
    | "watch"
    | "bulk"
    | "courier"
    | "rebirth"
    | "notices"
    | "urgent"
    | "webhook"
    | "mail"
    | "mailReturned"
    | "behind";
  readonly subject: string;
  readonly payload: object;
  readonly attempts: number;
}

/** How many rows are leased at once, and for how long, ms. */
const batch = 50;
const leaseMs = 30_000;
/** A call to Temporal takes no longer, ms. */
const callMs = 5_000;

/**
 * Who was told of notices is told again no sooner than this, ms, save of what wakes: a run for each would cost Temporal more than
 * all the mails, and the next one finds what has come meanwhile.
 */
export const restMs = 1_000;

/** Whom this relay has told of notices lately, and when, by `performance.now()`: a clock that is put back makes nobody wait. */
export type JustTold = Map<string, number>;

/** Delivers until nothing is due. */
export async function deliverDue(deps: RelayDeps, justTold: JustTold): Promise<void> {
  for (const [recipient, at] of justTold) if (at <= performance.now() - restMs) justTold.delete(recipient);
  // Fewer than a batch are all: whatever comes after them rings again.
  for (let leased = batch; leased === batch; ) {
    const rows = await lease(deps, [...justTold.keys()]);
    for (const { kind, subject } of rows) if (kind === "notices") justTold.set(subject, performance.now());
    await Promise.all(together(rows).map((same) => deliver(deps, same)));
    leased = rows.length;
  }
}

/** A person whose notices have come from several tickets at once is told once. */
function together(rows: readonly Row[]): readonly (readonly [Row, ...Row[]])[] {
  const groups = new Map<string, [Row, ...Row[]]>();
  for (const row of rows) {
    const key = row.kind === "notices" || row.kind === "urgent" ? `${row.kind} ${row.subject}` : String(row.id);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

async function lease({ prisma }: RelayDeps, resting: readonly string[]): Promise<readonly Row[]> {
  return await prisma.$queryRaw<Row[]>`
    UPDATE outbox SET attempts = attempts + 1, not_before = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
    WHERE id IN (
      SELECT id FROM outbox WHERE not_before <= clock_timestamp()
        AND NOT (kind = 'notices' AND subject = ANY (${[...resting]}))
      ORDER BY id LIMIT ${batch} FOR UPDATE SKIP LOCKED)
    RETURNING id, kind, subject, payload, attempts`;
}

/** One carries for all that are the same. */
async function deliver(deps: RelayDeps, [row, ...same]: readonly [Row, ...Row[]]): Promise<void> {
  const ids = [row, ...same].map(({ id }) => id);
  try {
    await carry(deps, row);
    await deps.prisma.$executeRaw`DELETE FROM outbox WHERE id = ANY (${ids})`;
  } catch (error) {
    const waitMs = Math.min(60_000, 500 * 2 ** Math.min(row.attempts, 10));
    const name = error instanceof Error ? error.name : typeof error;
    deps.log.warn({ outbox: String(row.id), kind: row.kind, error: name }, "Not delivered yet");
    await deps.prisma.outbox.updateMany({
      where: { id: { in: ids } },
      data: { lastError: name, notBefore: new Date(Date.now() + waitMs) },
    });
  }
}

async function carry(deps: RelayDeps, row: Row): Promise<void> {
  switch (row.kind) {
    case "capacityFreed":
      return await tellFreed(deps, Number(row.subject), row.payload as FreedCapacity);
    case "offerWithdrawn":
      return await tellWithdrawn(deps, Number(row.subject), row.payload as WithdrawnOffer);
    case "waitGrew":
      return void (await tellTicket(deps, Number(row.subject), (handle) => handle.signal(waitGrew, row.payload as GrownWait)));
    case "overflowed":
      return void (await tellTicket(deps, Number(row.subject), (handle) => handle.signal(overflowed, row.payload as Overflow)));
    case "presence":
      return await review(deps, { kind: "agent", id: row.subject });
    case "team":
      return await review(deps, { kind: "team", id: row.subject });
    case "watch":
      return await watch(deps, { kind: "team", id: row.subject });
    case "bulk":
      return await startOnce(deps, "bulk", bulkOptions({ id: row.subject }));
    case "courier":
      return await sendCourier(deps, row);
    case "notices":
      return await tellReader(deps, { recipient: row.subject });
    case "urgent":
      return await tellReader(deps, { recipient: row.subject, urgent: true });
    case "webhook":
      return await startOnce(deps, "webhook", webhookOptions({ notice: row.subject }));
    case "mail":
      return await startMail(deps, row.subject, "again" in row.payload);
    case "behind":
      return await tellBehind(deps, Number(row.subject));
    case "mailReturned":
      return await tellReturned(deps, Number(row.subject), row.payload as ReturnedMail);
    case "rebirth":
      return await rebearOne(deps, Number(row.subject));
  }
}

/** A ticket that has ended needs no place: it goes to the next. */
async function tellFreed(deps: RelayDeps, number: number, freed: FreedCapacity): Promise<void> {
  if (await tellTicket(deps, number, (handle) => handle.signal(capacityFreed, freed))) return;
  await deps.prisma.$transaction((tx) => passOn(tx, { number, decision: freed.decision }));
}

/** One that has ended meanwhile has no windows left to stop. */
async function tellReturned(deps: RelayDeps, number: number, returned: ReturnedMail): Promise<void> {
  await tellTicket(deps, number, (handle) => handle.signal(mailReturned, returned));
}

/** Another ticket's record has written to this one's journal. Where no run is, the next one begins with it. */
async function tellBehind(deps: RelayDeps, number: number): Promise<void> {
  const handle = deps.temporal.workflow.getHandle(ticketWorkflowId(number));
  try {
    await deps.temporal.withDeadline(Date.now() + callMs, () => handle.signal(storeRestored));
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    await rebearOne(deps, number);
  }
}

/** A ticket that has ended is on offer to nobody. */
async function tellWithdrawn(deps: RelayDeps, number: number, withdrawn: WithdrawnOffer): Promise<void> {
  await tellTicket(deps, number, (handle) => handle.signal(offerWithdrawn, withdrawn));
}

/** What has become possible is done at once; what changes by itself later is watched. */
async function review(deps: RelayDeps, watched: Watched): Promise<void> {
  if ((await createReview(deps.prisma)(watched)) !== null) await watch(deps, watched);
}

async function watch({ temporal }: RelayDeps, watched: Watched): Promise<void> {
  await temporal.withDeadline(Date.now() + callMs, () => temporal.workflow.signalWithStart("watch", watchOptions(watched)));
}

async function sendCourier(deps: RelayDeps, row: Row): Promise<void> {
  const errand = row.payload as { number: number; notices: NoticeRef[] };
  await startOnce(deps, "courier", courierOptions(errand, String(row.id)));
}

type StartOptions = ReturnType<typeof bulkOptions | typeof courierOptions | typeof mailOptions | typeof webhookOptions>;

/** Started already, it does it. */
async function startOnce({ temporal }: RelayDeps, type: string, options: StartOptions): Promise<void> {
  try {
    await temporal.withDeadline(Date.now() + callMs, () => temporal.workflow.start(type, options));
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** One that a ticket gave back is started again: while its first run still goes on, that is tried later. */
async function startMail(deps: RelayDeps, mail: string, again: boolean): Promise<void> {
  const { temporal } = deps;
  const options = mailOptions({ mail });
  if (!again) return await startOnce(deps, "mail", options);
  await temporal.withDeadline(Date.now() + callMs, () => temporal.workflow.start("mail", options));
}

async function tellReader({ temporal }: RelayDeps, reader: Reader): Promise<void> {
  await temporal.withDeadline(Date.now() + callMs, () =>
    temporal.workflow.signalWithStart("notices", readerOptions(reader)),
  );
}
