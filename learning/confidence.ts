// From scores to a stated confidence, and from which confidence on to answer. Judged on texts the classifier was not
// trained on.

/** What the classifier says of a text, and whether it was right. */
export interface Judged {
  readonly confidence: number;
  readonly right: boolean;
}

/** How scores become a confidence. */
export interface Calibration {
  /** How sharp the scores are: the less, the sharper. */
  readonly temperature: number;
  /** The line on which the odds of the best class are put right. */
  readonly slope: number;
  readonly offset: number;
}

/**
 * Fits the stated confidence to how often it is right: first the temperature of all shares (Guo et al. 2017), then the
 * odds of the best one (Platt 1999), held near what they are where little was judged.
 */
export function fitCalibration(scores: readonly Float64Array[], classes: ArrayLike<number>): Calibration {
  const temperature = fitTemperature(scores, classes);
  const judged = scores.map((each, text) => {
    const { best, confidence } = confidenceOf(each, { temperature, slope: 1, offset: 0 });
    return { confidence, right: best === classes[text] };
  });
  return { temperature, ...fitLine(judged) };
}

/** The place of the best class, its confidence, and what is left for each of the others. */
export function confidenceOf(scores: Float64Array, { temperature, slope, offset }: Calibration) {
  const raised = shares(scores, temperature);
  let best = 0;
  for (let each = 1; each < raised.length; each++) if ((raised[each] as number) > (raised[best] as number)) best = each;
  const confidence = sigmoid(slope * logOdds(raised[best] as number) + offset);
  // Not 1 less the best share: of shares near 1 that would leave rounding errors only.
  const others = raised.reduce((sum, each, at) => (at === best ? sum : sum + each), 0);
  const left = (each: number): number => (1 - confidence) * (others > 0 ? each / others : 1 / (raised.length - 1));
  return { best, confidence, rest: raised.map((each, at) => (at === best ? confidence : left(each))) };
}

function fitTemperature(scores: readonly Float64Array[], classes: ArrayLike<number>): number {
  const loss = (logarithm: number): number => {
    const temperature = Math.exp(logarithm);
    let sum = 0;
    for (let text = 0; text < scores.length; text++) {
      sum += surprise(scores[text] as Float64Array, classes[text] as number, temperature);
    }
    return sum;
  };
  return Math.exp(lowest(loss, Math.log(0.02), Math.log(20)));
}

/** Logistic regression of being right on the log-odds, by Newton's method; `trust` in slope 1 and offset 0 as prior. */
function fitLine(judged: readonly Judged[]): { slope: number; offset: number } {
  const trust = 3;
  let [slope, offset] = [1, 0];
  for (let round = 0; round < 25; round++) {
    let [bySlope, byOffset] = [trust * (slope - 1), trust * offset];
    let [slopeTwice, both, offsetTwice] = [trust, 0, trust];
    for (const { confidence, right } of judged) {
      const odds = logOdds(confidence);
      const said = sigmoid(slope * odds + offset);
      const [error, weight] = [said - (right ? 1 : 0), said * (1 - said)];
      bySlope += error * odds;
      byOffset += error;
      slopeTwice += weight * odds * odds;
      both += weight * odds;
      offsetTwice += weight;
    }
    const determinant = slopeTwice * offsetTwice - both * both;
    slope = Math.max(0.05, slope - (offsetTwice * bySlope - both * byOffset) / determinant);
    offset -= (slopeTwice * byOffset - both * bySlope) / determinant;
  }
  return { slope, offset };
}

/** Held off from certainty. */
function logOdds(share: number): number {
  const held = Math.min(1 - 1e-6, Math.max(1e-6, share));
  return Math.log(held / (1 - held));
}

function sigmoid(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}

/** The negative logarithm of the share of a class. */
function surprise(scores: Float64Array, own: number, temperature: number): number {
  let greatest = -Infinity;
  for (let each = 0; each < scores.length; each++) greatest = Math.max(greatest, scores[each] as number);
  let sum = 0;
  for (let each = 0; each < scores.length; each++) sum += Math.exp(((scores[each] as number) - greatest) / temperature);
  return Math.log(sum) - ((scores[own] as number) - greatest) / temperature;
}

/** Softmax: how the classes share in 1. */
function shares(scores: Float64Array, temperature: number): Float64Array {
  const greatest = scores.reduce((most, score) => Math.max(most, score), -Infinity);
  const raised = scores.map((score) => Math.exp((score - greatest) / temperature));
  const sum = raised.reduce((total, each) => total + each, 0);
  return raised.map((each) => each / sum);
}

/**
 * The least confidence from which on answers are right as often as `precision` says: among these judged ones with a
 * margin, and also at the lower end of what so many leave open. 2, which no confidence reaches, when there is none.
 */
export function fitThreshold(judged: readonly Judged[], precision: number): number {
  const ordered = [...judged].sort((a, b) => b.confidence - a.confidence);
  const aim = 1 - (1 - precision) * planned;
  let threshold = 2;
  let right = 0;
  for (const [at, { confidence, right: isRight }] of ordered.entries()) {
    if (isRight) right++;
    const isLastOfEqual = ordered[at + 1]?.confidence !== confidence;
    if (isLastOfEqual && right >= aim * (at + 1) && lowerBound(right, at + 1) >= precision) threshold = confidence;
  }
  return threshold;
}

/** In standard deviations, one-sided: about 90 of 100. */
const caution = 1.28;
/** How many of the errors allowed are planned for: texts to come differ from those judged, and bring half as many more. */
const planned = 0.6;

/** Wilson's lower bound of a share (1927). */
export function lowerBound(right: number, all: number): number {
  const share = right / all;
  const square = caution * caution;
  const middle = share + square / (2 * all);
  const spread = caution * Math.sqrt((share * (1 - share)) / all + square / (4 * all * all));
  return (middle - spread) / (1 + square / all);
}

/** The place of the least value of a function with one valley (golden section). */
function lowest(of: (at: number) => number, from: number, to: number): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  let [left, right] = [high - golden * (high - low), low + golden * (high - low)];
  let [atLeft, atRight] = [of(left), of(right)];
  while (high - low > 0.01) {
    if (atLeft < atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - golden * (high - low);
      atLeft = of(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + golden * (high - low);
      atRight = of(right);
    }
  }
  return (low + high) / 2;
}
