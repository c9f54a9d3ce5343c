// Whether one ticket is as it should be: nothing lost, nothing twice, told to whom it concerns. Works out from the
// journal what should have happened, by domain's own rules, and compares it with what the product says.
import { setTimeout as sleep } from "node:timers/promises";
import type { TeamView } from "../../contract/directory";
import type { EventView, MessageView, NoticeView } from "../../contract/journal";
import type { List } from "../../contract/lists";
import type { TicketView } from "../../contract/ticket";
import { fold } from "../../domain/decide";
import { unopened } from "../../domain/opening";
import type { TicketEvent } from "../../domain/event";
import type { Ticket } from "../../domain/ticket";
import { told } from "../../domain/told";
import type { DeskClient } from "./desk-client";

export interface Checked {
  readonly number: number;
  /** Names of the mails that its notices left in; one to a colleague may hold notices of several tickets. */
  readonly mails: readonly string[];
  /** How many notices have been sent. */
  readonly sent: number;
  /** How many wait to leave together with others. */
  readonly held: number;
  /** How many of them went to the customer. */
  readonly toRequester: number;
  /** How many notices the journal asks for. */
  readonly expected: number;
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
    settled(() => get<List<NoticeView>>("/notices?limit=200")),
    get<List<MessageView>>("/messages?limit=200"),
  ]);
  const { final, owed } = retell(events.items.map(toEvent), teams);
  const written = notices.items.map(({ version, recipient, template }) => `${version} ${addressee(recipient)} ${template}`);
  const wrong = [
    ticket.status === "closed" ? null : `is ${ticket.status}, not closed`,
    final.version === ticket.version && final.status === ticket.status ? null : "differs from its journal",
    messages.items[0]?.text === text ? null : "does not hold what the customer wrote",
    ...differences(owed, written),
    ...notices.items.map(({ id, state, lastError }) =>
      state === "sent" || state === "held" ? null : `notice ${id} is ${state}: ${lastError}`,
    ),
  ];
  return {
    number,
    mails: [...new Set(notices.items.flatMap(({ state, mail }) => (state === "sent" && mail !== null ? [mail] : [])))],
    sent: notices.items.filter(({ state }) => state === "sent").length,
    held: notices.items.filter(({ state }) => state === "held").length,
    toRequester: notices.items.filter(({ recipient }) => recipient.kind === "requester").length,
    expected: owed.length,
    wrong: wrong.flatMap((sentence) => (sentence === null ? [] : [`#${number} ${sentence}`])),
  };
}

/**
 * Staff are told outside a ticket's life, a moment after its end perhaps; ms. Whoever sends may have been killed: that shows
 * after 15 s, and the mail server is tried again a while later.
 */
const settledWithinMs = 120_000;
const onTheirWay: readonly NoticeView["state"][] = ["queued", "sending", "unknown"];

async function settled(read: () => Promise<List<NoticeView>>): Promise<List<NoticeView>> {
  for (const until = Date.now() + settledWithinMs; ; await sleep(200)) {
    const notices = await read();
    if (Date.now() > until || notices.items.every(({ state }) => !onTheirWay.includes(state))) return notices;
  }
}

export type Teams = ReadonlyMap<string, TeamView>;

export async function readTeams(client: DeskClient, key: string): Promise<Teams> {
  const { items } = await client.call<List<TeamView>>("GET", "/teams?limit=200", { key });
  return new Map(items.map((team) => [team.id, team]));
}

/** The demo deactivates nobody. */
const nobodyGone: ReadonlySet<string> = new Set();

/** The ticket at the journal's end, and everybody who should have been told on the way. */
function retell(events: readonly TicketEvent[], teams: Teams): { final: Ticket; owed: readonly string[] } {
  const [first] = events;
  if (first?.kind !== "opened") throw new Error("A journal begins with the opening.");
  let ticket = unopened(first.facts.intake);
  const owed: string[] = [];
  for (const event of events) {
    if (event.version !== ticket.version + 1) throw new Error(`Version ${event.version} follows ${ticket.version}.`);
    const after = fold(ticket, event);
    owed.push(
      ...told(event, ticket, after, (team) => teams.get(team), nobodyGone).map(
        ({ recipient, template }) => `${event.version} ${recipient} ${template}`,
      ),
    );
    ticket = after;
  }
  return { final: ticket, owed };
}

function addressee({ kind, id }: NoticeView["recipient"]): string {
  return kind === "requester" ? "requester" : `${kind}:${id}`;
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
