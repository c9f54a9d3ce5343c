// The points around what is asked of Temporal: a start, a signal, an update. Named for who asks: the API or the relay.
import type { WorkflowClientInterceptor } from "@temporalio/client";
import { reached } from "./reached";

export function clientPoints(who: "api" | "relay"): WorkflowClientInterceptor {
  const around = async <T>(what: string, act: () => Promise<T>, details: readonly string[] = []): Promise<T> => {
    await reached(`${who}.${what}.before`, details);
    const result = await act();
    await reached(`${who}.${what}.after`, details);
    return result;
  };
  return {
    startWithDetails: (input, next) => around("start", () => next(input), [input.workflowType]),
    signal: (input, next) => around("signal", () => next(input), [input.signalName]),
    startUpdate: (input, next) => around("update", () => next(input), [input.updateName]),
    startUpdateWithStart: (input, next) => around("update", () => next(input), [input.updateName]),
  };
}
