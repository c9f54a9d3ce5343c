// "Open a ticket", "Add to ticket": a mail takes effect as a form or a reply in the portal does, under its own key, so that
// trying again finds what was done. Then its row says what it has become.
import { replyAsRequester } from "../api/follow-up";
import { sha256 } from "../api/fingerprint";
import { accept } from "../api/intake";
import type { Sender } from "../api/intake";
import { subjectLimit, textLimit } from "../contract/text";
import type { TicketType } from "../domain/words";
import type { Reading } from "../mail/reading";
import type { Prisma } from "../prisma/client";
import type { InboundDeps, MailRef } from "./deps";

export interface Become {
  readonly ticket: number;
}

/** A ticket of its own, whose clocks count from the mail's arrival. */
export function createOpenTicket(deps: InboundDeps): (mail: MailRef) => Promise<Become> {
  return async ({ mail: id }) => {
    const mail = await load(deps, id);
    const { mailbox, reading } = mail;
    const { number } = await accept(deps, {
      ...keyOf(mail),
      scope: `mailbox:${mailbox.id}`,
      sender: senderOf(mail),
      subject: subjectOf(reading),
      text: wordsOf(mail),
      channel: "mail",
      stated: { type: mailbox.type as TicketType | null, impact: null, urgency: null },
      openedBy: null,
      acknowledge: true,
      assignee: null,
      followUpOf: null,
      form: null,
      arrivedAt: mail.receivedAt.getTime(),
      rawMail: id,
    });
    await finish(deps, id, "opened", number);
    return { ticket: number };
  };
}

/** What the requester says on a ticket; on its follow-up when that is closed. */
export function createAddToTicket(deps: InboundDeps): (mail: MailRef & { readonly ticket: number }) => Promise<Become> {
  return async ({ mail: id, ticket }) => {
    const mail = await load(deps, id);
    const { requesterId } = await deps.prisma.ticket.findUniqueOrThrow({ where: { number: ticket }, select: { requesterId: true } });
    const { number } = await replyAsRequester(deps, {
      ...keyOf(mail),
      actor: { kind: "requester", id: requesterId },
      number: ticket,
      text: wordsOf(mail),
      channel: "mail",
      rawMail: id,
      arrivedAt: mail.receivedAt.getTime(),
      ifVersion: undefined,
    });
    await finish(deps, id, "added", number);
    return { ticket: number };
  };
}

/** It changes no ticket, and is kept. */
export function createSetAside(deps: InboundDeps): (mail: MailRef & { readonly why: string }) => Promise<void> {
  return async ({ mail: id, why }) => {
    await deps.prisma.rawMail.updateMany({ where: { id, doneAt: null }, data: { state: "done", outcome: why, doneAt: new Date() } });
  };
}

/** It can't take effect, by a defect of ours: staff see it in quarantine, and may release it once that is mended. */
export function createQuarantine({ prisma }: InboundDeps): (mail: MailRef & { readonly reason: string }) => Promise<void> {
  return async ({ mail: id, reason }) => {
    await prisma.rawMail.updateMany({ where: { id, doneAt: null }, data: { state: "quarantined", quarantine: reason } });
  };
}

type Mail = Awaited<ReturnType<typeof load>>;

async function load({ prisma }: InboundDeps, id: string) {
  const { reading, ...row } = await prisma.rawMail.findUniqueOrThrow({
    where: { id },
    select: {
      id: true,
      receivedAt: true,
      sha256: true,
      envelope: true,
      reading: true,
      newText: true,
      text: true,
      mailbox: { select: { id: true, type: true, language: true } },
      attachments: { select: { name: true }, orderBy: { position: "asc" } },
    },
  });
  return { ...row, reading: reading as unknown as Reading };
}

function keyOf(mail: Mail) {
  return { key: `mail:${mail.id}`, sha256: sha256(mail.sha256) };
}

function senderOf({ reading, mailbox, envelope }: Mail): Sender {
  const { from } = envelope as { from?: string | null };
  const email = reading.from.address ?? from ?? null;
  return { email: email ?? nobody, name: reading.from.name, language: mailbox.language };
}

/** Whose mails name no sender: they can be read, and not be answered. */
const nobody = "unknown-sender@invalid";

function subjectOf({ subject }: Reading): string {
  const given = (subject ?? "").trim();
  return given === "" ? "(no subject)" : given.slice(0, subjectLimit);
}

/** What is new in it; of a mail without words, the names of its files. */
function wordsOf({ newText, text, attachments }: Mail): string {
  const words = [newText, text].find((each) => each !== null && each.trim() !== "");
  if (words !== undefined && words !== null) return words.slice(0, textLimit);
  return attachments.length === 0 ? "(no text)" : attachments.map(({ name }) => `[${name}]`).join("\n").slice(0, textLimit);
}

async function finish({ prisma }: InboundDeps, id: string, outcome: string, ticket: number): Promise<void> {
  await prisma.$transaction(async (tx) => {
    await tx.rawMail.update({ where: { id }, data: { state: "done", outcome, ticket, doneAt: new Date() } });
    await attach(tx, id, ticket);
  });
}

/** The message that stands has the files: a draft that nobody published has none. */
async function attach(tx: Prisma.TransactionClient, rawMailId: string, ticket: number): Promise<void> {
  const message = await tx.message.findFirst({ where: { rawMailId, ticket, version: { not: null } }, select: { id: true } });
  await tx.attachment.updateMany({ where: { rawMailId }, data: { messageId: message?.id ?? null } });
}
