// A mail server may fail at any moment: no mail is lost, and none comes twice but where nobody can know whether it came.
import { createServer } from "node:net";
import type { AddressInfo, Server } from "node:net";
import { createTransport } from "../../activities/mail/transport";
import { MailServer } from "../support/mail";
import type { Stage, Trouble } from "../support/mail";
import { aStoredTicket, anOwedNotice } from "./a-mail";
import { aSendStage, unavailable } from "./a-send-stage";
import type { SendStage } from "./a-send-stage";

let stage: SendStage;
beforeAll(async () => (stage = await aSendStage()));
beforeEach(() => stage.reset());
afterAll(() => stage.close());

async function aNotice(text?: string) {
  const { prisma } = stage.database;
  const number = await aStoredTicket(prisma);
  return { number, notice: await anOwedNotice(prisma, number, text === undefined ? {} : { text }) };
}

test.each<[string, Stage, Trouble]>([
  ["421 when connecting", "connect", 421],
  ["a permanent refusal of us when connecting", "connect", 554],
  ["a refusal of our sender", "from", 550],
  ["421 for the recipient", "to", 421],
  ["a connection broken before DATA", "to", "drop"],
])("%s is the server's trouble: the mail is sent once it is over", async (_name, at, trouble) => {
  const { server, send, row } = stage;
  const { number, notice } = await aNotice();
  server.fault = (stageNow) => (stageNow === at ? trouble : undefined);
  await expect(send(number, [notice])).rejects.toMatchObject(unavailable);
  expect(await row(notice)).toMatchObject({ state: "queued", attempts: 1, retryAt: null, lastError: expect.any(String) as string });
  server.fault = () => undefined;
  expect(await send(number, [notice])).toMatchObject([{ state: "sent" }]);
  expect(server.mails).toHaveLength(1);
});

test.each<[string, Stage, number]>([
  ["450 for the recipient", "to", 450],
  ["451 for the mail", "data", 451],
  ["452 for the mail", "data", 452],
])("%s means not yet: it waits for its time, is sent once, and holds up nobody else", async (_name, at, code) => {
  const { server, send, row, makeDue } = stage;
  const { number, notice } = await aNotice();
  server.fault = (stageNow) => (stageNow === at ? code : undefined);
  await expect(send(number, [notice])).rejects.toMatchObject(unavailable);
  expect(await row(notice)).toMatchObject({ state: "queued", answers: [{ attempt: 1, state: "refused", code: expect.stringContaining(String(code)) as string }] });
  server.fault = () => undefined;
  // Not before its time, but others at once.
  await expect(send(number, [notice])).rejects.toThrow(/does not take it yet: tried again at /);
  const other = await aNotice();
  expect(await send(other.number, [other.notice])).toMatchObject([{ state: "sent" }]);
  await makeDue(notice);
  expect(await send(number, [notice])).toMatchObject([{ state: "sent", attempts: 2 }]);
  expect(server.to(`${number}.kim@customer.example`)).toHaveLength(1);
});

test("the waits for one mail grow from half a minute to two hours, and after five days it has failed", async () => {
  const { server, send, row, makeDue, database } = stage;
  const { number, notice } = await aNotice();
  server.fault = (at) => (at === "to" ? 450 : undefined);
  const waits: number[] = [];
  for (let attempt = 0; attempt < 4; attempt += 1) {
    await expect(send(number, [notice])).rejects.toMatchObject(unavailable);
    const { retryAt } = await row(notice);
    waits.push(Math.round(((retryAt?.getTime() ?? 0) - Date.now()) / 1_000));
    await makeDue(notice);
  }
  [30, 60, 120, 240].forEach((seconds, at) => expect(Math.abs((waits[at] ?? 0) - seconds)).toBeLessThanOrEqual(3));
  const longAgo = [{ attempt: 1, at: new Date(Date.now() - 5 * 86_400_000 - 1_000).toISOString(), state: "refused", code: "450" }];
  await database.prisma.notice.update({ where: { id: notice.id }, data: { answers: longAgo } });
  expect(await send(number, [notice])).toMatchObject([{ state: "failed" }]);
  expect(await row(notice)).toMatchObject({ state: "failed", lastError: "EENVELOPE 450 RCPT TO" });
});

test.each([
  ["550 for the recipient", "to", 550, "EENVELOPE 550 RCPT TO"],
  ["552 for the recipient", "to", 552, "EENVELOPE 552 RCPT TO"],
  ["554 for the mail", "data", 554, "EMESSAGE 554 DATA"],
  ["552 for the mail", "data", 552, "EMESSAGE 552 DATA"],
] as const)("%s fails for good, and isn't tried again", async (_name, at, code, lastError) => {
  const { server, send, row } = stage;
  const { number, notice } = await aNotice();
  server.fault = (stageNow) => (stageNow === at ? code : undefined);
  expect(await send(number, [notice])).toMatchObject([{ state: "failed", sentAt: null }]);
  expect(await row(notice)).toMatchObject({ state: "failed", lastError });
  server.fault = () => undefined;
  expect(await send(number, [notice])).toMatchObject([{ state: "failed" }]);
  expect(server.mails).toHaveLength(0);
});

test("a connection lost when the server had taken the mail leaves doubt: after a wait it is sent once more, with the same Message-ID", async () => {
  const { server, send, row, makeDue } = stage;
  const { number, notice } = await aNotice();
  server.fault = (at) => (at === "accepted" ? "drop" : undefined);
  await expect(send(number, [notice])).rejects.toThrow(/Nobody knows whether/);
  expect(await row(notice)).toMatchObject({ state: "unknown", doubts: 1, answers: [{ state: "unknown" }] });
  server.fault = () => undefined;
  await expect(send(number, [notice])).rejects.toMatchObject(unavailable);
  expect(server.mails).toHaveLength(1);
  await makeDue(notice);
  expect(await send(number, [notice])).toMatchObject([{ state: "sent" }]);
  const [first, second, ...others] = server.mails.map(({ headers }) => headers["message-id"]);
  expect(second).toBe(first);
  expect(others).toEqual([]);
});

test("twice in doubt it stays so: no third mail, and the ticket hears of it", async () => {
  const { server, send, row, makeDue } = stage;
  const { number, notice } = await aNotice();
  server.fault = (at) => (at === "accepted" ? "drop" : undefined);
  await expect(send(number, [notice])).rejects.toMatchObject(unavailable);
  await makeDue(notice);
  expect(await send(number, [notice])).toMatchObject([{ state: "unknown", sentAt: null }]);
  expect(await send(number, [notice])).toMatchObject([{ state: "unknown" }]);
  expect(await row(notice)).toMatchObject({ doubts: 2, retryAt: null });
  expect(server.mails).toHaveLength(2);
});

test("a connection lost in the middle of a mail leaves no doubt: it is sent again at once, and came once", async () => {
  const { send, row, use, server } = stage;
  const { number, notice } = await aNotice("Long. ".repeat(600_000));
  const broken = await anOddServer({ breaksAfter: 200_000 });
  use(createTransport(urlOf(broken)));
  await expect(send(number, [notice])).rejects.toMatchObject(unavailable);
  expect(await row(notice)).toMatchObject({ state: "queued", doubts: 0, retryAt: null });
  broken.close();
  use(createTransport(server.url));
  expect(await send(number, [notice])).toMatchObject([{ state: "sent" }]);
  expect(server.mails).toHaveLength(1);
});

test("an answer to the whole mail that nobody can read leaves doubt, and is no refusal", async () => {
  const { send, row, use, server } = stage;
  const { number, notice } = await aNotice();
  const odd = await anOddServer({ answer: "Okay then\r\n" });
  use(createTransport(urlOf(odd)));
  await expect(send(number, [notice])).rejects.toThrow(/Nobody knows whether/);
  expect(await row(notice)).toMatchObject({ state: "unknown", doubts: 1 });
  odd.close();
  use(createTransport(server.url));
});

test("a slow answer is waited for: no second mail", async () => {
  const { server, send } = stage;
  const { number, notice } = await aNotice();
  const slow = await MailServer.start();
  slow.slowMs = 3_000;
  stage.use(createTransport(slow.url));
  expect(await send(number, [notice])).toMatchObject([{ state: "sent", attempts: 1 }]);
  expect(slow.mails).toHaveLength(1);
  expect(server.mails).toHaveLength(0);
  stage.use(createTransport(server.url));
  await slow.stop();
});

test.each([
  ["that isn't there", gone, "ESOCKET CONN"],
  ["whose name nobody knows", async (): Promise<string> => "smtp://mail.invalid:25", "EDNS CONN"],
  ["that refuses TLS", async (): Promise<string> => stage.server.url.replace("smtp:", "smtps:"), /^(ETLS|ESOCKET|ECONNECTION) CONN$/],
] as const)("a mail server %s is waited for", async (_name, url, lastError) => {
  const { send, row, use, server } = stage;
  use(createTransport(await url()));
  const { number, notice } = await aNotice();
  await expect(send(number, [notice])).rejects.toMatchObject(unavailable);
  const after = await row(notice);
  expect(after).toMatchObject({ state: "queued", retryAt: null });
  expect(after.lastError).toMatch(lastError);
  use(createTransport(server.url));
  expect(await send(number, [notice])).toMatchObject([{ state: "sent" }]);
});

async function gone(): Promise<string> {
  const server = await MailServer.start();
  const { url } = server;
  await server.stop();
  return url;
}

/** Takes an envelope, and breaks after so many bytes of a text; or says `answer` to its end. */
async function anOddServer({ breaksAfter = Infinity, answer = "" }): Promise<Server> {
  const server = createServer((socket) => {
    let taken = 0;
    let isData = false;
    socket.on("error", () => undefined);
    socket.write("220 here\r\n");
    socket.on("data", (chunk) => {
      if (isData) {
        taken += chunk.length;
        if (taken > breaksAfter) socket.destroy();
        else if (chunk.toString("latin1").endsWith("\r\n.\r\n")) socket.write(answer);
        return;
      }
      for (const command of chunk.toString("latin1").split("\r\n").filter((line) => line !== "")) {
        isData ||= command === "DATA";
        socket.write(command === "DATA" ? "354 go on\r\n" : "250 yes\r\n");
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

function urlOf(server: Server): string {
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
