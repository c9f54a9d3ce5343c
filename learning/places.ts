// Which place a hash has in a list: a table with open addressing. A text has ten thousand hashes to look up, for which a Map of the
// language takes several times as long.

/** For at most `most` keys, whole numbers of 32 bits that are hashes already: their low bits say where to look first. */
export class Places {
  private readonly mask: number;
  private readonly keys: Int32Array;
  /** 1 more than the place; 0: nothing is here. */
  private readonly places: Int32Array;

  constructor(most: number) {
    // At most half full: a look takes one or two steps.
    const size = 2 ** Math.ceil(Math.log2(Math.max(1, most) * 2));
    this.mask = size - 1;
    this.keys = new Int32Array(size);
    this.places = new Int32Array(size);
  }

  /** -1 when it has none. */
  of(key: number): number {
    return (this.places[this.slotOf(key)] as number) - 1;
  }

  /** The place it has already; else it gets this one, and the answer is -1. */
  put(key: number, place: number): number {
    const slot = this.slotOf(key);
    const known = this.places[slot] as number;
    if (known === 0) {
      this.keys[slot] = key;
      this.places[slot] = place + 1;
    }
    return known - 1;
  }

  /** Where it is, or would be. */
  private slotOf(key: number): number {
    let slot = key & this.mask;
    while (this.places[slot] !== 0 && this.keys[slot] !== key) slot = (slot + 1) & this.mask;
    return slot;
  }
}
