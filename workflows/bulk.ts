// One command for many tickets, at a bounded rate, with its progress to be seen. Which tickets, and what became of each, is in
// Postgres: a run that dies, or is carried on by another, does none of them twice.
import { continueAsNew, proxyActivities, setCurrentDetails, sleep, workflowInfo } from "@temporalio/workflow";
import type { BulkActivities, BulkProgress, BulkRef } from "./starts/errands";

/** How long to wait when no ticket could be reached, ms. */
const pauseMs = 10_000;

const { carryBulk } = proxyActivities<BulkActivities>({
  startToCloseTimeout: "2 minutes",
  heartbeatTimeout: "15 seconds",
  retry: { initialInterval: "1 second", backoffCoefficient: 2, maximumInterval: "1 minute" },
});

export async function bulk(ref: BulkRef): Promise<BulkProgress> {
  for (;;) {
    const progress = await carryBulk.executeWithOptions({ summary: "The next tickets" }, [ref]);
    const { total, done, refused, waiting, stopped, answered } = progress;
    setCurrentDetails(`${done} of ${total} tickets done, ${refused} refused, ${waiting} waiting${stopped ? ", stopped" : ""}`);
    if (waiting === 0 || stopped) return progress;
    if (workflowInfo().continueAsNewSuggested) return await continueAsNew<typeof bulk>(ref);
    if (answered === 0) await sleep(pauseMs, { summary: "No ticket could be reached: tried again" });
  }
}
