// Trains the product's own model on some texts and judges it on others, with what it costs.
import { gzipSync } from "node:zlib";
import { encode } from "../../learning/bytes";
import { learn } from "../../learning/learn";
import type { Example } from "../../learning/learn";
import { createGuesser } from "../../learning/model";
import { judge } from "../../learning/quality";
import type { Quality } from "../../learning/quality";

export interface Measured extends Quality {
  readonly trainSeconds: number;
  /** Time by the clock, one text after the other. */
  readonly msPerText: number;
  /** As kept in Postgres. */
  readonly modelBytes: number;
}

export function measure(train: readonly Example[], test: readonly Example[]): Measured {
  const begun = performance.now();
  const { model } = learn(train);
  const trained = performance.now();
  const guess = createGuesser(model);
  // The first texts would also pay for compiling the code.
  for (const { text } of test.slice(0, 50)) guess(text);
  const started = performance.now();
  const guesses = test.map(({ text, facts }) => guess(text, facts));
  const ended = performance.now();
  const answers = test.map(({ label: truth }, at) => {
    const { label, confidence, given } = guesses[at] as (typeof guesses)[number];
    return { label, confidence, given, truth, right: label === truth };
  });
  return {
    ...judge(answers),
    trainSeconds: (trained - begun) / 1000,
    msPerText: (ended - started) / test.length,
    modelBytes: gzipSync(encode(model)).length,
  };
}
