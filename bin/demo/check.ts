// Whether one ticket is as it should be: nothing lost, nothing twice, told to whom it concerns. Works out from the
// journal what should have happened, by domain's own rules, and compares it with what the product says.
import type { TeamView } from "../../contract/directory";
import type { EventView, MessageView, NoticeView } from "../../contract/journal";
import type { List } from "../../contract/lists";
import type { TicketView } from "../../contract/ticket";
import { audience } from "../../domain/audience";
import type { Recipient } from "../../domain/audience";
import { fold } from "../../domain/decide";
import { unopened } from "../../domain/opening";
import type { Ticket, TicketEvent } from "../../domain/ticket";
import type { DeskClient } from "./desk-client";

export interface Checked {
  readonly number: number;
  /** Ids of the notices sent: each is one mail. */
  readonly notices: readonly string[];
  /** How many of them went to the customer. */
  readonly toRequester: number;
  /** How many mails the journal asks for. */
  readonly expectedMails: number;
  /** One sentence for each thing that is not as it should be. */
  readonly wrong: readonly string[];
}

/** @param text what the customer wrote */
export async function check(
  client: DeskClient,
  key: string,
  teams: Teams,
  number: number,
  text: string,
): Promise<Checked> {
  const get = <Answer>(path: string): Promise<Answer> => client.call("GET", `/tickets/${number}${path}`, { key });
  const [ticket, events, notices, messages] = await Promise.all([
    get<TicketView>(""),
    get<List<EventView>>("/events?limit=200"),
    get<List<NoticeView>>("/notices?limit=200"),
    get<List<MessageView>>("/messages?limit=200"),
  ]);
  const { final, told } = retell(events.items.map(toEvent), teams);
  const owed = notices.items.map(({ version, recipient, template }) => `${version} ${addressee(recipient)} ${template}`);
  const wrong = [
    ticket.status === "closed" ? null : `is ${ticket.status}, not closed`,
    final.version === ticket.version && final.status === ticket.status ? null : "differs from its journal",
    messages.items[0]?.text === text ? null : "does not hold what the customer wrote",
    ...differences(told, owed),
    ...notices.items.map(({ id, state, lastError }) =>
      state === "sent" ? null : `notice ${id} is ${state}: ${lastError}`,
    ),
  ];
  return {
    number,
    notices: notices.items.map(({ id }) => id),
    toRequester: notices.items.filter(({ recipient }) => recipient.kind === "requester").length,
    expectedMails: told.length,
    wrong: wrong.flatMap((sentence) => (sentence === null ? [] : [`#${number} ${sentence}`])),
  };
}

export type Teams = ReadonlyMap<string, TeamView>;

export async function readTeams(client: DeskClient, key: string): Promise<Teams> {
  const { items } = await client.call<List<TeamView>>("GET", "/teams?limit=200", { key });
  return new Map(items.map((team) => [team.id, team]));
}

/** The ticket at the journal's end, and everybody who should have been told on the way. */
function retell(events: readonly TicketEvent[], teams: Teams): { final: Ticket; told: readonly string[] } {
  const [first] = events;
  if (first?.kind !== "opened") throw new Error("A journal begins with the opening.");
  let ticket = unopened(first.facts.intake);
  const told: string[] = [];
  for (const event of events) {
    if (event.version !== ticket.version + 1) throw new Error(`Version ${event.version} follows ${ticket.version}.`);
    const after = fold(ticket, event);
    const persons = new Set<string>();
    for (const { recipient, template } of audience(event, ticket, after)) {
      const person = personOf(recipient, after, teams);
      const isOwnAct = event.by.kind === "staff" && person === `agent:${event.by.id}`;
      if (person === null || isOwnAct || persons.has(person)) continue;
      persons.add(person);
      told.push(`${event.version} ${person} ${template}`);
    }
    ticket = after;
  }
  return { final: ticket, told };
}

function personOf(recipient: Recipient, ticket: Ticket, teams: Teams): string | null {
  switch (recipient.to) {
    case "requester":
      return "requester";
    case "agent":
      return `agent:${recipient.agent}`;
    case "lead":
    case "manager": {
      const person = teams.get(ticket.team ?? "")?.[recipient.to] ?? null;
      return person === null ? null : `agent:${person}`;
    }
  }
}

function addressee({ kind, id }: NoticeView["recipient"]): string {
  return kind === "requester" ? "requester" : `agent:${id}`;
}

function differences(expected: readonly string[], actual: readonly string[]): string[] {
  const missing = expected.filter((notice) => !actual.includes(notice));
  const unasked = actual.filter((notice) => !expected.includes(notice));
  return [
    ...missing.map((notice) => `lacks the notice ${notice}`),
    ...unasked.map((notice) => `has a notice that nobody asked for: ${notice}`),
  ];
}

function toEvent({ version, at, actor, kind, cause, facts }: EventView): TicketEvent {
  return { version, at: Date.parse(at), by: actor, kind, cause, facts } as TicketEvent;
}
