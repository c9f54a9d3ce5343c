// Carries to Temporal what Postgres has committed: starts, signals, errands. Woken by NOTIFY, with a sweep behind it, so that a
// lost wake-up delays and never loses. Knows when to look; refuses to know what is delivered (deliver) or swept (sweeps).
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Client as Listener } from "pg";
import { raiseAlerts } from "./alerts";
import { lookAfter } from "./behind";
import type { Suspects } from "./behind";
import { partCrowds } from "./crowds";
import type { Told } from "./crowds";
import { deliverDue, restMs } from "./deliver";
import type { JustTold } from "./deliver";
import type { RelayDeps } from "./deps";
import { rebear } from "./rebirth";
import { keepSchedules } from "./schedules";
import { correctWaits, forgetFiles, forgetMoves, forgetSources, resignal, resumeMails, ringAgain, startUnstarted, sweepDrafts } from "./sweeps";
import { lookAtUnqueued } from "./unqueued";

export interface Relay {
  /** Ends after the work at hand. */
  stop(): Promise<void>;
}

/** How often it looks without being woken, and how often it does the slow sweeps, ms. */
const sweepEveryMs = 2_000;
const alertsEveryMs = 60_000;
const slowSweepEveryMs = 3_600_000;

export function startRelay(deps: RelayDeps): Relay {
  const stopping = new AbortController();
  const bell = new Bell();
  const suspects: Suspects = new Map();
  const told = new Set<string>();
  const justTold: JustTold = new Map();
  const crowds: Told = { until: 0 };
  const running = Promise.all([
    listen(deps, bell, stopping.signal),
    repeat(deps, "outbox", () => deliverDue(deps, justTold), () => bell.rings(justTold.size > 0 ? restMs : sweepEveryMs), stopping.signal),
    repeat(deps, "starts", () => startUnstarted(deps), () => pause(sweepEveryMs, stopping.signal), stopping.signal),
    repeat(deps, "places", () => lookAtPlaces(deps), () => pause(10 * sweepEveryMs, stopping.signal), stopping.signal),
    repeat(deps, "looks", () => look(deps, suspects), () => pause(2 * sweepEveryMs, stopping.signal), stopping.signal),
    repeat(deps, "crowds", () => partCrowds(deps, crowds), () => pause(sweepEveryMs, stopping.signal), stopping.signal),
    repeat(deps, "alerts", () => raiseAlerts(deps, told), () => pause(alertsEveryMs, stopping.signal), stopping.signal),
    repeat(deps, "slow sweeps", () => slowly(deps), () => pause(slowSweepEveryMs, stopping.signal), stopping.signal),
  ]);
  return {
    stop: async () => {
      stopping.abort();
      bell.ring();
      await running;
    },
  };
}

async function look(deps: RelayDeps, suspects: Suspects): Promise<void> {
  await lookAfter(deps, suspects);
  await correctWaits(deps);
}

async function lookAtPlaces(deps: RelayDeps): Promise<void> {
  await resignal(deps);
  await lookAtUnqueued(deps);
}

async function slowly(deps: RelayDeps): Promise<void> {
  await rebear(deps);
  await ringAgain(deps);
  await resumeMails(deps);
  await forgetSources(deps);
  await keepSchedules(deps);
  await sweepDrafts(deps);
  await forgetMoves(deps);
  // Last: an object store that is away holds up nothing else.
  await forgetFiles(deps);
}

/** Works, waits, works again; what fails is said, and tried again after a second. */
async function repeat(
  { log }: RelayDeps,
  name: string,
  work: () => Promise<void>,
  wait: () => Promise<void>,
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    try {
      await work();
      if (!stop.aborted) await wait();
    } catch (error) {
      log.warn({ relay: name, error: error instanceof Error ? error.name : typeof error }, "The relay tries again");
      await pause(1_000, stop);
    }
  }
}

/** Hears the bell that transactions ring; a lost connection is made anew. */
async function listen(deps: RelayDeps, bell: Bell, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const listener = new Listener({ connectionString: deps.databaseUrl, keepAlive: true, application_name: "perdura relay" });
    const lost = new AbortController();
    const lose = (): void => lost.abort();
    listener.on("error", lose).on("end", lose).on("notification", () => bell.ring());
    // Its own end takes this ear off again: connections come and go for as long as the relay runs.
    stop.addEventListener("abort", lose, { signal: lost.signal });
    try {
      await listener.connect();
      await listener.query("LISTEN perdura_outbox");
      bell.ring();
      if (!lost.signal.aborted) await once(lost.signal, "abort");
    } catch {
      // Postgres is away: the other loops say so.
    }
    lose();
    await listener.end().catch(() => undefined);
    await pause(1_000, stop);
  }
}

/** Remembers a ring that comes while nobody waits. */
class Bell {
  private rung = false;
  private wake: (() => void) | null = null;

  ring(): void {
    this.rung = true;
    this.wake?.();
  }

  /** A wait that a ring ends leaves nothing behind: a busy desk rings a hundred times a second. Whoever stops it rings. */
  async rings(atMostMs: number): Promise<void> {
    if (!this.rung) {
      const rung = new AbortController();
      this.wake = () => rung.abort();
      await pause(atMostMs, rung.signal);
      this.wake = null;
    }
    this.rung = false;
  }
}

async function pause(ms: number, stop: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal: stop, ref: true }).catch(() => undefined);
}
