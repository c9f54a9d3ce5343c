// "Find its ticket": where a mail that was read belongs, and why. The decision is domain's; what it rests on is read here, and
// what it was is kept for staff to see. Decided again, should the ticket close meanwhile, the last decision counts.
import { randomUUID } from "node:crypto";
import { actorId } from "../domain/actor";
import type { Actor, Role } from "../domain/actor";
import { whichTicket } from "../domain/threading/which-ticket";
import type { Placement } from "../domain/threading/which-ticket";
import { forwardedFrom } from "../mail/forwarded";
import { threadOf } from "../prisma/merged";
import { factCause } from "../workflows/messages";
import type { Db } from "../api/parts";
import { mailKey } from "./become";
import type { InboundDeps, MailRef } from "./deps";
import { gather, hintOf } from "./threading/evidence";
import { identityOf, loadMail, nameOf } from "./threading/mail";
import type { Mail } from "./threading/mail";
import { mayStillBeNamed } from "./threading/predecessor";

/** Ids and codes only: this enters Temporal. */
export type Destination =
  | { readonly to: "new ticket"; readonly because: string }
  /** The requester goes on with what is closed by now. */
  | { readonly to: "follow-up"; readonly number: number; readonly because: string }
  /** It is told to a ticket that is there; `as` says as what. Told again, it is heard once. */
  | { readonly to: "ticket"; readonly number: number; readonly as: "ticket" | "staff" | "held" | "kept"; readonly because: string }
  /** What it answers has not found its own place yet. */
  | { readonly to: "wait" }
  /** It is kept, and changes no ticket. `number`: it is there already. */
  | { readonly to: "nobody"; readonly why: string; readonly number: number | null };

/** `patient`: it may be answered that the mail has to wait. */
export function createFindTicket({ prisma, signed }: InboundDeps): (mail: MailRef & { readonly patient?: boolean }) => Promise<Destination> {
  return async ({ mail: id, patient = false }) => {
    const mail = await loadMail(prisma, id);
    const done = await doneBefore(prisma, mail);
    if (done !== null) return done;
    const identity = identityOf(mail.reading);
    const first = await prisma.placement.findUnique({ where: { identity }, select: { mail: true, ticket: true } });
    if (first !== null && first.mail !== id) return await repeated(prisma, mail, first);
    // Asked first: what finds its own place in between is then among the evidence.
    const mayWait = patient && (await mayStillBeNamed(prisma, mail));
    const evidence = await gather(prisma, signed, mail);
    if (mayWait && evidence.traces.length === 0) return { to: "wait" };
    const placement = whichTicket(evidence);
    try {
      await prisma.$transaction((tx) => keep(tx, mail, identity, placement));
    } catch (error) {
      // The same mail was placed at this very moment, by the other route it came.
      const other = await prisma.placement.findUnique({ where: { identity }, select: { mail: true, ticket: true } });
      if (other === null || other.mail === id) throw error;
      return await repeated(prisma, mail, other);
    }
    return destinationOf(placement);
  };
}

/** Where it has taken effect in an earlier run: there it is finished, wherever it would belong by now. */
async function doneBefore(db: Db, { id, mailbox }: Mail): Promise<Destination | null> {
  const where = { scope_key: mailKey(id, mailbox.id) };
  const [told, opened] = await Promise.all([
    db.event.findFirst({ where: { cause: factCause(id) }, select: { ticket: true } }),
    db.intake.findUnique({ where, select: { number: true } }),
  ]);
  if (told !== null) return { to: "ticket", number: told.ticket, as: "ticket", because: "told-already" };
  return opened === null ? null : { to: "new ticket", because: "opened-already" };
}

function destinationOf(placement: Placement): Destination {
  switch (placement.to) {
    case "new":
      return { to: "new ticket", because: placement.because };
    case "follow-up":
      return { to: "follow-up", number: placement.ticket, because: placement.because };
    case "nobody":
      return { to: "nobody", why: "auto-reply", number: null };
    default:
      return { to: "ticket", number: placement.ticket, as: placement.to, because: placement.because };
  }
}

async function repeated(db: Db, { id, sender }: Mail, { mail: sameAs, ticket }: { mail: string; ticket: number | null }): Promise<Destination> {
  const data = { outcome: "repeated", because: "same-mail", sameAs, ticket, sender };
  await db.placement.upsert({ where: { mail: id }, create: { mail: id, ...data }, update: data });
  return { to: "nobody", why: "repeated", number: ticket };
}

async function keep(tx: Db, mail: Mail, identity: string, placement: Placement): Promise<void> {
  const { id, sender, recipients, mailbox, reading } = mail;
  const named = "ticket" in placement ? placement.ticket : null;
  const writer = named === null ? null : await writerOf(tx, mail, placement, named);
  const proposed = placement.because === "forwarded" ? forwardedFrom(reading.subject, reading.text) : null;
  const copied = await copiedOn(tx, mail);
  const data = {
    identity,
    outcome: placement.to,
    because: placement.because,
    trace: "trace" in placement ? placement.trace : null,
    ticket: named,
    related: placement.to === "new" ? placement.related : null,
    hint: await hintOf(tx, reading.subject),
    sender,
    writtenTo: recipients.map(untagged).find((address) => mailbox.addresses.includes(address)) ?? mailbox.addresses[0] ?? null,
    means: "means" in placement ? placement.means : null,
    copied: [...copied],
    ...(writer !== null && { writer: { ...writer } }),
    ...(proposed !== null && { proposed: { ...proposed } }),
  };
  await tx.placement.upsert({ where: { mail: id }, create: { mail: id, ...data }, update: data });
  if (placement.to === "staff" && writer !== null) await letCopiedIn(tx, placement, writer, copied);
}

/** Other people in To and Cc: none of our own addresses, whichever mailbox it came to, or we would write to ourselves. */
async function copiedOn(db: Db, { sender, recipients, mailbox }: Mail): Promise<readonly string[]> {
  const others = recipients.filter((address) => address !== sender && !mailbox.addresses.includes(untagged(address)));
  if (others.length === 0) return [];
  const named = others.map(untagged);
  const own = await db.mailbox.findMany({ where: { addresses: { hasSome: named } }, select: { addresses: true } });
  const ours = new Set(own.flatMap(({ addresses }) => addresses));
  return others.filter((address) => !ours.has(untagged(address))).slice(0, mostCopied);
}

const mostCopied = 100;

/** Whom a colleague answers together with the requester takes part from then on; whoever works here needs no part. */
async function letCopiedIn(tx: Db, { ticket, means }: Extract<Placement, { to: "staff" }>, by: Actor, copied: readonly string[]): Promise<void> {
  if (means !== "reply" || copied.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO participants AS p (id, ticket, email, state, via, by)
    SELECT gen_random_uuid(), ${ticket}, address, 'member', 'staff', ${actorId(by)} FROM unnest(${[...copied]}::text[]) AS address
    WHERE NOT EXISTS (SELECT FROM agents WHERE lower(email) = address)
      AND NOT EXISTS (SELECT FROM tickets t JOIN requesters r ON r.id = t.requester_id WHERE t.number = ${ticket} AND lower(r.email) = address)
    ON CONFLICT (ticket, email) DO UPDATE SET state = 'member', via = 'staff', by = excluded.by WHERE p.state <> 'member'`;
}

/** `support+1042.abc@desk.example` is `support@desk.example`. */
function untagged(address: string): string {
  return address.replace(/\+[^@]*(?=@)/u, "");
}

/** Who speaks: an actor, made one on this ticket where they have not been before. */
async function writerOf(tx: Db, mail: Mail, placement: Placement, ticket: number): Promise<Actor | null> {
  switch (placement.because) {
    case "requester":
    case "automatic": {
      // Theirs may be the one that was merged into it.
      const [row] = await tx.$queryRaw<{ id: string }[]>`
        SELECT r.id FROM tickets t JOIN requesters r ON r.id = t.requester_id WHERE t.number = ANY(${[...(await threadOf(tx, ticket))]})
        ORDER BY lower(r.email) = ${mail.sender ?? ""} DESC, t.number = ${ticket} DESC LIMIT 1`;
      return row === undefined ? null : { kind: "requester", id: row.id };
    }
    case "proven-staff":
    case "unproven-staff": {
      const [agent] = await tx.$queryRaw<{ id: string; role: Role }[]>`
        SELECT id, role FROM agents WHERE lower(email) = ${mail.sender} AND active ORDER BY id LIMIT 1`;
      return agent === undefined ? null : { kind: "staff", ...agent };
    }
    case "participant":
    case "copied":
    case "colleague":
      return await participant(tx, mail, { ticket, state: "member", via: placement.because });
    case "unknown-sender":
      return await participant(tx, mail, { ticket, state: "offered", via: "held" });
    default:
      return null;
  }
}

interface Part {
  readonly ticket: number;
  readonly state: "member" | "offered";
  readonly via: string;
}

/** Whoever is in it already stays as they are, save that being let in counts. */
async function participant(tx: Db, { sender, reading, mailbox }: Mail, { ticket, state, via }: Part): Promise<Actor> {
  const name = nameOf(reading, mailbox.trustReplyTo);
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO participants AS p (id, ticket, email, name, state, via, by)
    VALUES (${randomUUID()}::uuid, ${ticket}, ${sender ?? ""}, ${name}, ${state}, ${via}, 'system:mail')
    ON CONFLICT (ticket, email) DO UPDATE SET state = CASE WHEN ${state} = 'member' THEN 'member' ELSE p.state END
    RETURNING id`;
  if (row === undefined) throw new Error("A participant was neither added nor found.");
  return { kind: "participant", id: row.id };
}
