// How a mailbox is signed in to: access tokens, and encryption with certificates that somebody vouches for.
import { execFile, execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Keeper } from "../../inbound/imap/keeper";
import type { ImapSettings } from "../../inbound/imap/settings";
import { aDatabase, type TestDatabase } from "../support/database";
import { Dovecot } from "../support/dovecot";
import { eventually } from "../support/eventually";
import { aMail, aMailbox, describeOnDovecot, log, sealSecret, seals } from "./a-mailbox";

describeOnDovecot("a mailbox on a Dovecot with STARTTLS and OAuth2", () => {
  const folder = mkdtempSync(join(tmpdir(), "perdura-imap-tls-"));
  const tls = { key: join(folder, "key.pem"), cert: join(folder, "cert.pem") };
  const granted = "its refresh token";
  let database: TestDatabase;
  let server: Dovecot;
  /** Offers no encryption. */
  let plain: Dovecot;
  /** Gives access tokens for the refresh token, each a new one, and tells Dovecot whose the last one is. */
  let tokens: Server;
  let url: string;
  const given: string[] = [];
  const owners = new Map<string, string>();
  beforeAll(async () => {
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
    execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", tls.key, "-out", tls.cert, ...subject], { stdio: "ignore" });
    tokens = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => answer(new URL(request.url ?? "", url), new URLSearchParams(body), response));
    }).listen(0, "127.0.0.1");
    await once(tokens, "listening");
    url = `http://127.0.0.1:${(tokens.address() as AddressInfo).port}`;
    const tokenInfoUrl = `${url}/whose?access_token=`;
    [database, server, plain] = await Promise.all([aDatabase(), Dovecot.start({ tls, tokenInfoUrl }), Dovecot.start({ tokenInfoUrl, tokensBy: ["xoauth2", "oauthbearer"] })]);
  });
  afterAll(async () => {
    tokens.close();
    await Promise.all([server.stop(), plain.stop(), database.drop()]);
    rmSync(folder, { recursive: true });
  });

  function answer(asked: URL, body: URLSearchParams, response: ServerResponse): void {
    const say = (status: number, said: object): void => {
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(said));
    };
    const token = asked.searchParams.get("access_token");
    if (token !== null) return token === given.at(-1) ? say(200, { email: owners.get(token), active: true }) : say(401, { error: "invalid_token" });
    if (body.get("refresh_token") !== granted) return say(400, { error: "invalid_grant" });
    given.push(randomUUID());
    owners.set(given.at(-1) ?? "", body.get("client_id") ?? "");
    say(200, { access_token: given.at(-1), expires_in: 3_600, token_type: "Bearer" });
  }

  /** `refreshToken` undefined: by password. The client's id is the user whom its tokens let in. */
  async function mailbox(security: ImapSettings["security"], refreshToken?: string, at = server): Promise<string> {
    const secret = refreshToken === undefined ? { password: at.password } : { refreshToken, clientSecret: "of the client" };
    return await aMailbox(database.prisma, at.port, secret, (id) => ({ security, oauth: refreshToken === undefined ? null : { tokenUrl: `${url}/token`, clientId: id, scope: null } }));
  }
  const row = async (id: string) => await database.prisma.mailbox.findUniqueOrThrow({ where: { id } });
  /** Keeps them until each is fetched or is known to fail. */
  async function kept(...ids: readonly string[]): Promise<void> {
    const keepers = ids.map((id) => new Keeper({ prisma: database.prisma, log, open: seals.open, firstWaitMs: 50 }, id));
    for (const id of ids) {
      await eventually(() => row(id), ({ fetchedAt, errorCode }) => fetchedAt !== null || errorCode !== null);
    }
    await Promise.all(keepers.map(async (keeper) => await keeper.stop()));
  }

  test("signs in with an access token; one that the server takes no more is asked for anew", async () => {
    const id = await mailbox("none", granted);
    await server.put(id, aMail("one"));
    const keeper = new Keeper({ prisma: database.prisma, log, open: seals.open, lookEveryMs: 100, firstWaitMs: 50 }, id);
    const has = async (count: number): Promise<void> => {
      await eventually(async () => (await database.prisma.rawMail.count({ where: { mailboxId: id } })) === count, undefined, { otherwise: async () => (await row(id)).errorText });
    };
    await has(1);
    given.push("another user's");
    // The connection ends, and the token that is kept does no longer.
    await server.down();
    await server.up();
    await server.put(id, aMail("two"));
    await has(2);
    await keeper.stop();
    expect(server.loginsOf(id).filter((line) => line.includes("method=XOAUTH2")).length).toBeGreaterThanOrEqual(2);
    expect([...owners.values()].filter((owner) => owner === id).length).toBeGreaterThanOrEqual(2);
  });

  test("as RFC 7628 has it where the server offers that, as Gmail does", async () => {
    const id = await mailbox("none", granted, plain);
    await plain.put(id, aMail("one"));
    await kept(id);
    expect(plain.loginsOf(id)).toEqual([expect.stringContaining("method=PLAIN"), expect.stringContaining("method=OAUTHBEARER")]);
  });

  test("a grant that is gone, and tokens that the server refuses, are told apart", async () => {
    const [gone, refused] = [await mailbox("none", "revoked"), await mailbox("none", granted)];
    await database.prisma.mailbox.update({ where: { id: refused }, data: { imap: { ...((await row(refused)).imap as object), user: "somebody-else" } } });
    await kept(gone);
    await kept(refused);
    expect([(await row(gone)).errorCode, (await row(refused)).errorCode]).toEqual(["oauth", "login"]);
    expect((await row(gone)).errorText).toContain("invalid_grant");
  });

  test("STARTTLS: a certificate that nobody vouches for, and a server that offers none, are not signed in to", async () => {
    const [unknown, none] = [await mailbox("starttls"), await mailbox("starttls", undefined, plain)];
    await kept(unknown, none);
    expect([(await row(unknown)).errorCode, (await row(none)).errorCode]).toEqual(["tls", "tls"]);
    expect([...server.loginsOf(unknown), ...plain.loginsOf(none)]).toEqual([]);
  });

  test("with its authority in NODE_EXTRA_CA_CERTS it is fetched, encrypted, by password and by token", async () => {
    const ids = [await mailbox("starttls"), await mailbox("starttls", granted)];
    for (const id of ids) await server.put(id, aMail("one"));
    // Node reads the variable when it starts.
    const script = `
      const { Keeper } = require("./inbound/imap/keeper.ts");
      const prisma = require("./prisma/client.ts").createPrisma(${JSON.stringify(database.url)});
      const { open } = require("./contract/seal.ts").createSeals(${JSON.stringify(sealSecret)});
      const log = { info: () => {}, warn: (facts) => console.error(facts) };
      (async () => {
        for (const id of ${JSON.stringify(ids)}) {
          const keeper = new Keeper({ prisma, log, open }, id);
          while ((await prisma.mailbox.findUnique({ where: { id } })).fetchedAt === null) await new Promise((resolve) => setTimeout(resolve, 50));
          await keeper.stop();
        }
        process.exit();
      })();`;
    await promisify(execFile)(process.execPath, ["-r", "./bin/typescript.cjs", "-e", script], { env: { ...process.env, NODE_EXTRA_CA_CERTS: tls.cert }, timeout: 40_000 });
    expect(await database.prisma.rawMail.count({ where: { mailboxId: { in: ids } } })).toBe(2);
    const encrypted = ids.map((id) => server.loginsOf(id).filter((line) => line.includes("TLS")));
    expect(encrypted).toEqual([[expect.stringContaining("method=PLAIN")], [expect.stringContaining("method=XOAUTH2")]]);
  });
});
