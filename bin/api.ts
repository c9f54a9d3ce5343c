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
import { createPrisma } from "../prisma/client";
import { CannotStart } from "../stack/cannot-start";
import { main, whenAsked } from "./main";

/** So that all is over 10 s after the word to stop. */
const finishWithinMs = 1_500;

void main(async () => {
  const config = readApiConfig(process.env);
  const log = pino({ level: config.logLevel, base: { part: "api" } });
  const temporal = lazyConnection(config.temporal.connection);
  // Times that leave room for a 503 within 5 s.
  const limits = { connectTimeoutMs: 2_000, statementTimeoutMs: 3_000, lockTimeoutMs: 2_000, queryTimeoutMs: 3_500 };
  const prisma = createPrisma(config.databaseUrl, { max: 16, name: "perdura api", ...limits });
  const app = createApi({
    prisma,
    temporal: new Client({ connection: temporal.connection, namespace: config.temporal.namespace }),
    links: createLinks({ secret: config.secret, publicUrl: config.publicUrl }),
    log,
    settings: config.settings,
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
  await Promise.all([prisma.$disconnect(), temporal.close()]);
});

/** Takes nothing new and finishes what runs, but not for ever. */
async function finish(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  const timer = setTimeout(() => server.closeAllConnections(), finishWithinMs);
  await closed;
  clearTimeout(timer);
}
