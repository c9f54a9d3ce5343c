// How many mails leave in a second: the product's own activity on a real Postgres, with claim, gate and note for each, against a
// server that takes all of them at once.
import { MockActivityEnvironment } from "@temporalio/testing";
import { createGate } from "../../activities/mail/gate";
import { createSend } from "../../activities/mail/send";
import type { SendOutcome, Sending } from "../../activities/mail/send";
import { createTransport } from "../../activities/mail/transport";
import { createSignedAddresses } from "../../mail/signed/addresses";
import { createPrisma } from "../../prisma/client";
import type { PrismaClient } from "../../prisma/client";
import { createFiles } from "../../prisma/files";
import { tickets } from "../dispatch/tickets";
import { percentile } from "../percentile";
import { startSink } from "./sink";

export interface MailsOut {
  /** Sends at once. */
  readonly lanes: number;
  readonly mails: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** `url`: a migrated, seeded database. */
export async function measureMailsOut(url: string, lanes: number, mails: number): Promise<MailsOut> {
  const prisma = createPrisma(url, { max: 16 });
  const sink = await startSink();
  const transport = createTransport(sink.url);
  try {
    const waiting = await owed(prisma, mails);
    const send = createSend({
      prisma,
      files: createFiles(prisma, null),
      transport,
      gate: createGate(prisma, 0),
      acknowledgementsPerHour: mails,
      from: { name: "Support", address: "support@bench.test" },
      signed: createSignedAddresses(["a key of the bench"]),
      publicUrl: "https://desk.bench.test",
      linkTo: (number) => `https://desk.bench.test/r/${number}`,
    });
    const durations: number[] = [];
    const startedAt = performance.now();
    const lane = async (): Promise<void> => {
      for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
        const from = performance.now();
        const notice = { id: `${number}.0.1`, version: 0, template: "new-link", recipient: "requester" };
        const [outcome] = await new MockActivityEnvironment().run<[Sending], SendOutcome[], typeof send>(send, { number, notices: [notice] });
        if (outcome?.state !== "sent") throw new Error("A mail was not sent.");
        durations.push(performance.now() - from);
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    const seconds = (performance.now() - startedAt) / 1_000;
    if (sink.taken() !== mails) throw new Error(`${sink.taken()} mails came, of ${mails}.`);
    const figures = { p50Ms: round(percentile(durations, 50)), p99Ms: round(percentile(durations, 99)) };
    return { lanes, mails, perSecond: round(mails / seconds), ...figures };
  } finally {
    transport.close();
    await sink.stop();
    await prisma.$disconnect();
  }
}

async function owed(prisma: PrismaClient, count: number): Promise<number[]> {
  const numbers = [...(await tickets(prisma, count))];
  await prisma.notice.createMany({
    data: numbers.map((ticket) => ({ id: `${ticket}.0.1`, ticket, version: 0, template: "new-link", recipient: "requester" })),
  });
  return numbers;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
