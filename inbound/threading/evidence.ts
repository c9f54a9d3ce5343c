// Everything by which a mail's place is decided, read in one go: what its traces lead to, and how its sender stands there.
import { replyMeans } from "../../domain/audience";
import { numbersIn } from "../../domain/threading/which-ticket";
import type { Evidence, Standing, Trace } from "../../domain/threading/which-ticket";
import { endOfMerges, threadOf } from "../../prisma/merged";
import { forwardedFrom } from "../../mail/forwarded";
import type { SignedAddresses } from "../../mail/signed/addresses";
import type { Db } from "../../api/parts";
import type { Mail } from "./mail";
import { referredTo, signedTraces } from "./traces";
import type { Signed } from "./traces";

export async function gather(db: Db, signed: SignedAddresses, mail: Mail): Promise<Evidence> {
  const { reading, sender, recipients, isAuthentic } = mail;
  const leads = [...(await signedTo(db, signedTraces(signed, recipients, reading))), ...(await referenced(db, mail))];
  // What leads to a ticket that was merged leads to the one that stands for it.
  const traces: Trace[] = [];
  for (const trace of leads) traces.push({ ...trace, ticket: await endOfMerges(db, trace.ticket) });
  const standings: Standing[] = [];
  for (const ticket of new Set(traces.map(({ ticket: number }) => number))) {
    const standing = await standingOf(db, ticket, mail);
    if (standing !== null) standings.push(standing);
  }
  const agent = sender === null ? null : await agentAt(db, sender);
  return {
    traces,
    standings,
    agent,
    isAuthentic,
    isAutomatic: reading.kind !== "message" && reading.kind !== "quarantined",
    isUnattended: reading.unanswered === "automatic" || reading.unanswered === "no-return",
    isForward: agent !== null && forwardedFrom(reading.subject, reading.text) !== null,
  };
}

/** The first ticket that is there of those whose numbers the subject seems to name. */
export async function hintOf(db: Db, subject: string | null): Promise<number | null> {
  const numbers = subject === null ? [] : numbersIn(subject).slice(0, 5);
  if (numbers.length === 0) return null;
  const found = await db.ticket.findMany({ where: { number: { in: [...numbers] } }, select: { number: true } });
  return numbers.find((number) => found.some((row) => row.number === number)) ?? null;
}

/** A signed address made for one notice was made for its reader. */
async function signedTo(db: Db, signed: readonly Signed[]): Promise<Trace[]> {
  const traces: Trace[] = [];
  for (const { by, ticket, notice } of signed) {
    const row = notice === null ? null : await db.notice.findUnique({ where: { id: notice }, select: { recipient: true, template: true } });
    const reader = row?.recipient.startsWith("agent:") === true ? row.recipient.slice("agent:".length) : null;
    const agent = row === null || reader === null ? {} : { agent: { id: reader, means: replyMeans(row.template) } };
    traces.push({ by, ticket, ...agent });
  }
  return traces;
}

/** Mails that we hold and that are on a ticket. */
async function referenced(db: Db, { id, reading }: Mail): Promise<Trace[]> {
  const ids = referredTo(reading);
  if (ids.length === 0) return [];
  const rows = await db.$queryRaw<{ messageId: string; ticket: number }[]>`
    SELECT m.message_id AS "messageId", coalesce(p.ticket, m.ticket) AS ticket
    FROM raw_mails m JOIN placements p ON p.mail = m.id
    WHERE m.message_id = ANY(${[...ids]}) AND m.id <> ${id}::uuid AND coalesce(p.ticket, m.ticket) IS NOT NULL
    ORDER BY m.received_at, m.id`;
  const traces: Trace[] = [];
  for (const id of ids) {
    const row = rows.find(({ messageId }) => messageId === id);
    if (row !== undefined) traces.push({ by: "reference", ticket: row.ticket });
  }
  return traces;
}

async function agentAt(db: Db, email: string): Promise<string | null> {
  const [row] = await db.$queryRaw<{ id: string }[]>`SELECT id FROM agents WHERE lower(email) = ${email} AND active ORDER BY id LIMIT 1`;
  return row?.id ?? null;
}

interface StandingRow {
  readonly requester: string;
  /** It, or what was merged into it. */
  readonly isTheirs: boolean;
  readonly closedAt: number | null;
  readonly state: string | null;
  readonly wasCopied: boolean;
  readonly isColleague: boolean;
  readonly lettingCopied: boolean;
  readonly lettingColleagues: boolean;
}

/** Null: there is no such ticket (any more). */
async function standingOf(db: Db, ticket: number, { sender, receivedAt }: Mail): Promise<Standing | null> {
  const email = sender ?? "";
  const domain = domainOf(email);
  const thread = [...(await threadOf(db, ticket))];
  const [row] = await db.$queryRaw<StandingRow[]>`
    SELECT lower(r.email) AS requester,
           CASE WHEN t.status = 'closed' THEN coalesce((t.state -> 'ticket' ->> 'closedAt')::float8, 0) END AS "closedAt",
           EXISTS (SELECT FROM tickets x JOIN requesters xr ON xr.id = x.requester_id
                   WHERE x.number = ANY(${thread}) AND lower(xr.email) = ${email}) AS "isTheirs",
           (SELECT state FROM participants WHERE ticket = ANY(${thread}) AND email = ${email}
            ORDER BY ticket = t.number DESC, state LIMIT 1) AS state,
           EXISTS (SELECT FROM placements p WHERE p.ticket = ANY(${thread}) AND p.sender = lower(r.email) AND ${email} = ANY(p.copied)) AS "wasCopied",
           EXISTS (SELECT FROM organisations o
                   WHERE ${domain} = ANY(o.domains) AND split_part(lower(r.email), '@', 2) = ANY(o.domains)) AS "isColleague",
           coalesce(m.lets_copied_in, false) AS "lettingCopied", coalesce(m.lets_colleagues_in, false) AS "lettingColleagues"
    FROM tickets t JOIN requesters r ON r.id = t.requester_id LEFT JOIN teams m ON m.id = t.team_id
    WHERE t.number = ${ticket}`;
  if (row === undefined) return null;
  const { requester, isTheirs, closedAt, state, wasCopied, isColleague, lettingCopied, lettingColleagues } = row;
  const isOut = state === "removed" || email === "";
  return {
    ticket,
    isClosed: closedAt !== null,
    wasClosed: closedAt !== null && receivedAt >= closedAt,
    isRequester: email !== "" && isTheirs,
    isParticipant: state === "member",
    wasCopied: !isOut && wasCopied && domain === domainOf(requester),
    isColleague: !isOut && isColleague,
    lettingCopied,
    lettingColleagues,
  };
}

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf("@") + 1);
}
