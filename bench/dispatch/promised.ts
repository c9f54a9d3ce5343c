// How good the waits are that requesters are told: simulated days, one after the other, in which each ticket is told what the
// product would tell it from the answers that were known by then; and how many of them were answered by then.
import { boundFor, mostSamples } from "../../domain/dispatch/expectation";
import type { Sample } from "../../domain/dispatch/expectation";
import { simulateDay } from "./day";
import type { Answered } from "./day";

export interface Promised {
  readonly tickets: number;
  /** Of these so many were told a time; the others had too few before them, or a day like none before. */
  readonly told: number;
  /** Of those that were told, how many were answered by then, percent. */
  readonly keptPercent: number;
}

/** So many open hours a day has for those who wait over its end. */
const dayMs = 14 * 3_600_000;

/** @param seeds one for each day */
export function promisedOver(seeds: readonly number[], overflowMinutes: number | null): Promised {
  const all = seeds.flatMap((seed, day) =>
    simulateDay({ strategy: "spare-capacity", seed, overflowMinutes }).answers.map((one) => ({ ...one, at: one.at + day * dayMs })),
  );
  const told = [...all].sort((a, b) => a.at - b.at).flatMap(tellerOf(all));
  const kept = told.filter(Boolean).length;
  return { tickets: all.length, told: told.length, keptPercent: Math.round((1_000 * kept) / told.length) / 10 };
}

/** Asked in the order of arrivals: whether the arrival was answered by the time it was told; nothing where it was told none. */
function tellerOf(all: readonly Answered[]): (arrival: Answered) => boolean[] {
  const answers = [...all].sort((a, b) => a.at + a.waitedMs - (b.at + b.waitedMs));
  const known = new Map<string, Sample[]>();
  let next = 0;
  return (arrival) => {
    for (let one = answers[next]; one !== undefined && one.at + one.waitedMs <= arrival.at; one = answers[++next]) {
      known.set(kindOf(one), [one, ...(known.get(kindOf(one)) ?? [])].slice(0, mostSamples));
    }
    const bound = boundFor(known.get(kindOf(arrival)) ?? [], arrival);
    return typeof bound === "number" ? [arrival.waitedMs <= bound] : [];
  };
}

function kindOf({ team, priority }: Answered): string {
  return `${team} ${priority}`;
}
