// A real Temporal server on this machine, with its UI. Knows its file, ports and promises of durability; nothing of tickets.
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Connection, isGrpcServiceError } from "@temporalio/client";
import { msToTs } from "@temporalio/common/lib/time";
import { findTemporal } from "./find-temporal";
import { startProcess, type Child } from "./process";
import { answered } from "./ready";
import { registerSearchAttributes } from "./search-attributes";

const HOST = "127.0.0.1";
const DAY_MS = 24 * 60 * 60 * 1_000;
const ANSWERS_WITHIN_MS = 5_000;
/** gRPC's own number. */
const NOT_FOUND = 5;

/**
 * How many timers, and how many tasks to be handed out, the server is at work on at once. Its file takes one write at a time: of a
 * thousand timers that ring together its 512 (each) stood before whatever a command writes, for two seconds.
 */
const fewAtOnce = { "history.timerProcessorSchedulerWorkerCount": 4, "history.transferProcessorSchedulerWorkerCount": 4 };

export interface TemporalOptions {
  /** Holds the log and, unless in memory, `temporal.db`; made when missing. */
  readonly dir: string;
  readonly port: number;
  /** Made when missing. Default "default". */
  readonly namespace?: string;
  /** No UI when left out. */
  readonly uiPort?: number;
  /** True only for tests: everything is gone when it ends. Default false. */
  readonly inMemory?: boolean;
  /** How long closed tickets stay to be looked at. Default 30. */
  readonly retentionDays?: number;
  /** Settings of the server itself, by Temporal's names: `{ "limit.historyCount.suggestContinueAsNew": 200 }`. */
  readonly settings?: Readonly<Record<string, number | boolean | string>>;
  /** The program to run. Default: found by `findTemporal`. */
  readonly program?: string;
}

export interface Temporal {
  /** "127.0.0.1:7233". */
  readonly address: string;
  readonly namespace: string;
  readonly uiUrl: string | undefined;
  readonly pid: number;
  readonly child: Child;
  /** Rejects with the server's word when it runs and serves no workflow: it has lost its store, or stands still. Default: 5 s. */
  answers(withinMs?: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it and waits until its namespace takes our search attributes. Rejects with its last words otherwise. */
export async function startTemporal(options: TemporalOptions): Promise<Temporal> {
  const program = options.program ?? (await findTemporal());
  const dir = resolve(options.dir);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const child = await startProcess({ name: "Temporal", dir, command: program, args: flags(options, dir) });
  const address = `${HOST}:${options.port}`;
  const { namespace = "default" } = options;
  try {
    await prepareNamespace(child, address, namespace, options.retentionDays ?? 30);
  } catch (error) {
    await child.stop();
    throw error;
  }
  const uiUrl = options.uiPort === undefined ? undefined : `http://${HOST}:${options.uiPort}`;
  const answers = (withinMs = ANSWERS_WITHIN_MS): Promise<void> => servesWorkflows(address, namespace, withinMs);
  return { address, namespace, uiUrl, pid: child.pid, child, answers, stop: () => child.stop() };
}

function flags({ port, namespace, uiPort, inMemory = false, settings = {} }: TemporalOptions, dir: string): string[] {
  // A power cut loses nothing that was acknowledged.
  const durable = ["--sqlite-pragma", "journal_mode=WAL", "--sqlite-pragma", "synchronous=FULL"];
  return [
    "server",
    "start-dev",
    "--ip",
    HOST,
    "--port",
    String(port),
    ...(namespace === undefined ? [] : ["--namespace", namespace]),
    ...(uiPort === undefined ? ["--headless"] : ["--ui-ip", HOST, "--ui-port", String(uiPort)]),
    ...(inMemory ? [] : ["--db-filename", join(dir, "temporal.db"), ...durable]),
    ...Object.entries({ ...(inMemory ? {} : fewAtOnce), ...settings }).flatMap(([key, value]) => ["--dynamic-config-value", `${key}=${JSON.stringify(value)}`]),
    "--log-level",
    "error",
  ];
}

async function prepareNamespace(child: Child, address: string, namespace: string, retentionDays: number): Promise<void> {
  const connection = await answered(child, () => connect(address, namespace));
  try {
    const workflowExecutionRetentionTtl = msToTs(retentionDays * DAY_MS);
    await connection.workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl } });
    await registerSearchAttributes(connection, namespace);
  } finally {
    await connection.close();
  }
}

/**
 * Asks for a workflow that nobody has: it is looked for in the store. A disk that stands still for some seconds can leave the
 * server with "shard status unknown" for ever, while it goes on to take connections.
 */
async function servesWorkflows(address: string, namespace: string, withinMs: number): Promise<void> {
  const connection = Connection.lazy({ address, interceptors: [] });
  try {
    await connection.withDeadline(Date.now() + withinMs, () =>
      connection.workflowService.describeWorkflowExecution({ namespace, execution: { workflowId: "health" } }),
    );
  } catch (error) {
    if (!isGrpcServiceError(error)) throw error;
    if (error.code !== NOT_FOUND) throw new Error(error.details);
  } finally {
    await connection.close();
  }
}

/** A connection once the namespace is there too, which comes a moment after the port. */
async function connect(address: string, namespace: string): Promise<Connection | undefined> {
  let connection: Connection | undefined;
  try {
    connection = await Connection.connect({ address, connectTimeout: 1_000 });
    await connection.workflowService.describeNamespace({ namespace });
    return connection;
  } catch {
    await connection?.close();
    return undefined;
  }
}
