// What the demo is asked to do.
import { join } from "node:path";
import { parseArgs } from "node:util";

export interface Options {
  readonly file: string;
  /** How many tickets to open; undefined: one for each message of the file. */
  readonly count: number | undefined;
  /** How many lives go on at once. */
  readonly concurrency: number;
}

export const usage = `npm run demo -- [--messages FILE.csv] [--count N] [--concurrency 8]

  FILE.csv   customers' messages, one a row: a column "text" (else the first one), optionally "subject" and "language"
  N          tickets to open, spread evenly over the file; default: one for each message`;

const ownMessages = join(__dirname, "messages.csv");

/** Throws a TypeError that says what is wrong with the arguments. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      messages: { type: "string", default: ownMessages },
      count: { type: "string" },
      concurrency: { type: "string", default: "8" },
    },
  });
  return {
    file: values.messages,
    count: values.count === undefined ? undefined : positive("--count", values.count),
    concurrency: positive("--concurrency", values.concurrency),
  };
}

function positive(name: string, text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new TypeError(`${name} must be a number from 1 to 999999, not "${text}".`);
  return Number(text);
}
