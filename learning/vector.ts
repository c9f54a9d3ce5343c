// A text as a sparse vector: term frequency (its logarithm) by rarity, each family of features at its length.
import { shares } from "./features";
import type { Features } from "./features";
import { Places } from "./places";
import type { Vocabulary } from "./vocabulary";

/** Distinct features with their number; what is kept of a text while a model is trained. */
export interface Counted {
  readonly keys: Int32Array;
  readonly counts: Float32Array;
  readonly family: Uint8Array;
}

/** Of length 1, or empty. */
export interface Vector {
  readonly index: Int32Array;
  readonly value: Float32Array;
}

/** So that a long text costs no more than some short ones: its most telling features stand for it. */
const mostFeatures = 600;

export function count({ keys, family }: Features): Counted {
  const place = new Places(keys.length);
  const own = new Int32Array(keys.length);
  const counts = new Float32Array(keys.length);
  const families = new Uint8Array(keys.length);
  let size = 0;
  for (const [at, key] of keys.entries()) {
    const known = place.put(key, size);
    counts[known === -1 ? size : known]! += 1;
    if (known !== -1) continue;
    own[size] = key;
    families[size++] = family[at] as number;
  }
  return { keys: own.slice(0, size), counts: counts.slice(0, size), family: families.slice(0, size) };
}

/** Makes vectors for one vocabulary; `indices` as from its `indexOf`. */
export function vectoriser(vocabulary: Vocabulary, indices: Places): (counted: Counted) => Vector {
  return ({ keys, counts, family }) => {
    const index: number[] = [];
    const value: number[] = [];
    const from: number[] = [];
    const squares = new Float64Array(shares.length);
    for (let at = 0; at < keys.length; at++) {
      const known = indices.of(keys[at] as number);
      if (known === -1) continue;
      const weight = (1 + Math.log(counts[at] as number)) * (vocabulary.rarity[known] as number);
      const kind = family[at] as number;
      squares[kind] = (squares[kind] as number) + weight * weight;
      index.push(known);
      value.push(weight);
      from.push(kind);
    }
    const present = shares.reduce<number>((sum, share, kind) => ((squares[kind] as number) > 0 ? sum + share : sum), 0);
    const length = squares.map((square, kind) => Math.sqrt((square * present) / (shares[kind] as number)));
    return shortened(index, value.map((weight, at) => weight / (length[from[at] as number] as number)));
  };
}

function shortened(index: readonly number[], value: readonly number[]): Vector {
  if (index.length <= mostFeatures) return { index: Int32Array.from(index), value: Float32Array.from(value) };
  const kept = greatest(index, value, mostFeatures);
  const length = Math.sqrt(kept.reduce((sum, at) => sum + (value[at] as number) ** 2, 0));
  return {
    index: Int32Array.from(kept, (at) => index[at] as number),
    value: Float32Array.from(kept, (at) => (value[at] as number) / length),
  };
}

/** The places of so many greatest values, in their order; of equal ones those of the lowest index. Sorts numbers alone, which is fast. */
function greatest(index: readonly number[], value: readonly number[], most: number): number[] {
  const least = Float64Array.from(value).sort()[value.length - most] as number;
  const above: number[] = [];
  const equal: number[] = [];
  for (const [at, each] of value.entries()) {
    if (each > least) above.push(at);
    else if (each === least) equal.push(at);
  }
  equal.sort((a, b) => (index[a] as number) - (index[b] as number));
  return [...above, ...equal.slice(0, most - above.length)].sort((a, b) => a - b);
}
