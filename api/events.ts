// GET /tickets/:number/events: the journal, oldest first, with the texts behind the reasons.
import { Router } from "express";
import type { EventView } from "../contract/journal";
import { pageQuery } from "../contract/lists";
import type { Actor } from "../domain/actor";
import type { TicketEvent } from "../domain/event";
import type { Prisma } from "../prisma/client";
import { only } from "./answer";
import { staffWho } from "./auth";
import { readCursor, pageOf } from "./paging";
import type { Parts } from "./parts";
import { ticketRow } from "./present-ticket";
import { numberOf, queryOf } from "./request";

type Event = Prisma.EventModel;

export function eventRoutes({ prisma }: Parts): Router {
  const router = Router();
  router
    .route("/tickets/:number/events")
    .get(async (request, response) => {
      const actor = staffWho(response, "readJournal");
      const { number } = await ticketRow(prisma, numberOf(request), actor);
      const { limit, cursor } = queryOf(request, pageQuery);
      const rows = await prisma.event.findMany({
        where: { ticket: number, version: { gt: readCursor(cursor)?.version ?? 0 } },
        orderBy: { version: "asc" },
        take: limit + 1,
      });
      const page = pageOf(rows, limit, ({ version }) => ({ version }));
      const reasons = await reasonsOf(prisma, page.items);
      response.json({ ...page, items: page.items.map((row) => present(row, reasons)) });
    })
    .all(only("GET"));
  return router;
}

/** A row as domain knows it. */
export function eventOf(row: Event): TicketEvent {
  const { kind, version, cause, facts } = row;
  return { kind, version, at: row.at.getTime(), by: actorOf(row), cause, facts } as unknown as TicketEvent;
}

/** By the text's id. */
async function reasonsOf(prisma: Parts["prisma"], rows: readonly Event[]): Promise<ReadonlyMap<string, string>> {
  const ids = rows.flatMap((row) => reasonId(row) ?? []);
  const texts = await prisma.message.findMany({
    where: { id: { in: ids }, visibility: "reason" },
    select: { id: true, text: true },
  });
  return new Map(texts.map(({ id, text }) => [id, text]));
}

function reasonId({ facts }: Event): string | undefined {
  const { reason } = facts as { reason?: { id: string } | null };
  return reason?.id;
}

function present(row: Event, reasons: ReadonlyMap<string, string>): EventView {
  return {
    version: row.version,
    at: row.at.toISOString(),
    actor: { kind: row.byKind, id: row.byId, ...(row.byRole === null ? {} : { role: row.byRole }) },
    kind: row.kind,
    cause: row.cause,
    facts: row.facts as Record<string, unknown>,
    reason: reasons.get(reasonId(row) ?? "") ?? null,
  };
}

function actorOf({ byKind, byId, byRole }: Event): Actor {
  return { kind: byKind, id: byId, ...(byRole === null ? {} : { role: byRole }) } as Actor;
}
