// A question to a calendar, expanded as far as the answer needs. For whoever is not a workflow: those keep what was expanded.
import { beyond } from "../domain/calendar";
import type { Beyond, OpenIntervals } from "../domain/calendar";
import { dayMs } from "../domain/opening-hours";
import type { CalendarEdition } from "../domain/opening-hours";
import { expand } from "./expand";

const longestMs = 200 * 366 * dayMs;

/** Asks for ever more around `[from, to]`, epoch ms, until the answer is known; `beyond` when 200 years don't hold it. */
export function ask<Answer>(
  editions: readonly CalendarEdition[],
  [from, to]: readonly [from: number, to: number],
  question: (open: OpenIntervals) => Answer | Beyond,
): Answer | Beyond {
  for (let reach = 16 * dayMs; ; reach = Math.min(reach * 4, longestMs)) {
    const answer = question(expand(editions, from - reach, to + reach));
    if (answer !== beyond || reach === longestMs) return answer;
  }
}

/** Whether it opens within twelve years of `at`: long enough for a 29 February, also over a century without one. */
export function everOpens(editions: readonly CalendarEdition[], at: number): boolean {
  return [1, 12].some((years) => expand(editions, at, at + years * 366 * dayMs).intervals.length > 0);
}
