// How pressing a ticket is: impact × urgency. Knows the matrix's use; refuses to know who may override it (access).
import type { Policy } from "./policy";
import { priorities, priorityRank } from "./words";
import type { Degree, Priority } from "./words";

/** The highest priority that a requester's own, unauthenticated statement can reach. */
export const highestUnverified: Priority = "high";

/**
 * The priority of what was stated. What is missing counts as `medium`. An unverified statement (nobody of staff vouches
 * for it) never yields `urgent`, whatever the matrix and the rules that raise it say: anybody can write anybody's address.
 */
export function priorityOf(
  matrix: Policy["matrix"],
  stated: { impact: Degree | null; urgency: Degree | null },
  verified: boolean,
  raises: readonly { readonly to: Priority }[] = [],
): Priority {
  const stands = matrix[stated.impact ?? "medium"][stated.urgency ?? "medium"];
  const found = raises.reduce((reached, { to }) => raise(reached, to), stands);
  return verified ? found : lower(found, highestUnverified);
}

/** The more pressing of the two. */
export function raise(a: Priority, b: Priority): Priority {
  return priorityRank(b) > priorityRank(a) ? b : a;
}

function lower(a: Priority, b: Priority): Priority {
  return priorities[Math.min(priorityRank(a), priorityRank(b))] ?? a;
}
