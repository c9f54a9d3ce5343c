// Fetching from addresses that people name, on real sockets of this machine.
import { once } from "node:events";
import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { download, DownloadFailed, isPublic } from "../../calendars/import/download";
import type { DownloadLimits } from "../../calendars/import/download";

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Only 127.0.0.1 counts as public here. */
const limits: DownloadLimits = { maxBytes: 1_000, timeoutMs: 2_000, mayReach: (address) => address === "127.0.0.1" };
const faultOf = (address: string, given: Partial<DownloadLimits> = {}) =>
  download(address, { ...limits, ...given }).then(
    (text) => `text: ${text}`,
    (error: unknown) => (error instanceof DownloadFailed ? error.fault : error),
  );

test("what the server sends is what comes", async () => {
  expect(await faultOf(await serve((_request, response) => response.end("Grüß Gott")))).toBe("text: Grüß Gott");
});

test("redirects are followed, but never into a place that may not be reached, nor for ever", async () => {
  const end = await serve((_request, response) => response.end("here"));
  const to = (location: string) => serve((_request, response) => response.writeHead(302, { location }).end());
  expect(await faultOf(await to(end))).toBe("text: here");
  expect(await faultOf(await to(end.replace("127.0.0.1", "127.0.0.2")))).toBe("private");
  expect(await faultOf(await to("file:///etc/passwd"))).toBe("address");
  const loop = await serve((request, response) => response.writeHead(302, { location: `http://${request.headers.host}/` }).end());
  expect(await faultOf(loop)).toBe("status");
});

test("too much, too slow, not there, not found", async () => {
  expect(await faultOf(await serve((_request, response) => response.end("x".repeat(1_001))))).toBe("too_large");
  expect(await faultOf(await serve((_request, response) => response.write("x")), { timeoutMs: 200 })).toBe("timeout");
  expect(await faultOf(await serve((_request, response) => response.writeHead(404).end()))).toBe("status");
  const gone = await serve(() => undefined);
  const server = servers.pop();
  server?.close();
  expect(await faultOf(gone)).toBe("unreachable");
});

test.each(["ftp://example.com/a", "file:///etc/passwd", "not an address", "http://user:password@example.com/", "gopher://x", ""])("%s is no address to fetch", async (address) => {
  expect(await faultOf(address)).toBe("address");
});

test.each([
  "http://127.0.0.1/", "http://127.1/", "http://0x7f000001/", "http://2130706433/", "http://localhost/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
  "http://10.0.0.1/", "http://172.16.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data", "http://0.0.0.0/", "http://[fe80::1]/",
  "http://[fd00::1]/", "http://100.64.0.1/", "webcal://127.0.0.1/", "http://224.0.0.1/", "http://[64:ff9b::7f00:1]/",
])("%s leads into a private network", async (address) => {
  expect(await faultOf(address, { mayReach: isPublic })).toBe("private");
});

test("public addresses are those of the internet", () => {
  expect(["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"].map(isPublic)).toEqual([true, true, true]);
  expect(["", "nonsense", "127.0.0.1", "::"].map(isPublic)).toEqual([false, false, false, false]);
});
