// What of tickets decides which SLA policy they are under: one statement for whoever asks.
import type { Prisma } from "./generated/client";

export interface PlacedRow {
  readonly number: number;
  readonly team: string | null;
  readonly type: string;
  readonly category: string | null;
  readonly channel: string;
  /** Found by the domain of the requester's address. */
  readonly organisation: string | null;
  /** The calendar of the windows that wait for the requester: the organisation's, else the team's. */
  readonly windows: string | null;
}

/** In the order of their numbers. `team`: where they will be, when their rows don't say so yet. */
export async function placedTickets(prisma: Prisma.TransactionClient, numbers: readonly number[], team: string | null = null): Promise<PlacedRow[]> {
  return await prisma.$queryRaw<PlacedRow[]>`
    SELECT DISTINCT ON (t.number) t.number, t.team_id AS team, t.type, t.category, t.channel, o.id AS organisation,
           coalesce(o.calendar_id, m.calendar_id) AS windows
    FROM tickets t
    JOIN requesters r ON r.id = t.requester_id
    LEFT JOIN teams m ON m.id = coalesce(${team}, t.team_id)
    LEFT JOIN organisations o ON lower(substring(r.email FROM '[^@]*$')) = ANY(o.domains)
    WHERE t.number = ANY(${[...numbers]}) ORDER BY t.number, o.id`;
}
