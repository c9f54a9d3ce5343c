// Histories as files: kept once, replayed by every release after that, never written over.
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Client } from "@temporalio/client";
import { historyToJSON } from "@temporalio/common/lib/proto-utils";
import { ticketWorkflowId } from "../../workflows/messages";

export const folder = join(__dirname, "..", "histories");
const root = `${join(__dirname, "..", "..")}/`;

export function isKept(path: string): boolean {
  return existsSync(fileOf(path)) || existsSync(fileOf(path, 1));
}

/** Waits until the ticket's life has ended, and keeps the history of each run. Answers how many events each has. */
export async function keep(client: Client, path: string, number: number): Promise<readonly number[]> {
  const workflowId = ticketWorkflowId(number);
  await client.workflow.getHandle(workflowId).result();
  const runs = await runsOf(client, workflowId);
  const sizes: number[] = [];
  for (const [index, runId] of runs.entries()) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    sizes.push(history.events?.length ?? 0);
    const file = runs.length === 1 ? fileOf(path) : fileOf(path, index + 1);
    // A failure's stack trace tells where the project lay on the machine that recorded it, which is nobody's business.
    await writeFile(file, `${historyToJSON(history).replaceAll(root, "")}\n`, { flag: "wx" });
  }
  return sizes;
}

/** Oldest first. The list lags a little behind: asked until no run in it is still going on. */
async function runsOf(client: Client, workflowId: string): Promise<readonly string[]> {
  for (;;) {
    const runs: { runId: string; startedAt: number; isRunning: boolean }[] = [];
    for await (const { runId, startTime, status } of client.workflow.list({ query: `WorkflowId = "${workflowId}"` })) {
      runs.push({ runId, startedAt: startTime.getTime(), isRunning: status.name === "RUNNING" });
    }
    if (runs.length > 0 && runs.every(({ isRunning }) => !isRunning)) {
      return runs.sort((a, b) => a.startedAt - b.startedAt).map(({ runId }) => runId);
    }
  }
}

function fileOf(path: string, run?: number): string {
  return join(folder, `${path}${run === undefined ? "" : `-${run}`}.json`);
}
