import { once } from "node:events";
import { createConnection, createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { Proxy } from "./proxy";

let server: Server;
let proxy: Proxy;
beforeEach(async () => {
  server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.pipe(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  proxy = await Proxy.start((server.address() as AddressInfo).port);
});
afterEach(async () => {
  await proxy.stop();
  server.close();
});

async function connected(): Promise<Socket> {
  const socket = createConnection(proxy.port, "127.0.0.1");
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return socket;
}

/** Says something and waits for as many bytes to come back; answers how long that took, ms. */
async function echoed(socket: Socket, bytes = 4): Promise<number> {
  const startedAt = performance.now();
  socket.write(Buffer.alloc(bytes));
  for (let left = bytes; left > 0;) left -= ((await once(socket, "data")) as [Buffer])[0].length;
  return performance.now() - startedAt;
}

test("in clear weather everything passes both ways", async () => {
  const socket = await connected();
  await echoed(socket, 1_000_000);
  socket.destroy();
});

test("cut: connections break, and so do new ones; afterwards new ones hold", async () => {
  const socket = await connected();
  const closed = once(socket, "close");
  proxy.set({ kind: "cut" });
  await closed;
  const next = await connected();
  await once(next, "close");
  proxy.set({ kind: "clear" });
  const last = await connected();
  await echoed(last);
  last.destroy();
});

test("silent: nothing passes and nothing is lost", async () => {
  const socket = await connected();
  proxy.set({ kind: "silent" });
  const echo = echoed(socket);
  expect(await Promise.race([echo, new Promise((resolve) => setTimeout(resolve, 200, "silence"))])).toBe("silence");
  proxy.set({ kind: "clear" });
  await echo;
  socket.destroy();
});

test("late: each way takes its time", async () => {
  const socket = await connected();
  proxy.set({ kind: "late", ms: 60 });
  expect(await echoed(socket)).toBeGreaterThan(110);
  socket.destroy();
});

test("slow: many bytes take long", async () => {
  const socket = await connected();
  proxy.set({ kind: "slow", bytesPerSecond: 20_000 });
  expect(await echoed(socket, 2_000)).toBeGreaterThan(150);
  socket.destroy();
});

test("when one end goes, the other is told", async () => {
  const socket = await connected();
  await echoed(socket);
  const closed = once(socket, "close");
  proxy.breakAll();
  await closed;
});
