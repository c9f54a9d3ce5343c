// Who of an event's audience is told, by name: roles made persons. Knows a team's people as they are given; refuses to know
// where they are kept, and how each is reached.
import { audience } from "./audience";
import type { Notice, Recipient, Template } from "./audience";
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

/** Whom a reminder or a level names: `told` wants to know which of them work here no more. */
export function agentsToTell(event: TicketEvent, before: Ticket, after: Ticket): readonly string[] {
  if (!isOfChain(event)) return [];
  return audience(event, before, after).flatMap(({ recipient }) => (recipient.to === "agent" ? [recipient.agent] : []));
}

/** The teams whose people `told` is going to ask for. */
export function teamsToTell(event: TicketEvent, before: Ticket, after: Ticket, gone: ReadonlySet<string>): readonly string[] {
  const asked = linesOf(event, before, after, gone).flatMap(({ recipient }) => teamOf(recipient, after.team) ?? []);
  return [...new Set(asked)];
}

/**
 * Everybody who is told, in order: each once, by the first line that means them, and nobody of their own act. @param gone who
 * works here no more: of `agentsToTell`
 */
export function told(
  event: TicketEvent,
  before: Ticket,
  after: Ticket,
  peopleOf: (team: string) => TeamPeople | undefined,
  gone: ReadonlySet<string>,
): readonly Told[] {
  const found = new Map<string, Told>();
  for (const { recipient: role, template, wake = false, meant } of linesOf(event, before, after, gone)) {
    const team = teamOf(role, after.team);
    const names = namesOf(role, team === null ? undefined : peopleOf(team));
    for (const recipient of names.length === 0 && meant !== null ? [`agent:${meant}`] : names) {
      const isOwnAct = event.by.kind === "staff" && recipient === `agent:${event.by.id}`;
      if (!isOwnAct && !found.has(recipient)) found.set(recipient, { recipient, template, wake });
    }
  }
  return [...found.values()];
}

interface Line extends Notice {
  /** The agent for whom the lead stands in; where there is no lead their notice fails, for all to see. */
  readonly meant: string | null;
}

/** The audience, with the lead in the place of those whom a chain means to tell and who work here no more. */
function linesOf(event: TicketEvent, before: Ticket, after: Ticket, gone: ReadonlySet<string>): readonly Line[] {
  return audience(event, before, after).map((notice) => {
    const { recipient } = notice;
    const isGone = isOfChain(event) && recipient.to === "agent" && gone.has(recipient.agent);
    return isGone ? { ...notice, recipient: { to: "lead" }, meant: recipient.agent } : { ...notice, meant: null };
  });
}

function isOfChain({ kind }: TicketEvent): boolean {
  return kind === "reminded" || kind === "escalated";
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
