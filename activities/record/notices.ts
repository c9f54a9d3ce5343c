// Who is to be told of what was recorded: domain's audience, with roles made persons. Each notice gets its row and its id in
// the transaction of its event, so that it is owed exactly when the event stands.
import { audience } from "../../domain/audience";
import type { Recipient } from "../../domain/audience";
import type { Transaction } from "../dispatch/places";
import type { OwedNotice } from "./shapes";
import type { Step } from "./record";

/** Writes the notices of these steps, and queues again what a retry asks for. */
export async function oweNotices(tx: Transaction, steps: readonly Step[]): Promise<readonly OwedNotice[]> {
  const owed: OwedNotice[] = [];
  for (const step of steps) {
    if (step.event.kind === "noticeRetried") await queueAgain(tx, step.event.facts.notice, owed);
    owed.push(...(await noticesOf(tx, step)));
  }
  const fresh = owed.filter(({ version }) => steps.some(({ event }) => event.version === version));
  if (fresh.length > 0) {
    const ticket = steps[0]?.after.number ?? 0;
    await tx.notice.createMany({ data: fresh.map((notice) => ({ ...notice, ticket })) });
  }
  return owed;
}

/** Everything still owed on a ticket, in order. */
export async function owedNotices(tx: Transaction, number: number): Promise<readonly OwedNotice[]> {
  const rows = await tx.notice.findMany({
    where: { ticket: number, state: "queued" },
    select: { id: true, version: true, template: true, recipient: true },
  });
  return rows.sort((a, b) => a.version - b.version || (a.id < b.id ? -1 : 1));
}

async function noticesOf(tx: Transaction, { before, event, after }: Step): Promise<readonly OwedNotice[]> {
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

async function queueAgain(tx: Transaction, id: string, owed: OwedNotice[]): Promise<void> {
  const { count } = await tx.notice.updateMany({ where: { id, state: "failed" }, data: { state: "queued", token: null } });
  if (count === 0) return;
  const { version, template, recipient } = await tx.notice.findUniqueOrThrow({ where: { id } });
  owed.push({ id, version, template, recipient });
}
