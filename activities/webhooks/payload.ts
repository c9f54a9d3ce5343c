// What a webhook hears: ids, codes and instants, never a text, a name or an address.
import type { SpokenFacts } from "../mail/material";
import type { PrismaClient } from "../../prisma/client";

export interface Told {
  readonly ticket: number;
  readonly version: number;
}

interface Row {
  readonly kind: string | null;
  readonly at: Date | null;
  readonly facts: SpokenFacts | null;
  readonly ticket: object;
}

/** The body for one event of a ticket, as JSON; the ticket as it stands now. `publicUrl` is where the API is found. */
export async function payloadOf(prisma: PrismaClient, { ticket, version }: Told, publicUrl: string): Promise<string> {
  const [row] = await prisma.$queryRaw<[Row]>`
    SELECT e.kind, e.at, e.facts, jsonb_build_object(
      'number', t.number, 'status', t.status, 'type', t.type, 'category', t.category, 'priority', t.priority,
      'team', t.team_id, 'assignee', t.assignee_id, 'deadline', t.deadline, 'version', t.version) AS ticket
    FROM tickets t LEFT JOIN events e ON e.ticket = t.number AND e.version = ${version}
    WHERE t.number = ${ticket}`;
  const { kind, at, facts, ticket: standing } = row;
  const { metric, percent, level, dueAt, targetAt, also } = facts ?? {};
  return JSON.stringify({
    type: `ticket.${kind ?? "changed"}`,
    timestamp: at?.toISOString() ?? null,
    data: {
      event: { version, metric, percent, level, also, dueAt: iso(dueAt), targetAt: iso(targetAt) },
      ticket: standing,
      links: { ticket: `${publicUrl.replace(/\/+$/u, "")}/api/v1/tickets/${ticket}` },
    },
  });
}

function iso(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : new Date(at).toISOString();
}
