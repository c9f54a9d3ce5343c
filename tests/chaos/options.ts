// What the command line asks for, and what it may ask for.
import { parseArgs } from "node:util";
import { scenarios } from "./scenarios/all";

export interface Options {
  readonly seed: number;
  /** At least so many per scenario. */
  readonly lives: number;
  /** Names of scenarios; with `sabotage`, words in the names of builds. */
  readonly only: readonly string[];
  readonly json: boolean;
  readonly sabotage: boolean;
  readonly help: boolean;
  /** How long quiet is waited for after the last fault, s. */
  readonly patience: number;
}

export const usage = `npm run chaos [-- WORD … --seed N --lives N --only NAME[,NAME] --patience S --json --sabotage]

  WORD           all whose names have it: "mail" plays mail and mail-kills
  --seed N       repeats a schedule; default 1
  --lives N      at least so many tickets per scenario; default 40
  --only NAMES   instead of all but those with a star; with --sabotage, words in the names of builds
  --patience S   how long quiet is waited for after the last fault; default 120
  --json         the outcome as JSON, progress on standard error
  --sabotage     plays builds that are wrong on purpose: each must be caught

${Object.entries(scenarios)
  .map(([name, { what, onDemand }]) => `  ${(onDemand ? `${name} *` : name).padEnd(22)} ${what}`)
  .join("\n")}`;

/** Throws with the usage in its message. */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      seed: { type: "string", default: "1" },
      lives: { type: "string", default: "40" },
      only: { type: "string" },
      json: { type: "boolean", default: false },
      sabotage: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
      patience: { type: "string", default: "120" },
    },
  });
  const worded = positionals.map((word) => Object.keys(scenarios).filter((name) => name.split("-").includes(word)));
  const only = [...new Set([...(values.only?.split(",") ?? []), ...worded.flat()])];
  const [seed, lives, patience] = [Number(values.seed), Number(values.lives), Number(values.patience)];
  const isKnown = values.sabotage || (only.every((name) => name in scenarios) && worded.every((names) => names.length > 0));
  if (!isKnown || !Number.isSafeInteger(seed) || !Number.isSafeInteger(lives) || lives < 1 || !(patience > 0))
    throw new Error(usage);
  return { seed, lives, only, json: values.json, sabotage: values.sabotage, help: values.help, patience };
}
