// bin/worker.ts as a test runs it: the same parts, each behind the points at which a fault may be armed.
import { Client, Connection } from "@temporalio/client";
import { NativeConnection } from "@temporalio/worker";
import pino from "pino";
import { createTransport } from "../../activities/mail/transport";
import { main, whenAsked } from "../../bin/main";
import { installRuntime } from "../../bin/temporal-runtime";
import { startWorker } from "../../bin/wire-worker";
import { readWorkerConfig } from "../../config";
import { createPrisma } from "../../prisma/client";
import { createFiles } from "../../prisma/files";
import { join } from "../../relay/installation";
import { bundleWorkflows } from "../../stack/bundle";
import { activityPoints } from "./points/activities";
import { withMailPoints } from "./points/mail";
import { withPoints } from "./points/postgres";
import { clientPoints } from "./points/temporal";

void main(async () => {
  const config = readWorkerConfig(process.env);
  const log = pino({ level: config.logLevel, base: { part: "worker" } });
  installRuntime(log);
  const { namespace } = config.temporal;
  const connection = await NativeConnection.connect(config.temporal.connection);
  const client = await Connection.connect(config.temporal.connection);
  const prisma = createPrisma(config.databaseUrl, { max: 16, name: "perdura worker", statementTimeoutMs: 8_000 });
  await join(prisma, client, namespace, config.adopt);
  const worker = await startWorker({
    ...config,
    prisma: withPoints(prisma),
    files: createFiles(prisma, null),
    connection,
    temporal: new Client({ connection: client, namespace, interceptors: { workflow: [clientPoints("relay")] } }),
    namespace,
    bundle: config.bundle ?? (await bundleWorkflows(config.home)),
    log,
    interceptors: { activity: [activityPoints] },
    transport: withMailPoints(createTransport(config.smtpUrl)),
  });
  process.send?.({ ready: true });

  await Promise.race([whenAsked(), worker.running]);
  await worker.stop();
  await Promise.all([prisma.$disconnect(), client.close(), connection.close()]);
});
