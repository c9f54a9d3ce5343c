// What a part of the bench is. Knows how one is asked and what it hands back; refuses to know any of them.
import type { Say } from "../stack/progress";

export interface Part {
  /** Names it for `--only` and in `bench/results/`. */
  readonly name: string;
  /** What it measures, in one line, and about how long that takes. */
  readonly about: string;
  /** True: runs only when `--only` names it. Default false. */
  readonly byHand?: boolean;
  /** What `--<name> 1,8` may change: each a list of numbers, by its default. */
  readonly settings?: Settings;
  /** Measures. Leaves no process behind, whether it resolves or rejects. */
  run(stage: Stage, settings: Settings): Promise<Figures>;
}

export type Settings = Readonly<Record<string, readonly number[]>>;

export interface Stage {
  /** A folder of the part's own, removed after it. */
  readonly home: string;
  readonly say: Say;
}

export interface Figures {
  /** For programs: JSON. Units last in every name. */
  readonly figures: object;
  /** For people: lines of at most 120 columns. */
  readonly text: string;
}

/** A setting that is one number. */
export function one(settings: Settings, name: string): number {
  const [value, ...more] = settings[name] ?? [];
  if (value === undefined || more.length > 0) throw new RangeError(`--${name} wants one number.`);
  return value;
}
