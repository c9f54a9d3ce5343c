// Lives led one after the other in so many lanes, for a while, and what that took.
import { percentile } from "./percentile";

/** One life from its first call to the end of its workflow. */
export interface Life {
  /** How long the first call took: its ticket is accepted, ms. */
  readonly intakeMs: number;
  /** How long each command took, ms. */
  readonly commandsMs: readonly number[];
  /** Events of its history. */
  readonly events: number;
}

/** Leads one life; `name` tells it from the others of its run. */
export type Live = (name: string) => Promise<Life>;

export interface Measured {
  readonly lives: number;
  readonly livesPerSecond: number;
  readonly intakeMs: Percentiles;
  readonly commandMs: Percentiles;
  /** Median. */
  readonly eventsPerLife: number;
}

interface Percentiles {
  readonly p50: number;
  readonly p99: number;
}

/** Begins no life after `seconds`; those under way are led to their end, and counted with the time they take. */
export async function measure(live: Live, lanes: number, seconds: number): Promise<Measured> {
  const lives: Life[] = [];
  const startedAt = performance.now();
  const elapsed = (): number => (performance.now() - startedAt) / 1_000;
  const lane = async (_: unknown, index: number): Promise<void> => {
    for (let turn = 0; elapsed() < seconds; turn += 1) lives.push(await live(`${lanes}-${index}-${turn}`));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const took = elapsed();
  return {
    lives: lives.length,
    livesPerSecond: lives.length / took,
    intakeMs: percentiles(lives.map(({ intakeMs }) => intakeMs)),
    commandMs: percentiles(lives.flatMap(({ commandsMs }) => commandsMs)),
    eventsPerLife: percentile(lives.map(({ events }) => events), 50),
  };
}

/** What a call took, ms, and its answer. */
export async function timed<T>(call: () => Promise<T>): Promise<{ ms: number; answer: T }> {
  const startedAt = performance.now();
  const answer = await call();
  return { ms: performance.now() - startedAt, answer };
}

function percentiles(values: readonly number[]): Percentiles {
  return { p50: percentile(values, 50), p99: percentile(values, 99) };
}
