// What a ticket is about and how pressing it is. A person's word stands; recategorising never takes a ticket from anybody.
import { matchedAnew } from "./measuring";
import type { TextRef } from "./ticket";
import type { FoldOf, VerbOf } from "./verb";
import { allowed } from "./verb";
import type { Degree, Priority, TicketType } from "./words";

/** `team`: where tickets of that category belong; null when it has no team of its own. */
export const categorise: VerbOf<{ category: string; type: TicketType | null; team: string | null }> = (ticket, args) =>
  allowed(ticket, "categorise", () => {
    const elsewhere = args.team !== null && args.team !== ticket.team;
    const stays = ticket.assignee !== null;
    return {
      kind: "categorised",
      facts: {
        category: args.category,
        type: args.type ?? ticket.type,
        team: elsewhere && !stays ? args.team : ticket.team,
        rule: null,
        suggestedTeam: elsewhere && stays ? args.team : null,
      },
    };
  });

export const categorised: FoldOf<"categorised"> = (ticket, { facts }) => ({
  ...matchedAnew(ticket),
  category: facts.category,
  type: facts.type,
  team: facts.team,
  routing: facts.team !== ticket.team && ticket.assignee === null ? "wanted" : ticket.routing,
});

/** Targets follow within the policy edition that holds; a person gives a reason. */
export const prioritise: VerbOf<{
  priority: Priority;
  impact: Degree | null;
  urgency: Degree | null;
  reason: TextRef | null;
}> = (ticket, args) => allowed(ticket, "prioritise", () => ({ kind: "prioritised", facts: args }));

export const prioritised: FoldOf<"prioritised"> = (ticket, { facts }) => ({ ...ticket, priority: facts.priority });
