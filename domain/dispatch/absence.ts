// Which of an absent person's tickets find somebody else. Knows the team's rule; refuses to know who is absent, or who is next.
import type { Ticket } from "../ticket";
import { categoryOfStatus } from "../words";
import type { TeamRules } from "./rules";

/** Why somebody's tickets are moved. */
export const absences = ["leave", "deactivated", "away"] as const;
export type Absence = (typeof absences)[number];
/** Why a ticket goes from one person to others without anybody's choosing it: `asked`, a lead moves a whole load. */
export type MoveCause = Absence | "asked" | "rebalancing";

/** `woken`: it came back (from pending, on-hold or solved) while its assignee was absent. */
export function isMoved(
  ticket: Pick<Ticket, "status" | "priority" | "answeredAt">,
  { redispatch }: Pick<TeamRules, "redispatch">,
  woken: boolean,
): boolean {
  if (categoryOfStatus[ticket.status] !== "open") return false;
  if (woken) return true;
  switch (redispatch) {
    case "none":
      return false;
    case "untouched":
      return ticket.answeredAt === null;
    case "urgent":
      return ticket.priority === "urgent";
    case "all":
      return true;
  }
}
