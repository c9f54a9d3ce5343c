// Capacity is shared by all tickets, and every place is somebody's or free.
import { seeksAssignee } from "../../../domain/assignment";
import { holderOf } from "../../../domain/dispatch/load";
import type { Wish } from "../../../activities/dispatch/figures";
import type { Ticket } from "../../../domain/ticket";
import { categoryOfStatus } from "../../../domain/words";
import { stateOf } from "../ledgers/rows";
import { where } from "./invariant";
import type { Invariant } from "./invariant";

export const placesAreHeld: Invariant = {
  law: "places are held by exactly the tickets that take one, each of its assignee or of whom it is on offer to",
  offences: ({ rows }) => {
    const held = new Map(rows.reservations.map((row) => [row.ticket, row]));
    const wrong = where(
      rows.tickets.map(stateOf),
      (ticket) => takerOf(ticket) !== (held.get(ticket.number)?.agentId ?? null),
      ({ number, assignee, offer, status }) =>
        `#${number} is ${status} with ${assignee}, on offer to ${offer?.agent}, and holds a place of ${held.get(number)?.agentId}`,
    );
    return [
      ...wrong,
      ...where(
        rows.reservations,
        ({ confirmed }) => !confirmed,
        ({ ticket }) => `#${ticket} has not taken up its place`,
      ),
    ];
  },
};

function takerOf(ticket: Ticket): string | null {
  return categoryOfStatus[ticket.status] === "open" ? holderOf(ticket) : null;
}

export const offersStand: Invariant = {
  law: "an offer is outstanding at one person at a time, on an open ticket that nobody has, and its row says the same",
  offences: ({ rows }) => {
    const offered = rows.reservations.filter((row) => row.offered);
    const tickets = new Map(rows.tickets.map(stateOf).map((ticket) => [ticket.number, ticket]));
    const agents = new Set<string>();
    return [
      ...offered.flatMap(({ ticket: number, agentId, decision }) => {
        const ticket = tickets.get(number);
        const twice = agents.has(agentId) ? [`${agentId} has two offers, one of them #${number}`] : [];
        agents.add(agentId);
        const { agent = null, decision: by = null } = ticket?.offer ?? {};
        return agent === agentId && by === decision ? twice : [...twice, `#${number} is on offer to ${agentId} in rows, and to ${agent} by itself`];
      }),
      ...where(
        [...tickets.values()],
        ({ number, offer, assignee, status }) =>
          offer !== null &&
          (assignee !== null || categoryOfStatus[status] !== "open" || !offered.some((row) => row.ticket === number)),
        ({ number, status, offer }) => `#${number} is ${status} and on offer to ${offer?.agent}`,
      ),
    ];
  },
};

export const neverBeyond: Invariant = {
  law: "dispatch never gives a place that is not free",
  offences: ({ rows }) => {
    const load = new Map<string, number>();
    return rows.places.flatMap(({ agent, ticket, taken, byDispatch, capacity }) => {
      const now = (load.get(agent) ?? 0) + (taken ? 1 : -1);
      load.set(agent, now);
      return taken && byDispatch && now > (capacity ?? 0)
        ? [`#${ticket} was given to ${agent}, who then had ${now} of ${capacity}`]
        : [];
    });
  },
};

export const nobodyForgotten: Invariant = {
  law: "exactly those wait who are in a queue, and nobody waits while somebody fitting is free",
  offences: ({ rows }) => {
    const queued = new Set(rows.waiters.map(({ ticket }) => ticket));
    const load = (agent: string): number => rows.reservations.filter(({ agentId }) => agentId === agent).length;
    const free = rows.agents
      .filter(({ id, active, present, capacity }) => active && present && load(id) < capacity)
      .map(({ id }) => id);
    const fits = (team: string, { declined }: Wish): boolean =>
      rows.members.some(({ teamId, agentId }) => teamId === team && free.includes(agentId) && !declined.includes(agentId));
    return [
      ...where(
        rows.tickets.map(stateOf),
        (ticket) => seeksAssignee(ticket) !== queued.has(ticket.number),
        ({ number, status, routing }) =>
          `#${number} is ${status}, routing ${routing}, and ${queued.has(number) ? "waits" : "does not wait"}`,
      ),
      ...where(
        rows.waiters,
        ({ teamId, sought }) => fits(teamId, sought as unknown as Wish),
        ({ ticket, teamId }) => `#${ticket} waits for ${teamId}, where somebody is free`,
      ),
    ];
  },
};
