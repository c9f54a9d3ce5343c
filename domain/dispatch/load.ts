// How much of somebody's capacity a ticket takes, by the rules of its team.
import type { Ticket } from "../ticket";
import { placesOf } from "./rules";
import type { TeamRules } from "./rules";

/** Whose places it takes: its assignee's, or those of whom it is on offer to. */
export function holderOf({ assignee, offer }: Pick<Ticket, "assignee" | "offer">): string | null {
  return assignee ?? offer?.agent ?? null;
}

/** Solved and closed tickets take none; those that wait take what the team says. */
export function placesHeld(
  ticket: Pick<Ticket, "assignee" | "offer" | "status" | "type" | "priority">,
  rules: TeamRules,
): number {
  if (holderOf(ticket) === null) return 0;
  switch (ticket.status) {
    case "new":
    case "open":
      return placesOf(rules, ticket);
    case "pending":
      return rules.pendingPlaces;
    case "on-hold":
      return rules.onHoldPlaces;
    case "solved":
    case "closed":
      return 0;
  }
}
