// Accepting is a commit: requester, intake, first message and first row in one transaction, or nothing. The workflow is
// started after it, and by the relay when that fails: a ticket that was accepted is never lost.
import { randomUUID } from "node:crypto";
import { spoken } from "../contract/language";
import type { Actor } from "../domain/actor";
import { unopened } from "../domain/opening";
import { store } from "../domain/state";
import type { Intake } from "../domain/ticket";
import { priorityRank } from "../domain/words";
import type { Prisma } from "../prisma/client";
import { ticketType, startOptions } from "../workflows/messages";
import { sha256 } from "./fingerprint";
import type { Db, Parts } from "./parts";
import { Problem } from "./problem";

/** Somebody known already, or whoever has that address. */
export type Sender =
  | { readonly id: string }
  | { readonly email: string; readonly name: string | null; readonly language: string | null };

export interface Submission extends Pick<Intake, "channel" | "stated" | "acknowledge" | "assignee" | "followUpOf"> {
  /** Whose keys these are. */
  readonly scope: string;
  readonly key: string;
  /** Of the body as sent. */
  readonly sha256: string;
  readonly sender: Sender;
  readonly subject: string;
  readonly text: string;
  readonly openedBy: Extract<Actor, { kind: "staff" }> | null;
  readonly fields: Readonly<Record<string, string | number | boolean>> | null;
}

export interface Accepted {
  readonly number: number;
  /** The same request had been accepted before: this is its ticket. */
  readonly repeated: boolean;
}

/** Rejects with `key_reused` when the key stands for another request, `unavailable` when Postgres does not answer. */
export async function accept(parts: Parts, submission: Submission): Promise<Accepted> {
  const before = await acceptedBefore(parts.prisma, submission);
  if (before !== null) return before;
  const intake = await parts.prisma.$transaction((tx) => write(tx, submission), { maxWait: 3_500, timeout: 2_500 });
  if (intake === null) {
    const other = await acceptedBefore(parts.prisma, submission);
    if (other === null) throw new Error("The ticket's number is taken by another intake.");
    return other;
  }
  start(parts, intake);
  return { number: intake.number, repeated: false };
}

/** The ticket that this request has become already, or null. */
export async function acceptedBefore(
  prisma: Db,
  { scope, key, sha256: asked }: Pick<Submission, "scope" | "key" | "sha256">,
): Promise<Accepted | null> {
  const intake = await prisma.intake.findUnique({
    where: { scope_key: { scope, key } },
    select: { number: true, bodySha256: true },
  });
  if (intake === null) return null;
  if (intake.bodySha256 !== asked) {
    throw new Problem("key_reused", "This key was used for another request.", { facts: { key } });
  }
  return { number: intake.number, repeated: true };
}

/** Null when the same key was accepted at the same moment: nothing is left behind then but a known address. */
async function write(tx: Db, submission: Submission): Promise<Intake | null> {
  const requester = await requesterOf(tx, submission.sender);
  const intake = intakeOf(submission, requester.id, await nextNumber(tx));
  const { count } = await tx.intake.createMany({ data: intakeRow(submission, intake), skipDuplicates: true });
  if (count === 0) return null;
  await tx.ticket.create({ data: ticketRow(submission, intake, languageOf(submission.sender, requester)) });
  await tx.message.create({ data: messageRow(submission, intake) });
  return intake;
}

/** What an address is known by stays as it is: a stranger cannot change it. */
async function requesterOf(tx: Db, sender: Sender): Promise<{ id: string; language: string | null }> {
  if ("id" in sender) return await tx.requester.findUniqueOrThrow({ where: { id: sender.id } });
  const { email, name, language } = sender;
  await tx.$executeRaw`
    INSERT INTO requesters (id, email, name, language)
    VALUES (${randomUUID()}::uuid, ${email}, ${name}, ${language === null ? null : spoken(language)})
    ON CONFLICT DO NOTHING`;
  const rows = await tx.$queryRaw<{ id: string; language: string | null }[]>`
    SELECT id, language FROM requesters WHERE lower(email) = lower(${email})`;
  if (rows[0] === undefined) throw new Error("A requester was neither added nor found.");
  return rows[0];
}

function languageOf(sender: Sender, known: { language: string | null }): string {
  const given = "id" in sender ? null : sender.language;
  return spoken(given ?? known.language ?? "en");
}

async function nextNumber(tx: Db): Promise<number> {
  const [row] = await tx.$queryRaw<{ number: number }[]>`SELECT nextval('ticket_number')::int AS number`;
  if (row === undefined) throw new Error("The sequence gave no number.");
  return row.number;
}

function intakeOf(submission: Submission, requester: string, number: number): Intake {
  const { channel, stated, openedBy, acknowledge, assignee, followUpOf, text } = submission;
  const message = { id: randomUUID(), sha256: sha256(text) };
  const acceptedAt = Date.now();
  return {
    number,
    intakeId: randomUUID(),
    acceptedAt,
    channel,
    requester,
    message,
    stated,
    openedBy,
    acknowledge,
    assignee,
    followUpOf,
  };
}

function intakeRow(submission: Submission, intake: Intake): Prisma.IntakeCreateManyInput {
  const { scope, key, sha256: bodySha256, fields } = submission;
  return {
    id: intake.intakeId,
    number: intake.number,
    scope,
    key,
    bodySha256,
    facts: intake as unknown as Prisma.InputJsonObject,
    ...(fields === null ? {} : { fields }),
    acceptedAt: new Date(intake.acceptedAt),
  };
}

function ticketRow({ subject }: Submission, intake: Intake, language: string): Prisma.TicketUncheckedCreateInput {
  const ticket = unopened(intake);
  const at = new Date(intake.acceptedAt);
  return {
    number: ticket.number,
    status: ticket.status,
    type: ticket.type,
    priority: ticket.priority,
    priorityRank: priorityRank(ticket.priority),
    requesterId: ticket.requester,
    channel: ticket.channel,
    subject,
    language,
    followUpOf: ticket.followUpOf,
    createdAt: at,
    updatedAt: at,
    state: store(ticket) as unknown as Prisma.InputJsonObject,
  };
}

function messageRow({ text }: Submission, intake: Intake): Prisma.MessageUncheckedCreateInput {
  return {
    ...intake.message,
    ticket: intake.number,
    visibility: "public",
    authorKind: "requester",
    authorId: intake.requester,
    text,
    // The first event of every ticket: `opened`.
    version: 1,
    createdAt: new Date(intake.acceptedAt),
  };
}

/** Nobody waits for it. */
function start({ temporal, log }: Parts, intake: Intake): void {
  temporal
    .withDeadline(Date.now() + 10_000, () => temporal.workflow.start(ticketType, startOptions(intake)))
    .catch((cause: unknown) => log.debug({ ticket: intake.number, cause }, "left to the relay to start"));
}
