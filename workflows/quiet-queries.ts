// When a query is answered: never while a local activity is under way. The SDK (1.24) would complete the task with the answer
// at once and hear of the activity's end in the next one, after whatever comes in with it; a replay hears of it before.
import { condition } from "@temporalio/workflow";
import type { WorkflowInterceptorsFactory } from "@temporalio/workflow";

declare global {
  // All runs of a thread share this module; what is global each has to itself.
  var isQuiet: (() => boolean) | undefined;
}

/** Queries to this run wait until the predicate holds, or are answered at once when it does. */
export function answerQueriesWhen(predicate: () => boolean): void {
  globalThis.isQuiet = predicate;
}

const isQuiet = (): boolean => globalThis.isQuiet?.() ?? true;

export const interceptors: WorkflowInterceptorsFactory = () => ({
  inbound: [
    {
      handleQuery: async (input, next) => {
        if (!isQuiet()) await condition(isQuiet);
        return await next(input);
      },
    },
  ],
});
