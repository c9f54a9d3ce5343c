// Which tickets a list shows and in what order. Keyset pages: each goes on behind the last row of the one before.
import { z } from "zod";
import type { List, SortField, TicketListQuery } from "../contract/lists";
import type { Actor } from "../domain/actor";
import type { Prisma } from "../prisma/client";
import { sha256 } from "./fingerprint";
import { decode, pageOf } from "./paging";
import type { Db } from "./parts";
import { withRequester } from "./present-ticket";
import type { TicketRow } from "./present-ticket";

type Where = Prisma.TicketWhereInput;
type Sort = TicketListQuery["sort"];

/** Where a page ended: the sorted value (instants in ms) and the number that decides between equals. */
const end = z.strictObject({ list: z.string(), value: z.number().nullable(), number: z.int() });
type End = z.infer<typeof end>;

export async function listTickets(prisma: Db, query: TicketListQuery, actor: Actor): Promise<List<TicketRow>> {
  const { sort, limit, cursor } = query;
  const list = nameOf(query);
  const where = await filters(prisma, query, actor);
  const beyond = cursor === undefined ? {} : after(sort, decode(cursor, end.extend({ list: z.literal(list) })));
  const rows = await prisma.ticket.findMany({
    where: { AND: [where, beyond] },
    orderBy: order(sort),
    include: withRequester,
    take: limit + 1,
  });
  return pageOf(rows, limit, (row): End => ({ list, value: valueOf(row, sort.field), number: row.number }));
}

/** A cursor goes on with the list that it came from, and no other. */
function nameOf({ limit: _limit, cursor: _cursor, ...query }: TicketListQuery): string {
  return sha256(JSON.stringify(query)).slice(0, 12);
}

async function filters(prisma: Db, query: TicketListQuery, actor: Actor): Promise<Where> {
  const { status, priority, team, assignee, requester, aside } = query;
  return {
    ...(aside !== "any" && { aside: aside === "none" ? null : aside }),
    ...(status && { status: { in: status } }),
    ...(priority && { priority: { in: priority } }),
    ...(team && { teamId: team === "none" ? null : team }),
    ...(assignee && { assigneeId: assignee === "none" ? null : assignee === "me" ? actor.id : assignee }),
    ...(requester && { requesterId: { in: await requesterIds(prisma, requester) } }),
  };
}

/** Postgres compares addresses, by the same rule as when they were first stored. */
async function requesterIds(prisma: Db, requester: string): Promise<string[]> {
  if (!requester.includes("@")) return [requester];
  const rows = await prisma.$queryRaw<{ id: string }[]>`
    SELECT id FROM requesters WHERE lower(email) = lower(${requester})`;
  return rows.map(({ id }) => id);
}

const columns = {
  updatedAt: "updatedAt",
  createdAt: "createdAt",
  deadline: "deadline",
  number: "number",
  priority: "priorityRank",
} as const satisfies Record<SortField, string>;

/** Tickets without a deadline come last, or first when the order is turned round: as the index has them. */
function order({ field, descending }: Sort) {
  const sort = descending ? ("desc" as const) : ("asc" as const);
  if (field === "number") return [{ number: sort }];
  if (field === "deadline") {
    return [{ deadline: { sort, nulls: descending ? ("first" as const) : ("last" as const) } }, { number: sort }];
  }
  return [{ [columns[field]]: sort }, { number: sort }];
}

function after({ field, descending }: Sort, { value, number }: End): Where {
  const beyond = descending ? "lt" : "gt";
  if (field === "number") return { number: { [beyond]: number } };
  const column = columns[field];
  if (value === null) {
    const rest: Where = { deadline: null, number: { [beyond]: number } };
    return descending ? { OR: [rest, { deadline: { not: null } }] } : rest;
  }
  const bound = column === "priorityRank" ? value : new Date(value);
  const rest: Where[] = [{ [column]: { [beyond]: bound } }, { [column]: bound, number: { [beyond]: number } }];
  if (field === "deadline") return { OR: descending ? rest : [...rest, { deadline: null }] };
  // Redundant, and what lets Postgres start reading its index where the page begins.
  return { [column]: { [descending ? "lte" : "gte"]: bound }, OR: rest };
}

function valueOf(row: TicketRow, field: SortField): number | null {
  const value = row[columns[field]];
  return value instanceof Date ? value.getTime() : value;
}
