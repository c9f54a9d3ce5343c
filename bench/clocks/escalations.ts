// Opens tickets, has their targets fall within a minute by corrections of their clocks, kills the worker halfway, and reads from
// the journal when each escalation was recorded: late, missed or doubled. With another worker beside the one that is killed nobody
// waits for its return.
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { DeskClient } from "../../bin/demo/desk-client";
import { columns } from "../columns";
import { one } from "../part";
import type { Figures, Settings, Stage } from "../part";
import { percentiles } from "../percentile";
import type { Product } from "../product";
import { ticketsDue } from "./due";
import { killWorker } from "./kill";

/** From the last due instant until what has not come is missed, ms. */
const patienceMs = 60_000;

export async function measureEscalations(stage: Stage, product: Product, settings: Settings): Promise<Figures> {
  const [tickets, spanMs, workers] = [one(settings, "tickets"), one(settings, "seconds") * 1_000, one(settings, "workers")];
  for (let count = 1; count < workers; count += 1) await product.anotherWorker();
  const desk = new DeskClient(product.urls.api);
  const { numbers, begin } = await ticketsDue(stage, desk, product, { tickets, spanMs });
  await sleep(Math.max(0, begin + spanMs / 2 - Date.now()));
  const outage = await killWorker(product.home);
  stage.say(`the worker was away for ${Math.round(outage.backAt - outage.killedAt)} ms …`);
  const taken = await recorded(product.urls.database, numbers, begin + spanMs + patienceMs);
  return report(taken, numbers, outage, { tickets, spanMs, workers });
}

interface Taken {
  readonly ticket: number;
  readonly dueAt: number;
  readonly recordedAt: number;
  /** How many people's notices it made. */
  readonly notices: number;
}

/** All that was recorded, once every ticket has its escalation or the time is over. */
async function recorded(database: string, numbers: readonly number[], until: number): Promise<readonly Taken[]> {
  const client = new Client({ connectionString: database });
  await client.connect();
  try {
    for (;;) {
      const { rows } = await client.query<Taken>(sql, [numbers]);
      if (new Set(rows.map(({ ticket }) => ticket)).size === numbers.length || Date.now() > until) return rows;
      await sleep(500);
    }
  } finally {
    await client.end();
  }
}

const sql = `
  SELECT e.ticket, (e.facts ->> 'dueAt')::float8 AS "dueAt", extract(epoch FROM e.recorded_at)::float8 * 1000 AS "recordedAt",
         (SELECT count(*)::int FROM notices n WHERE n.ticket = e.ticket AND n.version = e.version) AS notices
  FROM events e WHERE e.ticket = ANY($1) AND e.kind = 'escalated'`;

/** For how long of its lateness nobody worked: also of what was in hand when the worker died. */
function withoutWorkerMs({ dueAt, recordedAt }: Taken, { killedAt, backAt }: Outage, { workers }: Asked): number {
  if (workers > 1) return 0;
  return Math.max(0, Math.min(recordedAt, backAt) - Math.max(dueAt, killedAt));
}

type Outage = Awaited<ReturnType<typeof killWorker>>;
type Asked = { readonly tickets: number; readonly spanMs: number; readonly workers: number };

function report(taken: readonly Taken[], numbers: readonly number[], outage: Outage, asked: Asked): Figures {
  const times = new Map<number, number>();
  for (const { ticket } of taken) times.set(ticket, (times.get(ticket) ?? 0) + 1);
  const missed = numbers.filter((number) => !times.has(number)).length;
  const doubled = [...times.values()].filter((count) => count > 1).length;
  const toldTwice = taken.filter(({ notices }) => notices > 1).length;
  const beyond = taken.map((each) => Math.max(0, each.recordedAt - each.dueAt - withoutWorkerMs(each, outage, asked)));
  const raw = percentiles(taken.map(({ dueAt, recordedAt }) => recordedAt - dueAt));
  const late = percentiles(beyond);
  const outageMs = outage.backAt - outage.killedAt;
  const figures = { ...asked, outageMs, latenessP50Ms: raw.p50, latenessP99Ms: raw.p99, beyondRestartP50Ms: late.p50, beyondRestartP99Ms: late.p99, missed, doubled, toldTwice };
  const rows = [
    ["workers", "tickets", "one away ms", "late p50 ms", "late p99 ms", "beyond standstill p50 ms", "p99 ms", "missed", "doubled"],
    [asked.workers, asked.tickets, outageMs, raw.p50, raw.p99, late.p50, late.p99, missed, doubled + toldTwice].map((value) => String(Math.round(value))),
  ];
  return { figures, text: columns(rows) };
}
