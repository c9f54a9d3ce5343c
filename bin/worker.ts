// `npm run worker`: runs workflows, their activities and the relay, until it is told to stop.
import { setFlagsFromString } from "node:v8";
import { Client, Connection } from "@temporalio/client";
import { NativeConnection } from "@temporalio/worker";
import pino from "pino";
import { readWorkerConfig } from "../config";
import { createPrisma } from "../prisma/client";
import { sdkMetrics } from "../metrics/temporal-sdk";
import { join } from "../relay/installation";
import { bundleWorkflows } from "../stack/bundle";
import { CannotStart } from "../stack/cannot-start";
import { freePort } from "../stack/ports";
import { missingSearchAttributes } from "../stack/search-attributes";
import { settled } from "../stack/settled";
import { main, whenAsked } from "./main";
import { installRuntime } from "./temporal-runtime";
import { wireFiles } from "./wire-files";
import { wireWorkerMetrics } from "./wire-metrics";
import { startWorker } from "./wire-worker";

/**
 * Each frame of an error thrown in a workflow is looked up in the source map, and each refused command is one: two frames say
 * where it came from. For threads to come, not for this one. (For promises no stack is noted at all: see workflow-threads.cjs.)
 */
const framesInWorkflows = 2;

void main(async () => {
  setFlagsFromString(`--stack-trace-limit=${framesInWorkflows}`);
  const config = readWorkerConfig(process.env);
  const log = pino({ level: config.logLevel, base: { part: "worker" } });
  const sdkPort = await freePort();
  installRuntime(log, config.metrics && sdkMetrics(sdkPort));
  const { namespace } = config.temporal;
  const bundle = config.bundle ?? (await bundleWorkflows(config.home));
  const { connection: place } = config.temporal;
  const [connection, client] = await settled([NativeConnection.connect(place), Connection.connect(place)]);
  const prisma = createPrisma(config.databaseUrl, { max: 16, name: "perdura worker", statementTimeoutMs: 8_000 });
  const temporal = new Client({ connection: client, namespace });
  const counting = await wireWorkerMetrics(config.metrics, prisma, sdkPort);
  const files = wireFiles(prisma, config.objectStore);
  const allowed = settled([join(prisma, client, namespace, config.adopt), knowsOurAttributes(client, namespace)]);
  const parts = { ...config, ...counting, allowed, prisma, files, connection, temporal, namespace, bundle, log };
  const worker = await startWorker(parts);
  log.info({ namespace }, "Working");
  process.send?.({ ready: true });

  await Promise.race([whenAsked(), worker.running]);
  await worker.stop();
  // What still works at something may refuse.
  await Promise.allSettled([prisma.$disconnect(), client.close(), connection.close(), counting.close()]);
});

async function knowsOurAttributes(client: Connection, namespace: string): Promise<void> {
  const missing = await missingSearchAttributes(client, namespace);
  if (missing.length > 0) throw new CannotStart(`Temporal lacks ${missing.join(", ")} in ${namespace}: run npm run migrate.`);
}
