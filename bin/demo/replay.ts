// Histories of real lives, replayed against today's workflows: would a worker of this release carry them on?
import type { Client } from "@temporalio/client";
import { Worker } from "@temporalio/worker";
import { ticketWorkflowId } from "../../workflows/messages";

export interface Replayed {
  /** Events of each history, ascending. */
  readonly sizes: readonly number[];
  /** One sentence for each history that does not fit. */
  readonly failures: readonly string[];
}

/**
 * Fetches and replays one after the other, so that memory holds only one.
 * @param bundle path of the bundled workflows
 */
export async function replayAll(client: Client, numbers: readonly number[], bundle: string): Promise<Replayed> {
  const sizes: number[] = [];
  const failures: string[] = [];
  const histories = async function* () {
    for (const number of numbers) {
      const workflowId = ticketWorkflowId(number);
      const history = await client.workflow.getHandle(workflowId).fetchHistory();
      sizes.push(history.events?.length ?? 0);
      yield { workflowId, history };
    }
  };
  const results = Worker.runReplayHistories({ workflowBundle: { codePath: bundle } }, histories());
  for await (const { workflowId, error } of results) {
    if (error !== undefined) failures.push(`${workflowId}: ${error.message}`);
  }
  return { sizes: sizes.sort((a, b) => a - b), failures };
}
