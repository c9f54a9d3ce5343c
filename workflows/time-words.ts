// Instants and durations as an operator reads them. UTC always: a time zone's rules must not enter a workflow.
import type { Instant } from "../domain/ticket";

/** `2026-11-22 10:30`, to be read as UTC. */
export function minute(at: Instant): string {
  return second(at).slice(0, -3);
}

/** `2026-11-22 10:30:05`, to be read as UTC. */
export function second(at: Instant): string {
  return new Date(at).toISOString().slice(0, 19).replace("T", " ");
}

const units: readonly (readonly [number, string])[] = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
  [1_000, "second"],
];

/** `3 days`, `2.5 hours`, `18 hours`, `1 minute`: the largest unit that fits, with two digits. */
export function inWords(ms: number): string {
  // A timer that is armed some moments after its clock began is still one of 3 days.
  const unit = units.find(([size]) => ms >= size * 0.99);
  if (unit === undefined) return `${Math.max(0, ms)} ms`;
  const exact = ms / unit[0];
  const count = exact < 9.95 ? Math.round(exact * 10) / 10 : Math.round(exact);
  return `${count} ${unit[1]}${count === 1 ? "" : "s"}`;
}
