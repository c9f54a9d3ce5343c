// A command among all those who sleep: to a ticket that no worker remembers, and to the same one again.
import { randomUUID } from "node:crypto";
import { DeskClient } from "../../bin/demo/desk-client";
import { percentiles } from "../percentile";
import type { Percentiles } from "../percentile";
import type { Product } from "../product";

/** Evenly spread among all. */
const asked = 60;

export interface Among {
  /** Its history is read and replayed first. */
  readonly firstMs: Percentiles;
  /** It is in the worker's cache then. */
  readonly againMs: Percentiles;
}

/** Notes something on some of the tickets from `first` to `last`, one after the other, twice each. */
export async function commandsAmong({ urls }: Product, first: number, last: number): Promise<Among> {
  const desk = new DeskClient(urls.api);
  const note = async (number: number): Promise<number> => {
    const startedAt = performance.now();
    const body = { text: "Bench", visibility: "internal" };
    // Until it is done: what is answered 503 is asked for again.
    await desk.call("POST", `/tickets/${number}/messages`, { key: urls.keys.agent, body, idempotencyKey: randomUUID() });
    return performance.now() - startedAt;
  };
  const [firstMs, againMs]: [number[], number[]] = [[], []];
  const step = Math.max(1, Math.floor((last - first + 1) / asked));
  for (let number = first; number <= last; number += step) {
    firstMs.push(await note(number));
    againMs.push(await note(number));
  }
  return { firstMs: percentiles(firstMs), againMs: percentiles(againMs) };
}
