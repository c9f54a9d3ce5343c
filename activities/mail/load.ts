// Everything that a mail may speak of, read in one go. A requester's mail, or a participant's, never gets to see what is
// internal.
import type { Metric } from "../../domain/policy";
import type { Form } from "../../domain/forms/form";
import type { Instant } from "../../domain/ticket";
import { languages } from "../../domain/words";
import type { Language, Priority, Status } from "../../domain/words";
import { Prisma } from "../../prisma/client";
import type { PrismaClient } from "../../prisma/client";
import { oneLine } from "./text";

/** The facts that some mail speaks of, whichever kind of event they belong to. Instants in epoch ms. */
export interface SpokenFacts {
  readonly assignee?: string;
  /** Null where people escalated. */
  readonly metric?: Metric | null;
  readonly percent?: number | null;
  readonly level?: number;
  readonly dueAt?: Instant;
  /** When the target itself falls due. */
  readonly targetAt?: Instant | null;
  /** The keys of the fields that a requester is asked for. */
  readonly fields?: readonly string[];
  /** The ticket that was merged into this one. */
  readonly source?: number;
  /** The levels below that fell due together with this one. */
  readonly also?: readonly number[];
}

export interface Material {
  readonly number: number;
  /** How many requesters the ticket has had before the present one. */
  readonly formerRequesters: number;
  readonly subject: string;
  readonly status: Status;
  readonly priority: Priority;
  readonly deadline: Date | null;
  /** From the mail that says "solved" to closure, ms; null when nothing was promised. */
  readonly autoCloseMs: number | null;
  readonly facts: SpokenFacts;
  /** The form whose fields the facts name; null: none. */
  readonly form: Pick<Form, "fields"> | null;
  /** What is told of the wait, and the zone in which; null: nothing is known. */
  readonly wait: ToldWait | null;
  /** The member of staff who did it. */
  readonly by: string | null;
  /** Who has the ticket; after an assignment whoever got it then, though it may have moved on. */
  readonly assignee: string | null;
  /** What was written with the event; to a requester only what is public. */
  readonly text: string | null;
  /** Null for a person who can't be written to. */
  readonly address: string | null;
  /** The address of ours that the requester wrote to; null: none. */
  readonly writtenTo: string | null;
  /** Message-IDs of the requester's own mails on the ticket, oldest first, without angle brackets. */
  readonly received: readonly string[];
  /** Whether somebody's reply to a mail of ours is taken in. */
  readonly readsReplies: boolean;
  /** Whether the ticket began with a mail of its requester. */
  readonly beganByMail: boolean;
  /** Whose templates it is written by; null: nobody's own. */
  readonly brand: string | null;
  /** What goes out with the words; a member of staff looks at the ticket for it. */
  readonly attachments: readonly AttachedFile[];
  readonly language: Language;
  /** Of the reader: an IANA zone. */
  readonly timeZone: string;
}

export interface ToldWait {
  readonly toldAt: Date;
  readonly until: Date | null;
  readonly opensAt: Date | null;
  readonly position: number | null;
  readonly solvedBy: Date | null;
  readonly timeZone: string;
}

export interface AttachedFile {
  readonly name: string;
  readonly type: string;
  readonly sha256: string;
}

interface Row {
  readonly fetches: boolean;
  readonly formerRequesters: number;
  readonly writtenTo: string | null;
  readonly received: readonly string[];
  readonly channel: string;
  readonly brand: string | null;
  readonly attachments: readonly AttachedFile[];
  readonly subject: string;
  readonly status: Status;
  readonly priority: Priority;
  readonly deadline: Date | null;
  readonly autoCloseMs: number | null;
  readonly facts: SpokenFacts | null;
  readonly wait: { readonly [Fact in keyof ToldWait]: string | number | null } | null;
  readonly form: Pick<Form, "fields"> | null;
  readonly by: string | null;
  readonly assignee: string | null;
  readonly text: string | null;
  readonly address: string | null;
  readonly language: string | null;
  readonly timeZone: string | null;
}

/** Of the mails `r` to the mailboxes `b`: what they were called, and the address that the first was sent to. */
const mailsOf = Prisma.sql`
  coalesce(jsonb_agg(r.message_id ORDER BY r.received_at) FILTER (WHERE r.message_id IS NOT NULL), '[]') AS received,
  (array_agg(coalesce(
     (SELECT own FROM unnest(b.addresses) AS own
      WHERE EXISTS (SELECT 1 FROM jsonb_array_elements(coalesce(r.reading -> 'to', '[]') || coalesce(r.reading -> 'cc', '[]')) AS whom
                    WHERE lower(whom ->> 'address') = own) LIMIT 1), b.addresses[1]) ORDER BY r.received_at))[1] AS "writtenTo"`;

/** Reads what the mail needs. Throws when the ticket is not there. */
export async function load(
  prisma: PrismaClient,
  number: number,
  { version, recipient }: { readonly version: number; readonly recipient: string },
): Promise<Material> {
  const isRequester = recipient === "requester";
  const isCustomer = isRequester || recipient.startsWith("participant:");
  const [row] = await prisma.$queryRaw<Row[]>`
    SELECT coalesce((t.state -> 'ticket' ->> 'formerRequesters')::int, 0) AS "formerRequesters", t.subject, t.status, t.priority, t.deadline,
           (t.state -> 'ticket' -> 'policy' ->> 'autoCloseMs')::float8 AS "autoCloseMs",
           e.facts, f.definition AS form,
           (SELECT jsonb_build_object('toldAt', clock_timestamp(), 'until', x.until, 'opensAt', x.opens_at, 'position', x.position,
                     'solvedBy', x.solved_by, 'timeZone', coalesce(c.rules ->> 'timeZone', 'UTC'))
            FROM expectations x LEFT JOIN calendar_editions c
              ON c.calendar_id = regexp_replace(x.calendar, '@[0-9]+$', '') AND c.edition = substring(x.calendar FROM '[0-9]+$')::int
            WHERE x.ticket = t.number) AS wait, actor.name AS by, assignee.name AS assignee, m.text,
           CASE WHEN ${isRequester} THEN r.email ELSE told.email END AS address,
           CASE WHEN ${isCustomer} THEN t.language ELSE told.language END AS language, told.time_zone AS "timeZone",
           EXISTS (SELECT 1 FROM mailboxes WHERE enabled AND retired_at IS NULL AND (imap IS NOT NULL OR http_secret IS NOT NULL)) AS fetches,
           t.channel, team.brand, mails.received, mails."writtenTo", files.attachments
    FROM tickets t
    JOIN requesters r ON r.id = t.requester_id
    LEFT JOIN events e ON e.ticket = t.number AND e.version = ${version}
    LEFT JOIN form_editions f ON f.type = e.facts ->> 'form' AND f.edition = (e.facts -> 'edition')::int
    LEFT JOIN agents actor ON e.by_kind = 'staff' AND actor.id = e.by_id
    LEFT JOIN agents assignee ON assignee.id = coalesce(e.facts ->> 'assignee', t.assignee_id)
    LEFT JOIN (SELECT 'agent:' || id AS recipient, email, language, time_zone FROM agents WHERE active
               UNION ALL
               SELECT 'contact:' || id, email, language, time_zone FROM contacts WHERE retired_at IS NULL
               UNION ALL
               SELECT 'participant:' || id, email, NULL, NULL FROM participants WHERE ticket = ${number} AND state = 'member') AS told
      ON told.recipient = ${recipient}
    LEFT JOIN teams team ON team.id = t.team_id
    CROSS JOIN LATERAL (SELECT ${mailsOf} FROM messages w JOIN raw_mails r ON r.id = w.raw_mail_id JOIN mailboxes b ON b.id = r.mailbox_id
      WHERE w.ticket = t.number AND (w.author_kind = 'requester' OR w.author_kind || ':' || w.author_id = ${recipient})) AS mails
    LEFT JOIN messages m ON m.ticket = t.number AND m.id = (
        CASE WHEN ${isCustomer} THEN e.facts -> 'message' ->> 'id'
             ELSE coalesce(e.facts -> 'message' ->> 'id', e.facts -> 'reason' ->> 'id') END)::uuid
      AND (NOT ${isCustomer} OR m.visibility = 'public')
    CROSS JOIN LATERAL (
      SELECT coalesce(jsonb_agg(jsonb_build_object('name', a.name, 'type', a.type, 'sha256', a.sha256) ORDER BY a.position), '[]') AS attachments
      FROM attachments a WHERE a.message_id = m.id AND m.author_kind = 'staff' AND ${isCustomer}) AS files
    WHERE t.number = ${number}`;
  if (row === undefined) throw new RangeError("a notice without its ticket");
  const { channel, subject, facts, wait, by, assignee, address, language, timeZone } = row;
  return {
    ...row,
    number,
    wait: wait === null ? null : toldWait(wait),
    beganByMail: channel === "mail",
    readsReplies: row.fetches || row.writtenTo !== null,
    subject: oneLine(subject),
    facts: facts ?? {},
    by: by === null ? null : oneLine(by),
    assignee: assignee === null ? null : oneLine(assignee),
    address: address === null ? null : validAddress(address),
    language: spoken(language ?? "en"),
    timeZone: timeZone ?? "UTC",
  };
}

/** As JSON brings it. */
function toldWait({ toldAt, until, opensAt, position, solvedBy, timeZone }: NonNullable<Row["wait"]>): ToldWait {
  const date = (at: string | number | null): Date | null => (at === null ? null : new Date(at));
  return {
    toldAt: date(toldAt) ?? new Date(0),
    until: date(until),
    opensAt: date(opensAt),
    position: typeof position === "number" ? position : null,
    solvedBy: date(solvedBy),
    timeZone: String(timeZone),
  };
}

/** One plain address and nothing that a mail server or a header could read as two. */
function validAddress(address: string): string | null {
  return /^[^\s@<>(),:;"\\[\]\p{Cc}]+@[^\s@<>(),:;"\\[\]\p{Cc}]+$/u.test(address) ? address : null;
}

function spoken(language: string): Language {
  return languages.find((known) => known === language) ?? "en";
}
