// How much of its assignee's capacity a ticket takes, by the rules of its team.
import type { Ticket } from "../ticket";
import { placesOf } from "./rules";
import type { TeamRules } from "./rules";

/** Solved and closed tickets take none; those that wait take what the team says. */
export function placesHeld(ticket: Pick<Ticket, "assignee" | "status" | "type" | "priority">, rules: TeamRules): number {
  if (ticket.assignee === null) return 0;
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
