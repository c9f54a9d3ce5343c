// Which features a model knows, and how telling each is by its rarity.
import { Places } from "./places";

export interface Vocabulary {
  /** Hashes: the index of a feature is its place here. */
  readonly keys: Int32Array;
  /** By index: the root of the smoothed inverse document frequency, which serves short texts better than its whole. */
  readonly rarity: Float32Array;
}

/** `documents`: each text's distinct features. `most`: how many to know; those in most texts come first. */
export function gather(documents: readonly ArrayLike<number>[], most: number): Vocabulary {
  const frequency = new Map<number, number>();
  for (const keys of documents) {
    for (let at = 0; at < keys.length; at++) {
      const key = keys[at] as number;
      frequency.set(key, (frequency.get(key) ?? 0) + 1);
    }
  }
  const least = documents.length >= manyTexts ? 2 : 1;
  const known = [...frequency].filter(([, count]) => count >= least).sort(([a, m], [b, n]) => n - m || a - b).slice(0, most);
  const inverse = (count: number): number => Math.log((documents.length + 1) / (count + 1)) + 1;
  return {
    keys: Int32Array.from(known, ([key]) => key),
    rarity: Float32Array.from(known, ([, count]) => Math.sqrt(inverse(count))),
  };
}

/** From here on what occurs in one text alone is left out: it makes a model large and hardly better. */
const manyTexts = 300;

/** The index of each known feature. */
export function indexOf({ keys }: Vocabulary): Places {
  const index = new Places(keys.length);
  for (let at = 0; at < keys.length; at++) index.put(keys[at] as number, at);
  return index;
}
