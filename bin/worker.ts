// `npm run worker`: runs workflows, their activities and the relay, until it is told to stop.
import { Client, Connection } from "@temporalio/client";
import { DefaultLogger, NativeConnection, Runtime } from "@temporalio/worker";
import pino from "pino";
import { readWorkerConfig } from "../config";
import { createPrisma } from "../prisma/client";
import { join } from "../relay/installation";
import { bundleWorkflows } from "../stack/bundle";
import { CannotStart } from "../stack/cannot-start";
import { missingSearchAttributes } from "../stack/search-attributes";
import { main, whenAsked } from "./main";
import { startWorker } from "./wire-worker";

void main(async () => {
  const config = readWorkerConfig(process.env);
  const log = pino({ level: config.logLevel, base: { part: "worker" } });
  Runtime.install({
    // Signals are ours: the relay stops first.
    shutdownSignals: [],
    logger: new DefaultLogger("WARN", ({ level, message, meta }) => log.warn({ level, ...meta }, message)),
  });
  const { namespace } = config.temporal;
  const bundle = config.bundle ?? (await bundleWorkflows(config.home));
  const connection = await NativeConnection.connect(config.temporal.connection);
  const client = await Connection.connect(config.temporal.connection);
  const prisma = createPrisma(config.databaseUrl, { max: 16, name: "perdura worker", statementTimeoutMs: 8_000 });
  await join(prisma, client, namespace, config.adopt);
  const missing = await missingSearchAttributes(client, namespace);
  if (missing.length > 0) throw new CannotStart(`Temporal lacks ${missing.join(", ")} in ${namespace}: run npm run migrate.`);
  const temporal = new Client({ connection: client, namespace });
  const worker = await startWorker({ ...config, prisma, connection, temporal, namespace, bundle, log });
  log.info({ namespace }, "Working");
  process.send?.({ ready: true });

  await Promise.race([whenAsked(), worker.running]);
  await worker.stop();
  await Promise.all([prisma.$disconnect(), client.close(), connection.close()]);
});
