// GET /tickets/:number/live: the workflow's own answer, or within 2 s the recorded row's, marked stale.
import { Router } from "express";
import type { LiveView } from "../contract/journal";
import { nextDue } from "../domain/due";
import { deadline } from "../domain/deadline";
import type { Ticket } from "../domain/ticket";
import { owed } from "../prisma/owed";
import { live, ticketWorkflowId } from "../workflows/messages";
import type { Live } from "../workflows/messages";
import { only } from "./answer";
import { staffWho } from "./auth";
import type { Parts } from "./parts";
import { iso, stateOf, ticketRow } from "./present-ticket";
import type { TicketRow } from "./present-ticket";
import { numberOf } from "./request";

const patienceMs = 2_000;

export function liveRoutes(parts: Parts): Router {
  const router = Router();
  router
    .route("/tickets/:number/live")
    .get(async (request, response) => {
      const row = await ticketRow(parts.prisma, numberOf(request), staffWho(response, "readLive"));
      const answer = await ask(parts, row.number);
      response.json(answer === null ? await fromRow(parts, row) : present(answer, false));
    })
    .all(only("GET"));
  return router;
}

async function ask({ temporal, log }: Parts, number: number): Promise<Live | null> {
  const handle = temporal.workflow.getHandle(ticketWorkflowId(number));
  try {
    return await temporal.withDeadline(Date.now() + patienceMs, () => handle.query(live));
  } catch (cause) {
    log.debug({ ticket: number, cause }, "the workflow did not answer");
    return null;
  }
}

async function fromRow({ prisma }: Parts, row: TicketRow): Promise<LiveView> {
  const ticket = stateOf(row);
  const due = nextDue(ticket);
  const queued = await prisma.notice.findMany({ where: { ticket: row.number, ...owed, recipient: "requester" }, select: { id: true } });
  const recorded = { ticket, recordedVersion: row.version, epoch: row.epoch, stuck: row.stuck };
  const next = due === null ? null : { at: due.at, what: due.command.verb };
  return present({ ...recorded, next, unsettledNotices: queued.map(({ id }) => id) }, true);
}

function present({ ticket, recordedVersion, epoch, next, unsettledNotices, stuck }: Live, stale: boolean): LiveView {
  return {
    stale,
    status: ticket.status,
    version: ticket.version,
    recordedVersion,
    epoch,
    next: next === null ? null : { at: iso(next.at), what: next.what },
    deadline: deadlineOf(ticket),
    pendingNotices: [...unsettledNotices],
    stuck,
  };
}

function deadlineOf(ticket: Ticket): LiveView["deadline"] {
  const first = deadline(ticket);
  return first === null ? null : { at: iso(first.at), metric: first.metric };
}
