// What the tests of mails on their way to a ticket stand on: one desk with its API for all of them, mails to it, and what became of them.
import { randomUUID } from "node:crypto";
import { acceptMail } from "../../inbound/accept";
import { createSignedAddresses } from "../../mail/signed/addresses";
import type { Ticket } from "../../domain/ticket";
import { anApi } from "../api/an-api";
import type { TestApi } from "../api/an-api";
import { aDesk, secret } from "../support/desk";
import type { Desk } from "../support/desk";
import { eventually } from "../support/eventually";

/** There once the tests run. */
export let desk: Desk;
export let api: TestApi;

/** Before all tests of the file that calls it; gone after them. */
export function startsADesk(): void {
  beforeAll(async () => {
    desk = await aDesk({ mailIn: { verdicts: { authservId: "mx.perdura.test", trustedSealers: [] } } });
    await desk.startWorker();
    api = await anApi({ database: desk.database, temporal: desk.temporal, links: desk.links });
  });
  afterAll(async () => {
    await api.close();
    await desk.close();
  });
}

export const support = "support@perdura.localhost";
export const signed = createSignedAddresses([secret]);
export const addressOf = (ticket: number, notice: string | null = null): string => signed.replyTo(support, { ticket, notice });
export const somebody = (domain = "example.test"): string => `p-${randomUUID().slice(0, 8)}@${domain}`;
export const messageId = (): string => `${randomUUID()}@example.test`;

interface Sent {
  readonly from: string;
  readonly to?: string;
  readonly cc?: string;
  readonly subject?: string;
  readonly text?: string;
  readonly id?: string;
  readonly answers?: string;
  readonly headers?: string;
  readonly receivedAt?: Date;
  /** Our own mail server has found it to be from whom it says. */
  readonly isProven?: boolean;
}

/** A mail of its own, and what became of it once it is done. */
export async function send(mail: Sent) {
  return await whatBecame(await accepted(mail));
}

/** Its id, as soon as it is committed. */
export async function accepted(mail: Sent): Promise<string> {
  const { from, to = support, cc, subject = "A question", text = `Words ${randomUUID()}`, id = messageId(), answers, headers = "" } = mail;
  const lines = [
    `From: ${from}`, `To: ${to}`, ...(cc === undefined ? [] : [`Cc: ${cc}`]), `Subject: ${subject}`, `Message-ID: <${id}>`,
    ...(answers === undefined ? [] : [`In-Reply-To: <${answers}>`]), `Date: Sun, 22 Nov 2026 10:00:00 +0000`, `X-Once: ${randomUUID()}`,
    ...(mail.isProven === true ? [`Authentication-Results: mx.perdura.test; spf=pass; dkim=pass; dmarc=pass header.from=${from.split("@")[1]}`] : []),
    ...headers.split("\n").filter((line) => line !== ""), "", text, "",
  ];
  const { id: row } = await acceptMail(desk.prisma, {
    mailbox: "support", source: "smtp", raw: Buffer.from(lines.join("\r\n")), receivedAt: mail.receivedAt ?? new Date(), envelope: { to: [to] },
  });
  return row;
}

export async function whatBecame(id: string) {
  const look = () => desk.prisma.rawMail.findUniqueOrThrow({ where: { id }, include: { placement: true } });
  const row = await eventually(look, ({ state }) => state === "done" || state === "quarantined", { otherwise: ({ state }) => state });
  return { ...row, number: row.ticket ?? 0 };
}

export async function journalHas(number: number, kind: string): Promise<void> {
  await eventually(() => desk.journal(number), (kinds) => kinds.includes(kind));
}

export const isAssigned = ({ assignee }: Ticket): boolean => assignee !== null;
export const words = async (number: number) => {
  const { body } = await api.call("GET", `/tickets/${number}/messages`);
  return (body["items"] as { text: string; author: { kind: string }; visibility: string }[]).map(({ text, author, visibility }) => `${author.kind} ${visibility}: ${text}`);
};
export const heldOn = async (number: number) => (await api.call("GET", `/tickets/${number}/held-messages`)).body["items"] as { id: string; because: string; text: string }[];

/** A ticket that a mail has opened, and whom it is from. */
export async function opened(from = somebody(), more: Partial<Sent> = {}) {
  const id = messageId();
  const { number } = await send({ from, id, ...more });
  await desk.until(number, isAssigned);
  return { number, from, id };
}
