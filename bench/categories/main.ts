// How well the product's own classifier learns from a file: npm run bench:categories -- TRAIN.csv [TEST.csv]
// [--seed N] [--folds N]. Without TEST a fifth is held back; with --folds each N-th in turn, and the figures are means.
import { parseArgs } from "node:util";
import { CannotStart } from "../../stack/cannot-start";
import { main } from "../../bin/main";
import { divide } from "../../learning/folds";
import type { Example } from "../../learning/learn";
import { measure } from "./measure";
import { readLabelled } from "./read";
import { tableOf } from "./table";
import { UnusableFile } from "./unusable-file";

const usage = "Usage: npm run bench:categories -- TRAIN.csv [TEST.csv] [--seed N] [--folds N]";

void main(async () => {
  const { train, test, seed, folds } = readArguments();
  const examples = await load(train);
  if (new Set(examples.map(({ label }) => label)).size < 2) throw new UnusableFile(train, "one_label", "has only one label.");
  const rounds = test === undefined ? splits(examples, seed, folds) : [{ train: examples, test: await load(test, new Set(examples.map(({ label }) => label))) }];
  if (rounds.length === 0) throw new UnusableFile(train, "too_few", "has too few texts of each label to hold some back: name a TEST file.");
  console.log(tableOf(rounds.map((round) => ({ ...round, measured: measure(round.train, round.test) }))));
});

function readArguments(): { train: string; test: string | undefined; seed: number; folds: number | null } {
  try {
    const options = { seed: { type: "string", default: "1" }, folds: { type: "string" } } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [train, test] = positionals;
    const folds = values.folds === undefined ? null : wholeNumber("--folds", values.folds, 2);
    if (train === undefined || positionals.length > 2) throw new Error("One or two files are needed.");
    if (folds !== null && test !== undefined) throw new Error("--folds divides one file; leave the second out.");
    return { train, test, seed: wholeNumber("--seed", values.seed, 0), folds };
  } catch (error) {
    throw new CannotStart(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

function wholeNumber(name: string, given: string, least: number): number {
  const number = Number(given);
  if (!Number.isSafeInteger(number) || number < least) throw new Error(`${name} takes a whole number from ${least} on.`);
  return number;
}

async function load(file: string, known?: ReadonlySet<string>): Promise<readonly Example[]> {
  const { examples, leftOut } = await readLabelled(file, known);
  if (leftOut > 0) console.log(`${file}: ${leftOut} rows without a text or a label are left out.`);
  return examples;
}

/** Each class alike in all parts; equal texts in the same. What is the only one of its class is learned from and never judged. */
function splits(examples: readonly Example[], seed: number, folds: number | null): { train: Example[]; test: Example[] }[] {
  const labels = [...new Set(examples.map(({ label }) => label))];
  const place = new Map(labels.map((label, index) => [label, index]));
  const classes = examples.map(({ label }) => place.get(label) as number);
  const part = divide(classes, examples.map(({ text }) => text), folds ?? 5, seed);
  return Array.from({ length: folds ?? 1 }, (_, held) => {
    const learned = new Set(examples.flatMap(({ label }, at) => (part[at] === held ? [] : [label])));
    const isHeld = ({ label }: Example, at: number): boolean => part[at] === held && learned.has(label);
    return { train: examples.filter((each, at) => !isHeld(each, at)), test: examples.filter(isHeld) };
  }).filter(({ train, test }) => train.length > 0 && test.length > 0);
}
