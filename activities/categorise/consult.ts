// All that a decision on a new ticket's category needs, asked of Postgres in one statement.
import type { RaisingRules } from "../../domain/raising";
import type { Request, Rule } from "../../domain/rules";
import type { TicketType } from "../../domain/words";
import type { PrismaClient } from "../../prisma/client";
import type { Reasons } from "./reasons";

export interface Consulted {
  readonly request: Request;
  readonly statedType: TicketType | null;
  /** In the order of trial. */
  readonly rules: readonly Rule[];
  /** The edition of the model in use; null when there is none. */
  readonly model: number | null;
  /** Every category, with its team where it has one. */
  readonly teams: Readonly<Record<string, string | null>>;
  readonly organisation: string | null;
  /** Per team, the calendar of its windows: the organisation's own where it has one. */
  readonly windows: Readonly<Record<string, string | null>>;
  readonly triageTeam: string;
  /** Whose mailbox it came to; null: it came another way, or to the mailbox of a team that sorts for others. */
  readonly mailboxTeam: string | null;
  /** Whether the requester, or their organisation, is marked as a VIP. */
  readonly vip: boolean;
  /** The newest edition of what raises priorities; null: there is none. */
  readonly raising: RaisingRules | null;
  /** Whether any team asks requesters back. */
  readonly asksBack: boolean;
  /** What was decided before; null the first time. */
  readonly decided: Reasons | null;
}

/** Throws a RangeError when there is no such ticket, which can't be. */
export async function consult(prisma: PrismaClient, number: number): Promise<Consulted> {
  const [found] = await prisma.$queryRaw<Consulted[]>`
    SELECT
      jsonb_build_object('subject', t.subject, 'text', m.text, 'channel', t.channel,
        'requesterDomain', lower(substring(r.email FROM '[^@]*$'))) AS request,
      t.state -> 'ticket' -> 'stated' ->> 'type' AS "statedType",
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'words', words, 'channel', channel,
          'requesterDomain', lower(requester_domain), 'category', category_id, 'type', type, 'team', team_id)
          ORDER BY position, id), '[]')
        FROM rules WHERE retired_at IS NULL) AS rules,
      (SELECT edition FROM model_promotions ORDER BY id DESC LIMIT 1) AS model,
      (SELECT jsonb_object_agg(id, team_id) FROM categories) AS teams,
      o.id AS organisation,
      (SELECT jsonb_object_agg(id, coalesce(o.calendar_id, calendar_id)) FROM teams) AS windows,
      (SELECT id FROM teams WHERE triage ORDER BY id LIMIT 1) AS "triageTeam",
      (SELECT b.team_id FROM raw_mails w JOIN mailboxes b ON b.id = w.mailbox_id JOIN teams x ON x.id = b.team_id
        WHERE w.id = m.raw_mail_id AND NOT x.triage) AS "mailboxTeam",
      r.vip OR coalesce(o.vip, false) AS vip,
      (SELECT rules || jsonb_build_object('edition', edition) FROM raising_editions ORDER BY edition DESC LIMIT 1) AS raising,
      EXISTS (SELECT FROM teams WHERE cardinality(ask_back) > 0) AS "asksBack",
      (SELECT to_jsonb(d) FROM category_decisions d WHERE d.ticket = t.number) AS decided
    FROM tickets t
    JOIN requesters r ON r.id = t.requester_id
    JOIN messages m ON m.ticket = t.number AND m.version = 1
    LEFT JOIN organisations o ON lower(substring(r.email FROM '[^@]*$')) = ANY(o.domains)
    WHERE t.number = ${number} ORDER BY o.id LIMIT 1`;
  if (found === undefined) throw new RangeError("an intake without its ticket or its text");
  return found;
}
