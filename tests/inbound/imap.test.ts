// Mailboxes fetched by IMAP, on a real server: nothing is lost, nothing comes twice, whatever breaks.
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
import { createSeals } from "../../contract/seal";
import { Keeper } from "../../inbound/imap/keeper";
import { keepMailboxes } from "../../inbound/imap/keepers";
import { imapSeal } from "../../inbound/imap/settings";
import type { ImapSettings } from "../../inbound/imap/settings";
import { aDatabase, type TestDatabase } from "../support/database";
import { Dovecot, hasDovecot } from "../support/dovecot";

const sealSecret = "a-secret-of-the-tests-0000000000000000";
const seals = createSeals(sealSecret);
const log = { info: () => undefined, warn: () => undefined };
const aMail = (subject: string) => `From: ada@example.test\nTo: help@example.test\nSubject: ${subject}\nMessage-ID: <${randomUUID()}@example.test>\n\nHello\n`;

(hasDovecot() ? describe : describe.skip)("a mailbox on Dovecot", () => {
  let database: TestDatabase;
  let server: Dovecot;
  const keepers: Keeper[] = [];
  beforeAll(async () => {
    [database, server] = await Promise.all([aDatabase(), Dovecot.start()]);
  });
  afterEach(async () => {
    await Promise.all(keepers.splice(0).map(async (keeper) => await keeper.stop()));
  });
  afterAll(async () => {
    await server.stop();
    await database.drop();
  });

  /** A mailbox of its own, with a user of that name. */
  async function mailbox(settings: Partial<ImapSettings> = {}, password = server.password): Promise<string> {
    const id = `box-${randomUUID().slice(0, 8)}`;
    const imap = { host: "127.0.0.1", port: server.port, security: "none", user: id, folder: "INBOX", history: "unseen", moveTo: null, oauth: null, ...settings };
    const imapSecret = seals.seal(JSON.stringify({ password }), imapSeal(id));
    await database.prisma.mailbox.create({ data: { id, name: id, teamId: "support", addresses: [`${id}@example.test`], imap, imapSecret } });
    return id;
  }
  const keep = (id: string, lookEveryMs = 60_000): Keeper => {
    const keeper = new Keeper({ prisma: database.prisma, log, open: seals.open, lookEveryMs, firstWaitMs: 50 }, id);
    keepers.push(keeper);
    return keeper;
  };
  const row = async (id: string) => await database.prisma.mailbox.findUniqueOrThrow({ where: { id } });
  const mails = async (mailboxId: string) => await database.prisma.rawMail.findMany({ where: { mailboxId }, orderBy: { uid: "asc" } });
  const until = async (holds: () => Promise<boolean>): Promise<void> => {
    const deadline = Date.now() + 20_000;
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error("It has not come to that.");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const settle = async (mailboxId: string) => await database.prisma.rawMail.updateMany({ where: { mailboxId }, data: { state: "done" } });

  test("what nobody has read is taken in order, and what comes is told by IDLE", async () => {
    const id = await mailbox();
    await server.put(id, aMail("one"), aMail("two"));
    keep(id);
    await until(async () => (await mails(id)).length === 2);
    await until(async () => (await row(id)).fetchedAt !== null);
    await server.put(id, aMail("three"));
    await until(async () => (await mails(id)).length === 3);
    expect((await mails(id)).map(({ uid, source, state }) => ({ uid, source, state }))).toEqual([1n, 2n, 3n].map((uid) => ({ uid, source: "imap", state: "accepted" })));
  });

  test("it is marked as seen once it has become what it is, and not before", async () => {
    const id = await mailbox();
    await server.put(id, aMail("one"));
    const keeper = keep(id);
    await until(async () => (await mails(id)).length === 1);
    keeper.nudge();
    expect(await server.list(id)).toMatchObject([{ seen: false }]);
    await settle(id);
    keeper.nudge();
    await until(async () => (await server.list(id))[0]?.seen === true);
    await until(async () => (await mails(id))[0]?.markedAt !== null);
  });

  test("the same mail laid there twice is one, and both copies are marked", async () => {
    const id = await mailbox();
    const twice = aMail("one");
    await server.put(id, twice, aMail("between"), twice);
    const keeper = keep(id);
    await until(async () => (await row(id)).lastUid === 3n);
    expect((await mails(id)).map(({ uid }) => uid)).toEqual([1n, 2n]);
    await settle(id);
    keeper.nudge();
    await until(async () => (await server.list(id)).every(({ seen }) => seen));
    await until(async () => (await mails(id)).every(({ markedAt }) => markedAt !== null));
  });

  test("or moved, to a folder that is made when it is missing", async () => {
    const id = await mailbox({ moveTo: "Taken in" });
    await server.put(id, aMail("one"));
    const keeper = keep(id);
    await until(async () => (await mails(id)).length === 1);
    await settle(id);
    keeper.nudge();
    await until(async () => (await server.list(id)).length === 0);
    expect(await server.list(id, "Taken in")).toMatchObject([{ subject: "one", seen: true }]);
  });

  test("another UIDVALIDITY: what is here is known, what is new comes, and the new numbers hold", async () => {
    const id = await mailbox();
    await server.put(id, aMail("one"), aMail("two"));
    const keeper = keep(id);
    await until(async () => (await mails(id)).length === 2);
    await until(async () => (await row(id)).lastUid === 2n);
    await keeper.stop();
    const before = (await row(id)).uidValidity;
    // The validity is a time, in seconds.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await server.renumber(id);
    await server.put(id, aMail("three"));
    keep(id);
    await until(async () => (await mails(id)).length === 3);
    await until(async () => (await row(id)).uidValidity !== before);
    expect(new Set((await mails(id)).map(({ uidValidity }) => uidValidity)).size).toBe(1);
  });

  test("the server away: said in plain words since when, and all is there when it is back", async () => {
    const id = await mailbox();
    await server.put(id, aMail("one"));
    keep(id, 300);
    await until(async () => (await mails(id)).length === 1);
    await server.down();
    await until(async () => (await row(id)).errorCode === "refused");
    expect(await row(id)).toMatchObject({ errorText: "Nothing listens at that host and port.", failingSince: expect.any(Date) });
    await server.up();
    await server.put(id, aMail("two"));
    await until(async () => (await mails(id)).length === 2);
    await until(async () => (await row(id)).failingSince === null);
  });

  test("a wrong password, a folder that is not there, and another secret are told apart", async () => {
    const ids = [await mailbox({}, "wrong"), await mailbox({ folder: "Nowhere" }), await mailbox()];
    await database.prisma.mailbox.update({ where: { id: ids[2] ?? "" }, data: { imapSecret: "sealed-by-somebody-else" } });
    ids.forEach((id) => keep(id));
    for (const [at, code] of ["login", "folder", "secret"].entries()) await until(async () => (await row(ids[at] ?? "")).errorCode === code);
  });

  test("killed between the commit and its note, it fetches again and has it once", async () => {
    const id = await mailbox();
    await server.put(id, aMail("one"), aMail("two"));
    const keeper = keep(id);
    await until(async () => (await row(id)).lastUid === 2n);
    await keeper.stop();
    await database.prisma.mailbox.update({ where: { id }, data: { lastUid: 0n } });
    keep(id);
    await until(async () => (await row(id)).lastUid === 2n);
    expect(await mails(id)).toHaveLength(2);
  });

  test("two workers: one keeps it, and the other takes over when that is gone", async () => {
    const id = await mailbox();
    const [first, second] = [0, 1].map(() => keepMailboxes({ prisma: database.prisma, log, open: seals.open, databaseUrl: database.url, firstWaitMs: 50 }));
    await until(async () => (await row(id)).fetchedAt !== null);
    await first?.stop();
    await database.prisma.$executeRaw`SELECT pg_notify('perdura_mailbox', ${id})`;
    await server.put(id, aMail("one"));
    await until(async () => (await mails(id)).length === 1);
    await second?.stop();
  });
});

(hasDovecot() ? describe : describe.skip)("a mailbox on a Dovecot with STARTTLS and OAuth2", () => {
  const folder = mkdtempSync(join(tmpdir(), "perdura-imap-tls-"));
  const tls = { key: join(folder, "key.pem"), cert: join(folder, "cert.pem") };
  const granted = "its refresh token";
  let database: TestDatabase;
  let server: Dovecot;
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
    [database, server, plain] = await Promise.all([aDatabase(), Dovecot.start({ tls, tokenInfoUrl: `${url}/whose?access_token=` }), Dovecot.start()]);
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
    const id = `box-${randomUUID().slice(0, 8)}`;
    const oauth = refreshToken === undefined ? null : { tokenUrl: `${url}/token`, clientId: id, scope: null };
    const imap = { host: "127.0.0.1", port: at.port, security, user: id, folder: "INBOX", history: "unseen", moveTo: null, oauth };
    const secret = refreshToken === undefined ? { password: at.password } : { refreshToken, clientSecret: "of the client" };
    await database.prisma.mailbox.create({ data: { id, name: id, teamId: "support", addresses: [`${id}@example.test`], imap, imapSecret: seals.seal(JSON.stringify(secret), imapSeal(id)) } });
    return id;
  }
  const row = async (id: string) => await database.prisma.mailbox.findUniqueOrThrow({ where: { id } });
  /** Keeps them until each is fetched or is known to fail. */
  async function kept(...ids: readonly string[]): Promise<void> {
    const keepers = ids.map((id) => new Keeper({ prisma: database.prisma, log, open: seals.open, firstWaitMs: 50 }, id));
    for (const id of ids) {
      const deadline = Date.now() + 20_000;
      for (let now = await row(id); now.fetchedAt === null && now.errorCode === null; now = await row(id)) {
        if (Date.now() > deadline) throw new Error("It is neither fetched nor failing.");
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    await Promise.all(keepers.map(async (keeper) => await keeper.stop()));
  }

  test("signs in with an access token; one that the server takes no more is asked for anew", async () => {
    const id = await mailbox("none", granted);
    await server.put(id, aMail("one"));
    const keeper = new Keeper({ prisma: database.prisma, log, open: seals.open, lookEveryMs: 100, firstWaitMs: 50 }, id);
    const until = async (count: number): Promise<void> => {
      for (const deadline = Date.now() + 30_000; (await database.prisma.rawMail.count({ where: { mailboxId: id } })) < count; ) {
        if (Date.now() > deadline) throw new Error(`Still ${(await row(id)).errorText}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    await until(1);
    given.push("another user's");
    // The connection ends, and the token that is kept does no longer.
    await server.down();
    await server.up();
    await server.put(id, aMail("two"));
    await until(2);
    await keeper.stop();
    expect(server.loginsOf(id).filter((line) => line.includes("method=XOAUTH2")).length).toBeGreaterThanOrEqual(2);
    expect([...owners.values()].filter((owner) => owner === id).length).toBeGreaterThanOrEqual(2);
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
