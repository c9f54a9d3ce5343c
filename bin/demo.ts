// The main job on real input: customers' messages become tickets, are answered, solved and closed, and nothing is lost.
//   npm run demo -- --messages FILE.csv --count 200
import { resolve } from "node:path";
import { Client, Connection } from "@temporalio/client";
import { DefaultLogger, Runtime } from "@temporalio/worker";
import { readStartConfig } from "../config";
import { bundleWorkflows } from "../stack/bundle";
import { readMessages, spread } from "./demo/messages";
import { readOptions, usage } from "./demo/options";
import { findOrStart } from "./demo/product";
import { tableOf } from "./demo/report";
import { run } from "./demo/run";
import { toTheEnd } from "./ending";
import { main } from "./main";

/** Of what is wrong, so many are shown. */
const shown = 20;

const say = (line: string): void => console.log(line);

void main(() => toTheEnd(demonstrate));

async function demonstrate(): Promise<void> {
  if (process.argv.includes("--help")) return say(usage);
  const { file, count, concurrency } = readOptions(process.argv.slice(2));
  const messages = await readMessages(file);
  const config = readStartConfig(process.env);
  Runtime.install({ logger: new DefaultLogger("ERROR") });
  const { urls, stop } = await findOrStart(config, say);
  try {
    const connection = await Connection.connect(config.temporal?.connection ?? { address: urls.temporal });
    const temporal = new Client({ connection, namespace: config.namespace });
    const bundle = await bundleWorkflows(resolve(config.home));
    const chosen = spread(messages, count ?? messages.length);
    say(`${chosen.length} messages of ${file}, ${concurrency} lives at once`);
    const findings = await run(urls, temporal, bundle, chosen, concurrency);
    say(`\n${tableOf(findings)}`);
    for (const sentence of findings.wrong.slice(0, shown)) say(`  ! ${sentence}`);
    if (findings.wrong.length > 0) process.exitCode = 1;
    await connection.close();
  } finally {
    await stop();
  }
}
