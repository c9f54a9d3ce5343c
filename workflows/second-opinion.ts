// Where nobody knew what a ticket is about, a language model elsewhere may be asked; it is not waited for
// beyond a limit.
import { ActivityFailure, proxyActivities } from "@temporalio/workflow";
import type { AssistantActivities, TicketActivities } from "../activities";
import { assistantQueue } from "./messages";

type Sorted = Awaited<ReturnType<TicketActivities["categorise"]>>;

const { askAssistant } = proxyActivities<AssistantActivities>({
  taskQueue: assistantQueue,
  // In all, also when no worker asks for the task or the activity's own limit is not kept.
  scheduleToCloseTimeout: "15 seconds",
  retry: { maximumAttempts: 1 },
});

/** What it says, or what was said before when it says nothing in time. */
export async function secondOpinion(number: number, sorted: Sorted): Promise<Sorted> {
  if (sorted.mayAsk !== true) return sorted;
  try {
    const opinion = await askAssistant.executeWithOptions({ summary: "Ask the assistant: nobody knew" }, [{ number }]);
    return opinion === null ? sorted : { ...opinion, measure: sorted.measure, ...(sorted.asksBack === true && { asksBack: true }), ...raisedBy(sorted) };
  } catch (error) {
    if (error instanceof ActivityFailure) return sorted;
    throw error;
  }
}

/** Not a matter of opinion. */
function raisedBy({ raises, ageing }: Sorted): Pick<Sorted, "raises" | "ageing"> {
  return { ...(raises !== undefined && { raises }), ...(ageing !== undefined && { ageing }) };
}
