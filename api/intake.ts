// Accepting is a commit: intake, first message and first row in one statement, or nothing. The workflow is started after it,
// and by the relay when that fails: a ticket that was accepted is never lost.
import { randomUUID } from "node:crypto";
import { spoken } from "../contract/language";
import type { Actor } from "../domain/actor";
import type { Site } from "../domain/dispatch/candidate";
import type { Values } from "../domain/forms/form";
import { unopened } from "../domain/opening";
import { store } from "../domain/state";
import type { Intake } from "../domain/ticket";
import { priorityRank } from "../domain/words";
import { Prisma } from "../prisma/client";
import { ticketType } from "../workflows/messages";
import { startOptions } from "../workflows/starts/ticket";
import { sha256 } from "./fingerprint";
import type { Core, Db } from "./parts";
import { Problem } from "./problem";

/** Somebody known already, or whoever has that address. */
export type Sender =
  | { readonly id: string }
  | {
      readonly email: string;
      readonly name: string | null;
      readonly language: string | null;
      /** Nobody has asked for that language: whoever is known keeps theirs. Left out: somebody has. */
      readonly languageIsPresumed?: true;
    };

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
  /** A filled-in form of the stated type, and the edition that judged it. */
  readonly form: { readonly edition: number; readonly values: Values } | null;
  /** Where the work is to be done; null: anywhere. */
  readonly site?: Site | null;
  /** When it reached us, epoch ms, where that was before now: its clocks count from there. */
  readonly arrivedAt?: number;
  /** The mail that it came in. */
  readonly rawMail?: string;
}

export interface Accepted {
  readonly number: number;
  /** The same request had been accepted before: this is its ticket. */
  readonly repeated: boolean;
}

/** Rejects with `key_reused` when the key stands for another request, `unavailable` when Postgres does not answer. */
export async function accept(parts: Core, submission: Submission): Promise<Accepted> {
  const { id, language, number } = await requesterOf(parts.prisma, submission.sender);
  const intake = intakeOf(submission, id, number);
  if (!(await write(parts.prisma, submission, intake, languageOf(submission.sender, language)))) {
    const before = await acceptedBefore(parts.prisma, submission);
    if (before === null) throw new Error("The ticket's number is taken by another intake.");
    return repeated(parts, before);
  }
  start(parts, intake);
  parts.metrics?.intake("accepted");
  return { number: intake.number, repeated: false };
}

function repeated({ metrics }: Core, before: Accepted): Accepted {
  metrics?.intake("repeated");
  return before;
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

interface Known {
  readonly id: string;
  readonly language: string | null;
  /** The next ticket's. */
  readonly number: number;
}

/** The requester of an address, who is added if nobody knew them. */
export async function requesterByAddress(prisma: Db, person: Person): Promise<string> {
  for (let tries = 0; tries < 3; tries += 1) {
    const [known] = await prisma.$queryRaw<{ id: string }[]>`${knownOrAdded(person)} SELECT id FROM known LIMIT 1`;
    if (known !== undefined) return known.id;
  }
  throw new Error("A requester was neither added nor found.");
}

/** What an address is known by stays as it is: a stranger cannot change it. */
async function requesterOf(prisma: Db, sender: Sender): Promise<Known> {
  // Added by somebody else at this very moment, an address is neither added nor seen yet: it is seen the next time.
  for (let tries = 0; tries < 3; tries += 1) {
    const [known] = "id" in sender ? await byId(prisma, sender.id) : await byAddress(prisma, sender);
    if (known !== undefined) return known;
  }
  throw new Error("A requester was neither added nor found.");
}

async function byId(prisma: Db, id: string): Promise<readonly Known[]> {
  return await prisma.$queryRaw<Known[]>`
    SELECT id, language, nextval('ticket_number')::int AS number FROM requesters WHERE id = ${id}::uuid`;
}

type Person = Exclude<Sender, { id: string }>;

async function byAddress(prisma: Db, person: Person): Promise<readonly Known[]> {
  return await prisma.$queryRaw<Known[]>`
    ${knownOrAdded(person)}
    SELECT id, language, nextval('ticket_number')::int AS number FROM (SELECT * FROM known LIMIT 1) AS one`;
}

function knownOrAdded({ email, name, language }: Person): Prisma.Sql {
  return Prisma.sql`
    WITH added AS (
      INSERT INTO requesters (id, email, name, language)
      VALUES (${randomUUID()}::uuid, ${email}, ${name}, ${language === null ? null : spoken(language)})
      ON CONFLICT DO NOTHING RETURNING id, language),
    known AS (
      SELECT id, language FROM added
      UNION ALL SELECT id, language FROM requesters WHERE lower(email) = lower(${email}))`;
}

function languageOf(sender: Sender, known: string | null): string {
  if ("id" in sender) return spoken(known ?? "en");
  const { language: given, languageIsPresumed = false } = sender;
  return spoken((languageIsPresumed ? (known ?? given) : (given ?? known)) ?? "en");
}

/**
 * All or nothing, in one statement. False when the same key has been accepted already. A follow-up is what a reply becomes:
 * it takes the reply's key as a command, so that the same reply can't be recorded on the first ticket as well.
 */
async function write(prisma: Db, submission: Submission, intake: Intake, language: string): Promise<boolean> {
  const { scope, key, sha256: body, form, subject, text, site = null, rawMail = null } = submission;
  const { number, intakeId, requester, channel, message, followUpOf } = intake;
  const ticket = unopened(intake);
  const at = new Date(intake.acceptedAt);
  const rows = await prisma.$queryRaw<object[]>`
    WITH
    named AS (
      INSERT INTO commands (scope, key, ticket, verb, body_sha256, state, version, not_after)
      SELECT ${scope}, ${key}, ${number}, 'requesterReply', ${body}, 'done', 1, ${at} WHERE ${followUpOf}::int IS NOT NULL
      ON CONFLICT (scope, key) DO UPDATE SET state = 'done', ticket = excluded.ticket, version = 1
      WHERE commands.state = 'unknown' AND commands.body_sha256 = excluded.body_sha256
      RETURNING ticket),
    taken AS (
      INSERT INTO intakes (id, number, scope, key, body_sha256, facts, fields, form_edition, accepted_at)
      SELECT ${intakeId}::uuid, ${number}, ${scope}, ${key}, ${body}, ${JSON.stringify(intake)}::jsonb,
             ${form === null ? null : JSON.stringify(form.values)}::jsonb, ${form?.edition ?? null}::int, ${at}
      WHERE ${followUpOf}::int IS NULL OR EXISTS (SELECT FROM named)
      ON CONFLICT DO NOTHING RETURNING number),
    opened AS (
      INSERT INTO tickets (number, status, type, priority, priority_rank, requester_id, channel, subject, language,
                           follow_up_of, created_at, updated_at, state, site)
      SELECT number, ${ticket.status}, ${ticket.type}, ${ticket.priority}, ${priorityRank(ticket.priority)},
             ${requester}::uuid, ${channel}, ${subject}, ${language}, ${followUpOf}::int, ${at}, ${at},
             ${JSON.stringify(store(ticket))}::jsonb, ${site === null ? null : JSON.stringify(site)}::jsonb
      FROM taken RETURNING number)
    INSERT INTO messages (id, ticket, visibility, author_kind, author_id, text, sha256, version, created_at, raw_mail_id)
    SELECT ${message.id}::uuid, number, 'public', 'requester', ${requester}, ${text}, ${message.sha256}, 1, ${at},
           ${rawMail}::uuid
    FROM opened RETURNING id`;
  return rows.length === 1;
}

function intakeOf(submission: Submission, requester: string, number: number): Intake {
  const { channel, stated, openedBy, acknowledge, assignee, followUpOf, text, arrivedAt = Date.now() } = submission;
  const message = { id: randomUUID(), sha256: sha256(text) };
  return {
    number,
    intakeId: randomUUID(),
    acceptedAt: arrivedAt,
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

/** Nobody waits for it. */
function start({ temporal, log }: Core, intake: Intake): void {
  temporal
    .withDeadline(Date.now() + 10_000, () => temporal.workflow.start(ticketType, startOptions(intake)))
    .catch((cause: unknown) => log.debug({ ticket: intake.number, cause }, "left to the relay to start"));
}
