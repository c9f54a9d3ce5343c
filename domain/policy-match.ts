// Which tickets a policy is for. Knows ids and closed lists; refuses to know what the policy promises.
import type { Channel, TicketType } from "./words";

/** All lists that are there must hold one of the ticket's; a list left out, or empty, is any. */
export interface PolicyMatch {
  readonly teams?: readonly string[];
  readonly organisations?: readonly string[];
  readonly types?: readonly TicketType[];
  readonly categories?: readonly string[];
  readonly channels?: readonly Channel[];
}

/** What of a ticket decides; null is in no list. */
export interface Matchable {
  readonly team: string | null;
  readonly organisation: string | null;
  readonly type: TicketType;
  readonly category: string | null;
  readonly channel: Channel;
}

export function matches(match: PolicyMatch, ticket: Matchable): boolean {
  return (
    holds(match.teams, ticket.team) &&
    holds(match.organisations, ticket.organisation) &&
    holds(match.types, ticket.type) &&
    holds(match.categories, ticket.category) &&
    holds(match.channels, ticket.channel)
  );
}

/** The first in the order given whose conditions the ticket meets, or null. */
export function firstMatching<Listed extends { readonly match: PolicyMatch }>(list: readonly Listed[], ticket: Matchable): Listed | null {
  return list.find(({ match }) => matches(match, ticket)) ?? null;
}

function holds(list: readonly string[] | undefined, value: string | null): boolean {
  return list === undefined || list.length === 0 || (value !== null && list.includes(value));
}
