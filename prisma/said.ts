// What requesters have said, on one ticket and before it: the rows that a form's known values are worked out from.
import type { Prisma } from "./generated/client";

export interface Said {
  /** What its form was filled in with, by that edition; null: it came without one. */
  readonly fields: Readonly<Record<string, string | number | boolean | readonly string[]>> | null;
  readonly edition: number | null;
  readonly statedType: string | null;
  /** The requester's public words, oldest first. */
  readonly texts: readonly string[];
}

export interface Earlier extends Said {
  /** Whether it is the same person's, or that of somebody else in their organisation. */
  readonly own: boolean;
}

/** How many tickets before this one are looked at, the newest. */
const lookedAt = 20;

/** On that ticket; null when there is none. */
export async function saidOn(db: Prisma.TransactionClient, number: number): Promise<(Said & { readonly type: string }) | null> {
  const [said] = await db.$queryRaw<(Said & { type: string })[]>`
    SELECT t.type, i.facts -> 'stated' ->> 'type' AS "statedType", i.fields, i.form_edition AS edition,
           ARRAY(SELECT m.text FROM messages m
                 WHERE m.ticket = t.number AND m.visibility = 'public' AND m.author_kind = 'requester' AND m.version IS NOT NULL
                 ORDER BY m.version) AS texts
    FROM tickets t JOIN intakes i ON i.number = t.number WHERE t.number = ${number}`;
  return said ?? null;
}

/** On the last tickets before it of the same requester, or `of` their whole organisation, oldest first. */
export async function saidBefore(
  db: Prisma.TransactionClient,
  number: number,
  of: "requester" | "organisation" | null,
): Promise<readonly Earlier[]> {
  if (of === null) return [];
  return await db.$queryRaw<Earlier[]>`
    SELECT i.facts -> 'stated' ->> 'type' AS "statedType", i.fields, i.form_edition AS edition, e.own,
           ARRAY(SELECT m.text FROM messages m
                 WHERE m.ticket = e.number AND m.visibility = 'public' AND m.author_kind = 'requester' AND m.version IS NOT NULL
                 ORDER BY m.version) AS texts
    FROM (
      SELECT b.number, b.requester_id = t.requester_id AS own
      FROM tickets t
      JOIN requesters r ON r.id = t.requester_id
      JOIN tickets b ON b.number < t.number AND b.requester_id IN (
        SELECT r.id
        UNION SELECT p.id FROM organisations o
          JOIN requesters p ON lower(substring(p.email FROM '[^@]*$')) = ANY(o.domains)
          WHERE ${of} = 'organisation' AND lower(substring(r.email FROM '[^@]*$')) = ANY(o.domains))
      WHERE t.number = ${number} ORDER BY b.number DESC LIMIT ${lookedAt}) AS e
    JOIN intakes i ON i.number = e.number
    ORDER BY e.number`;
}
