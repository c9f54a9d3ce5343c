// The worker's parts, put together: workflows with their activities, mails, webhooks and learning on queues of their own,
// and the relay.
import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "@temporalio/client";
import { Worker } from "@temporalio/worker";
import type { NativeConnection, WorkerInterceptors } from "@temporalio/worker";
import type { Logger } from "pino";
import {
  createAssistantActivities,
  createLearningActivities,
  createMailActivities,
  createTicketActivities,
  createWebhookActivities,
} from "../activities";
import type { AssistantAccess } from "../activities/categorise/assistant";
import { createGate } from "../activities/mail/gate";
import { readSender } from "../activities/mail/sender";
import { createTransport } from "../activities/mail/transport";
import type { MailTransport } from "../activities/mail/transport";
import { createLinks } from "../contract/link";
import { createSeals } from "../contract/seal";
import { alive } from "../inbound/alive";
import { createSignedAddresses } from "../mail/signed/addresses";
import type { PrismaClient } from "../prisma/client";
import type { Files } from "../prisma/files";
import { createBulkActivities } from "../relay/bulk";
import { startRelay } from "../relay/relay";
import { settled } from "../stack/settled";
import { assistantQueue, inboundQueue, learningQueue, mailQueue, ticketsQueue, urgentMailQueue, webhooksQueue } from "../workflows/messages";
import { wireMailIn } from "./wire-mail-in";
import type { MailInSettings } from "./wire-mail-in";

/** Longer than the workers' own time, and short enough for all to be over 10 s after the word to stop. */
const stopWithinMs = 6_000;

/**
 * How long a task waits for the worker that knows its ticket before any other may take it. A killed worker's queue is believed
 * in for ten seconds more, so this is by how much each of its tickets' clocks is late then, and how long each first command takes.
 */
const stickyFor = "500 milliseconds";

/**
 * How many tasks of tickets are in hand at once, those included that its ten pollers wait for: eight at the queue of the tickets
 * it knows, two at everybody's. When hundreds of clocks ring at once, most have waited too long in the first (`stickyFor`) and
 * come by the second: so few of them are in hand at a time, and a command finds its own way free.
 */
const tasksAtOnce = 12;

export interface WorkerParts {
  /** How mails come in. Default: nothing listens. */
  readonly mailIn?: MailInSettings | undefined;
  readonly prisma: PrismaClient;
  readonly files: Files;
  readonly databaseUrl: string;
  readonly connection: NativeConnection;
  readonly temporal: Client;
  readonly namespace: string;
  /** Until it resolves all is made ready and nothing is begun; rejects when nothing may be. Default: it may. */
  readonly allowed?: Promise<unknown>;
  /** The path of the bundled workflows. */
  readonly bundle: string;
  readonly smtpUrl: string;
  readonly mailFrom: string;
  /** From each address; 0: as fast as it goes. */
  readonly mailsPerSecond: number;
  /** To one address at most. */
  readonly acknowledgementsPerHour: number;
  /** How long a reminder or the like keeps the next one to the same person back, to be one mail with it, ms. */
  readonly digestMs: number;
  /** Whether webhooks may lead into private networks. */
  readonly fetchPrivate: boolean;
  readonly secret: string;
  /** They sign reply addresses and Message-IDs: the first; all are believed. */
  readonly mailKeys: readonly [string, ...string[]];
  readonly publicUrl: string;
  readonly log: Logger;
  /** Around every activity. Default: none. */
  readonly interceptors?: WorkerInterceptors;
  /** A language model elsewhere, asked when neither a rule nor the model knows. Default: none. */
  readonly assistant?: AssistantAccess | undefined;
  /** Told of each ticket that is started again from the journal. */
  readonly onRebirth?: () => void;
  /** Another way to the mail server than a pool of connections to `smtpUrl`. */
  readonly transport?: MailTransport;
}

export interface RunningWorker {
  /** Where mails are taken in by SMTP; null: nowhere. */
  readonly smtpPort: number | null;
  /** Rejects when a part fails for good; resolves once it is stopped. */
  readonly running: Promise<void>;
  /** Ends the work at hand, in 6 s at most, and takes no more. What does not end in time another worker does again. */
  stop(): Promise<void>;
}

export async function startWorker(parts: WorkerParts): Promise<RunningWorker> {
  const { connection, namespace, interceptors = {} } = parts;
  const grace = { shutdownGraceTime: "3 seconds", shutdownForceTime: "4 seconds" } as const;
  const common = { connection, namespace, interceptors, ...grace };
  const { mails: mailActivities, close } = wireMail(parts);
  // Its thread takes half a second to load the workflows.
  const [tickets] = await settled([
    Worker.create({
      ...common,
      taskQueue: ticketsQueue,
      workflowBundle: { codePath: parts.bundle },
      activities: { ...createTicketActivities(parts.prisma, parts.assistant !== undefined), ...createBulkActivities(parts) },
      stickyQueueScheduleToStartTimeout: stickyFor,
      maxConcurrentWorkflowTaskExecutions: tasksAtOnce,
    }),
    parts.allowed,
  ]);
  const mails = await Worker.create({
    ...common,
    taskQueue: mailQueue,
    activities: mailActivities,
    maxConcurrentActivityTaskExecutions: 50,
  });
  const urgentMails = await Worker.create({
    ...common,
    taskQueue: urgentMailQueue,
    activities: mailActivities,
    maxConcurrentActivityTaskExecutions: 10,
  });
  const mailIn = await wireMailIn(parts);
  const inbound = await Worker.create({
    ...common,
    interceptors: { ...interceptors, activity: [alive, ...(interceptors.activity ?? [])] },
    taskQueue: inboundQueue,
    activities: mailIn.activities,
    maxConcurrentActivityTaskExecutions: 16,
  });
  const learning = await Worker.create({
    ...common,
    taskQueue: learningQueue,
    activities: createLearningActivities(parts.prisma),
    maxConcurrentActivityTaskExecutions: 1,
  });
  const webhooks = await Worker.create({
    ...common,
    taskQueue: webhooksQueue,
    activities: createWebhookActivities({ ...parts, mayBePrivate: parts.fetchPrivate, open: createSeals(parts.secret).open }),
    maxConcurrentActivityTaskExecutions: 20,
  });
  const { assistant: access } = parts;
  const assistants = access && (await Worker.create({
    ...common,
    taskQueue: assistantQueue,
    activities: createAssistantActivities(parts.prisma, access),
    maxConcurrentActivityTaskExecutions: 20,
  }));
  const workers = [tickets, mails, urgentMails, inbound, webhooks, learning, ...(assistants === undefined ? [] : [assistants])];
  const relay = startRelay({ ...parts, sourceDays: parts.mailIn?.sourceDays });
  const running = Promise.all(workers.map((worker) => worker.run())).then(() => undefined);
  return {
    running,
    smtpPort: mailIn.smtpPort,
    stop: async () => {
      for (const worker of workers) if (worker.getState() === "RUNNING") worker.shutdown();
      const ended = Promise.all([running, relay.stop(), mailIn.shut()]).then(() => true, () => false);
      const inTime = await Promise.race([ended, sleep(stopWithinMs, false, { ref: false })]);
      if (!inTime) parts.log.warn("Stopped before all was done; another worker does it again");
      close();
      await mailIn.close();
    },
  };
}

function wireMail(parts: WorkerParts) {
  const { prisma, files, smtpUrl, mailFrom, mailKeys, mailsPerSecond, secret, publicUrl } = parts;
  const { transport = createTransport(smtpUrl, createSeals(secret).open) } = parts;
  const { linkTo } = createLinks({ secret, publicUrl });
  const sender = { from: readSender(mailFrom), signed: createSignedAddresses(mailKeys), publicUrl, linkTo };
  const { acknowledgementsPerHour, digestMs } = parts;
  const limits = { gate: createGate(prisma, mailsPerSecond), acknowledgementsPerHour, digestMs };
  return {
    mails: createMailActivities({ ...sender, ...limits, prisma, files, transport }),
    close: () => transport.close(),
  };
}
