// Everything that a mail may speak of, read in one go. A requester's mail never gets to see what is internal.
import { restore } from "../../domain/state";
import type { Stored } from "../../domain/state";
import type { Facts } from "../../domain/ticket";
import { languages } from "../../domain/words";
import type { Language, Priority, Status } from "../../domain/words";
import type { PrismaClient } from "../../prisma/client";
import { oneLine } from "./text";

/** The facts that some mail speaks of, whichever kind of event they belong to. */
export type SpokenFacts = Partial<
  Pick<Facts["resolved"], "message"> &
    Pick<Facts["reopened"], "reason"> &
    Pick<Facts["assigned"], "assignee"> &
    Facts["reminded"] &
    Facts["escalated"]
>;

export interface Material {
  readonly number: number;
  readonly subject: string;
  readonly status: Status;
  readonly priority: Priority;
  readonly deadline: Date | null;
  /** From the mail that says "solved" to closure, ms; null when nothing was promised. */
  readonly autoCloseMs: number | null;
  readonly facts: SpokenFacts;
  /** The member of staff who did it. */
  readonly by: string | null;
  /** Who has the ticket; after an assignment whoever got it then, though it may have moved on. */
  readonly assignee: string | null;
  /** What was written with the event; to a requester only what is public. */
  readonly text: string | null;
  /** Null for a person who can't be written to. */
  readonly address: string | null;
  readonly language: Language;
}

/** Reads what the mail needs. Throws when the ticket is not there. */
export async function load(
  prisma: PrismaClient,
  number: number,
  { version, recipient }: { readonly version: number; readonly recipient: string },
): Promise<Material> {
  const toRequester = recipient === "requester";
  const [ticket, event] = await Promise.all([
    prisma.ticket.findUniqueOrThrow({ where: { number }, include: { requester: { select: { email: true } } } }),
    prisma.event.findUnique({ where: { ticket_version: { ticket: number, version } } }),
  ]);
  const facts = (event?.facts ?? {}) as SpokenFacts;
  const by = event?.byKind === "staff" ? event.byId : null;
  const [text, agents] = await Promise.all([
    textOf(prisma, number, toRequester, facts),
    agentsById(prisma, [by, facts.assignee, ticket.assigneeId, agentOf(recipient)]),
  ]);
  const agent = agents.get(agentOf(recipient) ?? "");
  return {
    number,
    subject: oneLine(ticket.subject),
    status: ticket.status as Status,
    priority: ticket.priority as Priority,
    deadline: ticket.deadline,
    autoCloseMs: restore(ticket.state as unknown as Stored).policy?.autoCloseMs ?? null,
    facts,
    by: nameOf(agents.get(by ?? "")),
    assignee: nameOf(agents.get(facts.assignee ?? ticket.assigneeId ?? "")),
    text,
    ...(toRequester
      ? { address: validAddress(ticket.requester.email), language: spoken(ticket.language) }
      : { address: agent?.active ? validAddress(agent.email) : null, language: spoken(agent?.language ?? "en") }),
  };
}

async function textOf(prisma: PrismaClient, ticket: number, toRequester: boolean, { message, reason }: SpokenFacts) {
  const ref = toRequester ? message : (message ?? reason);
  if (ref === undefined || ref === null) return null;
  const visibility = toRequester ? { visibility: "public" } : {};
  const row = await prisma.message.findFirst({ where: { id: ref.id, ticket, ...visibility }, select: { text: true } });
  return row?.text ?? null;
}

interface Agent {
  readonly name: string;
  readonly email: string;
  readonly language: string;
  readonly active: boolean;
}

async function agentsById(
  prisma: PrismaClient,
  ids: readonly (string | null | undefined)[],
): Promise<Map<string, Agent>> {
  const wanted = ids.filter((id) => typeof id === "string");
  if (wanted.length === 0) return new Map();
  const rows = await prisma.agent.findMany({ where: { id: { in: wanted } } });
  return new Map(rows.map((row) => [row.id, row]));
}

function agentOf(recipient: string): string | null {
  return recipient.startsWith("agent:") ? recipient.slice("agent:".length) : null;
}

function nameOf(agent: Agent | undefined): string | null {
  return agent === undefined ? null : oneLine(agent.name);
}

/** One plain address and nothing that a mail server or a header could read as two. */
function validAddress(address: string): string | null {
  return /^[^\s@<>(),:;"\\[\]\p{Cc}]+@[^\s@<>(),:;"\\[\]\p{Cc}]+$/u.test(address) ? address : null;
}

function spoken(language: string): Language {
  return languages.find((known) => known === language) ?? "en";
}
