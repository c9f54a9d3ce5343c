// Who of an event's audience is told, by name: roles made persons. Knows a team's people as they are given; refuses to know
// where they are kept, and how each is reached.
import { audience } from "./audience";
import type { Recipient, Template } from "./audience";
import type { TicketEvent } from "./event";
import type { Ticket } from "./ticket";

/** Who stands behind a team's roles, by their agents' ids; members are those who work here, present or not. */
export interface TeamPeople {
  readonly lead: string | null;
  readonly manager: string | null;
  readonly members: readonly string[];
}

export interface Told {
  /** `requester`, `agent:<id>`, `contact:<id>` or `webhook:<id>`. */
  readonly recipient: string;
  readonly template: Template;
  /** Passes over quiet hours and digests. */
  readonly wake: boolean;
}

/** The teams whose people `told` is going to ask for. */
export function teamsToTell(event: TicketEvent, before: Ticket, after: Ticket): readonly string[] {
  const asked = audience(event, before, after).flatMap(({ recipient }) => teamOf(recipient, after.team) ?? []);
  return [...new Set(asked)];
}

/** Everybody who is told, in order: each once, by the first line that means them, and nobody of their own act. */
export function told(
  event: TicketEvent,
  before: Ticket,
  after: Ticket,
  peopleOf: (team: string) => TeamPeople | undefined,
): readonly Told[] {
  const found = new Map<string, Told>();
  for (const { recipient: role, template, wake = false } of audience(event, before, after)) {
    const team = teamOf(role, after.team);
    for (const recipient of namesOf(role, team === null ? undefined : peopleOf(team))) {
      const isOwnAct = event.by.kind === "staff" && recipient === `agent:${event.by.id}`;
      if (!isOwnAct && !found.has(recipient)) found.set(recipient, { recipient, template, wake });
    }
  }
  return [...found.values()];
}

/** The team that a role belongs to; null: none, or the ticket has none. */
function teamOf(recipient: Recipient, own: string | null): string | null {
  if (recipient.to === "team") return recipient.team ?? own;
  return recipient.to === "lead" || recipient.to === "manager" ? own : null;
}

function namesOf(recipient: Recipient, people: TeamPeople | undefined): readonly string[] {
  switch (recipient.to) {
    case "requester":
      return ["requester"];
    case "agent":
      return [`agent:${recipient.agent}`];
    case "contact":
      return [`contact:${recipient.contact}`];
    case "webhook":
      return [`webhook:${recipient.webhook}`];
    case "team":
      return (people?.members ?? []).map((agent) => `agent:${agent}`);
    case "lead":
    case "manager": {
      const agent = people?.[recipient.to] ?? null;
      return agent === null ? [] : [`agent:${agent}`];
    }
  }
}
