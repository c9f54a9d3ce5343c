// What was sent to whom, and sending once more what failed.
import { Router } from "express";
import { pageQuery } from "../contract/lists";
import { noticeListQuery } from "../contract/mail-out";
import type { NoticeView } from "../contract/journal";
import { actorId } from "../domain/actor";
import type { Prisma } from "../prisma/client";
import { queuedAnew, retriable } from "../prisma/owed";
import { only } from "./answer";
import { staffWho } from "./auth";
import { execute } from "./commands";
import { fingerprint } from "./fingerprint";
import { versionOf } from "./noted";
import { post, ringFor } from "./outbox";
import { pageOf, readCursor, readMoment } from "./paging";
import type { Place } from "./paging";
import type { Db, Parts } from "./parts";
import { presentNotices } from "./present-notices";
import { ticketRow } from "./present-ticket";
import { notFound, Problem } from "./problem";
import { keyOf, nameOf, numberOf, queryOf } from "./request";

type Notice = Prisma.NoticeModel;

export function noticeRoutes(parts: Parts): Router {
  const { prisma } = parts;
  const router = Router();
  router
    .route("/tickets/:number/notices")
    .get(async (request, response) => {
      const row = await ticketRow(prisma, numberOf(request), staffWho(response, "readNotices"));
      const { limit, cursor } = queryOf(request, pageQuery);
      const rows = await readNotices(prisma, row.number, readCursor(cursor), limit + 1);
      const page = pageOf(rows, limit, ({ version, id }): Place => ({ version, id }));
      response.json({ ...page, items: await presentNotices(prisma, row, page.items) });
    })
    .all(only("GET"));
  router
    .route("/notices")
    .get(async (request, response) => {
      const actor = staffWho(response, "readNotices");
      const { limit, cursor, state } = queryOf(request, noticeListQuery);
      const after = readMoment(cursor);
      const where: Prisma.NoticeWhereInput = {
        AND: [
          state === undefined ? {} : { OR: state.map(inState) },
          after === undefined ? {} : { OR: [{ createdAt: { gt: after.at } }, { createdAt: after.at, id: { gt: after.id } }] },
        ],
      };
      const rows = await prisma.notice.findMany({ where, orderBy: [{ createdAt: "asc" }, { id: "asc" }], take: limit + 1 });
      const page = pageOf(rows, limit, ({ createdAt, id }) => ({ at: createdAt.toISOString(), id }));
      const items = await Promise.all(
        page.items.map(async (row) => {
          const [view] = await presentNotices(prisma, await ticketRow(prisma, row.ticket, actor), [row]);
          return { ...view, ticket: row.ticket };
        }),
      );
      response.json({ ...page, items });
    })
    .all(only("GET"));
  router
    .route("/notices/:id/retry")
    .post(async (request, response) => {
      const actor = staffWho(response, "retryNotice");
      const id = nameOf(request, "id", "notice");
      const notice = await prisma.notice.findUnique({ where: { id } });
      if (notice === null) throw notFound("notice");
      const row = await ticketRow(prisma, notice.ticket, actor);
      const key = keyOf(request, response);
      const order = { actor, verb: "retryNotice", number: row.number, key, sha256: fingerprint({ verb: "retryNotice", number: row.number, body: { id } }) } as const;
      const command = { scope: actorId(actor), key, sha256: order.sha256 };
      // Whoever has lost the answer and asks again is told how it stands now.
      if ((await versionOf(prisma, command)) === null) {
        mustHaveFailed(notice);
        if (row.status === "closed") await prisma.$transaction((tx) => retryOutsideItsLife(tx, notice, { ...command, version: row.version }));
        else await execute(parts, { ...order, args: () => ({ notice: id }) });
      }
      const now = await prisma.notice.findUniqueOrThrow({ where: { id } });
      response.json((await presentNotices(prisma, row, [now]))[0]);
    })
    .all(only("POST"));
  return router;
}

/** `held` and `queued` share a state in the rows: what is held waits on purpose. */
function inState(state: NoticeView["state"]): Prisma.NoticeWhereInput {
  const isHeld = { heldUntil: { gt: new Date() } };
  if (state === "held") return { state: "queued", ...isHeld };
  return state === "queued" ? { state, NOT: isHeld } : { state };
}

async function readNotices(prisma: Db, ticket: number, after: Place | undefined, take: number): Promise<Notice[]> {
  return await prisma.notice.findMany({
    where: {
      ticket,
      ...(after && {
        OR: [{ version: { gt: after.version } }, { version: after.version, id: { gt: after.id ?? "" } }],
      }),
    },
    orderBy: [{ version: "asc" }, { id: "asc" }],
    take,
  });
}

function mustHaveFailed({ state, retryAt }: Notice): void {
  if (retriable.some((end) => end === state) && retryAt === null) return;
  const isOver = state === "sent" || state === "withdrawn";
  const why = isOver ? `It was ${state}; sending it again would be a second mail.` : "It is being sent already.";
  throw new Problem("not_allowed_now", why, { facts: { state } });
}

/** Under which key, and what it stands for; `version`: of the ticket, which a closed one keeps. */
interface Asked {
  readonly scope: string;
  readonly key: string;
  readonly sha256: string;
  readonly version: number;
}

/**
 * A closed ticket's workflow is gone: the relay gives the requester's notice to a courier, everybody else's to their own
 * workflow. Two who ask at once send one.
 */
async function retryOutsideItsLife(tx: Db, { id, ticket, version, template, recipient }: Notice, command: Asked): Promise<void> {
  const where = { id, state: { in: [...retriable] }, retryAt: null };
  const { count } = await tx.notice.updateMany({ where, data: queuedAnew });
  if (count === 0) return;
  const { scope, key, sha256 } = command;
  await tx.command.create({ data: { scope, key, ticket, verb: "retryNotice", bodySha256: sha256, state: "done", version: command.version, notAfter: new Date() } });
  const payload = { number: ticket, notices: [{ id, version, template, recipient }] };
  await post(tx, recipient === "requester" ? { kind: "courier", subject: id, payload } : ringFor(recipient, id));
}
