// Whether what a run did follows from its history: each is lived through once more, on the code that made it, with nothing
// else to go by.
import { DefaultLogger, makeTelemetryFilterString, Runtime, Worker } from "@temporalio/worker";
import type { Run } from "./histories";

/** A run that would do something else than it did. */
export interface Divergence {
  readonly workflowId: string;
  readonly runId: string;
  readonly why: string;
}

/** Answers those that diverge. */
export async function replay(bundle: string, runs: readonly Run[]): Promise<readonly Divergence[]> {
  // What it has to say is in its answers. It is gone with the last replay, so each time anew.
  const filter = makeTelemetryFilterString({ core: "ERROR", other: "ERROR" });
  const telemetryOptions = { logging: { filter, forward: {} } };
  Runtime.install({ shutdownSignals: [], logger: new DefaultLogger("ERROR", () => undefined), telemetryOptions });
  const found: Divergence[] = [];
  const results = Worker.runReplayHistories({ workflowBundle: { codePath: bundle } }, runs);
  for await (const { workflowId, runId, error } of results) if (error !== undefined) found.push({ workflowId, runId, why: String(error) });
  return found;
}
