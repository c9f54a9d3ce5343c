// A whole desk for one test file: its own database, namespace and mail server, with a worker in this process. Tickets are
// opened and commanded as the API does it, without HTTP in between.
import { randomUUID, createHash } from "node:crypto";
import pino from "pino";
import type { AssistantAccess } from "../../activities/categorise/assistant";
import { accept } from "../../api/intake";
import type { Submission } from "../../api/intake";
import type { MailInSettings } from "../../bin/wire-mail-in";
import { startWorker } from "../../bin/wire-worker";
import type { RunningWorker } from "../../bin/wire-worker";
import { createLinks } from "../../contract/link";
import { createSeals } from "../../contract/seal";
import type { Actor } from "../../domain/actor";
import type { ArgsOf } from "../../domain/decide";
import { restore } from "../../domain/state";
import type { Stored } from "../../domain/state";
import type { TextRef, Ticket } from "../../domain/ticket";
import { createFiles } from "../../prisma/files";
import { live, ticketWorkflowId, updates } from "../../workflows/messages";
import type { Answer, Ask, AskedVerb } from "../../workflows/messages";
import { aDatabase } from "./database";
import { eventually } from "./eventually";
import { MailServer } from "./mail";
import { promiseAll } from "./promise";
import type { Durations } from "./promise";
import { aNamespace } from "./temporal";

export const secret = "a-secret-that-only-these-tests-know-of";
export const amara: Actor = { kind: "staff", id: "amara", role: "agent" };
export const ingrid: Actor = { kind: "staff", id: "ingrid", role: "lead" };
export const urgently = { type: null, impact: "high", urgency: "high" } as const;

export type Desk = Awaited<ReturnType<typeof aDesk>>;

interface DeskOptions {
  readonly digestMs?: number;
  readonly assistant?: AssistantAccess;
  readonly mailIn?: MailInSettings;
  /** Where its mails leave from, and what signs their addresses: those of another desk are others. */
  readonly address?: string;
  readonly mailKey?: string;
}

/** Call it in `beforeAll`, and `close` in `afterAll`. Without `digestMs` each notice is a mail of its own, at once. */
export async function aDesk({ digestMs = 0, assistant, mailIn, address = "support@perdura.localhost", mailKey = secret }: DeskOptions = {}) {
  const [database, namespace, mail] = await Promise.all([aDatabase(), aNamespace(), MailServer.start()]);
  const log = pino({ level: process.env["TEST_LOG"] ?? "silent" });
  const publicUrl = "http://127.0.0.1:3000";
  const parts = {
    prisma: database.prisma,
    files: createFiles(database.prisma, null),
    temporal: namespace.client,
    links: createLinks({ secret, publicUrl }),
    seals: createSeals(secret),
    log,
    settings: { intakePerMinute: 10_000, trustedProxies: 0, attachmentBytes: 1_000_000 },
  };
  let worker: RunningWorker | null = null;
  const desk = {
    ...parts,
    database,
    namespace,
    mail,
    /** Starts the worker; tests that need it away call `stopWorker`. */
    startWorker: async (bundle = namespace.bundle) => {
      worker = await startWorker({
        ...parts,
        databaseUrl: database.url,
        connection: namespace.connection,
        namespace: namespace.namespace,
        bundle,
        smtpUrl: mail.url,
        mailFrom: `Perdura <${address}>`,
        mailsPerSecond: 0,
        acknowledgementsPerHour: 1_000,
        digestMs,
        assistant,
        fetchPrivate: true,
        secret,
        mailKeys: [mailKey],
        mailIn,
        publicUrl,
      });
    },
    /** What the relay works with, for tests that do one of its turns themselves. */
    relay: () => ({ ...parts, databaseUrl: database.url }),
    stopWorker: async () => {
      await worker?.stop();
      worker = null;
    },
    close: async () => {
      await desk.stopWorker();
      await mail.stop();
      await namespace.close();
      await database.drop();
    },
    /** What every ticket that opens from now on is measured by. */
    promise: async (durations: Durations) => await promiseAll(database.prisma, durations),
    /** Accepts a ticket; its number. */
    open: async (given: Partial<Submission> = {}): Promise<number> => {
      const { number } = await accept(parts, {
        scope: `requester:${randomUUID()}`,
        key: randomUUID(),
        sha256: "0".repeat(64),
        sender: { email: `kari-${randomUUID()}@example.test`, name: "Kari", language: "en" },
        subject: "A question",
        text: "How do I change my address?",
        channel: "web",
        stated: { type: null, impact: null, urgency: null },
        openedBy: null,
        acknowledge: true,
        assignee: null,
        followUpOf: null,
        form: null,
        ...given,
      });
      return number;
    },
    /** Accepts a ticket that somebody has by now. */
    openAssigned: async (given: Partial<Submission> = {}): Promise<number> => {
      const number = await desk.open(given);
      await desk.until(number, ({ assignee }) => assignee !== null);
      return number;
    },
    /** A draft, as the API writes it before its command. */
    draft: async (ticket: number, text: string, by: Actor = amara, visibility = "public"): Promise<TextRef> => {
      const ref = { id: randomUUID(), sha256: createHash("sha256").update(text).digest("hex") };
      const data = { ...ref, ticket, text, visibility, authorKind: by.kind, authorId: by.id };
      await database.prisma.message.create({ data });
      return ref;
    },
    /** Sends a command; rejects with Temporal's `WorkflowUpdateFailedError` when it is refused. */
    command: async <V extends AskedVerb>(
      number: number,
      verb: V,
      args: ArgsOf<V>,
      { by = amara, key = randomUUID(), ...rest }: Partial<Pick<Ask, "by" | "key" | "notAfter" | "ifVersion" | "seen">> = {},
    ): Promise<Answer> => {
      const ask = { key, scope: `${by.kind}:${by.id}`, sha256: verb, by, notAfter: Date.now() + 10_000, ifVersion: null, seen: 0, args, ...rest };
      const handle = namespace.client.workflow.getHandle(ticketWorkflowId(number));
      return await handle.executeUpdate(updates[verb], { args: [ask as Ask<V>], updateId: randomUUID() });
    },
    /** A team of its own for one test, which gets every ticket whose subject holds its id; its members take tickets. */
    team: async (id: string, members: Readonly<Record<string, number>>) => {
      const { prisma } = database;
      await prisma.team.create({ data: { id, name: id, leadId: "ingrid", managerId: "sofia" } });
      await prisma.rule.create({ data: { id: `to-${id}`, position: -1, words: [id], categoryId: "how-to", teamId: id } });
      for (const [agentId, capacity] of Object.entries(members)) {
        const data = { id: agentId, name: agentId, email: `${agentId}@staff.test`, role: "agent", capacity, present: true };
        await prisma.agent.upsert({ where: { id: agentId }, create: data, update: {} });
        await prisma.teamMember.create({ data: { teamId: id, agentId } });
      }
    },
    /** A person who comes on duty or leaves, as the API tells of it. */
    present: async (id: string, present: boolean) => {
      await database.prisma.$transaction([
        database.prisma.agent.update({ where: { id }, data: { present } }),
        database.prisma.outbox.create({ data: { kind: "presence", subject: id, payload: {} } }),
        database.prisma.$executeRaw`SELECT pg_notify('perdura_outbox', '')`,
      ]);
    },
    requester: async (number: number): Promise<Actor> => ({ kind: "requester", id: (await desk.row(number)).requesterId }),
    /** What a refused command was refused with. */
    refusal: async (command: Promise<unknown>): Promise<string> => {
      const error = await command.then(() => new Error("it was accepted"), (reason: unknown) => reason as Error);
      const cause = error.cause as { type?: string } | undefined;
      return cause?.type ?? String(error);
    },
    row: async (number: number) => await database.prisma.ticket.findUniqueOrThrow({ where: { number } }),
    state: async (number: number): Promise<Ticket> => restore((await desk.row(number)).state as unknown as Stored),
    live: async (number: number) => await namespace.client.workflow.getHandle(ticketWorkflowId(number)).query(live),
    /** Kinds of the journal, in order. */
    journal: async (number: number): Promise<string[]> => {
      const events = await database.prisma.event.findMany({ where: { ticket: number }, orderBy: { version: "asc" } });
      return events.map(({ kind }) => kind);
    },
    /** Resolves when the ticket's row satisfies the condition; rejects after 40 s, saying what it is instead. */
    until: async (number: number, holds: (ticket: Ticket) => boolean): Promise<Ticket> => await eventually(() => desk.state(number), holds),
    /** Resolves when the ticket's workflow has been started. */
    exists: async (number: number) => await desk.startedWorkflow(ticketWorkflowId(number)),
    startedWorkflow: async (workflowId: string) => {
      const handle = namespace.client.workflow.getHandle(workflowId);
      await eventually(() => handle.describe().catch(() => null), undefined, { otherwise: () => `no workflow ${workflowId}` });
    },
    /** Resolves when the ticket's workflow has ended. */
    ended: async (number: number) => await namespace.client.workflow.getHandle(ticketWorkflowId(number)).result(),
  };
  return desk;
}
