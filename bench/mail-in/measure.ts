// Mails sent to the running product by SMTP, as fast as it takes them; how long until each is a ticket.
import { randomUUID } from "node:crypto";
import { createTransport } from "nodemailer";
import { createPrisma } from "../../prisma/client";
import type { PrismaClient } from "../../prisma/client";
import { columns } from "../columns";
import { one } from "../part";
import type { Figures, Settings, Stage } from "../part";
import { percentile } from "../percentile";
import type { Product } from "../product";

const lookEveryMs = 200;
const patienceMs = 600_000;

export async function measureMails({ say }: Stage, { urls }: Product, settings: Settings): Promise<Figures> {
  const [mails, lanes] = [one(settings, "mails"), one(settings, "lanes")];
  const prisma = createPrisma(urls.database);
  try {
    say("Warming up …");
    await send(urls.mailIn, 20, 4);
    await allDone(prisma, 20);
    say(`${mails} mails on ${lanes} connections …`);
    const startedAt = Date.now();
    await send(urls.mailIn, mails, lanes);
    const acceptedSeconds = (Date.now() - startedAt) / 1_000;
    await allDone(prisma, mails + 20);
    const doneSeconds = (Date.now() - startedAt) / 1_000;
    return told(await becomings(prisma, startedAt), { mails, lanes, acceptedSeconds, doneSeconds });
  } finally {
    await prisma.$disconnect();
  }
}

interface Taken {
  readonly mails: number;
  readonly lanes: number;
  readonly acceptedSeconds: number;
  readonly doneSeconds: number;
}

function told(ms: readonly number[], { mails, lanes, acceptedSeconds, doneSeconds }: Taken): Figures {
  const perSecond = (seconds: number): number => Math.round((mails / seconds) * 10) / 10;
  const [p50Ms, p95Ms] = [percentile(ms, 50), percentile(ms, 95)];
  const figures = { mails, lanes, acceptedPerSecond: perSecond(acceptedSeconds), ticketsPerSecond: perSecond(doneSeconds), p50Ms, p95Ms };
  const rows = [
    ["what", "value"],
    ["accepted by SMTP, committed, mails/s", String(figures.acceptedPerSecond)],
    ["read and become a ticket, mails/s", String(figures.ticketsPerSecond)],
    ["from arrival to ticket, p50 ms (all at once)", String(p50Ms)],
    ["from arrival to ticket, p95 ms (all at once)", String(p95Ms)],
  ];
  return { figures, text: columns(rows) };
}

/** In the shapes that a desk is sent: plain, with HTML and a quotation, with a file. */
async function send(url: string, count: number, lanes: number): Promise<void> {
  const transport = createTransport({ url, pool: true, maxConnections: lanes, maxMessages: Infinity, ignoreTLS: true });
  const quoted = "\n\nOn Mon, 2 Nov 2026 at 09:14, Support <support@perdura.localhost> wrote:\n> Could you send us the number?\n> Support\n";
  const mail = (at: number) => {
    const text = `Parcel ${randomUUID()} has not come. Where is it?${at % 2 === 0 ? quoted : ""}`;
    const html = at % 2 === 0 ? `<p>${text.replaceAll("\n", "<br>")}</p>` : undefined;
    const attachments = at % 5 === 0 ? [{ filename: "photo.bin", content: Buffer.alloc(50_000, at % 251) }] : [];
    return { from: `bench-${randomUUID()}@example.test`, to: "support@perdura.localhost", subject: `Where is my order ${at}?`, text, html, attachments };
  };
  try {
    await Promise.all(Array.from({ length: count }, async (_, at) => await transport.sendMail(mail(at))));
  } finally {
    transport.close();
  }
}

async function allDone(prisma: PrismaClient, count: number): Promise<void> {
  const until = Date.now() + patienceMs;
  while ((await prisma.rawMail.count({ where: { state: "done", ticket: { not: null } } })) < count) {
    if (Date.now() > until) throw new Error("Not all mails have become tickets in ten minutes.");
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

async function becomings(prisma: PrismaClient, since: number): Promise<readonly number[]> {
  const rows = await prisma.rawMail.findMany({ where: { receivedAt: { gte: new Date(since) } }, select: { receivedAt: true, doneAt: true } });
  return rows.map(({ receivedAt, doneAt }) => (doneAt?.getTime() ?? 0) - receivedAt.getTime()).sort((a, b) => a - b);
}
