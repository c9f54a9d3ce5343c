// A mailbox of ours on an IMAP server of the tests: its row, its sealed secret, and mails to lay there.
import { randomUUID } from "node:crypto";
import { createSeals } from "../../contract/seal";
import { imapSeal } from "../../inbound/imap/settings";
import type { ImapSecret, ImapSettings } from "../../inbound/imap/settings";
import type { PrismaClient } from "../../prisma/client";
import { hasDovecot } from "../support/dovecot";

export const sealSecret = "a-secret-of-the-tests-0000000000000000";
export const seals = createSeals(sealSecret);
export const log = { info: () => undefined, warn: () => undefined };
export const aMail = (subject: string): string => `From: ada@example.test\nTo: help@example.test\nSubject: ${subject}\nMessage-ID: <${randomUUID()}@example.test>\n\nHello\n`;

/** Skipped, and reported so, where the machine has no Dovecot. */
export const describeOnDovecot = hasDovecot() ? describe : describe.skip;

/** A mailbox of its own, with a user of that name. */
export async function aMailbox(prisma: PrismaClient, port: number, secret: ImapSecret, settings: (id: string) => Partial<ImapSettings> = () => ({})): Promise<string> {
  const id = `box-${randomUUID().slice(0, 8)}`;
  const imap: ImapSettings = { host: "127.0.0.1", port, security: "none", user: id, folder: "INBOX", history: "unseen", moveTo: null, oauth: null, ...settings(id) };
  const imapSecret = seals.seal(JSON.stringify(secret), imapSeal(id));
  await prisma.mailbox.create({ data: { id, name: id, teamId: "support", addresses: [`${id}@example.test`], imap: { ...imap }, imapSecret } });
  return id;
}
