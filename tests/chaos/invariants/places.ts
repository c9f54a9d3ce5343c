// Capacity is shared by all tickets, and every place is somebody's or free.
import { occupies, seeksAssignee } from "../../../domain/assignment";
import { stateOf } from "../ledgers/rows";
import { where } from "./invariant";
import type { Invariant } from "./invariant";

export const placesAreHeld: Invariant = {
  law: "places are held by exactly the tickets that occupy one, each at its assignee's",
  offences: ({ rows }) => {
    const held = new Map(rows.reservations.map((row) => [row.ticket, row]));
    const wrong = where(
      rows.tickets.map(stateOf),
      (ticket) => (occupies(ticket) ? ticket.assignee : null) !== (held.get(ticket.number)?.agentId ?? null),
      ({ number, assignee, status }) =>
        `#${number} is ${status} with ${assignee} and holds a place of ${held.get(number)?.agentId}`,
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
    const teams = new Set(rows.members.filter(({ agentId }) => free.includes(agentId)).map(({ teamId }) => teamId));
    return [
      ...where(
        rows.tickets.map(stateOf),
        (ticket) => seeksAssignee(ticket) !== queued.has(ticket.number),
        ({ number, status, routing }) =>
          `#${number} is ${status}, routing ${routing}, and ${queued.has(number) ? "waits" : "does not wait"}`,
      ),
      ...where(
        rows.waiters,
        ({ teamId }) => teams.has(teamId),
        ({ ticket, teamId }) => `#${ticket} waits for ${teamId}, where somebody is free`,
      ),
    ];
  },
};
