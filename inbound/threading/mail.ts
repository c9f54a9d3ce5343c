// A mail as finding its ticket needs it: who sent it, to whom, and what it says of itself.
import { createHash } from "node:crypto";
import type { Reading } from "../../mail/reading";
import type { Db } from "../../api/parts";
import type { Envelope } from "../accept";
import type { Verdict } from "../verdict";

export interface Mail {
  readonly id: string;
  readonly mailbox: { readonly id: string; readonly addresses: readonly string[]; readonly trustReplyTo: boolean };
  readonly receivedAt: number;
  readonly reading: Reading;
  /** In small letters; null: it names none. */
  readonly sender: string | null;
  /** Everywhere it was sent to, as far as is known. */
  readonly recipients: readonly string[];
  readonly isAuthentic: boolean;
}

export async function loadMail(db: Db, id: string): Promise<Mail> {
  const row = await db.rawMail.findUniqueOrThrow({
    where: { id },
    select: {
      id: true,
      receivedAt: true,
      envelope: true,
      reading: true,
      text: true,
      newText: true,
      verdict: true,
      mailbox: { select: { id: true, addresses: true, trustReplyTo: true } },
    },
  });
  const { text, newText, mailbox } = row;
  const reading = { ...(row.reading as unknown as Reading), text: text ?? "", newText: newText ?? "" };
  const envelope = row.envelope as Envelope;
  const sender = senderOf(reading, envelope, mailbox.trustReplyTo)?.toLowerCase() ?? null;
  return {
    id,
    mailbox,
    receivedAt: row.receivedAt.getTime(),
    reading,
    sender,
    recipients: recipientsOf(reading, envelope),
    isAuthentic: sender !== null && sender === reading.from.address?.toLowerCase() && isAuthentic(row.verdict as Verdict | null, sender),
  };
}

/** Who is answered: From, and where a mailbox is fed by web forms, what they write as Reply-To. */
export function senderOf(reading: Reading, envelope: Envelope, trustReplyTo: boolean): string | null {
  const answered = trustReplyTo ? (reading.replyTo?.address ?? null) : null;
  return answered ?? reading.from.address ?? envelope.from ?? null;
}

/** The name in From, or that of whoever is answered in its place. */
export function nameOf(reading: Reading, trustReplyTo: boolean): string | null {
  const answered = trustReplyTo && (reading.replyTo?.address ?? null) !== null ? reading.replyTo : reading.from;
  return answered?.name ?? null;
}

/**
 * What makes a mail the same by whatever route it comes, footers of lists and all: its Message-ID with sender and date, for
 * there are programs that give one Message-ID to all. Where it lacks either, all that it says.
 */
export function identityOf({ messageId, from, date, subject, text }: Reading): string {
  const whole = messageId !== null && date !== null ? [messageId, from.address, date] : [messageId, from.address, date, subject, text];
  return createHash("sha256").update(JSON.stringify(whole)).digest("hex");
}

function recipientsOf({ to, cc }: Reading, envelope: Envelope): readonly string[] {
  const named = [...to, ...cc].flatMap(({ address }) => (address === null ? [] : [address]));
  return [...new Set([...(envelope.to ?? []), ...named].map((address) => address.toLowerCase()))];
}

/** DMARC passes only where SPF or DKIM proves the very domain that From names: the one that we have read there, and no other's. */
function isAuthentic(verdict: Verdict | null, sender: string): boolean {
  const domain = sender.slice(sender.lastIndexOf("@") + 1);
  return verdict?.dmarc === "pass" && (verdict.from ?? domain).toLowerCase() === domain;
}
