// Whose turn it is in a team's queue: priority, then age, and age makes up for priority in the end; and in which portions it comes to
// whoever comes on duty.
import type { Instant } from "../ticket";
import { priorityRank } from "../words";
import type { Priority } from "../words";
import type { TeamRules } from "./rules";

/**
 * The earlier, the sooner. One step of priority is worth `ageingMs` of waiting, so the order between two tickets never changes
 * while they wait, and whoever waits is overtaken only by what comes within three such steps.
 */
export function turnOf(since: Instant, priority: Priority, ageingMs: number): Instant {
  return since - priorityRank(priority) * ageingMs;
}

/** Somebody who has come on duty: since when queues come to them in portions, and how much has come. `since` null: they don't. */
export interface Paced {
  readonly since: Instant | null;
  readonly given: number;
}

/** When this ticket may come to them; null: at once, as the urgent ones always do. */
export function nextPortion({ pacing }: Pick<TeamRules, "pacing">, priority: Priority, { since, given }: Paced, at: Instant): Instant | null {
  if (pacing === null || since === null || priority === "urgent") return null;
  const portions = Math.floor((at - since) / pacing.perMs) + 1;
  return given < portions * pacing.tickets ? null : since + portions * pacing.perMs;
}
