// Which features a model knows, and how telling each is by its rarity.
import { Places } from "./places";

export interface Vocabulary {
  /** Hashes: the index of a feature is its place here. */
  readonly keys: Int32Array;
  /** By index: the root of the smoothed inverse document frequency, which serves short texts better than its whole. */
  readonly rarity: Float32Array;
}

/** `documents`: each text's distinct features, and its class. `most`: how many to know; the most telling ones come first. */
export function gather(documents: readonly ArrayLike<number>[], classes: ArrayLike<number>, most: number): Vocabulary {
  const frequency = frequencies(documents);
  const least = documents.length >= manyTexts ? 2 : 1;
  const found = [...frequency].filter(([, count]) => count >= least);
  const known = found.length <= most ? found : mostTelling(found, company(documents, classes), most);
  known.sort(([a, m], [b, n]) => n - m || a - b);
  const inverse = (count: number): number => Math.log((documents.length + 1) / (count + 1)) + 1;
  return {
    keys: Int32Array.from(known, ([key]) => key),
    rarity: Float32Array.from(known, ([, count]) => Math.sqrt(inverse(count))),
  };
}

type Found = readonly [key: number, count: number];

function frequencies(documents: readonly ArrayLike<number>[]): Map<number, number> {
  const frequency = new Map<number, number>();
  for (const keys of documents) {
    for (let at = 0; at < keys.length; at++) {
      const key = keys[at] as number;
      frequency.set(key, (frequency.get(key) ?? 0) + 1);
    }
  }
  return frequency;
}

/**
 * By how many of the other texts with it, on average, are of the class of one that has it, beyond what chance would bring there. The
 * most frequent ones would be the same in every class where there are many.
 */
function mostTelling(found: readonly Found[], { pairs, chance }: Company, most: number): Found[] {
  const score = ([key, count]: Found): number => (pairs.get(key) ?? 0) / count - (count - 1) * chance;
  const scored = found.map((each) => ({ each, score: score(each) }));
  return scored.sort((a, b) => b.score - a.score || b.each[1] - a.each[1] || a.each[0] - b.each[0]).slice(0, most).map(({ each }) => each);
}

interface Company {
  /** By feature: of all ordered pairs of texts that have it, how many are of one class. */
  readonly pairs: ReadonlyMap<number, number>;
  /** How often two texts are of one class. */
  readonly chance: number;
}

function company(documents: readonly ArrayLike<number>[], classes: ArrayLike<number>): Company {
  const members = new Map<number, ArrayLike<number>[]>();
  documents.forEach((keys, at) => {
    const known = members.get(classes[at] as number);
    if (known === undefined) members.set(classes[at] as number, [keys]);
    else known.push(keys);
  });
  const pairs = new Map<number, number>();
  let alike = 0;
  for (const own of members.values()) {
    alike += own.length ** 2;
    for (const [key, count] of frequencies(own)) if (count > 1) pairs.set(key, (pairs.get(key) ?? 0) + count * (count - 1));
  }
  return { pairs, chance: alike / documents.length ** 2 };
}

/** From here on what occurs in one text alone is left out: it makes a model large and hardly better. */
const manyTexts = 300;

/** The index of each known feature. */
export function indexOf({ keys }: Vocabulary): Places {
  const index = new Places(keys.length);
  for (let at = 0; at < keys.length; at++) index.put(keys[at] as number, at);
  return index;
}
