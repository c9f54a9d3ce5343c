// Divides examples into equal parts, each class alike. The same text is never in two parts: it would judge itself.
import { createRandom, shuffle } from "./random";

/** The part of each example, from 0; those of one `group` (equal texts) stay together. */
export function divide(classes: ArrayLike<number>, groups: readonly string[], parts: number, seed: number): Int32Array {
  const members = new Map<string, number[]>();
  for (const [index, group] of groups.entries()) {
    const known = members.get(group);
    if (known === undefined) members.set(group, [index]);
    else known.push(index);
  }
  const sets = [...members.values()];
  const order = shuffle(Int32Array.from(sets.keys()), createRandom(seed));
  const classOf = (group: number): number => classes[(sets[group] as number[])[0] as number] as number;
  const dealt = [...order].sort((a, b) => classOf(a) - classOf(b));
  const part = new Int32Array(groups.length);
  for (const [turn, group] of dealt.entries()) {
    for (const index of sets[group] as number[]) part[index] = turn % parts;
  }
  return part;
}
