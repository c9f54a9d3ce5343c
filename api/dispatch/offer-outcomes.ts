// What became of the offers that decisions made, as the journal tells it.
import type { OfferOutcome } from "../../contract/dispatch";
import type { TicketEvent } from "../../domain/event";
import type { Ticket } from "../../domain/ticket";
import type { Prisma } from "../../prisma/client";
import { eventOf } from "../events";
import type { Db } from "../parts";
import { iso } from "../present-ticket";

type Decided = Pick<Prisma.DispatchDecisionModel, "id" | "offer">;

const answers = { assigned: "accepted", offerDeclined: "declined", offerLapsed: "lapsed", offerWithdrawn: "withdrawn" } as const;
const kinds = ["offered", ...Object.keys(answers)];

/** By decision; those that offered nothing have none. */
export async function outcomesOf(prisma: Db, ticket: Ticket, decisions: readonly Decided[]): Promise<ReadonlyMap<string, OfferOutcome>> {
  const offered = decisions.filter(({ offer }) => offer !== null);
  if (offered.length === 0) return new Map();
  const rows = await prisma.event.findMany({
    where: { ticket: ticket.number, kind: { in: kinds }, OR: offered.map(({ id }) => ({ facts: { path: ["decision"], equals: id } })) },
    orderBy: { version: "asc" },
  });
  const events = rows.map(eventOf);
  const reasons = await reasonsOf(prisma, events);
  return new Map(offered.map(({ id }) => [id, outcome(id, events, ticket, reasons)]));
}

function outcome(decision: string, events: readonly TicketEvent[], ticket: Ticket, reasons: ReadonlyMap<string, string>): OfferOutcome {
  const own = events.filter(({ facts }) => "decision" in facts && facts.decision === decision);
  const made = own.find((event) => event.kind === "offered");
  if (made?.kind !== "offered") return { state: "reserved", until: null, answeredAt: null, reason: null };
  const until = iso(made.facts.endsAt);
  const answer = own.find(({ kind }) => kind in answers);
  if (answer === undefined) {
    const state = ticket.offer?.decision === decision ? "outstanding" : "overtaken";
    return { state, until, answeredAt: null, reason: null };
  }
  const state = answers[answer.kind as keyof typeof answers];
  const reason = answer.kind === "offerDeclined" ? (reasons.get(answer.facts.reason?.id ?? "") ?? null) : null;
  return { state, until, answeredAt: iso(answer.at), reason };
}

async function reasonsOf(prisma: Db, events: readonly TicketEvent[]): Promise<ReadonlyMap<string, string>> {
  const ids = events.flatMap((event) => (event.kind === "offerDeclined" && event.facts.reason !== null ? [event.facts.reason.id] : []));
  if (ids.length === 0) return new Map();
  const texts = await prisma.message.findMany({ where: { id: { in: ids } }, select: { id: true, text: true } });
  return new Map(texts.map(({ id, text }) => [id, text]));
}
