// The worker's parts, put together: workflows with their activities, mails on a queue of their own, and the relay.
import type { Client } from "@temporalio/client";
import { Worker } from "@temporalio/worker";
import type { NativeConnection } from "@temporalio/worker";
import type { Logger } from "pino";
import { createMailActivities, createTicketActivities } from "../activities";
import { createTransport } from "../activities/mail/transport";
import { createLinks } from "../contract/link";
import type { PrismaClient } from "../prisma/client";
import { startRelay } from "../relay/relay";
import { mailQueue, ticketsQueue } from "../workflows/messages";

export interface WorkerParts {
  readonly prisma: PrismaClient;
  readonly databaseUrl: string;
  readonly connection: NativeConnection;
  readonly temporal: Client;
  readonly namespace: string;
  /** The path of the bundled workflows. */
  readonly bundle: string;
  readonly smtpUrl: string;
  readonly mailFrom: string;
  readonly secret: string;
  readonly publicUrl: string;
  readonly log: Logger;
}

export interface RunningWorker {
  /** Rejects when a part fails for good; resolves once it is stopped. */
  readonly running: Promise<void>;
  /** Ends the work at hand (4 s at most) and takes no more. */
  stop(): Promise<void>;
}

export async function startWorker(parts: WorkerParts): Promise<RunningWorker> {
  const { connection, namespace } = parts;
  const common = { connection, namespace, shutdownGraceTime: "3 seconds", shutdownForceTime: "4 seconds" } as const;
  const { mails: mailActivities, close } = wireMail(parts);
  const tickets = await Worker.create({
    ...common,
    taskQueue: ticketsQueue,
    workflowBundle: { codePath: parts.bundle },
    activities: createTicketActivities(parts.prisma),
  });
  const mails = await Worker.create({
    ...common,
    taskQueue: mailQueue,
    activities: mailActivities,
    maxConcurrentActivityTaskExecutions: 50,
  });
  const relay = startRelay(parts);
  const running = Promise.all([tickets.run(), mails.run()]).then(() => undefined);
  return {
    running,
    stop: async () => {
      await relay.stop();
      for (const worker of [tickets, mails]) if (worker.getState() === "RUNNING") worker.shutdown();
      await running;
      close();
    },
  };
}

function wireMail({ prisma, smtpUrl, mailFrom: from, secret, publicUrl }: WorkerParts) {
  const transport = createTransport(smtpUrl);
  const { linkTo } = createLinks({ secret, publicUrl });
  const messageIdDomain = from.replace(/^.*@|>$/gu, "");
  return {
    mails: createMailActivities({ prisma, transport, from, messageIdDomain, publicUrl, linkTo }),
    close: () => transport.close(),
  };
}
