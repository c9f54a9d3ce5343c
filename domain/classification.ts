// What a ticket is about and how pressing it is. A person's word stands; recategorising never takes a ticket from anybody.
import { matchedAnew } from "./measuring";
import type { Ageing, Because } from "./raising";
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

/**
 * Targets follow within the policy edition that holds; a person gives a reason, and no rule, clock or escalation changes what a
 * person has set.
 */
export const prioritise: VerbOf<{
  priority: Priority;
  impact: Degree | null;
  urgency: Degree | null;
  reason: TextRef | null;
  because?: readonly Because[];
  ageing?: Ageing;
}> = (ticket, args, by) =>
  allowed(ticket, "prioritise", () => {
    const stays = by.kind === "system" && ticket.prioritisedByPerson === true;
    return { kind: "prioritised", facts: { ...args, priority: stays ? ticket.priority : args.priority } };
  });

export const prioritised: FoldOf<"prioritised"> = (ticket, { facts, by }) => ({
  ...ticket,
  priority: facts.priority,
  ...(by.kind === "staff" && { prioritisedByPerson: true as const }),
  ...(facts.ageing !== undefined && { ageing: facts.ageing }),
});
