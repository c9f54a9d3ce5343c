// Plays one scenario from an empty desk to the comparison of its ledgers.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { badManners } from "./clients/client";
import { Crowd } from "./clients/crowd";
import { live } from "./clients/life";
import { invariants } from "./invariants/all";
import { gather } from "./ledgers/evidence";
import type { Evidence } from "./ledgers/evidence";
import { totalsOf } from "./ledgers/totals";
import type { Totals } from "./ledgers/totals";
import { becomesQuiet } from "./ledgers/quiet";
import { Play } from "./play";
import type { Scenario } from "./play";
import { Random } from "./random";
import { aStage } from "./stage/stage";
import type { Stage } from "./stage/stage";

export interface Outcome {
  readonly name: string;
  readonly lives: number;
  readonly commands: number;
  /** How often each fault was really hit. */
  readonly hits: Readonly<Record<string, number>>;
  readonly missed: readonly string[];
  readonly checked: number;
  /** How many runs the SDK lost its place in. */
  readonly overlaid: number;
  /** What each ledger holds, where mails came in. */
  readonly totals: Totals | null;
  /** By law: one sentence per offence. */
  readonly violations: Readonly<Record<string, readonly string[]>>;
  readonly seconds: number;
  /** Where everything is kept when something was wrong. */
  readonly kept: string | null;
}

export interface PerformOptions {
  readonly seed: number;
  readonly lives: number;
  /** How long quiet is waited for, s. */
  readonly patience: number;
  readonly say: (line: string) => void;
}

const defaultLanes = 6;

export async function perform(name: string, scenario: Scenario, options: PerformOptions): Promise<Outcome> {
  const startedAt = performance.now();
  const seconds = (): number => Math.round((performance.now() - startedAt) / 1_000);
  const outcome = { name, lives: 0, commands: 0, hits: {}, missed: [], checked: 0, overlaid: 0, totals: null };
  const stage = await aStage(scenario.stage ?? {});
  let isClean = false;
  try {
    const { play, evidence } = await playOn(stage, scenario, options);
    const violations = judge(evidence, play, scenario);
    writeFileSync(join(stage.home, "calls.json"), JSON.stringify(evidence.calls.calls));
    isClean = Object.keys(violations).length === 0 && play.missed.length === 0;
    return {
      ...outcome,
      lives: play.crowd.lives,
      commands: play.crowd.ledger.byKey().size,
      hits: counted(play.faults.map((fault) => fault.name)),
      missed: play.missed,
      checked: Object.keys(invariants).length - Object.keys(scenario.exempt ?? {}).length,
      overlaid: evidence.overlaid.size,
      totals: totalsOf(evidence),
      violations,
      seconds: seconds(),
      kept: isClean ? null : stage.home,
    };
  } catch (error) {
    // The others are played all the same.
    return { ...outcome, violations: { harness: [`it broke off: ${String(error)}`] }, seconds: seconds(), kept: stage.home };
  } finally {
    await stage.stop(!isClean);
  }
}

async function playOn(
  stage: Stage,
  scenario: Scenario,
  { seed, lives, patience, say }: PerformOptions,
): Promise<{ play: Play; evidence: Evidence }> {
  const random = new Random(seed);
  const canary = `kanari${random.between(100_000, 999_999)}`;
  const { manners = badManners, lanes = defaultLanes } = scenario;
  const crowd = new Crowd({ seed, canary, urls: stage.urls, manners, lanes, live: scenario.lives?.(stage) ?? live }, lives);
  const play = new Play(stage, crowd, random.fork(1_000_003), lives, say);
  try {
    await scenario.play(play);
    say(`${crowd.lives} lives so far; waiting for the last words`);
    await crowd.finish();
  } finally {
    crowd.leave();
  }
  say("waiting for quiet");
  const unrest = await becomesQuiet(stage, patience * 1_000);
  await Promise.all([...stage.workers, ...stage.apis].map((part) => part.isUp()));
  return { play, evidence: await gather(stage, canary, crowd.ledger, play.faults, unrest) };
}

function judge(evidence: Evidence, { charges }: Play, { exempt = {} }: Scenario): Record<string, readonly string[]> {
  const found: [string, readonly string[]][] = Object.entries(invariants)
    .filter(([name]) => !(name in exempt))
    .map(([name, { offences }]) => [name, offences(evidence)]);
  return Object.fromEntries([...found, ["scenario", charges] as const].filter(([, offences]) => offences.length > 0));
}

function counted(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
