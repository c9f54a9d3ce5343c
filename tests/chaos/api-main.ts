// bin/api.ts as a test runs it: the same API, its stores behind the points at which a fault may be armed.
import { once } from "node:events";
import { Client } from "@temporalio/client";
import pino from "pino";
import { createApi } from "../../api/app";
import { lazyConnection } from "../../api/temporal";
import { main, whenAsked } from "../../bin/main";
import { readApiConfig } from "../../config";
import { createLinks } from "../../contract/link";
import { createSeals } from "../../contract/seal";
import { createPrisma } from "../../prisma/client";
import { createFiles } from "../../prisma/files";
import { withPoints } from "./points/postgres";
import { clientPoints } from "./points/temporal";

void main(async () => {
  const config = readApiConfig(process.env);
  const log = pino({ level: config.logLevel, base: { part: "api" } });
  const { connection, close } = lazyConnection(config.temporal.connection);
  const limits = { connectTimeoutMs: 2_000, statementTimeoutMs: 3_000, lockTimeoutMs: 2_000 };
  const prisma = createPrisma(config.databaseUrl, { max: 16, name: "perdura api", ...limits });
  const { namespace } = config.temporal;
  const app = createApi({
    prisma: withPoints(prisma),
    files: createFiles(prisma, null),
    temporal: new Client({ connection, namespace, interceptors: { workflow: [clientPoints("api")] } }),
    seals: createSeals(config.secret),
    links: createLinks({ secret: config.secret, publicUrl: config.publicUrl }),
    log,
    // All clients of a test have one address.
    settings: { intakePerMinute: 1_000_000, trustedProxies: 0, attachmentBytes: 1_000_000 },
  });
  const server = app.listen(config.port, config.host);
  await once(server, "listening");
  process.send?.({ ready: true });

  await whenAsked();
  server.close();
  server.closeAllConnections();
  await Promise.all([prisma.$disconnect(), close()]);
});
