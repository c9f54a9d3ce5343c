// How many tickets' lives this machine leads per second, beside the least that a life of that shape can cost on the
// same Temporal with the same durability, in the same run: npm run bench. Takes about a minute and a half.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { arch, cpus, platform, tmpdir } from "node:os";
import { join } from "node:path";
import { Client, Connection } from "@temporalio/client";
import { findOrStart } from "../bin/demo/product";
import { main } from "../bin/main";
import { readStartConfig } from "../config";
import type { Urls } from "../stack/everything";
import { startService } from "../stack/service";
import { floorLife, productLife } from "./lives";
import { measure } from "./measure";
import type { Round } from "./table";
import { tableOf } from "./table";

const lanes = [1, 8];
const seconds = { warmUp: 3, product: 15, floor: 8 };
const results = join(__dirname, "results");

const say = (line: string): void => console.log(line);

void main(async () => {
  const home = await mkdtemp(join(tmpdir(), "perdura-bench-"));
  // Its own parts, whatever the environment names: what is measured is this machine.
  const config = readStartConfig({ LOG_LEVEL: "warn", PERDURA_HOME: home });
  const { urls, stop } = await findOrStart(config, say);
  try {
    const rounds = await withFloorWorker(urls.temporal, config.namespace, home, () => compare(urls));
    say(`\n${tableOf(rounds)}`);
    say(`\nKept in ${await keep(rounds)}`);
  } finally {
    await stop();
    await rm(home, { recursive: true, force: true });
  }
});

async function withFloorWorker<T>(
  address: string,
  namespace: string,
  home: string,
  work: () => Promise<T>,
): Promise<T> {
  const env = { ...process.env, TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace };
  const service = { name: "Floor worker", main: "bench/floor/worker.ts", dir: join(home, "floor"), graceMs: 5_000 };
  const { stop } = await startService({ ...service, env });
  try {
    return await work();
  } finally {
    await stop();
  }
}

async function compare(urls: Urls): Promise<Round[]> {
  const connection = await Connection.connect({ address: urls.temporal });
  const temporal = new Client({ connection });
  const [product, floor] = [productLife(urls, temporal), floorLife(temporal)];
  const rounds: Round[] = [];
  for (const concurrency of lanes) {
    say(`${concurrency} at once: ${seconds.product} s of the product, ${seconds.floor} s of the floor …`);
    await measure((name) => product(`warm-${name}`), concurrency, seconds.warmUp);
    const productMeasured = await measure(product, concurrency, seconds.product);
    await measure((name) => floor(`warm-${name}`), concurrency, seconds.warmUp);
    rounds.push({ concurrency, product: productMeasured, floor: await measure(floor, concurrency, seconds.floor) });
  }
  await connection.close();
  return rounds;
}

async function keep(rounds: readonly Round[]): Promise<string> {
  const at = new Date().toISOString();
  const [cpu, ...others] = cpus();
  const system = `${platform()} ${arch()}`;
  const machine = { cpu: cpu?.model ?? "unknown", cores: 1 + others.length, system, node: process.version };
  const file = join(results, `${at.slice(0, 10)}.json`);
  await mkdir(results, { recursive: true });
  await writeFile(file, `${JSON.stringify({ at, machine, seconds, rounds }, null, 2)}\n`);
  return file;
}
