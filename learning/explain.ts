// Which parts of a text spoke for a label. Nothing of it is in the model: it is read off the text at hand.
import { families } from "./features";
import type { Features } from "./features";
import { Places } from "./places";
import type { Run } from "./terms";
import type { Vector } from "./vector";

export interface Spoke {
  readonly text: string;
  /** Of all that spoke for the label: 0 to 1. */
  readonly share: number;
}

const mostParts = 6;

/** The strongest parts first. `keyOf`: under which key a feature is known; `weightOf`: what it says for the label. */
export function explain(features: Features, vector: Vector, keyOf: (feature: number) => number, weightOf: (feature: number) => number): Spoke[] {
  const { folded } = features;
  const spoken = perSign(features, vector, keyOf, weightOf);
  const sums = new Map<string, number>();
  for (const { start, end } of folded.runs.flatMap((run) => (run.unspaced ? phrases(run, spoken) : [run]))) {
    const part = folded.text.slice(start, end);
    let sum = sums.get(part) ?? 0;
    for (let sign = start; sign < end; sign++) sum += spoken[sign] as number;
    sums.set(part, sum);
  }
  const speaking = [...sums].filter(([, sum]) => sum > 0).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const all = speaking.reduce((total, [, sum]) => total + sum, 0);
  return speaking.slice(0, mostParts).map(([text, sum]) => ({ text, share: sum / all }));
}

/** What each sign of the folded text said: a feature's word is divided among its occurrences, and the signs that gave rise to it. */
function perSign({ folded, keys, family, start, end }: Features, { index, value }: Vector, keyOf: (feature: number) => number, weightOf: (feature: number) => number): Float64Array {
  const place = new Places(index.length);
  for (const [at, feature] of index.entries()) place.put(keyOf(feature), at);
  // Those that the vector left out said nothing.
  const places = keys.map((key) => place.of(key));
  const times = new Int32Array(index.length);
  for (const at of places) if (at !== -1) times[at]! += 1;
  const endOf = new Map(folded.terms.map((term) => [term.start, term.end]));
  const startOf = new Map(folded.terms.map((term) => [term.end, term.start]));
  const spoken = new Float64Array(folded.text.length);
  const add = (from: number, until: number, said: number): void => {
    for (let sign = from; sign < until; sign++) spoken[sign] = (spoken[sign] as number) + said / (until - from);
  };
  for (const [at, known] of places.entries()) {
    if (known === -1) continue;
    const said = ((value[known] as number) * weightOf(index[known] as number)) / (times[known] as number);
    const [from, until] = [start[at] as number, end[at] as number];
    if (family[at] !== families.nearWords) add(from, until, said);
    else {
      add(from, endOf.get(from) as number, said / 2);
      add(startOf.get(until) as number, until, said / 2);
    }
  }
  return spoken;
}

const longestPhrase = 6;

/** Where no spaces tell words apart: stretches of signs that all speak for the label. */
function phrases({ start, end }: Run, spoken: Float64Array): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  let from = start;
  for (let at = start; at <= end; at++) {
    if (at < end && (spoken[at] as number) > 0 && at - from < longestPhrase) continue;
    if (at > from) found.push({ start: from, end: at });
    from = at < end && (spoken[at] as number) > 0 ? at : at + 1;
  }
  return found;
}
