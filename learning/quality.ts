// How good answers are, in the figures of the field.
import type { Judged } from "./confidence";

export interface Answer extends Judged {
  readonly label: string;
  readonly truth: string;
  /** Confident enough to be given. */
  readonly given: boolean;
}

export interface Quality {
  readonly texts: number;
  readonly accuracy: number;
  /** The mean over labels of F1, the harmonic mean of precision and recall. */
  readonly macroF1: number;
  /** The share of texts that were answered; the share of those answers that are right: 1 when there are none. */
  readonly coverage: number;
  readonly precision: number;
  /** The greatest share that could be answered with precision .95, were the threshold chosen on these very texts. */
  readonly coverageAt95: number;
  /** Expected calibration error: how far confidence and accuracy lie apart, in 15 bins of equal width. */
  readonly calibrationError: number;
}

/** At least one answer. */
export function judge(answers: readonly Answer[]): Quality {
  const given = answers.filter((answer) => answer.given);
  return {
    texts: answers.length,
    accuracy: shareOfRight(answers),
    macroF1: macroF1(answers),
    coverage: given.length / answers.length,
    precision: given.length === 0 ? 1 : shareOfRight(given),
    coverageAt95: coverageAt(answers, 0.95),
    calibrationError: calibrationError(answers),
  };
}

function shareOfRight(answers: readonly Judged[]): number {
  return answers.filter(({ right }) => right).length / answers.length;
}

function macroF1(answers: readonly Answer[]): number {
  const tally = new Map<string, { hit: number; said: number; meant: number }>();
  const of = (label: string) => {
    const known = tally.get(label) ?? { hit: 0, said: 0, meant: 0 };
    tally.set(label, known);
    return known;
  };
  for (const { label, truth, right } of answers) {
    of(label).said++;
    of(truth).meant++;
    if (right) of(truth).hit++;
  }
  const scores = [...tally.values()].map(({ hit, said, meant }) => (2 * hit) / (said + meant));
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function coverageAt(answers: readonly Judged[], precision: number): number {
  const ordered = [...answers].sort((a, b) => b.confidence - a.confidence);
  let right = 0;
  let most = 0;
  for (const [at, answer] of ordered.entries()) {
    if (answer.right) right++;
    if (right / (at + 1) >= precision) most = at + 1;
  }
  return most / answers.length;
}

function calibrationError(answers: readonly Judged[]): number {
  const bins = Array.from({ length: 15 }, (): Judged[] => []);
  for (const answer of answers) bins[Math.min(14, Math.floor(answer.confidence * 15))]?.push(answer);
  const gaps = bins.map((bin) => {
    const stated = bin.reduce((sum, { confidence }) => sum + confidence, 0);
    return Math.abs(stated - bin.filter(({ right }) => right).length);
  });
  return gaps.reduce((sum, gap) => sum + gap, 0) / answers.length;
}
