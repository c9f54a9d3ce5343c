// What many open tickets cost while nothing happens to them, and whoever speaks to one of them.
import { setTimeout as sleep } from "node:timers/promises";
import { columns } from "../columns";
import { one } from "../part";
import type { Figures, Settings, Stage } from "../part";
import { memoryMb } from "../processes";
import type { Product } from "../product";
import { commandsAmong } from "./among";
import { copy, sleeper } from "./fill";
import { restartWorker } from "./restart";

const lookEveryMs = 5_000;
/** After the last one is asleep: caches are written, garbage is collected. */
const restMs = 10_000;

/** @param settings `tickets`: how many; `minutes`: after so long it goes on with those that sleep by then */
export async function measureSleeping(stage: Stage, product: Product, settings: Settings): Promise<Figures> {
  const tickets = one(settings, "tickets");
  const dir = `${product.home}/worker`;
  const first = await sleeper(product);
  const before = await memory(product, product.pids.get("worker") ?? 0);
  await copy(product.urls.database, first, tickets);
  const alone = await restartWorker(dir);
  const { asleep, seconds } = await allAsleep(stage, product, tickets + 1, one(settings, "minutes") * 60_000);
  await sleep(restMs);
  const after = await memory(product, alone.pid);
  const among = await restartWorker(dir);
  const latency = await commandsAmong(product, first + 1, first + asleep - 1);
  const start = { aloneMs: alone.startMs, amongMs: among.startMs };
  const figures = { asked: tickets, asleep, seconds, perSecond: asleep / seconds, memoryMb: { before, after }, start, latency };
  return { figures, text: tell(figures) };
}

/** Waits until Temporal counts so many, or time is up. */
async function allAsleep({ say }: Stage, { temporal }: Product, tickets: number, withinMs: number) {
  const startedAt = performance.now();
  const query = 'WorkflowType = "ticket" AND ExecutionStatus = "Running"';
  for (;;) {
    const { count: asleep } = await temporal.workflow.count(query);
    const tookMs = performance.now() - startedAt;
    say(`${asleep} of ${tickets} sleep, after ${(tookMs / 1_000).toFixed(0)} s`);
    if (asleep >= tickets || tookMs > withinMs) return { asleep, seconds: tookMs / 1_000 };
    await sleep(lookEveryMs);
  }
}

async function memory({ pids }: Product, worker: number): Promise<Readonly<Record<string, number>>> {
  const present = new Map([...pids, ["worker", worker] as const]);
  return Object.fromEntries([...present].map(([name, pid]) => [name, memoryMb(pid)]));
}

interface Found {
  readonly asleep: number;
  readonly perSecond: number;
  readonly seconds: number;
  readonly memoryMb: { readonly before: Readonly<Record<string, number>>; readonly after: Readonly<Record<string, number>> };
  readonly start: { readonly aloneMs: number; readonly amongMs: number };
  readonly latency: Awaited<ReturnType<typeof commandsAmong>>;
}

function tell({ asleep, perSecond, seconds, memoryMb: { before, after }, start, latency }: Found): string {
  const names = Object.keys(after);
  const row = (name: string, values: Readonly<Record<string, number>>): string[] => [
    name,
    ...names.map((part) => (values[part] ?? 0).toFixed(0)),
  ];
  const ms = ({ p50, p99 }: { p50: number; p99: number }): string => `${p50.toFixed(0)} ms (p99 ${p99.toFixed(0)})`;
  return [
    `${asleep} tickets asleep; the relay started them in ${seconds.toFixed(0)} s (${perSecond.toFixed(0)} a second).`,
    "",
    "Memory, MB",
    columns([["", ...names], row("one ticket", before), row(`${asleep} tickets`, after)]),
    "",
    `A worker starts in ${(start.amongMs / 1_000).toFixed(1)} s (${(start.aloneMs / 1_000).toFixed(1)} s when Temporal had one).`,
    `A command takes ${ms(latency.firstMs)} on a ticket that no worker remembers, ${ms(latency.againMs)} on it again.`,
  ].join("\n");
}
