// What a query may not do to a run: be answered at the wrong moment, and bring it forward without a task of its own.
import { condition } from "@temporalio/workflow";
import type { ActivateInput, WorkflowInterceptors, WorkflowInterceptorsFactory, WorkflowInternalsInterceptor } from "@temporalio/workflow";

declare global {
  // All runs of a thread share this module; what is global each has to itself.
  var isQuiet: (() => boolean) | undefined;
}

/** Queries to this run wait until the predicate holds, or are answered at once when it does. */
export function answerQueriesWhen(predicate: () => boolean): void {
  globalThis.isQuiet = predicate;
}

export const interceptors: WorkflowInterceptorsFactory = (): WorkflowInterceptors => ({ inbound: [heldBack], internals: [nothingAhead()] });

const isQuiet = (): boolean => globalThis.isQuiet?.() ?? true;

/**
 * Never while a local activity is under way. The SDK (1.24) would complete the task with the answer at once and hear of the
 * activity's end in the next one, after whatever comes in with it; a replay hears of it before.
 */
const heldBack: NonNullable<WorkflowInterceptors["inbound"]>[number] = {
  handleQuery: async (input, next) => {
    if (!isQuiet()) await condition(isQuiet);
    return await next(input);
  },
};

/**
 * A worker that gets to know a run by a query is given all of its history, and the SDK (1.24) applies what stands behind the
 * last task as well: a timer rings, with the time of that task, and the run goes on in the cache with what it did at a time that
 * no replay will show it. Or it begins what only a task may do, and an answer that waits for that ends the whole worker. So the
 * query fails, and the run is forgotten: its next task brings it up anew.
 */
function nothingAhead(): WorkflowInternalsInterceptor {
  let last = { events: 0, task: "" };
  let isAhead = false;
  return {
    activate: (input, next) => {
      const { activation } = input;
      const queries = activation.jobs?.flatMap(({ queryWorkflow }) => queryWorkflow ?? []) ?? [];
      if (queries.some(({ queryId }) => queryId === withoutTask) && (isAhead || !isQuiet())) {
        throw new Error("Asked before the task that is due: ask again.");
      }
      if (queries.length === 0) {
        const { events, task } = last;
        last = { events: activation.historyLength ?? 0, task: taskOf(activation) };
        if (last.events > events) isAhead = last.task === task;
      }
      next(input);
    },
  };
}

/** What the SDK calls each query that comes by itself. */
const withoutTask = "legacy_query";

/** The time and the history's size, which only the beginning of a task changes along with the number of events. */
function taskOf({ timestamp, historySizeBytes }: ActivateInput["activation"]): string {
  return [timestamp?.seconds, timestamp?.nanos, historySizeBytes].map(String).join(" ");
}
