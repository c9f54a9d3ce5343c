// The two inner loops: a vector against the weights of some classes. Nearly all the time of training is spent here.
import type { Weights } from "./train";
import type { Vector } from "./vector";

/** What each text has beside its features: it meets the classes' bias, which is regularised like a weight. */
const constant = 0.5;

/** Each class's score of a vector. */
export function scoresOf(model: Weights, vector: Vector): Float64Array {
  const scores = new Float64Array(model.bias.length);
  addScores(model, vector, Int32Array.from(scores.keys()), scores);
  return scores;
}

/**
 * The scores of the classes `tried`, in their order, into `scores`. Returns the squared length of the vector. Four
 * features at a time: a score is then fetched and put back a quarter as often.
 */
export function addScores(
  { weights, bias }: Weights,
  { index, value }: Vector,
  tried: Int32Array,
  scores: Float64Array,
): number {
  const classCount = bias.length;
  const triedCount = tried.length;
  const isAll = triedCount === classCount;
  const size = index.length;
  let square = constant * constant;
  for (let at = 0; at < triedCount; at++) scores[at] = constant * (bias[tried[at] as number] as number) - 1;
  for (let feature = 0; feature < size; feature += 4) {
    const a = value[feature] as number;
    const b = value[feature + 1] ?? 0;
    const c = value[feature + 2] ?? 0;
    const d = value[feature + 3] ?? 0;
    const rowA = (index[feature] as number) * classCount;
    // Past the end a value is 0: then any row will do.
    const rowB = (index[feature + 1] ?? 0) * classCount;
    const rowC = (index[feature + 2] ?? 0) * classCount;
    const rowD = (index[feature + 3] ?? 0) * classCount;
    square += a * a + b * b + c * c + d * d;
    for (let at = 0; at < triedCount; at++) {
      const each = isAll ? at : (tried[at] as number);
      scores[at]! +=
        a * (weights[rowA + each] as number) +
        b * (weights[rowB + each] as number) +
        c * (weights[rowC + each] as number) +
        d * (weights[rowD + each] as number);
    }
  }
  return square;
}

/** Adds the vector, times `moves`, to the weights of the first `count` classes in `moved`. */
export function addWeights(
  { weights, bias }: Weights,
  { index, value }: Vector,
  moved: Int32Array,
  moves: Float64Array,
  count: number,
): void {
  const classCount = bias.length;
  if (count === 0) return;
  for (let at = 0; at < count; at++) bias[moved[at] as number]! += constant * (moves[at] as number);
  for (let feature = 0; feature < index.length; feature++) {
    const weight = value[feature] as number;
    const row = (index[feature] as number) * classCount;
    for (let at = 0; at < count; at++) weights[row + (moved[at] as number)]! += weight * (moves[at] as number);
  }
}
