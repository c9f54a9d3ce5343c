// Chance that repeats itself: the same seed gives the same order on every machine. Not for secrets.

/** Numbers in [0, 1). The generator is Mulberry32 (Tommy Ettinger, public domain). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = stepped(state);
    return drawn(state);
  };
}

/** The state after one draw: for whoever must go on from it elsewhere. */
export function stepped(state: number): number {
  return (state + 0x6d2b79f5) >>> 0;
}

/** What is drawn in a state, in [0, 1). */
export function drawn(state: number): number {
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

/** In place (Fisher and Yates). */
export function shuffle<T extends number[] | Int32Array>(list: T, random: () => number): T {
  for (let last = list.length - 1; last > 0; last--) {
    const chosen = Math.floor(random() * (last + 1));
    const kept = list[last] as number;
    list[last] = list[chosen] as number;
    list[chosen] = kept;
  }
  return list;
}
