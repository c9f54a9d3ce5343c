// What was measured, for people.
import type { Example } from "../../learning/learn";
import type { Measured } from "./measure";

interface Round {
  readonly train: readonly Example[];
  readonly test: readonly Example[];
  readonly measured: Measured;
}

/** At least one round; of several, the means. */
export function tableOf(rounds: readonly Round[]): string {
  const mean = (of: (round: Round) => number): number => rounds.reduce((sum, round) => sum + of(round), 0) / rounds.length;
  const figure = (name: keyof Measured, digits = 4): string => mean(({ measured }) => measured[name]).toFixed(digits);
  const labels = new Set(rounds.flatMap(({ train }) => train.map(({ label }) => label)));
  const unknown = mean(({ train, test }) => {
    const known = new Set(train.map(({ label }) => label));
    return test.filter(({ label }) => !known.has(label)).length;
  });
  const lines: [string, string][] = [
    ["trained on", `${Math.round(mean(({ train }) => train.length))} texts, ${labels.size} categories`],
    ["judged on", `${Math.round(mean(({ test }) => test.length))} other texts${rounds.length > 1 ? `, ${rounds.length} times` : ""}`],
    ["accuracy", figure("accuracy")],
    ["macro-F1", figure("macroF1")],
    ["coverage at precision .95", figure("coverageAt95")],
    ["answered by its own threshold", `${figure("coverage")} of all, ${figure("precision")} of them right`],
    ["calibration error", `${figure("calibrationError")} (expected, 15 bins)`],
    ["ms per text", figure("msPerText", 3)],
    ["training", `${figure("trainSeconds", 1)} s`],
    ["model", `${(mean(({ measured }) => measured.modelBytes) / 1e6).toFixed(2)} MB, compressed`],
  ];
  if (unknown > 0) lines.push(["of an unknown category", `${Math.round(unknown)} texts: counted as wrong`]);
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join("\n");
}
