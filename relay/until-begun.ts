// A run begins with a task in a queue that is served in order. Were a hundred thousand begun at once, after Temporal's data was
// lost or amid a day's intakes, every command would stand behind them for an hour: so few are begun, and the next once these live.
import { setTimeout as sleep } from "node:timers/promises";

/** Whoever has not begun by then holds up nobody else: it may be stuck, or no worker be there. ms */
const patienceMs = 5_000;
const lookEveryMs = 200;

export async function untilBegun(hasBegun: () => Promise<boolean>): Promise<void> {
  for (const until = Date.now() + patienceMs; Date.now() < until && !(await hasBegun()); ) await sleep(lookEveryMs);
}
