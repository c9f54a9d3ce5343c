// Ports that stay ours while a part is down: none of those that the system gives out to others in the meantime.
import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below every system's range for outgoing connections and for "any free port". */
const range = [12_000, 32_000] as const;

export async function steadyPort(): Promise<number> {
  for (;;) {
    const port = randomInt(...range);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}
