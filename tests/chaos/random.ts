// Chance that can be repeated: one seed gives one sequence on every machine.
import { drawn, stepped } from "../../learning/random";

export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 to below 1. */
  next(): number {
    this.state = stepped(this.state);
    return drawn(this.state);
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** True once in so many. */
  oneIn(count: number): boolean {
    return this.next() < 1 / count;
  }

  pick<T>(choices: readonly T[]): T {
    const choice = choices[this.between(0, choices.length - 1)];
    if (choice === undefined) throw new RangeError("There is nothing to pick from.");
    return choice;
  }

  shuffled<T>(things: readonly T[]): T[] {
    const left = [...things];
    return things.map(() => left.splice(this.between(0, left.length - 1), 1)[0] as T);
  }

  /** A sequence of its own: what one drawer takes changes nothing for another. */
  fork(salt: number): Random {
    return new Random(Math.imul(this.state ^ Math.imul(salt + 1, 0x9e3779b1), 0x85ebca6b));
  }
}
