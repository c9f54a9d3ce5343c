// What of a text is counted: words, neighbouring words, words near each other, pieces of words, and stated facts. Keeps
// hashes only, so that a model holds no word that a customer wrote.
import type { Folded } from "./terms";
import { fold } from "./terms";

/** Each is given its share of a text, however many features it has. */
export const families = { words: 0, nearWords: 1, characters: 2, facts: 3 } as const;
/** By family. Words near each other are many and mostly chance: what they tell beyond the words themselves is less. */
export const shares = [1, 0.3, 1, 1] as const;

/** As many entries in each list as there are features. `start` to `end`: what of the folded text gave rise to it. */
export interface Features {
  readonly folded: Folded;
  readonly keys: readonly number[];
  readonly family: readonly number[];
  readonly start: readonly number[];
  readonly end: readonly number[];
}

/** How far apart, in terms, two words may stand to be counted as near. */
const nearness = 8;

/** `facts`: what is known beside the text, such as "channel:mail". */
export function featuresOf(text: string, facts: readonly string[] = []): Features {
  const found = new Found(fold(text));
  found.addWords();
  found.addCharacters();
  for (const fact of facts) found.add(families.facts, hashOf(fact, 0, fact.length, seeds.fact), 0, 0);
  return found;
}

const seeds = {
  word: 0x811c9dc5,
  next: 0x2f0b4c47,
  near: 0x5bd1e995,
  character: 0x1b873593,
  fact: 0x38495ab5,
} as const;
const space = 32;

class Found implements Features {
  readonly keys: number[] = [];
  readonly family: number[] = [];
  readonly start: number[] = [];
  readonly end: number[] = [];

  constructor(readonly folded: Folded) {}

  add(family: number, key: number, start: number, end: number): void {
    this.keys.push(key);
    this.family.push(family);
    this.start.push(start);
    this.end.push(end);
  }

  addWords(): void {
    const { text, terms } = this.folded;
    const words = terms.map(({ start, end }) => hashOf(text, start, end, seeds.word));
    for (const [index, { start, end }] of terms.entries()) {
      const word = words[index] as number;
      this.add(families.words, word, start, end);
      for (let later = index + 1; later <= index + nearness && later < terms.length; later++) {
        const other = words[later] as number;
        const until = (terms[later] as { end: number }).end;
        if (later === index + 1) this.add(families.words, finish(join(join(seeds.next, word), other)), start, until);
        const [least, most] = word < other ? [word, other] : [other, word];
        this.add(families.nearWords, finish(join(join(seeds.near, least), most)), start, until);
      }
    }
  }

  addCharacters(): void {
    const { text, runs } = this.folded;
    for (const { start, end, dense } of runs) {
      const [shortest, longest] = dense ? [1, 4] : [2, 5];
      for (let from = start - 1; from < end; from++) {
        let hash: number = seeds.character;
        for (let length = 1; length <= longest && from + length <= end + 1; length++) {
          const at = from + length - 1;
          hash = join(hash, at < start || at >= end ? space : text.charCodeAt(at));
          const blank = length === 1 && (at < start || at >= end);
          if (length >= shortest && !blank) {
            this.add(families.characters, finish(hash), Math.max(from, start), Math.min(from + length, end));
          }
        }
      }
    }
  }
}

function hashOf(text: string, start: number, end: number, seed: number): number {
  let hash = seed;
  for (let at = start; at < end; at++) hash = join(hash, text.charCodeAt(at));
  return finish(hash);
}

/** FNV-1a, over 16 or 32 bits at a time … */
function join(hash: number, part: number): number {
  return Math.imul(hash ^ part, 0x01000193) ^ (hash >>> 15);
}

/** … finished as in MurmurHash3, so that each bit depends on all: a signed integer of 32 bits. */
function finish(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
