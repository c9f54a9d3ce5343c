// A stretch of network between two parts, with weather: bytes pass, come late, trickle, vanish for a while, or every
// connection is cut. Knows bytes only. What it holds back is never lost while both ends live, as with real packets.
import { once } from "node:events";
import { createConnection, createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** `silent`: nothing passes and nobody is told. `cut`: connections break, and new ones as soon as they are made. */
export type Weather =
  | { readonly kind: "clear" | "silent" | "cut" }
  | { readonly kind: "late"; readonly ms: number }
  | { readonly kind: "slow"; readonly bytesPerSecond: number };

const HOST = "127.0.0.1";

export class Proxy {
  private weather: Weather = { kind: "clear" };
  private readonly sockets = new Set<Socket>();
  private changed = new AbortController();

  private constructor(
    private readonly server: Server,
    private readonly target: number,
  ) {
    server.on("connection", (near) => this.connect(near));
  }

  /** Leads from a port of its own to `target`. */
  static async start(target: number): Promise<Proxy> {
    const server = createServer({ allowHalfOpen: false });
    server.listen(0, HOST);
    await once(server, "listening");
    return new Proxy(server, target);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** From now on, for old and new connections alike. */
  set(weather: Weather): void {
    this.weather = weather;
    this.changed.abort();
    this.changed = new AbortController();
    if (weather.kind === "cut") this.breakAll();
  }

  /** Breaks what is connected now; new connections fare as the weather has it. */
  breakAll(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.set({ kind: "cut" });
    this.server.close();
    await once(this.server, "close");
  }

  private connect(near: Socket): void {
    if (this.weather.kind === "cut") return void near.destroy();
    const far = createConnection(this.target, HOST);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(socket);
      socket.setNoDelay(true);
      // A broken end is what this is for; the other end breaks with it.
      socket.on("error", () => undefined);
      socket.once("close", () => {
        this.sockets.delete(socket);
        other.destroy();
      });
    }
    void this.pass(near, far);
    void this.pass(far, near);
  }

  private async pass(from: Socket, to: Socket): Promise<void> {
    try {
      for await (const chunk of from as AsyncIterable<Buffer>) {
        await this.travel(chunk.length, to);
        if (to.destroyed) return;
        if (!to.write(chunk)) await Promise.race([once(to, "drain"), once(to, "close")]);
      }
      to.end();
    } catch {
      to.destroy();
    }
  }

  /** Takes as long as the weather has it; a silence lasts until the weather changes. */
  private async travel(bytes: number, to: Socket): Promise<void> {
    while (this.weather.kind === "silent" && !to.destroyed) await untilAborted(this.changed.signal, 100);
    if (this.weather.kind === "late") await untilAborted(this.changed.signal, this.weather.ms);
    if (this.weather.kind === "slow")
      await untilAborted(this.changed.signal, (1_000 * bytes) / this.weather.bytesPerSecond);
  }
}

async function untilAborted(signal: AbortSignal, atMostMs: number): Promise<void> {
  await sleep(atMostMs, undefined, { signal }).catch(() => undefined);
}
