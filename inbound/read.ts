// "Read the mail": what it says goes into its row, its files into theirs. What can't be read goes into quarantine, and stands
// in nobody's way there.
import { randomUUID } from "node:crypto";
import type { Kind, Read, Reading } from "../mail/reading";
import type { Prisma } from "../prisma/client";
import type { Envelope } from "./accept";
import type { InboundDeps, MailRef } from "./deps";
import { storable, storableJson } from "./storable";

export type ReadMail =
  | { readonly kind: Exclude<Kind, "quarantined"> }
  | { readonly kind: "quarantined"; readonly reason: string };

/** Large mails take their time. ms */
const patience = { maxWait: 10_000, timeout: 60_000 };

export function createReadMail({ prisma, files, reader }: InboundDeps): (mail: MailRef) => Promise<ReadMail> {
  return async ({ mail: id }) => {
    const row = await prisma.rawMail.findUniqueOrThrow({
      where: { id },
      select: { raw: true, state: true, reading: true, quarantine: true, decidedBy: true, envelope: true },
    });
    if (row.state !== "accepted") return known(row);
    const read = await reader.read(delivered(row.raw ?? Buffer.alloc(0), row.envelope as Envelope));
    const reason = row.decidedBy === null ? objection(read.reading) : null;
    await files.keep(read.reading.attachments.map(({ sha256 }, position) => ({ sha256, bytes: read.files[position] ?? new Uint8Array() })));
    await prisma.$transaction((tx) => keep(tx, id, read, reason), patience);
    return reason === null ? { kind: readable(read.reading) } : { kind: "quarantined", reason };
  };
}

/**
 * As the last server on a mail's way we would write its sender down as Return-Path (RFC 5321). The null sender alone says
 * something: that a machine wrote it and hears no answer. The bytes that are kept, and shown, stay as they came.
 */
function delivered(raw: Uint8Array, { from }: Envelope): Uint8Array {
  const begins = Buffer.from(raw.subarray(0, 100)).toString("latin1");
  return from === null && /^[!-9;-~]+:/.test(begins) ? Buffer.concat([Buffer.from("Return-Path: <>\r\n"), raw]) : raw;
}

/** An earlier attempt has read it, and was not heard. */
function known({ reading, quarantine, state }: { reading: unknown; quarantine: string | null; state: string }): ReadMail {
  if (state === "quarantined" || state === "rejected") return { kind: "quarantined", reason: quarantine ?? "unparseable" };
  return { kind: readable(reading as Reading) };
}

/** One that staff have released becomes a ticket, however little can be read in it. */
function readable({ kind }: Reading): Exclude<Kind, "quarantined"> {
  return kind === "quarantined" ? "message" : kind;
}

/** Why it is kept from becoming a ticket; null: nothing keeps it. */
function objection(reading: Reading): string | null {
  if (reading.kind === "quarantined") return reading.reason ?? "unparseable";
  return null;
}

async function keep(tx: Prisma.TransactionClient, id: string, { reading }: Read, reason: string | null): Promise<void> {
  const { text, newText, html, attachments, ...said } = storableJson(reading);
  await tx.attachment.deleteMany({ where: { rawMailId: id } });
  for (const [position, file] of attachments.entries()) {
    const { name, type, size, sha256, contentId } = file;
    await tx.attachment.create({ data: { id: randomUUID(), rawMailId: id, position, name, type, size, sha256, contentId } });
  }
  await tx.rawMail.updateMany({
    where: { id, state: "accepted" },
    data: {
      state: reason === null ? "read" : "quarantined",
      quarantine: reason,
      reading: said as unknown as Prisma.InputJsonObject,
      messageId: said.messageId === null ? null : storable(said.messageId).slice(0, 995),
      text,
      newText,
      html,
    },
  });
}
