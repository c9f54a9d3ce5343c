// A run begins with a task in a queue that is served in order. Were a hundred thousand begun at once, after Temporal's data was
// lost or amid a day's intakes, every command would stand behind them for an hour: so some are begun, and others as these live.
import { setTimeout as sleep } from "node:timers/promises";

/** A command stands behind so many, for less than a second. */
const atOnce = 32;
/** Whoever has not begun by then holds up nobody else: it may be stuck, or no worker be there. ms */
const patienceMs = 5_000;
const lookEveryMs = 200;

/** Does `begin` for each, the next as soon as one is done. Where one fails no further ones follow, and that is thrown. */
export async function beginSome<T>(all: readonly T[], begin: (one: T) => Promise<void>): Promise<void> {
  const [rest, failures]: [Iterator<T>, unknown[]] = [all.values(), []];
  const lane = async (): Promise<void> => {
    for (let next = rest.next(); next.done !== true && failures.length === 0; next = rest.next()) {
      await begin(next.value).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  if (failures.length > 0) throw failures[0];
}

export async function untilBegun(hasBegun: () => Promise<boolean>): Promise<void> {
  for (const until = Date.now() + patienceMs; Date.now() < until && !(await hasBegun()); ) await sleep(lookEveryMs);
}
