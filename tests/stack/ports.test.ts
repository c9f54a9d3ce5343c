import { createServer, type Server } from "node:net";
import type { AddressInfo } from "node:net";
import { findPort } from "../../stack/ports";

describe("a port", () => {
  let busy: Server;
  let port: number;
  beforeAll(async () => {
    busy = createServer();
    await new Promise<void>((resolve) => busy.listen(0, "127.0.0.1", resolve));
    ({ port } = busy.address() as AddressInfo);
  });
  afterAll(() => new Promise((resolve) => busy.close(resolve)));

  test("that is busy by default gives way to a later free one, and says so", async () => {
    const found = await findPort({ variable: "PORT", port, asked: false });
    expect(found.port).toBeGreaterThan(port);
    expect(found.insteadOf).toBe(port);
  });

  test("that is busy though asked for is an error naming its variable", async () => {
    await expect(findPort({ variable: "SMTP_PORT", port, asked: true })).rejects.toThrow(`SMTP_PORT=${port}: the port is in use`);
  });

  test("that another part of ours is about to take counts as busy", async () => {
    const free = await findPort({ variable: "PORT", port, asked: false });
    const next = await findPort({ variable: "MAIL_PORT", port, asked: false }, new Set([free.port]));
    expect(next.port).toBeGreaterThan(free.port);
  });

  test("that is free is granted", async () => {
    const { port: free } = await findPort({ variable: "PORT", port, asked: false });
    expect(await findPort({ variable: "PORT", port: free, asked: true })).toEqual({ port: free });
  });
});
