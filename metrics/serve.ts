// GET /metrics on a port of its own, in Prometheus's text format. Knows how it is asked; refuses to know what is
// counted.
import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Registry } from "prom-client";

export interface MetricsAddress {
  readonly host: string;
  readonly port: number;
}

export interface ServedMetrics {
  close(): Promise<void>;
}

/** Listens; rejects when it can't. `more` is text of the same format from elsewhere, left out when it doesn't come. */
export async function serveMetrics(
  { host, port }: MetricsAddress,
  registry: Registry,
  more: () => Promise<string> = async () => "",
): Promise<ServedMetrics> {
  const server = createServer((request, response) => {
    void answer(request, response, registry, more).catch(() => response.destroy());
  });
  await once(server.listen(port, host), "listening");
  return {
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  registry: Registry,
  more: () => Promise<string>,
): Promise<void> {
  if (request.method !== "GET" || request.url?.split("?")[0] !== "/metrics") {
    response.writeHead(404).end();
    return;
  }
  const [ours, theirs] = await Promise.all([registry.metrics(), more().catch(() => "")]);
  response.writeHead(200, { "Content-Type": registry.contentType }).end(ours + theirs);
}
