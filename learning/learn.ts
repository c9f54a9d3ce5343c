// From examples to a model: trains, judges itself on texts it was not trained on, and so learns when to be silent. Pure
// and deterministic; takes seconds, so not on a thread that anybody waits for.
import { confidenceOf, fitCalibration, fitThreshold } from "./confidence";
import type { Calibration } from "./confidence";
import { featuresOf } from "./features";
import { divide } from "./folds";
import type { Model } from "./model";
import { pack } from "./pack";
import type { Answer } from "./quality";
import { scoresOf } from "./rows";
import { Training } from "./train";
import { count, vectoriser } from "./vector";
import type { Vector } from "./vector";
import { gather, indexOf } from "./vocabulary";

export interface Example {
  readonly text: string;
  /** As in features.ts. */
  readonly facts?: readonly string[];
  readonly label: string;
}

export interface Learned {
  readonly model: Model;
  /** Of each example, in their order, what a model that had not seen it said. */
  readonly unseen: readonly Answer[];
}

export interface Wish {
  /** How often what is answered must be right. Default .95. */
  readonly precision?: number;
  /** Of the order of training. Default 1. */
  readonly seed?: number;
}

/** Weights are bytes: so many at most. The least telling features are left out first. */
const mostWeights = 16_000_000;

/** At least one example. */
export function learn(examples: readonly Example[], { precision = 0.95, seed = 1 }: Wish = {}): Learned {
  const labels = [...new Set(examples.map(({ label }) => label))].sort();
  const place = new Map(labels.map((label, index) => [label, index]));
  const classes = Int32Array.from(examples, ({ label }) => place.get(label) as number);
  const counted = examples.map(({ text, facts }) => count(featuresOf(text, facts)));
  const vocabulary = gather(counted.map(({ keys }) => keys), classes, Math.floor(mostWeights / labels.length));
  const vectorOf = vectoriser(vocabulary, indexOf(vocabulary));
  const vectors = counted.map(vectorOf);
  const task = { vectors, classes, classCount: labels.length, featureCount: vocabulary.keys.length, seed };
  const training = new Training(task).settle(Int32Array.from(examples.keys()));
  const scores = unseenScores(training, vectors, divide(classes, examples.map(({ text }) => text), parts, seed));
  const calibration = fitCalibration(scores, classes);
  const judged = scores.map((each, text) => answer(each, calibration, labels, examples[text]?.label as string));
  const threshold = fitThreshold(judged, precision);
  const { packed, scale } = pack(training.weights);
  return {
    model: { labels, vocabulary, weights: packed, scale, bias: training.bias, calibration, threshold },
    unseen: judged.map((each) => ({ ...each, given: each.confidence >= threshold })),
  };
}

const parts = 5;

/** By text: what its scores would be, had all but its own part been learned. */
function unseenScores(all: Training, vectors: readonly Vector[], part: Int32Array): Float64Array[] {
  const scores: Float64Array[] = [];
  const texts = Int32Array.from(part.keys());
  for (let each = 0; each < parts; each++) {
    const unseen = texts.filter((text) => part[text] === each);
    const training = all.without(unseen, texts.filter((text) => part[text] !== each));
    for (const text of unseen) scores[text] = scoresOf(training, vectors[text] as Vector);
  }
  return scores;
}

function answer(
  scores: Float64Array,
  calibration: Calibration,
  labels: readonly string[],
  truth: string,
): Omit<Answer, "given"> {
  const { best, confidence } = confidenceOf(scores, calibration);
  const label = labels[best] as string;
  return { label, truth, confidence, right: label === truth };
}
