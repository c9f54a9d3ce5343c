// How all workers together ask a mail server: each asks here first, before each server at a gate of its own. Knows the rows
// and whose turn it is; what follows from them domain/mail-gate says.
import { setTimeout as sleep } from "node:timers/promises";
import { ApplicationFailure } from "@temporalio/activity";
import { admit, answered, failed, slotAfter, tried, unharmed } from "../../domain/mail-gate";
import type { Admission, Circuit } from "../../domain/mail-gate";
import type { Prisma, PrismaClient } from "../../prisma/client";
import { isOwed } from "../../prisma/owed";
import type { Result } from "./ledger";
import { usualWay } from "./way-out";
import type { WayOut } from "./way-out";

type Tx = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

/** Whose turn is asked for. */
export interface Asking {
  /** The oldest of the notices that would leave. */
  readonly notice: string;
  readonly urgent: boolean;
  /** The address that it leaves from, and by which server. */
  readonly from: string;
  readonly way: WayOut;
  /** The activity that asks, the same in all its attempts. */
  readonly holder: string;
}

export type Waiting = Extract<Admission, { kind: "wait" }> & { readonly ahead: number; readonly since: number | null };

export interface Gate {
  /** Returns when a mail may leave; or how long it is to wait, when that is longer than a moment. */
  pass(asking: Asking, signal: AbortSignal): Promise<Waiting | null>;
  /** What the attempt that has passed has shown of the server. Never rejects. */
  heard(result: Result, way: WayOut): Promise<void>;
  /** The one who has passed had nothing to ask after all. Never rejects. */
  unasked(way: WayOut): Promise<void>;
}

/** Whoever comes later than this to a slot that was waited for asks for another, ms. */
const oversleptMs = 1_000;

/** Counting ends here: whoever has more before it has a long way to go anyway. */
const countedAtMost = 50_000;

/** @param usualRate mails per second from each address where its mailbox has no rate of its own; 0: as fast as it goes */
export function createGate(prisma: PrismaClient, usualRate: number): Gate {
  const rateOf = ({ perSecond }: WayOut): number => perSecond ?? usualRate;
  // Gates as this process has last seen their rows: where no failure is noted, a mail that is taken changes nothing.
  const unharmedGates = new Set<string>();
  return {
    async pass(asking, signal) {
      const { gate } = asking.way;
      const rate = rateOf(asking.way);
      if (rate === 0) {
        const seen = await look(prisma, gate);
        if (seen.failures === 0) unharmedGates.add(gate);
        else unharmedGates.delete(gate);
        if (seen.isCalm) return null;
      }
      for (;;) {
        const [admission, ahead, since] = await prisma.$transaction((tx) => ask(tx, asking, rate));
        if (admission.kind === "wait") return { ...admission, ahead, since };
        const waitMs = admission.at - Date.now();
        if (waitMs <= 0) return null;
        await sleep(waitMs, undefined, { signal });
        // On a machine that stood still, all who overslept would leave together.
        if (Date.now() - admission.at <= oversleptMs) return null;
      }
    },
    async heard(result, way) {
      if (unharmedGates.has(way.gate) && !isFailure(result)) return;
      unharmedGates.delete(way.gate);
      await hear(prisma, way, rateOf(way), result).catch(forgotten);
    },
    async unasked({ gate: server }) {
      await prisma.mailGate
        .updateMany({ where: { name: server, trialUntil: { not: null } }, data: { trialUntil: null, trialBy: null } })
        .then(() => undefined, forgotten);
    },
  };
}

/** What one mail shows of the server, the next one shows as well. Its own note must not fail for it: it would leave again. */
function forgotten(): void {}

/** Whether it speaks against the server, and not merely against one mail. */
function isFailure(result: Result): result is Extract<Result, { state: "unknown" | "queued" }> {
  return result.state === "unknown" || (result.state === "queued" && result.about === "server");
}

async function hear(prisma: PrismaClient, { gate: server }: WayOut, rate: number, result: Result): Promise<void> {
  // All is well, as nearly always: nothing to write.
  if (!isFailure(result) && (await prisma.mailGate.count({ where: { name: server, failures: { gt: 0 } } })) === 0) return;
  await prisma.$transaction(async (tx) => {
    const circuit = (await locked(tx, [server])).get(server) ?? nothing;
    const now = Date.now();
    if (isFailure(result)) return await write(tx, server, failed(circuit, now), circuit.since ?? now, result.error);
    const waiting = await tx.notice.count({ where: { state: { in: ["queued", "unknown"] }, gate: atGate(server) } });
    await write(tx, server, answered(circuit, waiting, rate, now), null, null);
  });
}

/** What Temporal shows of a send that waits, until when it is not tried again. */
export function waits({ until, because, ahead, since }: Waiting): ApplicationFailure {
  const before = `${ahead} before it, looked at again at ${clockTime(until)}`;
  const message =
    because === "rate"
      ? `Mails leave at the configured rate: ${before}.`
      : `The mail server has taken nothing since ${clockTime(since ?? Date.now())}: ${before}.`;
  return waitsUntil(until, message);
}

export function waitsUntil(until: number, message: string): ApplicationFailure {
  const nextRetryDelay = Math.max(1, until - Date.now());
  return ApplicationFailure.create({ message, type: "MailServerUnavailable", nonRetryable: false, nextRetryDelay });
}

export function clockTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** All is well and no rate is set, as nearly always: nobody's turn needs to be locked. */
async function look(prisma: PrismaClient, gate: string): Promise<{ readonly isCalm: boolean; readonly failures: number }> {
  const [row] = await prisma.$queryRaw<Pick<Prisma.MailGateModel, "failures" | "openUntil" | "drainedAt">[]>`
    SELECT failures, open_until AS "openUntil", drained_at AS "drainedAt" FROM mail_gates WHERE name = ${gate}`;
  if (row === undefined) return { isCalm: true, failures: 0 };
  const { failures, openUntil, drainedAt } = row;
  return { isCalm: openUntil === null && (drainedAt === null || drainedAt.getTime() <= Date.now()), failures };
}

async function ask(tx: Tx, asking: Asking, rate: number): Promise<[Admission, ahead: number, since: number | null]> {
  const { gate: server } = asking.way;
  const rows = await locked(tx, [server, asking.from]);
  const circuit = rows.get(server) ?? nothing;
  const nextSlot = rows.get(asking.from)?.nextSlot ?? 0;
  const now = Date.now();
  const isCalm = circuit.openUntil === null && (circuit.drainedAt === null || circuit.drainedAt <= now) && nextSlot - now <= 1_000;
  const ahead = isCalm || asking.urgent ? 0 : await countAhead(tx, asking);
  const attempts = circuit.openUntil === null ? 0 : await attemptsAt(tx, asking.notice);
  const admission = admit(circuit, { holder: asking.holder, urgent: asking.urgent, ahead, attempts, rate, nextSlot }, now);
  if (admission.kind === "go" && admission.trial) await write(tx, server, tried(circuit, asking.holder, now), circuit.since ?? now, circuit.lastError);
  if (admission.kind === "go" && rate > 0) {
    const data = { nextSlot: new Date(Math.ceil(slotAfter(admission.at, nextSlot, rate))) };
    await tx.mailGate.update({ where: { name: asking.from }, data });
  }
  if (admission.kind === "wait") {
    await tx.$executeRaw`UPDATE notices SET gate = ${atGate(server)} WHERE id = ${asking.notice} AND gate IS DISTINCT FROM ${atGate(server)}`;
  }
  return [admission, ahead, circuit.since];
}

/** As a notice's row has it. */
function atGate(gate: string): string | null {
  return gate === usualWay.gate ? null : gate;
}

/** Those that are older and may leave by the same server. What urgent ones do is none of their business. */
async function countAhead(tx: Tx, { notice, way }: Asking): Promise<number> {
  const [row] = await tx.$queryRaw<{ ahead: number }[]>`
    SELECT count(*)::int AS ahead FROM (
      SELECT 1 FROM notices WHERE ${isOwed} AND recipient NOT LIKE 'webhook:%' AND gate IS NOT DISTINCT FROM ${atGate(way.gate)}
        AND (retry_at IS NULL OR retry_at <= clock_timestamp()) AND (held_until IS NULL OR held_until <= clock_timestamp())
        AND (created_at, id) < (SELECT created_at, id FROM notices WHERE id = ${notice})
      LIMIT ${countedAtMost}) AS older`;
  return row?.ahead ?? 0;
}

async function attemptsAt(tx: Tx, id: string): Promise<number> {
  return (await tx.notice.findUnique({ where: { id }, select: { attempts: true } }))?.attempts ?? 0;
}

interface Gates extends Circuit {
  readonly since: number | null;
  readonly nextSlot: number | null;
  readonly lastError: string | null;
}

const nothing: Gates = { ...unharmed, since: null, nextSlot: null, lastError: null };

/** The rows of these names, in an order that no two lock differently, until the transaction's end. */
async function locked(tx: Tx, names: readonly string[]): Promise<ReadonlyMap<string, Gates>> {
  const rows = await tx.$queryRaw<Prisma.MailGateModel[]>`
    SELECT name, failures, open_until AS "openUntil", trial_until AS "trialUntil", trial_by AS "trialBy", drained_at AS "drainedAt",
           failing_since AS "failingSince", next_slot AS "nextSlot", last_error AS "lastError"
    FROM mail_gates WHERE name = ANY (${names}) ORDER BY name FOR UPDATE`;
  if (rows.length < new Set(names).size) {
    await tx.mailGate.createMany({ data: names.map((name) => ({ name })), skipDuplicates: true });
    return await locked(tx, names);
  }
  return new Map(rows.map((row) => [row.name, asGates(row)]));
}

function asGates({ failures, lastError, openUntil, trialUntil, trialBy, drainedAt, failingSince, nextSlot }: Prisma.MailGateModel): Gates {
  const at = (date: Date | null): number | null => date?.getTime() ?? null;
  const times = { openUntil: at(openUntil), trialUntil: at(trialUntil), drainedAt: at(drainedAt), nextSlot: at(nextSlot) };
  return { failures, lastError, trialBy, since: at(failingSince), ...times };
}

async function write(tx: Tx, server: string, circuit: Circuit, since: number | null, lastError: string | null): Promise<void> {
  const when = (at: number | null): Date | null => (at === null ? null : new Date(at));
  const { failures, openUntil, trialUntil, trialBy, drainedAt } = circuit;
  const data = { failures, openUntil: when(openUntil), trialUntil: when(trialUntil), trialBy, drainedAt: when(drainedAt), failingSince: when(since), lastError };
  await tx.mailGate.update({ where: { name: server }, data });
}
