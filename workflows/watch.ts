// Waits for what changes by itself for one person or one team (a leave, working hours, a portion of the queue), and has it
// looked at then. It knows when; who is there and what waits is for `review` to find in Postgres.
import { condition, continueAsNew, proxyActivities, setCurrentDetails, setHandler, workflowInfo } from "@temporalio/workflow";
import type { TicketActivities } from "../activities";
import type { Reviewed } from "../activities/dispatch/review";
import { lookAgain } from "./messages";
import { inWords, second } from "./time-words";

const { review } = proxyActivities<Pick<TicketActivities, "review">>({
  startToCloseTimeout: "30 seconds",
  retry: { initialInterval: 250, backoffCoefficient: 2, maximumInterval: "10 seconds" },
  summary: "Look who is there and what waits",
});

export async function watch(reviewed: Reviewed): Promise<void> {
  let changed = false;
  setHandler(lookAgain, () => {
    changed = true;
  });
  for (;;) {
    changed = false;
    const next = await review(reviewed);
    // The next run looks first of all: whatever changed meanwhile is seen.
    if (workflowInfo().continueAsNewSuggested) return await continueAsNew<typeof watch>(reviewed);
    if (changed) continue;
    if (next === null) return;
    const waitMs = next.at - Date.now();
    if (waitMs <= 0) continue;
    setCurrentDetails(`**${next.what}** at ${second(next.at)} (UTC)`);
    await condition(() => changed, waitMs, { summary: `In ${inWords(waitMs)}: ${next.what}` });
  }
}
