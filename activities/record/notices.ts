// Who is to be told of what was recorded: domain's audience, with roles made persons. Each notice gets its row and its id in
// the transaction of its event, so that it is owed exactly when the event stands.
import { audience } from "../../domain/audience";
import type { Recipient } from "../../domain/audience";
import type { TicketEvent } from "../../domain/ticket";
import type { Transaction } from "../dispatch/places";
import type { OwedNotice, Step } from "./shapes";

/** The notices of these steps, in order; `write` makes their rows. */
export async function noticesOf(tx: Transaction, steps: readonly Step[]): Promise<readonly OwedNotice[]> {
  const owed: OwedNotice[] = [];
  for (const step of steps) owed.push(...(await noticesOfStep(tx, step)));
  return owed;
}

/** A failed notice that somebody wants tried once more is owed again. */
export async function queueAgain(tx: Transaction, events: readonly TicketEvent[]): Promise<readonly OwedNotice[]> {
  const ids = events.flatMap(({ kind, facts }) => (kind === "noticeRetried" ? [facts.notice] : []));
  if (ids.length === 0) return [];
  return await tx.notice.updateManyAndReturn({
    where: { id: { in: ids }, state: "failed" },
    data: { state: "queued", token: null },
    select: { id: true, version: true, template: true, recipient: true },
  });
}

/** Everything still owed on a ticket, in order. */
export async function owedNotices(tx: Transaction, number: number): Promise<readonly OwedNotice[]> {
  const rows = await tx.notice.findMany({
    where: { ticket: number, state: "queued" },
    select: { id: true, version: true, template: true, recipient: true },
  });
  return rows.sort((a, b) => a.version - b.version || (a.id < b.id ? -1 : 1));
}

async function noticesOfStep(tx: Transaction, { before, event, after }: Step): Promise<readonly OwedNotice[]> {
  const notices = audience(event, before, after);
  const found: OwedNotice[] = [];
  for (const { recipient, template } of notices) {
    const name = await nameOf(tx, recipient, after.team);
    const isOwnAct = event.by.kind === "staff" && name === `agent:${event.by.id}`;
    if (name === null || isOwnAct || found.some((notice) => notice.recipient === name)) continue;
    found.push({ id: `${after.number}.${event.version}.${found.length + 1}`, version: event.version, template, recipient: name });
  }
  return found;
}

async function nameOf(tx: Transaction, recipient: Recipient, team: string | null): Promise<string | null> {
  switch (recipient.to) {
    case "requester":
      return "requester";
    case "agent":
      return `agent:${recipient.agent}`;
    case "lead":
    case "manager": {
      if (team === null) return null;
      const row = await tx.team.findUnique({ where: { id: team }, select: { leadId: true, managerId: true } });
      const id = recipient.to === "lead" ? row?.leadId : row?.managerId;
      return id === null || id === undefined ? null : `agent:${id}`;
    }
  }
}
