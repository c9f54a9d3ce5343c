// Accepting a mail is one commit: its bytes, and the word to Temporal that it is there. Whoever brought it is answered, and
// its copy elsewhere is touched, only after that. It knows no protocol and nothing of what a mail says.
import { createHash, randomUUID } from "node:crypto";
import type { Prisma, PrismaClient } from "../prisma/client";

export type MailSource = "imap" | "smtp" | "http" | "import";

/** Of the transport, as far as it knows: addresses only, and where it came from. */
export interface Envelope {
  /** Null: the null sender, `<>`. Left out: not known. */
  readonly from?: string | null;
  readonly to?: readonly string[];
  /** The IP address of the host that brought it. */
  readonly remote?: string;
  /** As that host called itself. */
  readonly helo?: string;
}

/** Where it lies on an IMAP server. */
export interface Place {
  readonly uidValidity: bigint;
  readonly uid: bigint;
}

export interface ArrivedMail {
  readonly mailbox: string;
  readonly source: MailSource;
  readonly raw: Uint8Array;
  readonly receivedAt: Date;
  readonly envelope?: Envelope;
  readonly place?: Place;
  /** What sender authentication found at the edge, if it was asked there. */
  readonly verdict?: object;
}

export interface AcceptedMail {
  readonly id: string;
  /** The same bytes have come to this mailbox before: this is that mail, and nothing more happens. */
  readonly known: boolean;
  /** They lie on the server twice: this is the later copy, and the mail's place stays that of the first. */
  readonly copy?: boolean;
}

/** Resolves once it is committed. A mail is the same when its bytes are, mailbox by mailbox. */
export async function acceptMail(prisma: PrismaClient, mail: ArrivedMail): Promise<AcceptedMail> {
  const sha256 = createHash("sha256").update(mail.raw).digest("hex");
  const id = randomUUID();
  if (await take(prisma, mail, { id, sha256 })) return { id, known: false };
  return await prisma.$transaction(async (tx) => {
    const before = await tx.rawMail.findUnique({
      where: { mailboxId_sha256: { mailboxId: mail.mailbox, sha256 } },
      select: { id: true, uidValidity: true, uid: true },
    });
    if (before !== null && before.uidValidity === mail.place?.uidValidity && before.uid !== null && before.uid < (mail.place?.uid ?? 0n))
      return { id: before.id, known: true, copy: true };
    // Another mail at the same place: the server has numbered anew without saying so, and the place is this one's now.
    if (mail.place !== undefined) await vacate(tx, mail.mailbox, mail.place);
    if (before === null) {
      if (!(await take(tx, mail, { id, sha256 }))) throw new Error("A mail was neither added nor found.");
      return { id, known: false };
    }
    if (mail.place !== undefined) await tx.rawMail.update({ where: { id: before.id }, data: mail.place });
    return { id: before.id, known: true };
  });
}

/** False: something stands in the way of adding it. */
async function take(db: Prisma.TransactionClient, mail: ArrivedMail, { id, sha256 }: { id: string; sha256: string }): Promise<boolean> {
  const { mailbox, source, raw, receivedAt, envelope = {}, place, verdict = null } = mail;
  const rows = await db.$queryRaw<object[]>`
    WITH taken AS (
      INSERT INTO raw_mails (id, mailbox_id, source, uid_validity, uid, sha256, size, raw, envelope, received_at, verdict)
      VALUES (${id}::uuid, ${mailbox}, ${source}, ${place?.uidValidity ?? null}::bigint, ${place?.uid ?? null}::bigint, ${sha256},
              ${raw.length}, ${raw}, ${JSON.stringify(envelope)}::jsonb, ${receivedAt},
              ${verdict === null ? null : JSON.stringify(verdict)}::jsonb)
      ON CONFLICT DO NOTHING RETURNING id),
    told AS (
      INSERT INTO outbox (kind, subject, payload) SELECT 'mail', id::text, '{}'::jsonb FROM taken
      RETURNING pg_notify('perdura_outbox', ''))
    SELECT id, (SELECT count(*) FROM told)::int AS told FROM taken`;
  return rows.length === 1;
}

async function vacate(tx: Prisma.TransactionClient, mailboxId: string, place: Place): Promise<void> {
  await tx.rawMail.updateMany({ where: { mailboxId, ...place }, data: { uidValidity: null, uid: null } });
}
