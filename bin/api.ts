// The API: takes commands in and gives answers out, until it is told to stop. Starts also while Temporal is away.
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Client } from "@temporalio/client";
import pino from "pino";
import { createApi } from "../api/app";
import { lazyConnection } from "../api/temporal";
import { readApiConfig } from "../config";
import { createLinks } from "../contract/link";
import { createSeals } from "../contract/seal";
import { createPrisma } from "../prisma/client";
import { CannotStart } from "../stack/cannot-start";
import { main, whenAsked } from "./main";
import { wireFiles } from "./wire-files";
import { wireApiMetrics } from "./wire-metrics";

/** A command is answered within 5 s, and all is over 10 s after the word to stop. */
const finishWithinMs = 6_000;
const lookEveryMs = 50;

void main(async () => {
  const config = readApiConfig(process.env);
  const log = pino({ level: config.logLevel, base: { part: "api" } });
  const temporal = lazyConnection(config.temporal.connection);
  // Times that leave room for a 503 within 5 s.
  const limits = { connectTimeoutMs: 2_000, statementTimeoutMs: 3_000, lockTimeoutMs: 2_000, queryTimeoutMs: 3_500 };
  const prisma = createPrisma(config.databaseUrl, { max: 16, name: "perdura api", ...limits });
  const counting = await wireApiMetrics(config.metrics);
  const app = createApi({
    prisma,
    files: wireFiles(prisma, config.objectStore),
    temporal: new Client({ connection: temporal.connection, namespace: config.temporal.namespace }),
    links: createLinks({ secret: config.secret, publicUrl: config.publicUrl }),
    seals: createSeals(config.secret),
    log,
    settings: config.settings,
    metrics: counting.metrics,
  });

  const server = app.listen(config.port, config.host);
  await once(server, "listening").catch((cause: Error) => {
    throw new CannotStart(`Can't listen on ${config.host}:${config.port}: ${cause.message}`, { cause });
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://${config.host}:${port}/api/v1`;
  log.info({ url }, "Listening");
  process.send?.({ ready: true, url });

  await whenAsked();
  await finish(server);
  await Promise.all([prisma.$disconnect(), temporal.close(), counting.close()]);
});

/** Takes nothing new and finishes what runs, but not for ever. */
async function finish(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  // A connection that is kept alive for more requests would keep us, too.
  const idle = setInterval(() => server.closeIdleConnections(), lookEveryMs);
  const timer = setTimeout(() => server.closeAllConnections(), finishWithinMs);
  await closed;
  clearInterval(idle);
  clearTimeout(timer);
}
