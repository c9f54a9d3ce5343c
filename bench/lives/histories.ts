// How much of Temporal's memory lives take: events and bytes of their histories.
import type { Client } from "@temporalio/client";
import { temporal as proto } from "@temporalio/proto";
import { percentile } from "../percentile";

/** So many tell as much as all. */
const looked = 30;

export interface Histories {
  readonly events: Spread;
  readonly bytes: Spread;
  /** Events per life by type, on average; the most frequent first. */
  readonly byType: Readonly<Record<string, number>>;
}

interface Spread {
  readonly median: number;
  readonly max: number;
}

/** Of some of these closed workflows, evenly spread among them. */
export async function describeHistories(client: Client, workflowIds: readonly string[]): Promise<Histories> {
  const every = Math.max(1, Math.floor(workflowIds.length / looked));
  const ids = workflowIds.filter((_, index) => index % every === 0);
  const histories = await Promise.all(ids.map((id) => client.workflow.getHandle(id).fetchHistory()));
  const counts = new Map<string, number>();
  for (const { eventType } of histories.flatMap(({ events }) => events ?? [])) {
    const name = nameOf(eventType ?? 0);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const descending = [...counts].sort(([, a], [, b]) => b - a);
  return {
    events: spread(histories.map(({ events }) => events?.length ?? 0)),
    bytes: spread(histories.map((history) => proto.api.history.v1.History.encode(history).finish().length)),
    byType: Object.fromEntries(descending.map(([name, count]) => [name, count / ids.length])),
  };
}

function spread(values: readonly number[]): Spread {
  return { median: percentile(values, 50), max: percentile(values, 100) };
}

/** `WORKFLOW_TASK_STARTED` for EVENT_TYPE_WORKFLOW_TASK_STARTED. */
function nameOf(type: number): string {
  return (proto.api.enums.v1.EventType[type] ?? String(type)).replace(/^EVENT_TYPE_/, "");
}
