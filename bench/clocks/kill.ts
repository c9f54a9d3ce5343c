// A worker's death, and when the next one works. The starter brings back whatever ends unasked.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const backWithinMs = 120_000;

/** Epoch ms. */
export interface Outage {
  readonly killedAt: number;
  readonly backAt: number;
}

/** Kills it with -9 and waits until the next one says that it works. @param home the product's folder */
export async function killWorker(home: string): Promise<Outage> {
  const dir = join(home, "worker");
  const said = await timesSaid(dir);
  const { pid } = JSON.parse(await readFile(join(dir, "pid.json"), "utf8")) as { pid: number };
  const killedAt = Date.now();
  process.kill(pid, "SIGKILL");
  for (const until = killedAt + backWithinMs; Date.now() < until; await sleep(10)) {
    if ((await timesSaid(dir)) > said) return { killedAt, backAt: Date.now() };
  }
  throw new Error(`The worker was not back within ${backWithinMs / 1_000} s.`);
}

async function timesSaid(dir: string): Promise<number> {
  return (await readFile(join(dir, "log"), "utf8")).split('"msg":"Working"').length - 1;
}
