// One command for many tickets, as rows: written in the transaction of whoever orders it, walked by the workflow `bulk:<id>`.
// Knows rows alone; what the command means its tickets know.
import { randomUUID } from "node:crypto";
import type { Prisma } from "./generated/client";

/** What it is for, as it is shown. */
export type BulkAbout =
  | { readonly kind: "move"; readonly agent: string; readonly to: string | null; readonly why: "leave" | "deactivated" | "away" | "asked" }
  | { readonly kind: "rebalancing"; readonly team: string }
  | { readonly kind: "policy"; readonly policy: string; readonly edition: number };

export interface BulkOrder {
  readonly about: BulkAbout;
  /** Who orders it: `staff:<id>` or `system:dispatch`. */
  readonly by: string;
  /** Domain's `Actor`, as whom the tickets are commanded. */
  readonly actor: { readonly kind: string; readonly id: string; readonly role?: string };
  /** Kept with each ticket's event, where the verb takes one. */
  readonly reason: string | null;
  /** Tickets at most. */
  readonly perSecond: number;
  readonly items: readonly { readonly ticket: number; readonly verb: string; readonly args: object }[];
}

/** Its id. The commit is the promise: from then on each of the tickets is asked until it answers, once. */
export async function orderBulk(tx: Prisma.TransactionClient, { about, actor, items, ...order }: BulkOrder): Promise<string> {
  const id = randomUUID();
  const finishedAt = items.length === 0 ? new Date() : null;
  await tx.bulkCommand.create({ data: { id, ...order, about: { ...about }, actor: { ...actor }, finishedAt } });
  if (items.length === 0) return id;
  await tx.$executeRaw`
    INSERT INTO bulk_items (bulk_id, ticket, verb, args) SELECT ${id}::uuid, ticket, verb, args
    FROM jsonb_to_recordset(${JSON.stringify(items)}::jsonb) AS i (ticket int, verb text, args jsonb)`;
  await tx.$queryRaw`
    WITH told AS (INSERT INTO outbox (kind, subject, payload) VALUES ('bulk', ${id}, '{}'))
    SELECT pg_notify('perdura_outbox', '')::text`;
  return id;
}
