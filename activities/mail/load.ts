// Everything that a mail may speak of, read in one go. A requester's mail, or a participant's, never gets to see what is
// internal.
import type { Form } from "../../domain/forms/form";
import { languages } from "../../domain/words";
import type { Language, Priority, Status } from "../../domain/words";
import type { Content } from "../../mail/template/render";
import { Prisma } from "../../prisma/client";
import type { PrismaClient } from "../../prisma/client";
import { standingIn } from "./ledger";
import type { Owed, Settled, StandingRow } from "./ledger";
import type { AttachedFile, Material, SpokenFacts, ToldWait } from "./material";
import { oneLine } from "./text";
import { wayOf } from "./way-out";
import type { WayRow } from "./way-out";

/** With it, how the notice itself stood. */
export interface Loaded extends Material {
  readonly standing: Settled | Owed;
}

interface Row extends Omit<StandingRow, "state"> {
  /** Of the notice; null: it has no row. */
  readonly state: string | null;
  readonly fetches: boolean;
  readonly formerRequesters: number;
  readonly writtenTo: string | null;
  readonly received: readonly string[];
  readonly channel: string;
  readonly ownWords: Content | null;
  readonly isSuspended: boolean;
  readonly own: WayRow | null;
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

/** For whoever's language we don't speak. */
const otherwise: Language = "en";

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
  { id, version, template, recipient }: { readonly id: string; readonly version: number; readonly template: string; readonly recipient: string },
): Promise<Loaded> {
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
           t.channel, mails.received, mails."writtenTo", files.attachments,
           (SELECT jsonb_build_object('mailbox', o.id, 'smtp', o.smtp, 'secret', o.smtp_secret) FROM mailboxes o
            WHERE mails."writtenTo" = ANY (o.addresses) AND o.smtp IS NOT NULL AND o.retired_at IS NULL ORDER BY o.id LIMIT 1) AS own,
           n.state, n.sent_at AS "sentAt", coalesce(n.attempts, 0) AS attempts, n.retry_at AS "retryAt",
           EXISTS (SELECT FROM suppressions s WHERE s.lifted_at IS NULL
                   AND s.address = lower(CASE WHEN ${isRequester} THEN r.email ELSE told.email END)) AS "isSuspended",
           (SELECT content FROM (
              SELECT DISTINCT ON (brand) brand, content FROM mail_templates
              WHERE template = ${template} AND language = CASE WHEN t.language = ANY (${[...languages]}) THEN t.language ELSE ${otherwise} END
                AND brand IN ('', (SELECT coalesce(brand, '') FROM teams WHERE id = t.team_id)) ORDER BY brand, edition DESC) AS newest
            WHERE content IS NOT NULL ORDER BY brand DESC LIMIT 1) AS "ownWords"
    FROM tickets t
    JOIN requesters r ON r.id = t.requester_id
    LEFT JOIN notices n ON n.id = ${id} AND n.ticket = t.number
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
  const { state, sentAt, attempts, retryAt, own, ...read } = row;
  const { channel, subject, facts, wait, by, assignee, address, language, timeZone } = read;
  return {
    ...read,
    number,
    way: wayOf(own),
    standing: standingIn(state === null ? null : { state, sentAt, attempts, retryAt }),
    wait: wait === null ? null : toldWait(wait),
    beganByMail: channel === "mail",
    readsReplies: row.fetches || row.writtenTo !== null,
    subject: oneLine(subject),
    facts: facts ?? {},
    by: by === null ? null : oneLine(by),
    assignee: assignee === null ? null : oneLine(assignee),
    address: address === null ? null : validAddress(address),
    language: languages.find((known) => known === language) ?? otherwise,
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
