// Waiting for what other processes do: looked for, never slept for.
import { setTimeout as sleep } from "node:timers/promises";

const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 100;

interface Patience<T> {
  readonly withinMs?: number;
  /** What is told instead of what was found last, where that alone would say little. */
  readonly otherwise?: (found: T) => unknown;
}

/**
 * What `look` finds, as soon as it holds: without `holds`, as soon as it is anything but false, 0, null and the like. Rejects after
 * `withinMs` (40 s), telling what was found last. Between two looks it pauses ever longer: forty tickets that are watched at once
 * would leave little of two cores to whoever is to move them.
 */
export async function eventually<T>(look: () => Promise<T> | T, holds?: undefined, patience?: Patience<T>): Promise<NonNullable<T>>;
export async function eventually<T>(look: () => Promise<T> | T, holds: (found: T) => unknown, patience?: Patience<T>): Promise<T>;
export async function eventually<T>(
  look: () => Promise<T> | T,
  holds: (found: T) => unknown = Boolean,
  { withinMs = 40_000, otherwise = (found) => found }: Patience<T> = {},
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)) {
    const found = await look();
    if (holds(found)) return found;
    if (performance.now() > deadline) throw new Error(`Not within ${withinMs} ms; it is still ${told(await otherwise(found))}`);
    await sleep(pauseMs);
  }
}

function told(found: unknown): string {
  return typeof found === "string" ? found : (JSON.stringify(found) ?? String(found));
}
