// A mail server that was away for a day while thousands of notices gathered: the product's own sending with its gate, on a real
// Postgres, each notice tried, told when to come back, and tried again then, as Temporal does it for its workflow.
import { setTimeout as sleep } from "node:timers/promises";
import { ApplicationFailure } from "@temporalio/common";
import { MockActivityEnvironment } from "@temporalio/testing";
import { DefaultLogger } from "@temporalio/worker";
import { createGate } from "../../activities/mail/gate";
import { createSend } from "../../activities/mail/send";
import type { SendOutcome, Sending } from "../../activities/mail/send";
import { createTransport } from "../../activities/mail/transport";
import type { MailTransport } from "../../activities/mail/transport";
import { createSignedAddresses } from "../../mail/signed/addresses";
import { createPrisma } from "../../prisma/client";
import type { PrismaClient } from "../../prisma/client";
import { createFiles } from "../../prisma/files";
import { tickets } from "../dispatch/tickets";
import type { Say } from "../../stack/progress";
import { startSink } from "./sink";

export interface Drained {
  /** That waited. */
  readonly mails: number;
  /** How many were let out before the measurement ended. */
  readonly left: number;
  readonly ratePerSecond: number;
  /** How long it was away, once all had met that, s. */
  readonly awaySeconds: number;
  /** How often the server was asked meanwhile. */
  readonly askedWhileAway: number;
  readonly drainSeconds: number;
  readonly perSecond: number;
  readonly mostInASecond: number;
  /** How often each mail looked at the gate, the outage included. */
  readonly looksPerMail: number;
  /** In the order of leaving, as a share of all: how far a mail stands from its place by age. */
  readonly displacedP50Percent: number;
  readonly displacedMostPercent: number;
  /** Later notices of a ticket that left before an earlier one. */
  readonly ticketsOutOfOrder: number;
  readonly twice: number;
}

export interface Outage {
  readonly mails: number;
  /** A second. */
  readonly rate: number;
  readonly leave: number;
}

/** As the worker has it for the queue `mail`. */
const atOnce = 50;
const dayMs = 86_400_000;
/** As workflows/postman.ts has them tried again where no time is told, ms. */
const firstAgainMs = 1_000;
const latestAgainMs = 300_000;

interface Owed {
  readonly number: number;
  readonly version: number;
  /** By age, 0 the oldest. */
  readonly rank: number;
  /** The ticket's next notice, which waits for this one. */
  readonly next: Owed | null;
  attempts: number;
  dueAt: number;
}

/** Half of the mails are their tickets' second ones. `url`: a migrated, seeded database. Ends when `leave` of them have left. */
export async function measureOutage(url: string, { mails, rate, leave }: Outage, say: Say): Promise<Drained> {
  const prisma = createPrisma(url, { max: 16 });
  const left: string[] = [];
  const asked: number[] = [];
  let sink = await startSink();
  const port = Number(new URL(sink.url).port);
  const transport = counting(createTransport(sink.url), asked);
  try {
    const firsts = await owed(prisma, mails);
    await sink.stop();
    const queue = new Queue(firsts, sender(prisma, transport, rate), left);
    const awaySince = Date.now();
    say(`${mails} notices of the last day; nobody answers at the mail server …`);
    await queue.workUntil(() => queue.untried === 0);
    const askedWhileAway = asked.length;
    const awayMs = Date.now() - awaySince;
    sink = await startSink(port);
    say(`All of them have met that, which asked the server ${askedWhileAway} times. It is back; ${rate} a second may leave …`);
    const times: number[] = [];
    queue.onLeft = () => times.push(Date.now());
    const enough = Math.min(leave, mails);
    await queue.workUntil(() => left.length >= enough);
    return {
      mails,
      left: left.length,
      ratePerSecond: rate,
      awaySeconds: awayMs / 1_000,
      askedWhileAway,
      ...pace(times),
      looksPerMail: queue.looks / mails,
      ...order(queue.ranks, mails),
      ticketsOutOfOrder: outOfOrder(left),
      twice: sink.taken() - left.length,
    };
  } finally {
    transport.close();
    await sink.stop();
    await prisma.$disconnect();
  }
}

type Send = (sending: Sending) => Promise<SendOutcome[]>;

/** Tries what is due, `atOnce` at a time, and again when it is told to. */
class Queue {
  looks = 0;
  untried: number;
  readonly ranks: number[] = [];
  onLeft: () => void = () => undefined;
  private waiting: Owed[];

  constructor(
    firsts: readonly Owed[],
    private readonly send: Send,
    private readonly left: string[],
  ) {
    this.waiting = [...firsts];
    this.untried = firsts.length;
  }

  async workUntil(isDone: () => boolean): Promise<void> {
    const lane = async (): Promise<void> => {
      while (!isDone()) {
        const owed = this.take();
        if (owed === null) await sleep(5);
        else await this.try(owed);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
  }

  private take(): Owed | null {
    const now = Date.now();
    const at = this.waiting.findIndex(({ dueAt }) => dueAt <= now);
    return at === -1 ? null : (this.waiting.splice(at, 1)[0] ?? null);
  }

  private async try(owed: Owed): Promise<void> {
    const { number, version, rank, next } = owed;
    if (owed.attempts === 0) this.untried -= 1;
    this.looks += 1;
    owed.attempts += 1;
    try {
      const notice = { id: `${number}.${version}.1`, version, template: "new-link", recipient: "requester" };
      const [outcome] = await this.send({ number, notices: [notice] });
      if (outcome?.state !== "sent") throw new Error(`A mail came to be ${outcome?.state}.`);
      this.left.push(`${number}.${version}`);
      this.ranks.push(rank);
      this.onLeft();
      if (next !== null) this.waiting.push(next);
    } catch (error) {
      if (!(error instanceof ApplicationFailure) || error.nonRetryable === true) throw error;
      const { nextRetryDelay = Math.min(latestAgainMs, firstAgainMs * 2 ** (owed.attempts - 1)) } = error;
      owed.dueAt = Date.now() + Number(nextRetryDelay);
      this.waiting.push(owed);
    }
  }
}

function sender(prisma: PrismaClient, transport: MailTransport, rate: number): Send {
  const send = createSend({
    prisma,
    files: createFiles(prisma, null),
    transport,
    gate: createGate(prisma, rate),
    acknowledgementsPerHour: 1_000_000,
    from: { name: "Support", address: "support@bench.test" },
    signed: createSignedAddresses(["a key of the bench"]),
    publicUrl: "https://desk.bench.test",
    linkTo: (number) => `https://desk.bench.test/r/${number}`,
  });
  // That thousands are told to come back is what is measured, and no news.
  const logger = new DefaultLogger("ERROR");
  return async (sending) => await new MockActivityEnvironment({}, { logger }).run<[Sending], SendOutcome[], typeof send>(send, sending);
}

function counting(transport: MailTransport, asked: number[]): MailTransport {
  return {
    sendMail: async (mail) => {
      asked.push(Date.now());
      return await transport.sendMail(mail);
    },
    close: () => transport.close(),
  };
}

/** The first notice of each ticket, with the second behind it: all spread evenly over the last day. */
async function owed(prisma: PrismaClient, mails: number): Promise<readonly Owed[]> {
  const numbers = await tickets(prisma, mails / 2);
  const since = Date.now() - dayMs;
  const rankOf = (at: number, version: number): number => at + version * numbers.length;
  await prisma.notice.createMany({
    data: numbers.flatMap((ticket, at) =>
      [0, 1].map((version) => ({
        id: `${ticket}.${version}.1`,
        ticket,
        version,
        template: "new-link",
        recipient: "requester",
        createdAt: new Date(since + (rankOf(at, version) * dayMs) / mails),
      })),
    ),
  });
  const one = (number: number, at: number, version: number, next: Owed | null): Owed => ({ number, version, rank: rankOf(at, version), next, attempts: 0, dueAt: 0 });
  return numbers.map((number, at) => one(number, at, 0, one(number, at, 1, null)));
}

function pace(times: readonly number[]): Pick<Drained, "drainSeconds" | "perSecond" | "mostInASecond"> {
  const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1_000;
  let [most, from] = [0, 0];
  for (const [at, time] of times.entries()) {
    while ((times[from] ?? time) <= time - 1_000) from += 1;
    most = Math.max(most, at - from + 1);
  }
  return { drainSeconds: seconds, perSecond: times.length / seconds, mostInASecond: most };
}

function order(ranks: readonly number[], mails: number): Pick<Drained, "displacedP50Percent" | "displacedMostPercent"> {
  const displaced = ranks.map((rank, at) => (Math.abs(rank - at) * 100) / mails).sort((a, b) => a - b);
  return { displacedP50Percent: displaced[Math.floor(displaced.length / 2)] ?? Number.NaN, displacedMostPercent: displaced.at(-1) ?? Number.NaN };
}

function outOfOrder(left: readonly string[]): number {
  const gone = new Set<string>();
  let wrong = 0;
  for (const mail of left) {
    const [number = "", version] = mail.split(".");
    if (version === "1" && !gone.has(`${number}.0`)) wrong += 1;
    gone.add(mail);
  }
  return wrong;
}
