// What becomes of a ticket's notices: sent in order, once, in the right words, and nothing told that is nobody's business.
import { createHash, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { CancelledFailure } from "@temporalio/activity";
import type { MockActivityEnvironment } from "@temporalio/testing";
import { createSend } from "../../activities/mail/send";
import type { OwedMail, SendOutcome, Sending } from "../../activities/mail/send";
import { createTransport } from "../../activities/mail/transport";
import { createPrisma } from "../../prisma/client";
import { aStoredTicket, anOwedNotice, sender, sending } from "./a-mail";
import { aSendStage, aWorker, unavailable } from "./a-send-stage";
import type { SendStage } from "./a-send-stage";

let stage: SendStage;
beforeAll(async () => (stage = await aSendStage()));
beforeEach(() => stage.reset());
afterAll(() => stage.close());

test("a notice is sent, noted with its instant, and reported", async () => {
  const { server, database, send, row } = stage;
  const number = await aStoredTicket(database.prisma);
  const notice = await anOwedNotice(database.prisma, number, { text: "Grüße, 카드, 卡片 😀\n.\nמילים" });
  const [outcome] = await send(number, [notice]);
  const { id, ...named } = notice;
  const { sentAt, lastError, messageId, answers } = await row(notice);
  expect(outcome).toEqual({ notice: id, ...named, state: "sent", sentAt: sentAt?.getTime(), attempts: 1 });
  expect(lastError).toBeNull();
  expect(answers).toEqual([{ attempt: 1, at: expect.any(String) as string, state: "sent", code: "250" }]);
  expect(server.mails).toHaveLength(1);
  expect(server.mails[0]).toMatchObject({
    from: sender.signed.returnPath("support@desk.example", id),
    to: [`${number}.kim@customer.example`],
    subject: `[#${number}] Re: The card has not come`,
  });
  expect(server.mails[0]?.text).toContain("Grüße, 카드, 卡片 😀\n.\nמילים\n\nAmara Okafor");
  expect(server.mails[0]?.headers["message-id"]).toBe(`<${messageId}>`);
  expect(sender.signed.readMessageId(messageId ?? "")).toBe(id);
  expect(sender.signed.readReplyTo(server.mails[0]?.headers["reply-to"] ?? "")).toEqual({ ticket: number, notice: null });
});

test("a retry of a sent notice sends nothing and reports the first sending", async () => {
  const { server, database, send, row } = stage;
  const number = await aStoredTicket(database.prisma);
  const notice = await anOwedNotice(database.prisma, number);
  const first = await send(number, [notice]);
  expect(await send(number, [notice])).toEqual(first);
  expect(server.mails).toHaveLength(1);
  expect((await row(notice)).attempts).toBe(1);
});

test("a later notice waits for an earlier one", async () => {
  const { server, database, send, row, makeDue } = stage;
  const number = await aStoredTicket(database.prisma);
  const first = await anOwedNotice(database.prisma, number, { text: "First." });
  const second = await anOwedNotice(database.prisma, number, { text: "Second." });
  const third = await anOwedNotice(database.prisma, number, { text: "Third." });
  const notices = [first, second, third];
  server.fault = (at, about) => (at === "data" && about.includes("Second.") ? 451 : undefined);
  expect((await send(number, notices)).map(({ notice }) => notice)).toEqual([first.id]);
  expect(await row(third)).toMatchObject({ state: "queued", attempts: 0 });
  server.fault = () => undefined;
  await makeDue(second);
  expect((await send(number, notices)).map(({ notice }) => notice)).toEqual(notices.map(({ id }) => id));
  const read = server.mails.map(({ text }) => text.split("\n")[0]);
  expect(read).toEqual(["First.", "Second.", "Third."]);
});

test.each([
  ["", () => undefined],
  [", also when its ticket lets go of it meanwhile", (worker: MockActivityEnvironment) => worker.cancel()],
])("a mail that is taken while nothing can be noted is noted later, and not sent again%s", async (_, meanwhile) => {
  const { server, database } = stage;
  const number = await aStoredTicket(database.prisma);
  const notice = await anOwedNotice(database.prisma, number);
  const impatient = createPrisma(database.url, { lockTimeoutMs: 100 });
  const transport = createTransport(server.url);
  const worker = aWorker();
  let released = Promise.resolve();
  server.fault = (at) => {
    // Its claim stands by then, and its note comes some round trips later.
    if (at === "connect") released = lockedFor(notice, 1_500);
    if (at === "accepted") meanwhile(worker);
    return undefined;
  };
  const activity = createSend(sending(impatient, transport));
  const [outcome] = await worker.run<[Sending], SendOutcome[], typeof activity>(activity, { number, notices: [notice] });
  await released;
  transport.close();
  await impatient.$disconnect();
  expect(outcome).toMatchObject({ state: "sent", attempts: 1 });
  expect((outcome?.sentAt ?? 0) - (server.mails[0]?.receivedAt ?? 0)).toBeLessThan(1_000);
  expect(server.mails).toHaveLength(1);
});

async function lockedFor({ id }: OwedMail, ms: number): Promise<void> {
  await stage.database.prisma.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM notices WHERE id = ${id} FOR UPDATE`;
    await sleep(ms);
  });
}

test.each(["x@a.example, y@b.example", "x@a.example>\r\nRCPT TO:<y@b.example", "nobody"])(
  "%j is no address: failed, nothing is sent",
  async (email) => {
    const { server, database, send } = stage;
    const number = await aStoredTicket(database.prisma, { email });
    const notice = await anOwedNotice(database.prisma, number);
    expect(await send(number, [notice])).toMatchObject([{ state: "failed" }]);
    expect(server.mails).toHaveLength(0);
  },
);

test.each(["internal", "reason"] as const)("a text that is %s never reaches a requester", async (visibility) => {
  const { server, database, send } = stage;
  const number = await aStoredTicket(database.prisma);
  const notice = await anOwedNotice(database.prisma, number, { template: "solved", visibility, text: "Between us." });
  await send(number, [notice]);
  expect(server.mails[0]?.raw).not.toContain("Between us.");
});

test.each([
  ["de", "Ihre Anfrage ist gelöst"],
  ["ko", "문의가 해결되었습니다"],
])("a requester is written to in the ticket's language: %s", async (language, subject) => {
  const { server, database, send } = stage;
  const number = await aStoredTicket(database.prisma, { language });
  await send(number, [await anOwedNotice(database.prisma, number, { template: "solved" })]);
  expect(server.mails[0]?.subject).toBe(`[#${number}] ${subject}`);
});

test("a mail that can't be made is kept for a release that can", async () => {
  const { database, send, row } = stage;
  const number = await aStoredTicket(database.prisma);
  const odd = await anOwedNotice(database.prisma, number, { template: "of-tomorrow" });
  await expect(send(number, [odd])).rejects.toMatchObject(unavailable);
  expect(await row(odd)).toMatchObject({ state: "queued", lastError: "Error" });
});

test("cancelled, it ends between two mails and claims no further one", async () => {
  const { server, database, send, row } = stage;
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
  const { server, database, send, row } = stage;
  const number = await aStoredTicket(database.prisma);
  const notice = await anOwedNotice(database.prisma, number, { text: "secret-text" });
  server.fault = (at) => (at === "to" ? 450 : undefined);
  const failure: unknown = await send(number, [notice]).catch((error: unknown) => error);
  const told = JSON.stringify([String(failure), (failure as Error).stack, failure, await row(notice)]);
  expect(told).not.toMatch(/customer\.example|secret-text|has not come/);
});

test("a mail whose file can't be had waits, its row says why, and it leaves with the file when that is there again", async () => {
  const { database, send, row, makeDue, server } = stage;
  const number = await aStoredTicket(database.prisma);
  const notice = await anOwedNotice(database.prisma, number);
  const { id } = await database.prisma.message.findFirstOrThrow({ where: { ticket: number } });
  const bytes = Buffer.from(randomUUID());
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const content = { create: { sha256, size: bytes.length, objectAt: new Date() } };
  await database.prisma.attachment.create({ data: { id: randomUUID(), position: 0, name: "bill.txt", type: "text/plain", size: bytes.length, message: { connect: { id } }, content } });
  await expect(send(number, [notice])).rejects.toMatchObject(unavailable);
  expect(await row(notice)).toMatchObject({ state: "queued", lastError: "FILE_NOT_CONFIGURED" });
  expect(server.mails).toEqual([]);
  await database.prisma.fileContent.update({ where: { sha256 }, data: { bytes, objectAt: null } });
  await makeDue(notice);
  expect(await send(number, [notice])).toMatchObject([{ state: "sent" }]);
  expect(server.mails[0]?.raw).toContain(bytes.toString("base64"));
});
