// What a query may not do to a run: be answered at the wrong moment, and bring it forward without a task of its own.
import { condition } from "@temporalio/workflow";
import type { WorkflowInterceptors, WorkflowInterceptorsFactory, WorkflowInternalsInterceptor } from "@temporalio/workflow";

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
 * no replay will show it. So the query fails, and the run is forgotten: its next task brings it up anew. Such an activation tells
 * of more events than the last but not of a larger history, for the size is told by tasks only (and is 0 where the server tells
 * none, before 1.20).
 */
function nothingAhead(): WorkflowInternalsInterceptor {
  let events = 0;
  let bytes = 0;
  return {
    activate: (input, next) => {
      const { historyLength, historySizeBytes } = input.activation;
      const [eventsNow, bytesNow] = [historyLength ?? 0, Number(historySizeBytes ?? 0)];
      if (eventsNow > events && bytesNow === bytes && bytes > 0) throw new Error("Asked before the task that is due: ask again.");
      [events, bytes] = [eventsNow, bytesNow];
      next(input);
    },
  };
}
