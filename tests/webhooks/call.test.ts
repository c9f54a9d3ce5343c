// Programs are told of what happened, over real sockets: signed, tried again, and never anywhere but where an admin pointed.
import { createHmac, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingHttpHeaders, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { MockActivityEnvironment } from "@temporalio/testing";
import { DefaultLogger } from "@temporalio/worker";
import { createWebhookActivities } from "../../activities/webhooks/call";
import { post } from "../../activities/webhooks/post";
import { createSeals } from "../../contract/seal";
import { givenUpAfterMs, waitAfter } from "../../domain/webhook-waits";
import { aStoredTicket, anOwedNotice } from "../mail/a-mail";
import { aDatabase } from "../support/database";
import type { TestDatabase } from "../support/database";

const seals = createSeals("a-secret-of-the-tests-0000000000000000");
const key = randomBytes(32);
const url = (path = "/") => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;

interface Heard {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
let heard: Heard[] = [];
/** What the receiver answers: a status, or nothing at all. */
let answer: number | "silence" = 200;
let server: Server;
let database: TestDatabase;

beforeAll(async () => {
  database = await aDatabase();
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      heard.push({ headers: request.headers, body: Buffer.concat(parts).toString("utf8") });
      if (answer === "silence") return;
      response.writeHead(answer, answer === 302 ? { location: url("/elsewhere") } : {}).end("thank you");
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
});
beforeEach(() => {
  heard = [];
  answer = 200;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await database.drop();
});

let hooks = 0;

async function aNotice(address = url()): Promise<string> {
  const id = `hook-${++hooks}`;
  const secret = seals.seal(`whsec_${key.toString("base64")}`, id);
  await database.prisma.webhook.create({ data: { id, url: address, secret } });
  const number = await aStoredTicket(database.prisma, { subject: "A secret subject" });
  const notice = await anOwedNotice(database.prisma, number, { template: "escalation", recipient: `webhook:${id}` });
  return notice.id;
}

function call(notice: string, more: { mayBePrivate?: boolean } = {}) {
  const activities = createWebhookActivities({
    prisma: database.prisma,
    publicUrl: "https://desk.example/",
    mayBePrivate: true,
    open: (sealed, about) => seals.open(sealed, about),
    ...more,
  });
  const environment = new MockActivityEnvironment({}, { logger: new DefaultLogger("ERROR") });
  return environment.run(activities.callWebhook, { notice });
}

const row = async (id: string) => await database.prisma.notice.findUniqueOrThrow({ where: { id } });

test("it is told once, in ids, codes and instants, with a signature that it can check", async () => {
  const notice = await aNotice();
  const { ticket, version } = await row(notice);
  await database.prisma.event.update({
    where: { ticket_version: { ticket, version } },
    data: { kind: "escalated", facts: { metric: "resolution", level: 2, dueAt: 1_900_000_000_000, also: [1] } },
  });
  expect(await call(notice)).toMatchObject({ state: "sent", attempts: 1 });
  const [{ headers, body } = { headers: {}, body: "" }] = heard;
  expect(JSON.parse(body)).toMatchObject({
    type: "ticket.escalated",
    data: {
      event: { version, metric: "resolution", level: 2, also: [1], dueAt: "2030-03-17T17:46:40.000Z", targetAt: null },
      ticket: { number: ticket, status: "open", priority: "normal", assignee: "amara" },
      links: { ticket: `https://desk.example/api/v1/tickets/${ticket}` },
    },
  });
  expect(body).not.toMatch(/secret subject|customer\.example|It left us/);
  const { "webhook-id": id, "webhook-timestamp": at, "webhook-signature": signature } = headers;
  expect(id).toBe(notice);
  expect(Math.abs(Number(at) - Date.now() / 1_000)).toBeLessThan(10);
  expect(signature).toBe(`v1,${createHmac("sha256", key).update(`${String(id)}.${String(at)}.${body}`).digest("base64")}`);
  expect(await call(notice)).toMatchObject({ state: "sent", attempts: 1 });
  expect(heard).toHaveLength(1);
});

test.each([500, 404, 302])("an answer of %d is no hearing: it is tried again later, under the same id", async (status) => {
  answer = status;
  const notice = await aNotice();
  await expect(call(notice)).rejects.toMatchObject({ type: "WebhookUnavailable", nextRetryDelay: 5_000 });
  expect(await row(notice)).toMatchObject({ state: "queued", lastError: `HTTP ${status}`, attempts: 1, holder: null });
  await expect(call(notice)).rejects.toMatchObject({ nextRetryDelay: 30_000 });
  answer = 204;
  expect(await call(notice)).toMatchObject({ state: "sent", attempts: 3 });
  expect(new Set(heard.map(({ headers }) => headers["webhook-id"]))).toEqual(new Set([notice]));
});

test("410 ends it, and so do three days in vain", async () => {
  answer = 410;
  const gone = await aNotice();
  expect(await call(gone)).toMatchObject({ state: "failed" });
  answer = 500;
  const old = await aNotice();
  await database.prisma.notice.update({ where: { id: old }, data: { createdAt: new Date(Date.now() - givenUpAfterMs - 1) } });
  expect(await call(old)).toMatchObject({ state: "failed" });
  expect(await row(old)).toMatchObject({ lastError: "HTTP 500" });
});

test("waits grow to half a day, and three days hold about a dozen attempts", () => {
  const waits = Array.from({ length: 30 }, (_, index) => waitAfter(index + 1));
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect(waits.at(-1)).toBe(12 * 3_600_000);
  let [attempts, passed] = [1, 0];
  for (; passed < givenUpAfterMs; attempts += 1) passed += waitAfter(attempts);
  expect(attempts).toBeGreaterThanOrEqual(10);
  expect(attempts).toBeLessThan(20);
});

test("one that has been taken away fails, and nobody is called", async () => {
  const notice = await aNotice();
  await database.prisma.webhook.updateMany({ data: { retiredAt: new Date() } });
  expect(await call(notice)).toMatchObject({ state: "failed" });
  expect(heard).toHaveLength(0);
});

test("a network of ours is not reached unless that is allowed, by address or by name", async () => {
  const notice = await aNotice();
  await expect(call(notice, { mayBePrivate: false })).rejects.toMatchObject({ type: "WebhookUnavailable" });
  expect(await row(notice)).toMatchObject({ lastError: "insecure" });
  const secure = url().replace("http:", "https:");
  for (const address of [secure, secure.replace("127.0.0.1", "localhost"), "https://[::1]/", "https://169.254.169.254/latest"]) {
    expect(await post(new URL(address), "{}", {}, { mayBePrivate: false })).toEqual({ status: null, error: "private" });
  }
  expect(heard).toHaveLength(0);
});

test("what can't be reached is told by a code, never by its address", async () => {
  const closed = createServer().listen(0, "127.0.0.1");
  await once(closed, "listening");
  const address = `http://127.0.0.1:${(closed.address() as AddressInfo).port}/T0KEN`;
  closed.close();
  const notice = await aNotice(address);
  const failure: unknown = await call(notice).catch((error: unknown) => error);
  expect(await row(notice)).toMatchObject({ lastError: "ECONNREFUSED" });
  expect(JSON.stringify([failure, String(failure), await row(notice)])).not.toContain("T0KEN");
});

test("one that never answers has no more than four calls in hand", async () => {
  answer = "silence";
  const id = `hook-${hooks + 1}`;
  const notices = [await aNotice()];
  for (let more = 0; more < 4; more += 1) {
    const number = await aStoredTicket(database.prisma);
    notices.push((await anOwedNotice(database.prisma, number, { recipient: `webhook:${id}` })).id);
  }
  const activities = createWebhookActivities({
    prisma: database.prisma,
    publicUrl: "https://desk.example",
    mayBePrivate: true,
    open: (sealed, about) => seals.open(sealed, about),
  });
  const environment = () => new MockActivityEnvironment({}, { logger: new DefaultLogger("ERROR") });
  const running = notices.slice(0, 4).map((notice) => environment().run(activities.callWebhook, { notice }).catch((error: unknown) => error));
  while (heard.length < 4) await new Promise((resolve) => setTimeout(resolve, 10));
  await expect(environment().run(activities.callWebhook, { notice: notices[4] ?? "" })).rejects.toMatchObject({ type: "WebhookBusy" });
  server.closeAllConnections();
  for (const failure of await Promise.all(running)) expect(failure).toMatchObject({ type: "WebhookUnavailable" });
});
