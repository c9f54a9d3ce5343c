// The promises under fire: npm run chaos. Real processes, faults that are really hit, and four ledgers compared
// afterwards.
import { toTheEnd } from "../../bin/ending";
import { main } from "../../bin/main";
import { readOptions, usage } from "./options";
import type { Options } from "./options";
import { perform } from "./perform";
import type { Outcome } from "./perform";
import { isFailed, report, troubles, violationsOf } from "./report";
import { scenarios } from "./scenarios/all";
import { sabotageAll } from "./sabotage/run";
import { sweepDeadRuns } from "./stage/home";

void main(() => toTheEnd(play));

async function play(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return console.log(usage);
  await sweepDeadRuns();
  if (options.sabotage) return void (process.exitCode = (await sabotageAll(options.only)) ? 0 : 1);
  const outcomes = await performAll(options);
  console.log(options.json ? JSON.stringify({ seed: options.seed, outcomes }, null, 2) : `\n${report(outcomes)}`);
  if (outcomes.some(isFailed)) process.exitCode = 1;
}

async function performAll({ seed, lives, patience, only, json }: Options): Promise<Outcome[]> {
  const names = only.length > 0 ? only : Object.keys(scenarios).filter((name) => scenarios[name]?.onDemand !== true);
  const outcomes: Outcome[] = [];
  for (const name of names) {
    const scenario = scenarios[name];
    if (scenario === undefined) continue;
    const since = performance.now();
    const say = (line: string): void => {
      const seconds = ((performance.now() - since) / 1_000).toFixed(0);
      (json ? console.error : console.log)(`${name.padEnd(18)} ${seconds.padStart(4)} s  ${line}`);
    };
    const hindrance = scenario.hindrance?.() ?? null;
    if (hindrance !== null) {
      say(`NOT PLAYED: ${hindrance}`);
      continue;
    }
    say(scenario.what);
    const outcome = await perform(name, scenario, { seed, lives, patience, say });
    for (const line of troubles(outcome)) say(line);
    say(`${violationsOf(outcome)} violations after ${outcome.seconds} s`);
    outcomes.push(outcome);
  }
  return outcomes;
}
