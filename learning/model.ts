// What a desk has learned: numbers that turn a text into a label, a confidence and the words that decided.
import { confidenceOf } from "./confidence";
import type { Calibration } from "./confidence";
import { explain } from "./explain";
import type { Spoke } from "./explain";
import { featuresOf } from "./features";
import { unpack } from "./pack";
import { scoresOf } from "./rows";
import { count, vectoriser } from "./vector";
import { indexOf } from "./vocabulary";
import type { Vocabulary } from "./vocabulary";

export interface Model {
  readonly labels: readonly string[];
  readonly vocabulary: Vocabulary;
  /** By feature, then by label; packed into bytes (see pack.ts). */
  readonly weights: Int8Array;
  /** The greatest weight that occurs, of either sign. */
  readonly scale: number;
  readonly bias: Float32Array;
  readonly calibration: Calibration;
  /** The least confidence with which to answer; 2 when none is enough. */
  readonly threshold: number;
}

export interface Guess {
  readonly label: string;
  /** How often a guess like this is right: 0 to 1. */
  readonly confidence: number;
  /** Confident enough to be acted upon. */
  readonly given: boolean;
  /** What came next. */
  readonly others: readonly { readonly label: string; readonly confidence: number }[];
  /** The parts of the text, folded, that spoke most for the label: the strongest first. */
  readonly words: readonly Spoke[];
}

/** Pure: the same model and text give the same guess. `facts` as in features.ts. */
export type Guesser = (text: string, facts?: readonly string[]) => Guess;

/** Unpacks the model once, for many texts. */
export function createGuesser(model: Model): Guesser {
  const { labels, vocabulary, bias, calibration, threshold } = model;
  const weights = { weights: unpack(model.weights, model.scale), bias };
  const vectorOf = vectoriser(vocabulary, indexOf(vocabulary));
  const keyOf = (feature: number): number => vocabulary.keys[feature] as number;
  return (text, facts = []) => {
    const features = featuresOf(text, facts);
    const vector = vectorOf(count(features));
    const { best, confidence, rest } = confidenceOf(scoresOf(weights, vector), calibration);
    const others = [...labels.keys()].filter((each) => each !== best);
    others.sort((a, b) => (rest[b] as number) - (rest[a] as number) || a - b);
    return {
      label: labels[best] as string,
      confidence,
      given: confidence >= threshold && vector.index.length > 0,
      others: others.slice(0, 3).map((each) => ({ label: labels[each] as string, confidence: rest[each] as number })),
      words: explain(features, vector, keyOf, (feature) => weights.weights[feature * labels.length + best] as number),
    };
  };
}
