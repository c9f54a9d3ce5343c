// A linear classifier, one against the rest: squared hinge loss with L2 regularisation, by dual coordinate descent
// (Hsieh, Chang, Lin, Keerthi, Sundararajan: A Dual Coordinate Descent Method for Large-scale Linear SVM, 2008).
// Knows vectors and numbers of classes only.
import { createRandom, shuffle } from "./random";
import { addScores, addWeights } from "./rows";
import type { Vector } from "./vector";

export interface Weights {
  /** By feature, then by class: the weights of one feature lie together. */
  readonly weights: Float32Array;
  /** By class. */
  readonly bias: Float32Array;
}

export interface Task {
  readonly vectors: readonly Vector[];
  /** The class of each vector, from 0. */
  readonly classes: ArrayLike<number>;
  readonly classCount: number;
  readonly featureCount: number;
  /** Of the order in which texts are taken. */
  readonly seed: number;
}

/** The cost of an error against that of large weights: rare categories want it higher, doubtful labels lower. */
const cost = 2;
const softness = 1 / (2 * cost);
const mostRounds = 12;
/** Mean change of a text's multipliers in a round, below which more rounds change no answer. */
const enough = 0.06;
/** How far on the right side of a class a text must be for that class to be left alone from then on. */
const safe = 0.3;

/** All classes side by side, text by text. The same task gives the same weights. */
export class Training implements Weights {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  /** By text, then by class: how much of the text is in the weights of the class. */
  private readonly multipliers: Float32Array;
  /** By text: the classes that are not yet left alone. */
  private readonly open: Int32Array[];
  private readonly scores: Float64Array;
  private readonly moved: Int32Array;
  private readonly moves: Float64Array;
  private readonly kept: Int32Array;

  constructor(
    private readonly task: Task,
    from?: Training,
  ) {
    const { vectors, classCount, featureCount } = task;
    this.weights = from?.weights.slice() ?? new Float32Array(featureCount * classCount);
    this.bias = from?.bias.slice() ?? new Float32Array(classCount);
    this.multipliers = from?.multipliers.slice() ?? new Float32Array(vectors.length * classCount);
    const everyClass = Int32Array.from({ length: classCount }, (_, each) => each);
    this.open = from?.open.slice() ?? vectors.map(() => everyClass);
    this.scores = new Float64Array(classCount);
    this.moved = new Int32Array(classCount);
    this.moves = new Float64Array(classCount);
    this.kept = new Int32Array(classCount);
  }

  /** Learns from these texts until little changes. */
  settle(texts: Int32Array): this {
    const order = texts.slice();
    const random = createRandom(this.task.seed);
    for (let round = 0; round < mostRounds; round++) {
      let change = 0;
      for (const text of shuffle(order, random)) change += this.learnFrom(text, round > 0);
      if (change < enough * order.length) break;
    }
    return this;
  }

  /**
   * What would have been learned from the other texts alone. There is one best solution wherever one starts, so it
   * starts from this one, less what came of the forgotten texts: that is much nearer than nothing.
   */
  without(forgotten: Int32Array, others: Int32Array): Training {
    const training = new Training(this.task, this);
    for (const text of forgotten) training.forget(text);
    return training.settle(others);
  }

  private learnFrom(text: number, narrow: boolean): number {
    const { vectors, classes, classCount } = this.task;
    const { scores, moved, moves, kept, multipliers } = this;
    const vector = vectors[text] as Vector;
    const own = classes[text] as number;
    const tried = this.open[text] as Int32Array;
    const curvature = addScores(this, vector, tried, scores) + softness;
    let [movedCount, keptCount, change] = [0, 0, 0];
    for (let at = 0; at < tried.length; at++) {
      const each = tried[at] as number;
      const side = each === own ? 1 : -1;
      const place = text * classCount + each;
      const before = multipliers[place] as number;
      const gradient = side * (scores[at] as number) - 1 + softness * before;
      const after = Math.max(0, before - gradient / curvature);
      const size = Math.abs(after - before);
      if (size > 1e-6) {
        multipliers[place] = after;
        moved[movedCount] = each;
        moves[movedCount++] = (after - before) * side;
        change += size;
      }
      if (after > 0 || gradient < safe) kept[keptCount++] = each;
    }
    if (narrow && keptCount < tried.length) this.open[text] = kept.slice(0, keptCount);
    addWeights(this, vector, moved, moves, movedCount);
    return change;
  }

  private forget(text: number): void {
    const { vectors, classes, classCount } = this.task;
    const { moved, moves, multipliers } = this;
    let movedCount = 0;
    for (let each = 0; each < classCount; each++) {
      const multiplier = multipliers[text * classCount + each] as number;
      if (multiplier === 0) continue;
      moved[movedCount] = each;
      moves[movedCount++] = each === classes[text] ? -multiplier : multiplier;
    }
    addWeights(this, vectors[text] as Vector, moved, moves, movedCount);
  }
}
