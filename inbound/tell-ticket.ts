// "Tell the ticket": a mail that belongs to a ticket becomes a draft there, and the ticket hears of it as a fact. Told twice it
// is heard once: the draft has the mail's id, and so has the fact.
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from "@temporalio/client";
import { sha256 } from "../api/fingerprint";
import { postRebirth } from "../api/outbox";
import type { Db } from "../api/parts";
import { stateOf } from "../api/present-ticket";
import type { Actor } from "../domain/actor";
import { decide } from "../domain/decide";
import type { Command } from "../domain/decide";
import { isRefusal } from "../domain/refusal";
import { isThanks } from "../domain/thanks/thanks";
import type { HeldMessage, Instant, Intake, TextRef } from "../domain/ticket";
import { factCause, mailFacts, mailSignals, ticketType, ticketWorkflowId } from "../workflows/messages";
import type { MailFact, Told } from "../workflows/messages";
import { rebirthOptions, startOptions } from "../workflows/starts/ticket";
import type { InboundDeps, MailRef } from "./deps";
import { finish, loadWords, wordsOf } from "./become";

/** `taken`: the ticket will hear of it. Not taken: it has closed since its place was found. */
export interface Telling {
  readonly taken: boolean;
}

export function createTellTicket(deps: InboundDeps): (mail: MailRef & { readonly ticket: number }) => Promise<Telling> {
  return async ({ mail: id, ticket }) => {
    if (await hasHeard(deps.prisma, id, ticket)) {
      await finish(deps, id, "added", ticket);
      return { taken: true };
    }
    const mail = await loadWords(deps, id);
    const placement = await deps.prisma.placement.findUniqueOrThrow({ where: { mail: id } });
    const text = wordsOf(mail);
    const ref = { id, sha256: sha256(text) };
    const fact = factOf(placement as unknown as Placed, ref, { occurredAt: mail.receivedAt.getTime(), thanks: isThanks(text) });
    await keepDraft(deps.prisma, { ...ref, ticket, text, writer: fact.writer, isPublic: fact.isPublic });
    if (!(await tell(deps, ticket, fact.name, { id, by: fact.by, args: fact.args }))) return { taken: false };
    await finish(deps, id, "added", ticket);
    return { taken: true };
  };
}

/** It was told before whoever told it was killed. It may have closed since, and would refuse to hear of it. */
async function hasHeard(db: Db, mail: string, ticket: number): Promise<boolean> {
  return (await db.event.findFirst({ where: { ticket, cause: factCause(mail) }, select: { ticket: true } })) !== null;
}

interface Placed {
  readonly outcome: string;
  readonly because: string;
  readonly writer: Actor;
  readonly means: "reply" | "note" | null;
}

interface Fact {
  readonly name: MailFact;
  readonly by: Actor;
  readonly writer: Actor;
  readonly isPublic: boolean;
  readonly args: Told["args"];
}

interface Heard {
  readonly occurredAt: Instant;
  /** They are thanks and nothing else. */
  readonly thanks: boolean;
}

function factOf({ outcome, because, writer, means }: Placed, message: TextRef, { occurredAt, thanks }: Heard): Fact {
  const said = { message, occurredAt };
  switch (outcome) {
    case "staff":
      return { name: means === "reply" ? "agentReplied" : "agentNoted", by: writer, writer, isPublic: means === "reply", args: said };
    case "held": {
      const held = { id: message.id, text: message, because, writer, as: means ?? "requesterReply", occurredAt } as HeldMessage;
      return { name: "messageHeld", by: { kind: "system", id: "mail" }, writer, isPublic: means !== "note", args: held };
    }
    case "kept":
      return { name: "autoReplied", by: writer, writer, isPublic: false, args: said };
    default:
      return { name: "customerReplied", by: writer, writer, isPublic: true, args: { ...said, ...(thanks && { thanks }) } };
  }
}

interface Draft extends TextRef {
  readonly ticket: number;
  readonly text: string;
  readonly writer: Actor;
  readonly isPublic: boolean;
}

/** A mail that was given back moves on with its draft. */
async function keepDraft(db: Db, { id, sha256: hash, ticket, text, writer, isPublic }: Draft): Promise<void> {
  await db.$executeRaw`
    INSERT INTO messages AS m (id, ticket, visibility, author_kind, author_id, text, sha256, raw_mail_id)
    VALUES (${id}::uuid, ${ticket}, ${isPublic ? "public" : "internal"}, ${writer.kind}, ${writer.id}, ${text}, ${hash}, ${id}::uuid)
    ON CONFLICT (id) DO UPDATE SET ticket = excluded.ticket, visibility = excluded.visibility,
      author_kind = excluded.author_kind, author_id = excluded.author_id WHERE m.version IS NULL`;
}

/** A call to Temporal takes no longer, ms. */
const callMs = 5_000;

/** False: it is closed, and stays so. */
async function tell(deps: InboundDeps, number: number, name: MailFact, told: Omit<Told, "seen">): Promise<boolean> {
  const { temporal, prisma } = deps;
  const row = await prisma.ticket.findUniqueOrThrow({ where: { number } });
  const fact = { ...told, seen: row.version } as Told;
  const within = <T>(call: () => Promise<T>): Promise<T> => temporal.withDeadline(Date.now() + callMs, call);
  if (!row.started) await startFirst(deps, number);
  try {
    await within(() => temporal.workflow.getHandle(ticketWorkflowId(number)).signal(mailSignals[name], fact));
    return true;
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
  const { status, epoch, state } = await prisma.ticket.findUniqueOrThrow({ where: { number } });
  if (status !== "closed") {
    await postRebirth(prisma, number);
    throw new Error("The ticket is being brought back.");
  }
  // What arrived before the closing is an answer to a ticket that was not closed.
  const closed = stateOf({ state });
  const asked = { by: fact.by, at: Date.now(), cause: factCause(fact.id) };
  if (isRefusal(decide(closed, { verb: mailFacts[name], args: fact.args } as Command, asked))) return false;
  const options = { ...rebirthOptions(closed, epoch + 1), signal: mailSignals[name], signalArgs: [fact] as [Told] };
  await within(() => temporal.workflow.signalWithStart(ticketType, options));
  return true;
}

async function startFirst({ temporal, prisma }: InboundDeps, number: number): Promise<void> {
  const { facts } = await prisma.intake.findUniqueOrThrow({ where: { number }, select: { facts: true } });
  try {
    await temporal.withDeadline(Date.now() + callMs, () =>
      temporal.workflow.start(ticketType, startOptions(facts as unknown as Intake)),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
