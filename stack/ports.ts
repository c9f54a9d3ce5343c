// Which port a part listens on. A default that is busy gives way to the next free one; a port that was asked for doesn't.
import { createServer } from "node:net";
import type { PortWish } from "../config";
import { CannotStart } from "./cannot-start";

const HOST = "127.0.0.1";
const LOOK_AT_MOST = 100;

export interface PortFound {
  readonly port: number;
  /** The default that was busy; undefined when the wish was granted. */
  readonly insteadOf?: number;
}

/**
 * Grants the wish, or finds the next free port after a busy default.
 * Rejects with `CannotStart` when neither is to be had.
 * @param taken ports that other parts of ours are about to use
 */
export async function findPort(wish: PortWish, taken: ReadonlySet<number> = new Set(), host = HOST): Promise<PortFound> {
  if (wish.asked) {
    if (taken.has(wish.port) || !(await isFree(wish.port, host))) {
      throw new CannotStart(`${wish.variable}=${wish.port}: the port is in use. Free it, or set ${wish.variable} to another.`);
    }
    return { port: wish.port };
  }
  for (let port = wish.port; port < wish.port + LOOK_AT_MOST; port += 1) {
    if (taken.has(port) || !(await isFree(port, host))) continue;
    return port === wish.port ? { port } : { port, insteadOf: wish.port };
  }
  throw new CannotStart(`No free port from ${wish.port} to ${wish.port + LOOK_AT_MOST - 1}: set ${wish.variable}.`);
}

/** Any free port, as the system gives them out. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, HOST, () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
