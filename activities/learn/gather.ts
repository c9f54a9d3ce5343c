// What the desk has learned from: its closed tickets, and those that somebody categorised by hand. Texts stay in
// this process.
import type { PrismaClient } from "../../prisma/client";
import type { TicketType } from "../../domain/words";
import { factsOf, textOf } from "../categorise/examples";

export interface Taught {
  readonly number: number;
  readonly text: string;
  readonly facts: readonly string[];
  readonly label: string;
  readonly type: TicketType;
  readonly team: string | null;
  readonly changedAt: Date;
}

/** The newest first; what was left uncategorised teaches nothing. */
export async function gather(prisma: PrismaClient): Promise<readonly Taught[]> {
  const rows = await prisma.$queryRaw<Row[]>`
    SELECT t.number, t.category, t.type, t.team_id AS team, t.channel, t.subject, left(m.text, ${longestText}) AS text,
      lower(substring(r.email FROM '[^@]*$')) AS "requesterDomain", t.updated_at AS "changedAt"
    FROM tickets t
    JOIN requesters r ON r.id = t.requester_id
    JOIN messages m ON m.ticket = t.number AND m.version = 1
    JOIN categories c ON c.id = t.category AND c.id <> 'uncategorised'
    WHERE t.aside IS DISTINCT FROM 'spam' AND (t.status = 'closed'
      OR EXISTS (SELECT FROM events e WHERE e.ticket = t.number AND e.kind = 'categorised' AND e.by_kind = 'staff'))
    ORDER BY t.number DESC LIMIT ${mostExamples}`;
  return rows.map(({ number, category: label, type, team, changedAt, ...request }) => {
    return { number, label, type, team, changedAt, text: textOf(request), facts: factsOf(request) };
  });
}

/** More teach little, and old ones what is no longer so. */
const mostExamples = 20_000;
/** In characters: more is not read. */
const longestText = 4_000;

interface Row {
  readonly number: number;
  readonly category: string;
  readonly type: TicketType;
  readonly team: string | null;
  readonly channel: "web" | "phone" | "api" | "chat" | "mail";
  readonly subject: string;
  readonly text: string;
  readonly requesterDomain: string;
  readonly changedAt: Date;
}
