// Where the SDK (1.24) loses its place: it is handed a task of a run while the one before it waits for nothing but local
// activities, as Temporal died or the worker stood still for longer than a task may take, and lays the new one over the old one.
// What it does with that run until it has forgotten it is neither the code's nor ours: it says so, with the run, in the worker's log.

const words = "Trying to send a new WFT for a run which already has one!";

/** The ids of those runs. @param logs by the name of the part that wrote it */
export function overlaidRuns(logs: ReadonlyMap<string, string>): ReadonlySet<string> {
  const runs = new Set<string>();
  for (const [part, text] of logs) {
    if (!part.startsWith("worker-")) continue;
    for (const line of text.split("\n")) if (line.includes(words)) runs.add(runIn(line));
  }
  return runs;
}

function runIn(line: string): string {
  return (JSON.parse(line) as { runId: string }).runId;
}
