// One attempt of the activity `send` on a real Postgres and a real mail server, as a worker runs it.
import { MockActivityEnvironment } from "@temporalio/testing";
import { DefaultLogger } from "@temporalio/worker";
import { createSend } from "../../activities/mail/send";
import type { OwedMail, SendOutcome, Sending } from "../../activities/mail/send";
import { createTransport } from "../../activities/mail/transport";
import type { MailTransport } from "../../activities/mail/transport";
import { aDatabase } from "../support/database";
import type { TestDatabase } from "../support/database";
import { MailServer } from "../support/mail";
import { sending } from "./a-mail";

export const unavailable = { type: "MailServerUnavailable", nonRetryable: false };

export interface SendStage {
  readonly database: TestDatabase;
  readonly server: MailServer;
  readonly send: (number: number, notices: readonly OwedMail[], environment?: MockActivityEnvironment) => Promise<SendOutcome[]>;
  /** As for an urgent ticket. */
  readonly sendUrgently: (number: number, notices: readonly OwedMail[]) => Promise<SendOutcome[]>;
  readonly row: (notice: OwedMail) => ReturnType<TestDatabase["prisma"]["notice"]["findUniqueOrThrow"]>;
  /** Mails leave by another way from now on. */
  readonly use: (other: MailTransport) => void;
  /** What waits for its time may go now. */
  readonly makeDue: (...notices: readonly OwedMail[]) => Promise<void>;
  /** As it is before each test: nothing goes wrong, nothing was sent, the way to the server is open. */
  readonly reset: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** @param rate mails per second */
export async function aSendStage(rate = 0): Promise<SendStage> {
  const database = await aDatabase();
  const server = await MailServer.start();
  let transport = createTransport(server.url);
  const { prisma } = database;
  const run = async (asked: Sending, environment = aWorker()): Promise<SendOutcome[]> => {
    const activity = createSend(sending(prisma, transport, rate));
    return await environment.run<[Sending], SendOutcome[], typeof activity>(activity, asked);
  };
  return {
    database,
    server,
    send: async (number, notices, environment) => await run({ number, notices }, environment),
    sendUrgently: async (number, notices) => await run({ number, notices, urgent: true }),
    row: ({ id }) => prisma.notice.findUniqueOrThrow({ where: { id } }),
    use(other) {
      transport.close();
      transport = other;
    },
    async makeDue(...notices) {
      await prisma.notice.updateMany({ where: { id: { in: notices.map(({ id }) => id) } }, data: { retryAt: new Date() } });
    },
    async reset() {
      transport.close();
      transport = createTransport(server.url);
      server.fault = () => undefined;
      server.mails.length = 0;
      await prisma.mailGate.deleteMany();
    },
    async close() {
      transport.close();
      await server.stop();
      await database.drop();
    },
  };
}

export function aWorker(): MockActivityEnvironment {
  return new MockActivityEnvironment({}, { logger: new DefaultLogger("ERROR") });
}
