// A worker's end and its next start among many tickets. The starter brings back whatever ends unasked.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const backWithinMs = 120_000;
const lookEveryMs = 20;

export interface Restarted {
  readonly pid: number;
  /** From the start of its process until it says that it works, ms. */
  readonly startMs: number;
}

/** Asks the worker to end and waits for the next one. @param dir the worker's folder */
export async function restartWorker(dir: string): Promise<Restarted> {
  const [before, said] = [await pidIn(dir), await timesSaid(dir)];
  if (before === null) throw new Error("The worker to be started anew does not run.");
  process.kill(before, "SIGTERM");
  const pid = await eventually(async () => {
    const now = await pidIn(dir);
    return now === null || now === before ? null : now;
  });
  const startedAt = performance.now();
  await eventually(async () => ((await timesSaid(dir)) > said ? true : null));
  return { pid, startMs: performance.now() - startedAt };
}

async function timesSaid(dir: string): Promise<number> {
  return (await readFile(join(dir, "log"), "utf8")).split('"msg":"Working"').length - 1;
}

async function pidIn(dir: string): Promise<number | null> {
  try {
    return (JSON.parse(await readFile(join(dir, "pid.json"), "utf8")) as { pid: number }).pid;
  } catch {
    return null;
  }
}

async function eventually<T>(look: () => Promise<T | null>): Promise<T> {
  for (const until = Date.now() + backWithinMs; Date.now() < until; await sleep(lookEveryMs)) {
    const found = await look();
    if (found !== null) return found;
  }
  throw new Error(`The worker was not back within ${backWithinMs / 1_000} s.`);
}
