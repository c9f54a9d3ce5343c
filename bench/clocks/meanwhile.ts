// How long people's commands take while a thousand clocks fall due in the same second, beside how long they take in quiet.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { DeskClient } from "../../bin/demo/desk-client";
import { columns } from "../columns";
import { one } from "../part";
import type { Figures, Settings, Stage } from "../part";
import { percentiles } from "../percentile";
import { cpuMs, perShare } from "../processes";
import type { Product } from "../product";
import { open, ticketsDue } from "./due";

/** Tickets on which nothing is due, for people to work on. */
const calm = 20;
/** A command starts this often, whether or not the last one is answered, ms. */
const everyMs = 250;
const quietMs = 15_000;
const patienceMs = 120_000;

export async function measureMeanwhile(stage: Stage, product: Product, settings: Settings): Promise<Figures> {
  const [tickets, spanMs] = [one(settings, "tickets"), one(settings, "seconds") * 1_000];
  const desk = new DeskClient(product.urls.api);
  const worked = await Promise.all(Array.from({ length: calm }, () => open(desk, product)));
  const { numbers, begin } = await ticketsDue(stage, desk, product, { tickets, spanMs });
  const { key, api } = { key: product.urls.keys.agent, api: product.urls.api };
  const note = (index: number) => timed(api, key, worked[index % calm]!.number);
  await sleep(Math.max(0, begin - quietMs - Date.now()));
  const quiet = await every(note, () => Date.now() >= begin - 500);
  await sleep(Math.max(0, begin - Date.now()));
  const recorded = until(product.urls.database, numbers);
  const before = cpuMs(product.pids);
  let isOver = false;
  const drained = recorded.then((at) => ((isOver = true), at));
  const busy = await every(note, () => isOver);
  const cpuMsPerTicket = perShare(before, cpuMs(product.pids), tickets);
  return report({ tickets, spanMs, drainedMs: (await drained) - begin, cpuMsPerTicket }, quiet, busy);
}

/** Ms until it is answered, and whether it was done. */
interface Timed {
  readonly ms: number;
  readonly done: boolean;
}

async function timed(api: string, key: string, number: number): Promise<Timed> {
  const from = performance.now();
  const response = await fetch(`${api}/tickets/${number}/messages`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json", "idempotency-key": randomUUID() },
    body: JSON.stringify({ text: "Meanwhile.", visibility: "internal" }),
  });
  await response.arrayBuffer();
  return { ms: performance.now() - from, done: response.ok };
}

async function every(work: (index: number) => Promise<Timed>, isOver: () => boolean): Promise<readonly Timed[]> {
  const started: Promise<Timed>[] = [];
  for (let index = 0; !isOver(); index += 1) {
    started.push(work(index));
    await sleep(everyMs);
  }
  return await Promise.all(started);
}

/** When the last of them was escalated, epoch ms. */
async function until(database: string, numbers: readonly number[]): Promise<number> {
  const client = new Client({ connectionString: database });
  await client.connect();
  try {
    for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(200)) {
      const { rows } = await client.query<{ tickets: number; last: number }>(
        `SELECT count(DISTINCT ticket)::int AS tickets, extract(epoch FROM max(recorded_at))::float8 * 1000 AS last
         FROM events WHERE kind = 'escalated' AND ticket = ANY($1)`,
        [numbers],
      );
      const [found] = rows;
      if (found !== undefined && found.tickets === numbers.length) return found.last;
    }
    throw new Error(`Not all were escalated within ${patienceMs / 1_000} s.`);
  } finally {
    await client.end();
  }
}

interface Happened {
  readonly tickets: number;
  readonly spanMs: number;
  /** From the first due instant until the last was recorded. */
  readonly drainedMs: number;
  /** Until then, by process; the commands' part is in it. */
  readonly cpuMsPerTicket: Readonly<Record<string, number>>;
}

function report(happened: Happened, quiet: readonly Timed[], busy: readonly Timed[]): Figures {
  const [calmly, hurriedly] = [quiet, busy].map((all) => ({ ...percentiles(all.map(({ ms }) => ms)), commands: all.length, undone: all.filter(({ done }) => !done).length }));
  const row = (name: string, figures: typeof calmly) =>
    [name, ...[figures!.commands, figures!.p50, figures!.p99, figures!.undone].map((value) => String(Math.round(value)))];
  const text = columns([
    ["commands on other tickets", "count", "p50 ms", "p99 ms", "not done"],
    row("in quiet", calmly),
    row(`while ${happened.tickets} fall due in ${happened.spanMs / 1_000} s`, hurriedly),
  ]);
  const drained = `All were escalated ${Math.round(happened.drainedMs)} ms after the first fell due.`;
  const cpu = Object.entries(happened.cpuMsPerTicket).map(([name, ms]) => `${name} ${Math.round(ms)}`);
  const took = `CPU ms per ticket until then, the commands included: ${cpu.join(", ")}.`;
  return { figures: { ...happened, quiet: calmly, busy: hurriedly }, text: `${text}\n\n${drained}\n${took}` };
}
