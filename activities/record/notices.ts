// Who is to be told of what was recorded, by domain's own rule. Each notice gets its row and its id in
// the transaction of its event, so that it is owed exactly when the event stands.
import { copyTemplate, countedTemplates, isCopied } from "../../domain/audience";
import { agentsToTell, teamsToTell, told } from "../../domain/told";
import type { TeamPeople } from "../../domain/told";
import { isOwed, queuedAnew, retriable } from "../../prisma/owed";
import type { Transaction } from "../dispatch/places";
import { heldForMs } from "../mail/ledger";
import type { NewNotice, OwedNotice, RecordInput, Step } from "./shapes";

const requester = "requester";
const ref = { id: true, version: true, template: true, recipient: true } as const;

/** The notices of these steps, in order; `write` makes their rows. */
export async function noticesOf(tx: Transaction, steps: readonly Step[]): Promise<readonly NewNotice[]> {
  const owed: NewNotice[] = [];
  for (const step of steps) owed.push(...(await noticesOfStep(tx, step)));
  return owed;
}

/** What the ticket's own life is to send. */
export function toRequester<N extends OwedNotice>(notices: readonly N[]): readonly OwedNotice[] {
  return notices
    .filter(({ recipient }) => recipient === requester)
    .map(({ id, version, template, recipient }) => ({ id, version, template, recipient }));
}

/**
 * Of spam nobody is told any more. A mail that is on its way out this very moment is left to its end. What was withdrawn for a
 * reason of its own keeps that as its error, and stays away.
 */
export async function withdraw(tx: Transaction, { number, events }: RecordInput): Promise<void> {
  if (!events.some(({ kind }) => kind === "markedSpam")) return;
  await tx.$executeRaw`
    UPDATE notices SET state = 'withdrawn', token = NULL, last_error = NULL
    WHERE ticket = ${number} AND state = 'queued'
      AND (holder IS NULL OR claimed_at < clock_timestamp() - ${heldForMs} * interval '1 millisecond')`;
}

/**
 * A failed notice that somebody wants tried once more is owed again, and so is what was withdrawn from a ticket that is no
 * spam after all; whose turn it is hears of it.
 */
export async function queueAgain(tx: Transaction, { number, events }: RecordInput): Promise<readonly OwedNotice[]> {
  const ids = events.flatMap(({ kind, facts }) => (kind === "noticeRetried" ? [facts.notice] : []));
  const isBack = events.some(({ kind }) => kind === "unmarkedSpam");
  if (ids.length === 0 && !isBack) return [];
  const withdrawn = isBack ? [{ ticket: number, state: "withdrawn", lastError: null }] : [];
  const again = await tx.notice.updateManyAndReturn({
    where: { OR: [{ id: { in: ids }, state: { in: [...retriable] }, retryAt: null }, ...withdrawn] },
    data: { ...queuedAnew },
    select: ref,
  });
  for (const { id, recipient } of again) await ring(tx, recipient, id);
  return toRequester(again);
}

/**
 * Everything still owed to the requester on a ticket, in order; and whatever was settled by a run that was lost before it
 * could say so: windows count from that, and who hands it in again is told how it ended.
 */
export async function owedNotices(tx: Transaction, number: number): Promise<readonly OwedNotice[]> {
  const rows = await tx.$queryRaw<OwedNotice[]>`
    SELECT id, version, template, recipient FROM notices AS notice
    WHERE ticket = ${number} AND recipient = ${requester} AND (${isOwed}
      OR (state = 'failed' OR (state = 'unknown' AND retry_at IS NULL) OR (state = 'sent' AND template = ANY (${countedTemplates})))
        AND NOT EXISTS (
          SELECT 1 FROM events
          WHERE ticket = ${number} AND cause = 'notice:' || notice.id || ':' || notice.state || ':' || notice.attempts))`;
  return [...rows].sort((a, b) => a.version - b.version || (a.id < b.id ? -1 : 1));
}

async function ring(tx: Transaction, recipient: string, notice: string): Promise<void> {
  if (recipient === requester) return;
  const data = recipient.startsWith("webhook:") ? { kind: "webhook", subject: notice } : { kind: "notices", subject: recipient };
  await tx.outbox.create({ data: { ...data, payload: {} } });
  await tx.$queryRaw`SELECT pg_notify('perdura_outbox', '')::text`;
}

async function noticesOfStep(tx: Transaction, { before, event, after }: Step): Promise<readonly NewNotice[]> {
  const people = new Map<string, TeamPeople>();
  const gone = await goneOf(tx, agentsToTell(event, before, after));
  for (const team of teamsToTell(event, before, after, gone)) people.set(team, await peopleOf(tx, team));
  const persons = told(event, before, after, (team) => people.get(team), gone);
  const copies = isCopied(event) ? await participantsOf(tx, after.number) : [];
  return [...persons, ...copies.map((recipient) => ({ recipient, template: copyTemplate, wake: false }))].map((each, index) => ({
    id: `${after.number}.${event.version}.${index + 1}`,
    version: event.version,
    ...each,
  }));
}

/** Those of them who have been deactivated. */
async function goneOf(tx: Transaction, agents: readonly string[]): Promise<ReadonlySet<string>> {
  if (agents.length === 0) return new Set();
  const rows = await tx.agent.findMany({ where: { id: { in: [...agents] }, active: false }, select: { id: true } });
  return new Set(rows.map(({ id }) => id));
}

/**
 * Members present or not: who is at lunch wants to know, and whoever sleeps has quiet hours. Who leads or manages no more, having been
 * deactivated, is stood in for by the other of the two; where nobody is left the notice fails, for all to see.
 */
async function peopleOf(tx: Transaction, id: string): Promise<TeamPeople> {
  const members = { where: { agent: { active: true } }, orderBy: { agentId: "asc" }, select: { agentId: true } } as const;
  const who = { select: { id: true, active: true } } as const;
  const row = await tx.team.findUnique({ where: { id }, select: { lead: who, manager: who, members } });
  const [lead, manager] = [row?.lead ?? null, row?.manager ?? null];
  return {
    lead: atWork(lead, manager),
    manager: atWork(manager, lead),
    members: row?.members.map(({ agentId }) => agentId) ?? [],
  };
}

type Somebody = { readonly id: string; readonly active: boolean } | null;

function atWork(meant: Somebody, other: Somebody): string | null {
  return meant?.active === false && other?.active === true ? other.id : (meant?.id ?? null);
}

/** Who takes part beside the requester. Cc alone lets nobody in, and so reads nothing. */
async function participantsOf(tx: Transaction, ticket: number): Promise<readonly string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM participants p JOIN tickets t ON t.number = p.ticket JOIN requesters r ON r.id = t.requester_id
    WHERE p.ticket = ${ticket} AND p.state = 'member' AND p.email <> lower(r.email) ORDER BY p.created_at, p.id`;
  return rows.map(({ id }) => `participant:${id}`);
}
