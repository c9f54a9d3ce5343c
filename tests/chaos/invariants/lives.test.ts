import { overlaidRuns } from "../ledgers/overlaid";
import type { Evidence } from "../ledgers/evidence";
import { noTaskFails, replaysAsItRan } from "./lives";

const outOfOrder = "Fatal error in workflow machines: History is out of order. Last processed event: 92, event id: 94";
const answeredTwice = "[TMPRL1100] Nondeterminism error: Invalid transition while handling update response (id a/b@c) in state Rejected";
/** As a worker writes it. */
const log = JSON.stringify({
  level: 50,
  time: 1_795_436_809_681,
  part: "worker",
  sdkComponent: "core",
  target: "temporalio_sdk_core::worker::workflow::managed_run",
  runId: "lost",
  workflowId: "ticket:1001",
  msg: "Trying to send a new WFT for a run which already has one!",
});
const overlaid = overlaidRuns(new Map([["worker-1", `(node:1) Warning: not JSON\n${log}\n`], ["api-1", ""]]));

test.each([
  ["a task that came too late", "other", 5, "UnhandledCommand", 0],
  ["the SDK's own place in a history, lost and told of", "lost", 14, outOfOrder, 0],
  ["an update that it answered in a task it no longer had, told of", "lost", 24, answeredTwice, 0],
  ["the same of a run that it doesn't speak of", "other", 24, answeredTwice, 1],
  ["a place lost, and nothing said", "other", 14, outOfOrder, 1],
  ["an error in the code, whatever the SDK lost besides", "lost", 14, "TypeError", 1],
])("%s counts as a failed task, or does not", (_, runId, cause, message, count) => {
  const runs = [{ workflowId: "ticket:1001", runId, failedTasks: [{ cause, message }] }];
  expect(noTaskFails.offences({ runs, overlaid } as unknown as Evidence)).toHaveLength(count);
});

test("a history that doesn't replay is an offence, unless the SDK says that it has lost its place in it", () => {
  const replays = ["lost", "other"].map((runId) => ({ workflowId: `ticket of ${runId}`, runId, why: "something else" }));
  expect(replaysAsItRan.offences({ replays, overlaid } as unknown as Evidence)).toEqual(["ticket of other: something else"]);
});
