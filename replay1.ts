import { readFileSync } from "node:fs";
import { Worker } from "/work/w/me/node_modules/@temporalio/worker";
import { historyFromJSON } from "/work/w/me/node_modules/@temporalio/common/lib/proto-utils";
import { bundleWorkflows } from "/work/w/me/stack/bundle";
async function main() {
  const codePath = await bundleWorkflows("/tmp/replay-bundle");
  const history = historyFromJSON(JSON.parse(readFileSync(process.argv[2] as string, "utf8")));
  for await (const r of Worker.runReplayHistories({ workflowBundle: { codePath } }, (async function* () { yield { workflowId: "ticket:1031", history }; })())) {
    console.log(r.error ? `ERROR ${r.error.message}` : "replayed ok");
  }
}
void main();
