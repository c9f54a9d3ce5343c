// When automatic mail to an address stops, whatever its headers say: two machines that answer each other must run dry. Knows
// instants; refuses to know addresses.
import type { Instant } from "./ticket";

/** What went to and fro with one address within the last hour. */
export interface Exchange {
  /** When we acknowledged something to it. */
  readonly acknowledged: readonly Instant[];
  /** When mails came from it. */
  readonly received: readonly Instant[];
}

/** `rate`: enough for this hour. `loop`: it answers our acknowledgements like a machine, and people are to look. */
export type Brake = "rate" | "loop";

/** Nobody reads an acknowledgement and writes an answer so quickly, ms. */
const machineFastMs = 60_000;
/** So often within the hour is no accident. */
const answersToLoop = 3;

/** What stops one more acknowledgement now; null: nothing does. */
export function brakeOn({ acknowledged, received }: Exchange, perHour: number): Brake | null {
  const answered = acknowledged.filter((sent) => received.some((came) => came >= sent && came - sent < machineFastMs));
  if (answered.length >= answersToLoop) return "loop";
  return acknowledged.length >= perHour ? "rate" : null;
}
