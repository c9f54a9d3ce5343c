// A text as a sparse vector: term frequency (its logarithm) by rarity, each family of features at the same length.
import { familyCount } from "./features";
import type { Features } from "./features";
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
  const place = new Map<number, number>();
  const counts: number[] = [];
  const families: number[] = [];
  for (const [at, key] of keys.entries()) {
    const known = place.get(key);
    if (known === undefined) {
      place.set(key, counts.length);
      counts.push(1);
      families.push(family[at] as number);
    } else counts[known] = (counts[known] as number) + 1;
  }
  return { keys: Int32Array.from(place.keys()), counts: Float32Array.from(counts), family: Uint8Array.from(families) };
}

/** Makes vectors for one vocabulary; `indices` as from its `indexOf`. */
export function vectoriser(vocabulary: Vocabulary, indices: ReadonlyMap<number, number>): (counted: Counted) => Vector {
  return ({ keys, counts, family }) => {
    const index: number[] = [];
    const value: number[] = [];
    const from: number[] = [];
    const squares = new Float64Array(familyCount);
    for (let at = 0; at < keys.length; at++) {
      const known = indices.get(keys[at] as number);
      if (known === undefined) continue;
      const weight = (1 + Math.log(counts[at] as number)) * (vocabulary.rarity[known] as number);
      const kind = family[at] as number;
      squares[kind] = (squares[kind] as number) + weight * weight;
      index.push(known);
      value.push(weight);
      from.push(kind);
    }
    const present = squares.filter((square) => square > 0).length;
    const length = squares.map((square) => Math.sqrt(square * present));
    return shortened(index, value.map((weight, at) => weight / (length[from[at] as number] as number)));
  };
}

function shortened(index: readonly number[], value: readonly number[]): Vector {
  if (index.length <= mostFeatures) return { index: Int32Array.from(index), value: Float32Array.from(value) };
  const places = [...index.keys()];
  places.sort((a, b) => (value[b] as number) - (value[a] as number) || (index[a] as number) - (index[b] as number));
  const kept = places.slice(0, mostFeatures);
  const length = Math.sqrt(kept.reduce((sum, at) => sum + (value[at] as number) ** 2, 0));
  return {
    index: Int32Array.from(kept, (at) => index[at] as number),
    value: Float32Array.from(kept, (at) => (value[at] as number) / length),
  };
}
