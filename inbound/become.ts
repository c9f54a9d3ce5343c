// "Open a ticket", "Add to ticket": a mail takes effect as a form or a reply in the portal does, under its own key, so that
// trying again finds what was done. Then its row says what it has become.
import { whereItBelongs } from "../api/follow-up";
import { sha256 } from "../api/fingerprint";
import { accept, acceptedBefore } from "../api/intake";
import type { Sender, Submission } from "../api/intake";
import { languageOf } from "../contract/language";
import { subjectLimit, textLimit } from "../contract/text";
import { system } from "../domain/actor";
import type { TicketType } from "../domain/words";
import { forwardedWords } from "../mail/forwarded";
import { newTextOf } from "../mail/new-text/new-text";
import type { Reading } from "../mail/reading";
import type { Prisma } from "../prisma/client";
import type { Envelope } from "./accept";
import { mayAcknowledge } from "./acknowledge";
import type { InboundDeps, MailRef } from "./deps";
import { nameOf, senderOf } from "./threading/mail";

export interface Become {
  readonly ticket: number;
}

/** A ticket of its own, whose clocks count from the mail's arrival. Of what a colleague passes on nobody is told yet. */
export function createOpenTicket(deps: InboundDeps): (mail: MailRef) => Promise<Become> {
  return async ({ mail: id }) => {
    const mail = await loadWords(deps, id);
    const placement = await deps.prisma.placement.findUnique({ where: { mail: id }, select: { because: true } });
    const submission = await submissionOf(deps, mail);
    const isForward = placement?.because === "forwarded";
    const { number } = await accept(deps, isForward ? { ...submission, text: passedOnIn(mail), acknowledge: false } : submission);
    return await became(deps, id, number);
  };
}

async function became(deps: InboundDeps, id: string, ticket: number): Promise<Become> {
  await deps.prisma.placement.updateMany({ where: { mail: id }, data: { ticket } });
  await finish(deps, id, "opened", ticket);
  return { ticket };
}

async function submissionOf(deps: InboundDeps, mail: Mail): Promise<Submission> {
  const { id, mailbox, reading } = mail;
  return {
    ...keyOf(mail),
    sender: asSender(mail),
    subject: subjectOf(reading),
    text: wordsOf(mail),
    channel: "mail",
    stated: { type: mailbox.type as TicketType | null, impact: null, urgency: null },
    openedBy: null,
    acknowledge: await mayAcknowledge(deps, reading),
    assignee: null,
    followUpOf: null,
    form: null,
    arrivedAt: mail.receivedAt.getTime(),
    rawMail: id,
  };
}

/** What a requester says after the end: on the one ticket that follows it up. */
export function createFollowUp(deps: InboundDeps): (mail: MailRef & { readonly ticket: number }) => Promise<Become | { readonly goesOnIn: number }> {
  return async ({ mail: id, ticket }) => {
    const mail = await loadWords(deps, id);
    const before = await acceptedBefore(deps.prisma, keyOf(mail));
    if (before !== null) return await became(deps, id, before.number);
    const last = await whereItBelongs(deps.prisma, ticket, system("mail"));
    if (last.status !== "closed") return await goOnIn(deps, id, last.number);
    const submission = { ...(await submissionOf(deps, mail)), sender: { id: last.requesterId }, subject: last.subject, followUpOf: last.number };
    try {
      return await became(deps, id, (await accept(deps, submission)).number);
    } catch (error) {
      const after = await acceptedBefore(deps.prisma, keyOf(mail));
      if (after !== null) return await became(deps, id, after.number);
      // A ticket has one follow-up: whoever else opened it at this moment has opened it for this mail too.
      const now = await whereItBelongs(deps.prisma, ticket, system("mail"));
      if (now.number === last.number) throw error;
      return await goOnIn(deps, id, now.number);
    }
  };
}

async function goOnIn({ prisma }: InboundDeps, id: string, number: number): Promise<{ readonly goesOnIn: number }> {
  await prisma.placement.update({ where: { mail: id }, data: { outcome: "ticket", ticket: number } });
  return { goesOnIn: number };
}

/** It changes no ticket, and is kept. One that a ticket has given back was noted as added there, and was not. */
export function createSetAside({ prisma }: InboundDeps): (mail: MailRef & { readonly why: string }) => Promise<void> {
  return async ({ mail: id, why }) => {
    await prisma.$transaction(async (tx) => {
      await tx.rawMail.update({ where: { id }, data: { state: "done", outcome: why, doneAt: new Date() } });
      await tx.attachment.updateMany({ where: { rawMailId: id }, data: { messageId: null } });
      await tx.message.deleteMany({ where: { rawMailId: id, version: null } });
    });
  };
}

/** It can't take effect, by a defect of ours: staff see it in quarantine, and may release it once that is mended. */
export function createQuarantine({ prisma }: InboundDeps): (mail: MailRef & { readonly reason: string }) => Promise<void> {
  return async ({ mail: id, reason }) => {
    await prisma.rawMail.updateMany({ where: { id, doneAt: null }, data: { state: "quarantined", quarantine: reason } });
  };
}

type Mail = Awaited<ReturnType<typeof loadWords>>;

export async function loadWords({ prisma }: InboundDeps, id: string) {
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
      mailbox: { select: { id: true, type: true, language: true, trustReplyTo: true } },
      attachments: { select: { name: true }, orderBy: { position: "asc" } },
    },
  });
  return { ...row, reading: reading as unknown as Reading };
}

/** The key under which a mail opens a ticket, once. */
export function mailKey(id: string, mailbox: string) {
  return { scope: `mailbox:${mailbox}`, key: `mail:${id}` };
}

function keyOf(mail: Mail) {
  return { ...mailKey(mail.id, mail.mailbox.id), sha256: sha256(mail.sha256) };
}

function asSender({ reading, mailbox, envelope }: Mail): Sender {
  const email = senderOf(reading, envelope as Envelope, mailbox.trustReplyTo) ?? nobody;
  const language = (reading.languages ?? []).map(languageOf).find((one) => one !== null) ?? mailbox.language;
  return { email, name: nameOf(reading, mailbox.trustReplyTo), language, languageIsPresumed: true };
}

/** Whose mails name no sender: they can be read, and not be answered. */
const nobody = "unknown-sender@invalid";

function subjectOf({ subject }: Reading): string {
  const given = (subject ?? "").trim();
  return given === "" ? "(no subject)" : given.slice(0, subjectLimit);
}

/** What is new in it; of a mail without words, the names of its files. */
export function wordsOf({ newText, text, attachments }: Mail): string {
  const words = [newText, text].find((each) => each !== null && each.trim() !== "");
  if (words !== undefined && words !== null) return words.slice(0, textLimit);
  return attachments.length === 0 ? "(no text)" : attachments.map(({ name }) => `[${name}]`).join("\n").slice(0, textLimit);
}

/** The words of whoever is proposed as requester: what a colleague says above them is no part of the conversation. */
function passedOnIn(mail: Mail): string {
  const words = forwardedWords(mail.reading.subject, mail.text ?? "");
  return words === null ? wordsOf(mail) : newTextOf(words).slice(0, textLimit);
}

export async function finish({ prisma }: InboundDeps, id: string, outcome: string, ticket: number): Promise<void> {
  await prisma.$transaction(async (tx) => {
    await tx.rawMail.update({ where: { id }, data: { state: "done", outcome, ticket, doneAt: new Date() } });
    await attach(tx, id, ticket);
    // Where it could not be taken any more nobody is going to publish it. Its files have left it by now, or they would go with it.
    await tx.message.deleteMany({ where: { rawMailId: id, version: null, ticket: { not: ticket } } });
  });
}

/** Its message has the files; the newest, should it have moved on from a ticket that closed. */
async function attach(tx: Prisma.TransactionClient, rawMailId: string, ticket: number): Promise<void> {
  const message = await tx.message.findFirst({ where: { rawMailId, ticket }, orderBy: { createdAt: "desc" }, select: { id: true } });
  await tx.attachment.updateMany({ where: { rawMailId }, data: { messageId: message?.id ?? null } });
}
