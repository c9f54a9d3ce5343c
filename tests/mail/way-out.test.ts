// By which server a mail leaves: each mailbox by its own where it has one, with its own secret, gate and rate.
import { execFile, execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { SMTPServer } from "smtp-server";
import type { SMTPServerAuthentication, SMTPServerOptions } from "smtp-server";
import type { OwedMail } from "../../activities/mail/send";
import { createTransport } from "../../activities/mail/transport";
import { createSeals } from "../../contract/seal";
import { smtpSeal } from "../../mail/outgoing";
import type { SmtpSecret, SmtpSettings } from "../../mail/outgoing";
import { aStoredTicket, anOwedNotice } from "./a-mail";
import { aSendStage, unavailable } from "./a-send-stage";
import type { SendStage } from "./a-send-stage";

const seals = createSeals("a secret of these tests alone");
let stage: SendStage;
const closing: (() => void)[] = [];
beforeAll(async () => void (stage = await aSendStage()));
beforeEach(async () => {
  await stage.reset();
  stage.use(createTransport(stage.server.url, seals.open));
});
afterEach(() => closing.splice(0).forEach((close) => close()));
afterAll(() => stage.close());

interface OwnServer {
  readonly port: number;
  /** Who signed in and where each mail came from. */
  readonly mails: { readonly user: string | undefined; readonly from: string; readonly isEncrypted: boolean }[];
}

/** Takes whoever `signsIn` lets in; without it, everybody. */
async function aServer(options: SMTPServerOptions = {}, signsIn?: (auth: SMTPServerAuthentication) => boolean): Promise<OwnServer> {
  const mails: OwnServer["mails"] = [];
  const server = new SMTPServer({
    authOptional: signsIn === undefined,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 100,
    onAuth: (auth, _session, done) => (signsIn?.(auth) === true ? done(null, { user: auth.username }) : done(new Error("No such user"))),
    onData: (stream, session, done) => {
      stream.resume().on("end", () => {
        const from = session.envelope.mailFrom === false ? "" : session.envelope.mailFrom.address;
        mails.push({ user: session.user, from, isEncrypted: session.secure });
        done();
      });
    },
    ...options,
  });
  server.on("error", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  closing.push(() => server.close());
  return { port: (server.server.address() as AddressInfo).port, mails };
}

/** A mailbox with its own server, and somebody who wrote to it and is owed an answer. */
async function aMailbox(server: Partial<SmtpSettings>, secret: SmtpSecret | null) {
  const { prisma } = stage.database;
  const id = `box-${randomUUID().slice(0, 8)}`;
  const smtp: SmtpSettings = { host: "127.0.0.1", port: 1, security: "none", user: null, perSecond: null, oauth: null, ...server };
  const smtpSecret = secret === null ? null : seals.seal(JSON.stringify(secret), smtpSeal(id));
  const address = `${id}@box.example`;
  await prisma.mailbox.create({ data: { id, name: id, teamId: "support", addresses: [address], smtp: { ...smtp }, smtpSecret } });
  return { id, address, owed: async () => await owedFrom(id, address) };
}

async function owedFrom(mailboxId: string, address: string): Promise<{ number: number; notice: OwedMail }> {
  const { prisma } = stage.database;
  const number = await aStoredTicket(prisma);
  const raw = Buffer.from(randomUUID());
  const reading = { to: [{ name: null, address }], cc: [] };
  const { id: rawMailId } = await prisma.rawMail.create({
    data: { id: randomUUID(), mailboxId, source: "smtp", sha256: randomUUID(), size: raw.length, raw, receivedAt: new Date(), reading, messageId: `${number}@customer.example` },
  });
  const { requesterId: authorId } = await prisma.ticket.findUniqueOrThrow({ where: { number } });
  await prisma.message.create({ data: { id: randomUUID(), ticket: number, visibility: "public", authorKind: "requester", authorId, text: "Where is it?", sha256: "0".repeat(64), version: 0, rawMailId } });
  return { number, notice: await anOwedNotice(prisma, number) };
}

test("mails from a mailbox's address leave by its server, signed in with its secret; all others by the one of all", async () => {
  const own = await aServer({}, ({ username, password }) => username === "billing" && password === "its password");
  const { address, owed } = await aMailbox({ port: own.port, user: "billing" }, { password: "its password" });
  const { number, notice } = await owed();
  expect(await stage.send(number, [notice])).toMatchObject([{ state: "sent" }]);
  expect(own.mails).toMatchObject([{ user: "billing", from: expect.stringMatching(new RegExp(`^${address.split("@")[0]}\\+b\\..*@box\\.example$`)) }]);
  const other = await aStoredTicket(stage.database.prisma);
  expect(await stage.send(other, [await anOwedNotice(stage.database.prisma, other)])).toMatchObject([{ state: "sent" }]);
  expect([own.mails.length, stage.server.mails.length]).toEqual([1, 1]);
  const { smtpSecret } = await stage.database.prisma.mailbox.findFirstOrThrow({ where: { addresses: { has: address } } });
  expect(smtpSecret).not.toContain("its password");
});

test("another server, once it is set, takes the next mail; without one it is the one of all again", async () => {
  const [first, second] = [await aServer(), await aServer()];
  const { id, owed } = await aMailbox({ port: first.port }, null);
  const set = async (smtp: Partial<SmtpSettings>) =>
    void (await stage.database.prisma.mailbox.update({ where: { id }, data: { smtp: { host: "127.0.0.1", security: "none", user: null, perSecond: null, oauth: null, ...smtp } } }));
  for (const port of [first.port, second.port]) {
    await set({ port });
    const { number, notice } = await owed();
    expect(await stage.send(number, [notice])).toMatchObject([{ state: "sent" }]);
  }
  expect([first.mails.length, second.mails.length]).toEqual([1, 1]);
  await stage.database.prisma.$executeRaw`UPDATE mailboxes SET smtp = NULL WHERE id = ${id}`;
  const { number, notice } = await owed();
  await stage.send(number, [notice]);
  expect(stage.server.mails).toHaveLength(1);
});

test("one server that is away holds up its own mailbox's mails alone, and says which gate they wait at", async () => {
  const { id, owed } = await aMailbox({ port: 1 }, null);
  const waiting = [await owed(), await owed(), await owed(), await owed()];
  for (const { number, notice } of waiting) await expect(stage.send(number, [notice])).rejects.toMatchObject(unavailable);
  const gate = await stage.database.prisma.mailGate.findUniqueOrThrow({ where: { name: `server of ${id}` } });
  expect(gate.openUntil).not.toBeNull();
  expect(await stage.database.prisma.notice.count({ where: { gate: `server of ${id}` } })).toBe(1);
  const other = await aStoredTicket(stage.database.prisma);
  expect(await stage.send(other, [await anOwedNotice(stage.database.prisma, other)])).toMatchObject([{ state: "sent" }]);
  expect(await stage.database.prisma.mailGate.count({ where: { name: "server", failures: { gt: 0 } } })).toBe(0);
});

test("its rate is its own", async () => {
  const own = await aServer();
  const { address, owed } = await aMailbox({ port: own.port, perSecond: 0.5 }, null);
  const { number, notice } = await owed();
  await stage.send(number, [notice]);
  const { nextSlot } = await stage.database.prisma.mailGate.findUniqueOrThrow({ where: { name: address } });
  expect(nextSlot?.getTime()).toBeGreaterThan(Date.now());
});

describe("OAuth2", () => {
  /** A token server that gives `token` for the refresh token alone, and what it was asked. */
  async function aTokenServer(token: () => string) {
    const asked: URLSearchParams[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        const params = new URLSearchParams(body);
        asked.push(params);
        const isGranted = params.get("refresh_token") === "its refresh token";
        response.writeHead(isGranted ? 200 : 400, { "Content-Type": "application/json" });
        response.end(JSON.stringify(isGranted ? { access_token: token(), expires_in: 3_600, token_type: "Bearer" } : { error: "invalid_grant" }));
      });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    closing.push(() => server.close());
    return { tokenUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`, asked };
  }
  const tokenOnly: SMTPServerOptions = { authMethods: ["XOAUTH2"] };

  test("signs in with an access token, asked for with the refresh token and the scope", async () => {
    const { tokenUrl, asked } = await aTokenServer(() => "t1");
    const own = await aServer(tokenOnly, ({ username, accessToken }) => username === "billing@box.example" && accessToken === "t1");
    const oauth = { tokenUrl, clientId: "client", scope: "https://outlook.office.com/SMTP.Send offline_access" };
    const { owed } = await aMailbox({ port: own.port, user: "billing@box.example", oauth }, { refreshToken: "its refresh token", clientSecret: "client secret" });
    const [one, two] = [await owed(), await owed()];
    expect(await stage.send(one.number, [one.notice])).toMatchObject([{ state: "sent" }]);
    expect(await stage.send(two.number, [two.notice])).toMatchObject([{ state: "sent" }]);
    expect(own.mails.map(({ user }) => user)).toEqual(["billing@box.example", "billing@box.example"]);
    expect(Object.fromEntries(asked[0] ?? [])).toMatchObject({ grant_type: "refresh_token", client_id: "client", client_secret: "client secret", scope: oauth.scope });
    expect(asked).toHaveLength(1);
  });

  test("a grant that is gone makes its mails wait, and its row says so without a secret", async () => {
    const { tokenUrl } = await aTokenServer(() => "t1");
    const own = await aServer(tokenOnly, () => false);
    const oauth = { tokenUrl, clientId: "client", scope: null };
    const { owed } = await aMailbox({ port: own.port, user: "billing@box.example", oauth }, { refreshToken: "revoked", clientSecret: null });
    const { number, notice } = await owed();
    await expect(stage.send(number, [notice])).rejects.toMatchObject(unavailable);
    expect(await stage.row(notice)).toMatchObject({ state: "queued", lastError: expect.stringMatching(/^E(?:AUTH|OAUTH2)\b/) });
  });
});

describe("STARTTLS", () => {
  const folder = mkdtempSync(join(tmpdir(), "perdura-tls-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  beforeAll(() => void execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", cert, ...subject], { stdio: "ignore" }));
  afterAll(() => rmSync(folder, { recursive: true }));
  const withTls = () => aServer({ key: readFileSync(key), cert: readFileSync(cert) });

  test("a certificate that nobody vouches for is refused before anything is said: the mail waits", async () => {
    const own = await withTls();
    const { owed } = await aMailbox({ port: own.port, security: "starttls" }, null);
    const { number, notice } = await owed();
    await expect(stage.send(number, [notice])).rejects.toMatchObject(unavailable);
    expect(await stage.row(notice)).toMatchObject({ state: "queued", lastError: expect.stringMatching(/^(?:ETLS|ESOCKET)\b/) });
    expect(own.mails).toEqual([]);
  });

  test("a server that offers none is not spoken to in the clear", async () => {
    const own = await aServer({ disabledCommands: ["STARTTLS"] });
    const { owed } = await aMailbox({ port: own.port, security: "starttls" }, null);
    const { number, notice } = await owed();
    await expect(stage.send(number, [notice])).rejects.toMatchObject(unavailable);
    expect(own.mails).toEqual([]);
  });

  test("with its authority in NODE_EXTRA_CA_CERTS the mail leaves, encrypted", async () => {
    const own = await withTls();
    const server = { mailbox: "box", host: "127.0.0.1", port: own.port, security: "starttls", user: null, secret: null, perSecond: null, oauth: null };
    // Node reads the variable when it starts.
    const send = `createTransport("smtp://127.0.0.1:1").sendMail({ from: "desk@box.example", to: "kim@customer.example", text: "Hello" }, ${JSON.stringify(server)}).then(() => process.exit(0), (error) => { console.error(error); process.exit(1); })`;
    const script = `const { createTransport } = require("./activities/mail/transport.ts"); ${send}`;
    await promisify(execFile)(process.execPath, ["-r", "./bin/typescript.cjs", "-e", script], { env: { ...process.env, NODE_EXTRA_CA_CERTS: cert } });
    expect(own.mails).toMatchObject([{ isEncrypted: true }]);
  });
});
