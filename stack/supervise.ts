// Keeps a part alive: one that ends unasked, or runs and answers nothing any more, is started again: at once, and while it keeps
// failing after a wait that grows.
import { setTimeout as sleep } from "node:timers/promises";
import type { Child } from "./process";
import type { Say } from "./progress";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** Living this long proves that the trouble is over. */
const STEADY_MS = 60_000;
/** So often in a row a part that runs may give no answer, asked this long after the last. */
const MAY_FAIL = 5;
const ASK_EVERY_MS = 5_000;

export interface Running {
  readonly child: Child;
  stop(): Promise<void>;
  /** Rejects when it runs and is of no use. Left out: who runs is well. */
  answers?(): Promise<void>;
}

/**
 * Starts a part and keeps it alive until the answered function is called. Rejects when the very first start fails.
 * @param start starts the part and resolves when it is ready
 * @param askEveryMs how long after an answer, or none, a part that can tell is asked again
 */
export async function supervise<Part extends Running>(
  name: string,
  start: () => Promise<Part>,
  say: Say,
  askEveryMs = ASK_EVERY_MS,
): Promise<{ readonly part: Part; stop(): Promise<void> }> {
  const first = await start();
  const stopping = new AbortController();
  let current: Running = first;

  const watch = async (): Promise<void> => {
    let waitMs = 0;
    while (!stopping.signal.aborted) {
      const startedAt = performance.now();
      const how = await ended(name, current, say, askEveryMs);
      if (stopping.signal.aborted) return;
      if (performance.now() - startedAt > STEADY_MS) waitMs = 0;
      say(`${name} ended unasked (${how}). Starting it again …`);
      for (;;) {
        await sleep(waitMs, undefined, { signal: stopping.signal });
        waitMs = Math.min(Math.max(2 * waitMs, FIRST_WAIT_MS), LONGEST_WAIT_MS);
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

/** How it ended, by itself or because it gave no answer any more. */
async function ended(name: string, part: Running, say: Say, askEveryMs: number): Promise<string> {
  const over = new AbortController();
  void part.child.exited.then(() => over.abort());
  for (let failed = 0; part.answers !== undefined && !over.signal.aborted;) {
    await sleep(askEveryMs, undefined, { signal: over.signal, ref: false }).catch(() => undefined);
    if (over.signal.aborted) break;
    const trouble = await part.answers().then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    failed = trouble === null ? 0 : failed + 1;
    if (failed < MAY_FAIL) continue;
    say(`${name} runs and gives no answer any more (${trouble}). Ending it …`);
    await part.stop();
  }
  return await part.child.exited;
}
