// Keeps a part alive: one that ends unasked is started again, after a wait that grows while it keeps failing.
import { setTimeout as sleep } from "node:timers/promises";
import type { Child } from "./process";
import type { Say } from "./progress";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** Living this long proves that the trouble is over. */
const STEADY_MS = 60_000;

export interface Running {
  readonly child: Child;
  stop(): Promise<void>;
}

/**
 * Starts a part and keeps it alive until the answered function is called. Rejects when the very first start fails.
 * @param start starts the part and resolves when it is ready
 */
export async function supervise<Part extends Running>(
  name: string,
  start: () => Promise<Part>,
  say: Say,
): Promise<{ readonly part: Part; stop(): Promise<void> }> {
  const first = await start();
  const stopping = new AbortController();
  let current: Running = first;

  const watch = async (): Promise<void> => {
    let waitMs = FIRST_WAIT_MS;
    while (!stopping.signal.aborted) {
      const startedAt = performance.now();
      const how = await current.child.exited;
      if (stopping.signal.aborted) return;
      if (performance.now() - startedAt > STEADY_MS) waitMs = FIRST_WAIT_MS;
      say(`${name} ended unasked (${how}). Starting it again …`);
      for (;;) {
        await sleep(waitMs, undefined, { signal: stopping.signal });
        waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS);
        try {
          current = await start();
          say(`${name} is back.`);
          break;
        } catch (error) {
          say(`${name} didn't start: ${String(error)}\nTrying again in ${waitMs / 1_000} s …`);
        }
      }
    }
  };
  // Rejects only when a wait is cut short by `stop`.
  const watching = watch().catch(() => undefined);
  return {
    part: first,
    stop: async () => {
      stopping.abort();
      await current.stop();
      await watching;
      // A start that was under way when we were told to stop.
      await current.stop();
    },
  };
}
