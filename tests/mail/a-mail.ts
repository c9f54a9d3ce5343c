// Tickets that somebody is owed mail about: as rows for sending, as material for rendering alone.
import { randomUUID } from "node:crypto";
import { createGate } from "../../activities/mail/gate";
import type { Sender } from "../../activities/mail/sender";
import type { Material } from "../../activities/mail/material";
import type { OwedMail } from "../../activities/mail/send";
import { usualWay } from "../../activities/mail/way-out";
import type { MailTransport } from "../../activities/mail/transport";
import { createSignedAddresses } from "../../mail/signed/addresses";
import { store } from "../../domain/state";
import type { PrismaClient } from "../../prisma/client";
import { createFiles } from "../../prisma/files";
import { aTicket } from "../domain/a-ticket";

export const sender: Sender = {
  from: { name: "Support", address: "support@desk.example" },
  signed: createSignedAddresses(["a key of these tests"]),
  publicUrl: "https://desk.example",
  linkTo: (number) => `https://desk.example/r/token-of-${number}`,
};

/** Beside `sender`, what sending needs; mails leave as fast as they can unless a rate is given. */
export function sending(prisma: PrismaClient, transport: MailTransport, rate = 0) {
  return { ...sender, prisma, files: createFiles(prisma, null), transport, gate: createGate(prisma, rate), acknowledgementsPerHour: 5 };
}

/** 08:30 in Oslo. */
const targetAt = Date.parse("2030-01-31T07:30:00Z");

export function aMaterial(given: Partial<Material> = {}): Material & { readonly address: string } {
  return {
    number: 1042,
    formerRequesters: 0,
    subject: "The card has not come",
    status: "open",
    priority: "high",
    deadline: new Date("2030-01-31T09:00:00Z"),
    autoCloseMs: 3 * 86_400_000,
    facts: { metric: "resolution", percent: 75, level: 3, dueAt: Date.parse("2030-01-31T08:00:00Z"), targetAt, also: [1, 2] },
    form: null,
    wait: null,
    by: "Amara Okafor",
    assignee: "Ingrid Solberg",
    text: "It left us on Monday.",
    writtenTo: null,
    way: usualWay,
    received: [],
    beganByMail: false,
    readsReplies: false,
    ownWords: null,
    isSuspended: false,
    attachments: [],
    language: "en",
    timeZone: "Europe/Oslo",
    ...given,
    address: given.address ?? "kim@customer.example",
  };
}

let numbers = 1_000;

/** A ticket's row, with a requester of its own. Answers its number. */
export async function aStoredTicket(
  prisma: PrismaClient,
  { email = "kim@customer.example", language = "en", subject = "The card has not come" } = {},
): Promise<number> {
  const number = ++numbers;
  const now = new Date();
  const requester = await prisma.requester.create({
    data: { id: randomUUID(), email: `${number}.${email}`, language },
  });
  await prisma.ticket.create({
    data: {
      number,
      status: "open",
      type: "question",
      priority: "normal",
      priorityRank: 1,
      requesterId: requester.id,
      assigneeId: "amara",
      channel: "web",
      subject,
      language,
      createdAt: now,
      updatedAt: now,
      state: store(aTicket({ number })) as object,
    },
  });
  return number;
}

export interface OwedText {
  readonly template?: string;
  readonly recipient?: string;
  readonly text?: string;
  readonly visibility?: "public" | "internal" | "reason";
}

let versions = 0;

/** An event by Amara, what she wrote, and the notice of it. */
export async function anOwedNotice(prisma: PrismaClient, number: number, given: OwedText = {}): Promise<OwedMail> {
  const {
    template = "public-reply",
    recipient = "requester",
    text = "It left us on Monday.",
    visibility = "public",
  } = given;
  const version = ++versions;
  const message = { id: randomUUID(), sha256: "0".repeat(64) };
  await prisma.message.create({
    data: { ...message, ticket: number, visibility, authorKind: "staff", authorId: "amara", text, version },
  });
  await prisma.event.create({
    data: {
      ticket: number,
      version,
      kind: "replied",
      at: new Date(),
      byKind: "staff",
      byId: "amara",
      cause: `test:${version}`,
      facts: { message, status: "open" },
      epoch: 1,
    },
  });
  const notice = { id: `${number}.${version}.1`, version, template, recipient };
  await prisma.notice.create({ data: { ...notice, ticket: number } });
  return notice;
}
