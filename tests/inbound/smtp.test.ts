// The door for other mail servers: what it takes is committed before it says so, and it takes nothing else.
import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { createTransport } from "nodemailer";
import { listenForMails, type SmtpListener } from "../../inbound/smtp";
import { aDatabase, type TestDatabase } from "../support/database";

let database: TestDatabase;
let door: SmtpListener;
const log = { info: () => undefined, warn: () => undefined };
beforeAll(async () => {
  database = await aDatabase();
  door = await listenForMails({ prisma: database.prisma, log, host: "127.0.0.1", port: 0, maxBytes: 100_000 });
});
afterAll(async () => {
  await door.close();
  await database.drop();
});

const send = async (more: object = {}) => {
  const transport = createTransport({ host: "127.0.0.1", port: door.port, ignoreTLS: true });
  const subject = randomUUID();
  const { response } = await transport.sendMail({ from: "ada@example.test", to: "support@perdura.localhost", subject, text: "Hello", ...more });
  return { response, subject };
};
const rowsOf = async (subject: string) => {
  const rows = await database.prisma.rawMail.findMany();
  return rows.filter(({ raw }) => Buffer.from(raw ?? []).includes(subject));
};
const refusal = async (sending: Promise<unknown>) =>
  await sending.then(
    () => "taken",
    (error: { response?: string }) => error.response,
  );

/** Says one line after the other, each after the answer to the one before; the answers. */
async function talk(...lines: string[]): Promise<string[]> {
  const socket = connect(door.port, "127.0.0.1");
  const answers: string[] = [];
  for await (const chunk of socket) {
    answers.push(String(chunk).trim());
    const line = lines.shift();
    if (line === undefined) break;
    socket.write(line);
  }
  return answers;
}

test("250 comes after the commit, with the envelope kept", async () => {
  const { response, subject } = await send();
  expect(response).toMatch(/^250/);
  const envelope = { from: "ada@example.test", to: ["support@perdura.localhost"], remote: "127.0.0.1" };
  expect(await rowsOf(subject)).toMatchObject([{ mailboxId: "support", source: "smtp", state: "accepted", envelope }]);
  expect(await database.prisma.outbox.count({ where: { kind: "mail" } })).toBeGreaterThan(0);
});

test("the null sender is kept as such", async () => {
  const { subject } = await send({ envelope: { from: "", to: "support@perdura.localhost" } });
  expect(await rowsOf(subject)).toMatchObject([{ envelope: { from: null } }]);
});

test("a signed reply address, and any case, reach the mailbox", async () => {
  const { subject } = await send({ to: "Support+1042.abcdef@Perdura.localhost" });
  expect(await rowsOf(subject)).toHaveLength(1);
});

test("550 for an address that is no mailbox's; nothing is kept", async () => {
  expect(await refusal(send({ to: "nobody@perdura.localhost" }))).toMatch(/^550 5\.1\.1/);
  await database.prisma.mailbox.create({ data: { id: "off", name: "Off", teamId: "support", addresses: ["off@perdura.localhost"], enabled: false } });
  expect(await refusal(send({ to: "off@perdura.localhost" }))).toMatch(/^550 5\.1\.1/);
});

test("SIZE is announced, and 552 for what is larger", async () => {
  const [, hello] = await talk("EHLO test\r\n");
  expect(hello).toContain("SIZE 100000");
  expect(hello).not.toMatch(/AUTH|STARTTLS/);
  const subject = randomUUID();
  const lines = ["HELO test\r\n", "MAIL FROM:<a@example.test>\r\n", "RCPT TO:<support@perdura.localhost>\r\n", "DATA\r\n", `Subject: ${subject}\r\n\r\n${"x".repeat(998)}\r\n`.repeat(120) + ".\r\n"];
  expect((await talk(...lines)).at(-1)).toMatch(/^552/);
  expect(await rowsOf(subject)).toEqual([]);
});

test.each(["\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r"])("550 for a dot between bare line ends (%j); what is behind it is no command", async (end) => {
  const subject = randomUUID();
  const smuggled = `${end}MAIL FROM:<boss@example.test>\r\nRCPT TO:<support@perdura.localhost>\r\nDATA\r\nSubject: smuggled\r\n\r\nx\r\n.\r\n`;
  const answers = await talk("HELO test\r\n", "MAIL FROM:<a@example.test>\r\n", "RCPT TO:<support@perdura.localhost>\r\n", "DATA\r\n", `Subject: ${subject}\r\n\r\nhello${smuggled}`);
  expect(answers.at(-1)).toMatch(/^550/);
  expect(await rowsOf(subject)).toEqual([]);
});

test("brought again by a server that has not heard the 250, it is one mail", async () => {
  const raw = `From: a@example.test\r\nSubject: ${randomUUID()}\r\n\r\nhello\r\n`;
  const envelope = { from: "a@example.test", to: "support@perdura.localhost" };
  await send({ raw, envelope });
  await send({ raw, envelope });
  expect(await rowsOf(raw.slice(20, 60))).toHaveLength(1);
});

test("one for two mailboxes is a mail to each", async () => {
  await database.prisma.mailbox.create({ data: { id: "billing", name: "Billing", teamId: "billing", addresses: ["billing@perdura.localhost"] } });
  const { subject } = await send({ to: ["support@perdura.localhost", "billing@perdura.localhost"] });
  expect((await rowsOf(subject)).map(({ mailboxId }) => mailboxId).sort()).toEqual(["billing", "support"]);
});

test("451 while Postgres can't commit; the sender comes again, and nothing is lost", async () => {
  await database.prisma.$executeRaw`ALTER TABLE raw_mails RENAME TO raw_mails_away`;
  expect(await refusal(send())).toMatch(/^451/);
  await database.prisma.$executeRaw`ALTER TABLE raw_mails_away RENAME TO raw_mails`;
  expect((await send()).response).toMatch(/^250/);
});
