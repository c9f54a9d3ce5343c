import { setTimeout as sleep } from "node:timers/promises";
import { CancelledFailure } from "@temporalio/activity";
import { MockActivityEnvironment } from "@temporalio/testing";
import { DefaultLogger } from "@temporalio/worker";
import { claim, note } from "../../activities/mail/ledger";
import { createSend } from "../../activities/mail/send";
import type { OwedMail, SendOutcome } from "../../activities/mail/send";
import { createTransport } from "../../activities/mail/transport";
import type { MailTransport } from "../../activities/mail/transport";
import { createPrisma } from "../../prisma/client";
import { aDatabase } from "../support/database";
import type { TestDatabase } from "../support/database";
import { MailServer } from "../support/mail";
import { aStoredTicket, anOwedNotice, sender } from "./a-mail";

let database: TestDatabase;
let server: MailServer;
let transport: MailTransport;

beforeAll(async () => {
  database = await aDatabase();
  server = await MailServer.start();
});
beforeEach(() => {
  transport = createTransport(server.url);
  server.fault = () => undefined;
  server.mails.length = 0;
});
afterEach(() => transport.close());
afterAll(async () => {
  await server.stop();
  await database.drop();
});

/** One attempt of the activity, as a worker runs it. */
function send(number: number, notices: readonly OwedMail[], environment = aWorker()): Promise<SendOutcome[]> {
  const activity = createSend({ ...sender, prisma: database.prisma, transport });
  return environment.run<Parameters<typeof activity>, SendOutcome[], typeof activity>(activity, { number, notices });
}

function aWorker(): MockActivityEnvironment {
  return new MockActivityEnvironment({}, { logger: new DefaultLogger("ERROR") });
}

function row({ id }: OwedMail) {
  return database.prisma.notice.findUniqueOrThrow({ where: { id } });
}

const unavailable = { type: "MailServerUnavailable", nonRetryable: false };

test("a notice is sent, noted with its instant, and reported", async () => {
  const number = await aStoredTicket(database.prisma);
  const notice = await anOwedNotice(database.prisma, number, { text: "Grüße, 카드, 卡片 😀\n.\nמילים" });
  const [outcome] = await send(number, [notice]);
  const { id, ...named } = notice;
  const sentAt = (await row(notice)).sentAt?.getTime();
  expect(outcome).toEqual({ notice: id, ...named, state: "sent", sentAt, attempts: 1 });
  expect((await row(notice)).lastError).toBeNull();
  expect(server.mails).toHaveLength(1);
  expect(server.mails[0]).toMatchObject({
    from: "support@desk.example",
    to: [`${number}.kim@customer.example`],
    subject: `[#${number}] Re: The card has not come`,
  });
  expect(server.mails[0]?.text).toContain("Grüße, 카드, 卡片 😀\n.\nמילים\n\nAmara Okafor");
  expect(server.mails[0]?.headers["message-id"]).toBe(`<${id}@desk.example>`);
});

test("a retry of a sent notice sends nothing and reports the first sending", async () => {
  const number = await aStoredTicket(database.prisma);
  const notice = await anOwedNotice(database.prisma, number);
  const first = await send(number, [notice]);
  expect(await send(number, [notice])).toEqual(first);
  expect(server.mails).toHaveLength(1);
  expect((await row(notice)).attempts).toBe(1);
});

test.each([
  ["421 when connecting", "connect", 421],
  ["a permanent refusal of us when connecting", "connect", 554],
  ["a refusal of our sender", "from", 550],
  ["450 for the recipient", "to", 450],
  ["452 for the mail", "data", 452],
  ["a connection broken before DATA", "to", "drop"],
] as const)("%s is tried again, and then sent once", async (_name, stage, trouble) => {
  const number = await aStoredTicket(database.prisma);
  const notice = await anOwedNotice(database.prisma, number);
  server.fault = (at) => (at === stage ? trouble : undefined);
  await expect(send(number, [notice])).rejects.toMatchObject(unavailable);
  expect(await row(notice)).toMatchObject({ state: "queued", attempts: 1, lastError: expect.any(String) as string });
  server.fault = () => undefined;
  expect(await send(number, [notice])).toMatchObject([{ state: "sent" }]);
  expect(server.mails).toHaveLength(1);
});

test("a mail server that isn't there is waited for", async () => {
  const gone = await MailServer.start();
  transport = createTransport(gone.url);
  await gone.stop();
  const number = await aStoredTicket(database.prisma);
  const notice = await anOwedNotice(database.prisma, number);
  await expect(send(number, [notice])).rejects.toMatchObject(unavailable);
  expect(await row(notice)).toMatchObject({ state: "queued", lastError: "ESOCKET CONN" });
});

test.each([
  ["550 for the recipient", "to", 550, "EENVELOPE 550 RCPT TO"],
  ["554 for the mail", "data", 554, "EMESSAGE 554 DATA"],
] as const)("%s fails for good, and isn't tried again", async (_name, stage, code, lastError) => {
  const number = await aStoredTicket(database.prisma);
  const notice = await anOwedNotice(database.prisma, number);
  server.fault = (at) => (at === stage ? code : undefined);
  expect(await send(number, [notice])).toMatchObject([{ state: "failed", sentAt: null }]);
  expect(await row(notice)).toMatchObject({ state: "failed", lastError });
  server.fault = () => undefined;
  expect(await send(number, [notice])).toMatchObject([{ state: "failed" }]);
  expect(server.mails).toHaveLength(0);
});

test("a connection lost after the mail was taken leaves doubt: it is sent again, Message-ID and all", async () => {
  const number = await aStoredTicket(database.prisma);
  const notice = await anOwedNotice(database.prisma, number);
  server.fault = (at) => (at === "accepted" ? "drop" : undefined);
  await expect(send(number, [notice])).rejects.toMatchObject(unavailable);
  server.fault = () => undefined;
  await send(number, [notice]);
  const ids = server.mails.map(({ headers }) => headers["message-id"]);
  expect(ids).toEqual([`<${notice.id}@desk.example>`, `<${notice.id}@desk.example>`]);
});

test("a later notice waits for an earlier one", async () => {
  const number = await aStoredTicket(database.prisma);
  const first = await anOwedNotice(database.prisma, number, { text: "First." });
  const second = await anOwedNotice(database.prisma, number, { text: "Second." });
  const third = await anOwedNotice(database.prisma, number, { text: "Third." });
  const notices = [first, second, third];
  server.fault = (at, about) => (at === "data" && about.includes("Second.") ? 451 : undefined);
  expect((await send(number, notices)).map(({ notice }) => notice)).toEqual([first.id]);
  expect(await row(third)).toMatchObject({ state: "queued", attempts: 0 });
  server.fault = () => undefined;
  expect((await send(number, notices)).map(({ notice }) => notice)).toEqual(notices.map(({ id }) => id));
  const read = server.mails.map(({ text }) => text.split("\n")[0]);
  expect(read).toEqual(["First.", "Second.", "Third."]);
});

test("an attempt that a newer one has replaced notes nothing", async () => {
  const number = await aStoredTicket(database.prisma);
  const notice = await anOwedNotice(database.prisma, number);
  const stale = await claim(database.prisma, number, notice.id, "one");
  const token = await claim(database.prisma, number, notice.id, "one");
  await note(database.prisma, notice.id, stale ?? "", { state: "failed", error: "late" });
  expect(await row(notice)).toMatchObject({ state: "queued", lastError: null, attempts: 2, token });
  await note(database.prisma, notice.id, token ?? "", { state: "sent", sentAt: 1_000 });
  await note(database.prisma, notice.id, stale ?? "", { state: "failed", error: "late" });
  expect(await row(notice)).toMatchObject({ state: "sent", sentAt: new Date(1_000) });
});

test.each([
  ["", () => undefined],
  [", also when its ticket lets go of it meanwhile", (worker: MockActivityEnvironment) => worker.cancel()],
])("a mail that is taken while nothing can be noted is noted later, and not sent again%s", async (_, meanwhile) => {
  const number = await aStoredTicket(database.prisma);
  const notice = await anOwedNotice(database.prisma, number);
  const impatient = createPrisma(database.url, { lockTimeoutMs: 100 });
  const worker = aWorker();
  let released = Promise.resolve();
  server.fault = (at) => {
    // Its claim stands by then, and its note comes some round trips later.
    if (at === "connect") released = lockedFor(notice, 1_500);
    if (at === "accepted") meanwhile(worker);
    return undefined;
  };
  const activity = createSend({ ...sender, prisma: impatient, transport });
  const asked = { number, notices: [notice] };
  const [outcome] = await worker.run<[typeof asked], SendOutcome[], typeof activity>(activity, asked);
  await released;
  await impatient.$disconnect();
  expect(outcome).toMatchObject({ state: "sent", attempts: 1 });
  expect((outcome?.sentAt ?? 0) - (server.mails[0]?.receivedAt ?? 0)).toBeLessThan(1_000);
  expect(server.mails).toHaveLength(1);
});

async function lockedFor({ id }: OwedMail, ms: number): Promise<void> {
  await database.prisma.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM notices WHERE id = ${id} FOR UPDATE`;
    await sleep(ms);
  });
}

test("what another run's attempt has in hand is left alone until that has ended, or must be dead", async () => {
  const number = await aStoredTicket(database.prisma);
  const notice = await anOwedNotice(database.prisma, number);
  const { prisma } = database;
  const token = await claim(prisma, number, notice.id, "ended by hand");
  await expect(send(number, [notice])).rejects.toMatchObject(unavailable);
  expect(server.mails).toHaveLength(0);
  await note(prisma, notice.id, token ?? "", { state: "queued", error: "451" });
  await claim(prisma, number, notice.id, "dead long since");
  await prisma.notice.update({ where: { id: notice.id }, data: { claimedAt: new Date(Date.now() - 36_000) } });
  expect(await send(number, [notice])).toMatchObject([{ state: "sent" }]);
  expect(server.mails).toHaveLength(1);
});

test.each(["x@a.example, y@b.example", "x@a.example>\r\nRCPT TO:<y@b.example", "nobody"])(
  "%j is no address: failed, nothing is sent",
  async (email) => {
    const number = await aStoredTicket(database.prisma, { email });
    const notice = await anOwedNotice(database.prisma, number);
    expect(await send(number, [notice])).toMatchObject([{ state: "failed" }]);
    expect(server.mails).toHaveLength(0);
  },
);

test.each(["internal", "reason"] as const)("a text that is %s never reaches a requester", async (visibility) => {
  const number = await aStoredTicket(database.prisma);
  const notice = await anOwedNotice(database.prisma, number, { template: "solved", visibility, text: "Between us." });
  await send(number, [notice]);
  expect(server.mails[0]?.raw).not.toContain("Between us.");
});

test.each([
  ["de", "Ihre Anfrage ist gelöst"],
  ["ko", "문의가 해결되었습니다"],
])("a requester is written to in the ticket's language: %s", async (language, subject) => {
  const number = await aStoredTicket(database.prisma, { language });
  await send(number, [await anOwedNotice(database.prisma, number, { template: "solved" })]);
  expect(server.mails[0]?.subject).toBe(`[#${number}] ${subject}`);
});

test("a mail that can't be made is kept for a release that can", async () => {
  const number = await aStoredTicket(database.prisma);
  const odd = await anOwedNotice(database.prisma, number, { template: "of-tomorrow" });
  await expect(send(number, [odd])).rejects.toMatchObject(unavailable);
  expect(await row(odd)).toMatchObject({ state: "queued", lastError: "Error" });
});

test("cancelled, it ends between two mails and claims no further one", async () => {
  const number = await aStoredTicket(database.prisma);
  const first = await anOwedNotice(database.prisma, number);
  const second = await anOwedNotice(database.prisma, number);
  const environment = aWorker();
  server.fault = (at) => {
    if (at === "data") environment.cancel("CANCELLED");
    return undefined;
  };
  await expect(send(number, [first, second], environment)).rejects.toBeInstanceOf(CancelledFailure);
  expect(await row(first)).toMatchObject({ state: "sent" });
  expect(await row(second)).toMatchObject({ state: "queued", attempts: 0 });
});

test("no failure tells an address, a subject or a text", async () => {
  const number = await aStoredTicket(database.prisma);
  const notice = await anOwedNotice(database.prisma, number, { text: "secret-text" });
  server.fault = (at) => (at === "to" ? 450 : undefined);
  const failure: unknown = await send(number, [notice]).catch((error: unknown) => error);
  const told = JSON.stringify([String(failure), (failure as Error).stack, failure, await row(notice)]);
  expect(told).not.toMatch(/customer\.example|secret-text|has not come/);
});
