// What a process of the desk does when it comes to a named point: nothing, unless the point is armed.
import { setTimeout as sleep } from "node:timers/promises";
import { take } from "./armed";
import type { Deed } from "./armed";

/** Where the points of this run are armed; without it none is. */
const dir = process.env["CHAOS_POINTS"];

/** `details` narrow a point down: `record.after` is also `record.after.resolve` where a resolution is recorded. */
export async function reached(point: string, details: readonly string[] = []): Promise<void> {
  if (dir === undefined) return;
  for (const name of [...details.map((detail) => `${point}.${detail}`), point]) {
    const deed = take(dir, name);
    if (deed !== null) return await act(deed, name);
  }
}

async function act({ kind, ms = 0, also = [] }: Deed, point: string): Promise<void> {
  switch (kind) {
    case "kill":
      if (ms > 0) await sleep(ms);
      for (const pid of also) killed(pid);
      killed(process.pid);
      // Not even the next line is to be reached.
      return await new Promise(() => undefined);
    case "throw":
      // As a call fails whose connection breaks: the commonest reason why nobody knows whether it was done.
      throw Object.assign(new Error(`As the test wants it, at ${point}.`), { code: "ECONNRESET" });
    case "stall":
      await sleep(ms);
  }
}

function killed(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
}
