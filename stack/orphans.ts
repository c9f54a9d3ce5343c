// What a starter killed with -9 left running. Ends only a process whose whole identity is the one written down.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { identify } from "./identity";
import type { PidFile } from "./process";

const GRACE_MS = 5_000;
const LOOK_EVERY_MS = 25;

/**
 * Ends the process that `dir/pid.json` names if it still lives, and removes the file.
 * Answers true when there was one to end.
 */
export async function stopOrphan(dir: string): Promise<boolean> {
  const path = join(dir, "pid.json");
  const left = readPidFile(path);
  const lives = left !== undefined && identify(left.pid) === left.identity;
  if (lives) await end(left.pid, left.stopSignal);
  rmSync(path, { force: true });
  return lives;
}

/** Asks a process that is not our child to end, waits, and kills it when it doesn't. */
export async function end(pid: number, signal: NodeJS.Signals, graceMs = GRACE_MS): Promise<void> {
  const identity = identify(pid);
  if (identity === undefined || !send(pid, signal)) return;
  if (await gone(pid, identity, graceMs)) return;
  send(pid, "SIGKILL");
  await gone(pid, identity, GRACE_MS);
}

function readPidFile(path: string): PidFile | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as PidFile;
  } catch {
    // Missing, or cut short by the crash itself: nothing to go by.
    return undefined;
  }
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

async function gone(pid: number, identity: string, withinMs: number): Promise<boolean> {
  const until = performance.now() + withinMs;
  while (identify(pid) === identity) {
    if (performance.now() > until) return false;
    await sleep(LOOK_EVERY_MS);
  }
  return true;
}
