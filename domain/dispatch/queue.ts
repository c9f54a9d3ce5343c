// Whose turn it is in a team's queue: priority, then age, and age makes up for priority in the end.
import type { Instant } from "../ticket";
import { priorityRank } from "../words";
import type { Priority } from "../words";

/**
 * The earlier, the sooner. One step of priority is worth `ageingMs` of waiting, so the order between two tickets never changes
 * while they wait, and whoever waits is overtaken only by what comes within three such steps.
 */
export function turnOf(since: Instant, priority: Priority, ageingMs: number): Instant {
  return since - priorityRank(priority) * ageingMs;
}
