// A law that no fault may break, as a check of the ledgers: it answers one sentence for each offence.
import type { Evidence } from "../ledgers/evidence";

export interface Invariant {
  /** What always holds. */
  readonly law: string;
  readonly offences: (evidence: Evidence) => string[];
}

/** A sentence per thing that is wrong. */
export function where<T>(
  things: Iterable<T>,
  isWrong: (thing: T) => boolean,
  sentence: (thing: T) => string,
): string[] {
  return [...things].filter(isWrong).map(sentence);
}

export function grouped<T, K>(things: Iterable<T>, keyOf: (thing: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const thing of things) {
    const group = groups.get(keyOf(thing));
    if (group === undefined) groups.set(keyOf(thing), [thing]);
    else group.push(thing);
  }
  return groups;
}

/** The same value, whatever the order of an object's keys. */
export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a, sorted) === JSON.stringify(b, sorted);
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
