import type { Evidence } from "../ledgers/evidence";
import { noTaskFails } from "./lives";

/** As the SDK says it: the event that no command of the run would match. */
const missing = (type: string): string =>
  "[TMPRL1100] Nondeterminism error: During event handling, this event had an initial command ID but we could not find a matching command for it: " +
  `HistoryEvent { event_id: 137, event_time: Some(Timestamp { seconds: 1, nanos: 2 }), event_type: ${type}, version: 0, ` +
  `attributes: Some(${type}EventAttributes { links: [HistoryEvent { event_type: WorkflowTaskStarted, }] }) }`;

test.each([
  ["a task that came too late", 5, "UnhandledCommand", 0],
  ["the SDK's own place in a history, lost", 24, missing("WorkflowTaskStarted"), 0],
  [
    "an update that it answered in a task it no longer had",
    24,
    "[TMPRL1100] Nondeterminism error: Invalid transition while handling update response (id a/b@c) in state CompletedImmediatelyAcceptCreated",
    0,
  ],
  ["an update that comes otherwise", 24, "[TMPRL1100] Nondeterminism error: Invalid transition while handling update response (id a/b@c) in state Accepted", 1],
  ["a step that the code no longer takes", 24, missing("ActivityTaskScheduled"), 1],
  ["a step that the history does not have", 24, "[TMPRL1100] Nondeterminism error: Timer machine does not handle this event", 1],
  ["an error in the code", 4, "TypeError", 1],
])("%s counts as a failed task, or does not", (_, cause, message, count) => {
  const runs = [{ workflowId: "ticket:1001", failedTasks: [{ cause, message }] }];
  expect(noTaskFails.offences({ runs } as unknown as Evidence)).toHaveLength(count);
});
