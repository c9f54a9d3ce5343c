// One person's notices from all tickets: what leaves now, in which mail, and what becomes of the rest.
import { randomUUID } from "node:crypto";
import { MockActivityEnvironment } from "@temporalio/testing";
import { DefaultLogger } from "@temporalio/worker";
import { createDeliver } from "../../activities/mail/deliver";
import type { Delivery } from "../../activities/mail/deliver";
import type { OwedMail } from "../../activities/mail/send";
import { createTransport } from "../../activities/mail/transport";
import type { MailTransport } from "../../activities/mail/transport";
import { note } from "../../activities/mail/ledger";
import { claimMail } from "../../activities/mail/waiting";
import { queuedAnew } from "../../prisma/owed";
import { aDatabase } from "../support/database";
import type { TestDatabase } from "../support/database";
import { MailServer } from "../support/mail";
import type { Stage, Trouble } from "../support/mail";
import { aStoredTicket, anOwedNotice, sender, sending } from "./a-mail";

let database: TestDatabase;
let server: MailServer;
let transport: MailTransport;
/** Each test's own reader. */
let reader: string;
let readers = 0;
const fiveMinutes = 300_000;

beforeAll(async () => {
  database = await aDatabase();
  server = await MailServer.start();
  transport = createTransport(server.url);
});
beforeEach(async () => {
  server.fault = () => undefined;
  server.mails.length = 0;
  reader = `reader-${++readers}`;
  const data = { id: reader, name: reader, email: `${reader}@desk.example`, role: "agent", language: "nb", timeZone: "Europe/Oslo" };
  await database.prisma.agent.create({ data });
});
afterAll(async () => {
  transport.close();
  await server.stop();
  await database.drop();
});

/** One attempt of the activity, as a worker runs it. */
function deliver(recipient = `agent:${reader}`, digestMs = fiveMinutes): Promise<Delivery> {
  const activity = createDeliver({ ...sending(database.prisma, transport), digestMs });
  const environment = new MockActivityEnvironment({}, { logger: new DefaultLogger("ERROR") });
  return environment.run<Parameters<typeof activity>, Delivery, typeof activity>(activity, { recipient });
}

async function owed(template = "assigned", number?: number): Promise<OwedMail> {
  const ticket = number ?? (await aStoredTicket(database.prisma));
  return await anOwedNotice(database.prisma, ticket, { template, recipient: `agent:${reader}`, text: "Look at this." });
}

/** Their wait is over. */
async function makeDue(notices: readonly OwedMail[]): Promise<void> {
  await database.prisma.notice.updateMany({ where: { id: { in: notices.map(({ id }) => id) } }, data: { retryAt: new Date() } });
}

function row({ id }: OwedMail) {
  return database.prisma.notice.findUniqueOrThrow({ where: { id } });
}

const unavailable = { type: "MailServerUnavailable", nonRetryable: false };
const nothing = { next: null, because: null, waiting: 0 };

test("the first is sent at once, in the reader's language, and noted", async () => {
  const notice = await owed("colleague-wrote");
  expect(await deliver()).toEqual({ ...nothing, mails: [{ templates: ["colleague-wrote"], state: "sent" }] });
  expect(server.mails.map(({ to, subject }) => [to, subject.replace(/^\[#\d+\] /, "")])).toEqual([
    [[`${reader}@desk.example`], "Amara Okafor har skrevet"],
  ]);
  expect(await row(notice)).toMatchObject({ state: "sent", attempts: 1, mail: notice.id });
  expect(await deliver()).toEqual({ ...nothing, mails: [] });
  expect(server.mails).toHaveLength(1);
});

test("what follows is held for one mail, and its rows say until when", async () => {
  const first = await owed();
  await deliver();
  const [second, third] = [await owed("reminder"), await owed("taken-over")];
  const { next, ...rest } = await deliver();
  expect(next).toBe(((await row(first)).sentAt?.getTime() ?? 0) + fiveMinutes);
  expect(rest).toEqual({ because: "digest", waiting: 2, mails: [] });
  for (const notice of [second, third]) {
    expect(await row(notice)).toMatchObject({ state: "queued", attempts: 0, heldUntil: new Date(next ?? 0), heldBecause: "digest" });
  }
  // Five minutes later.
  await database.prisma.notice.update({ where: { id: first.id }, data: { sentAt: new Date(Date.now() - fiveMinutes) } });
  expect(await deliver()).toEqual({ ...nothing, mails: [{ templates: ["reminder", "taken-over"], state: "sent" }] });
  const [a, b] = [await row(second), await row(third)];
  expect(sender.signed.readMessageId(server.mails[1]?.headers["message-id"] ?? "")).toBe(`digest.${second.id}`);
  expect([a.mail, b.mail, a.sentAt]).toEqual([`digest.${second.id}`, `digest.${second.id}`, b.sentAt]);
  expect(server.mails[1]?.text).toContain(`#${a.ticket} `);
  expect(server.mails[1]?.text).toContain(`#${b.ticket} `);
});

test("what wakes goes out at once meanwhile", async () => {
  await owed();
  await deliver();
  await owed("reminder");
  const alarm = await owed("escalation");
  await database.prisma.notice.update({ where: { id: alarm.id }, data: { wake: true } });
  expect((await deliver()).mails).toEqual([{ templates: ["escalation"], state: "sent" }]);
});

test("killed after the server took a digest, the same mail is sent again, and what has come since is not in it", async () => {
  const early = [await owed("reminder"), await owed("resumed")];
  server.fault = (at) => (at === "accepted" ? "drop" : undefined);
  expect(await deliver()).toMatchObject({ because: "trouble", mails: [] });
  for (const notice of early) expect(await row(notice)).toMatchObject({ state: "unknown", lastError: expect.stringMatching(/^ECONNECTION/) as string });
  server.fault = () => undefined;
  expect(await deliver()).toMatchObject({ because: "trouble", mails: [] });
  await makeDue(early);
  const late = await owed("reminder");
  await deliver();
  const ids = server.mails.map(({ headers }) => headers["message-id"]);
  expect(ids.map((id) => sender.signed.readMessageId(String(id)))).toEqual([`digest.${early[0]?.id}`, `digest.${early[0]?.id}`, late.id]);
  expect(ids[1]).toBe(ids[0]);
});

test("a digest that is refused for good fails for all its notices; each may be tried again", async () => {
  const both = [await owed("reminder"), await owed("resumed")];
  server.fault = (at) => (at === "to" ? 550 : undefined);
  expect((await deliver()).mails).toEqual([{ templates: ["reminder", "resumed"], state: "failed" }]);
  for (const notice of both) expect(await row(notice)).toMatchObject({ state: "failed", lastError: "EENVELOPE 550 RCPT TO" });
});

test("those of a digest that failed, each tried again by itself, are mails of their own: no program takes the second for the first", async () => {
  const both = [await owed("reminder"), await owed("resumed")];
  server.fault = (at) => (at === "to" ? 550 : undefined);
  await deliver();
  server.fault = () => undefined;
  for (const { id } of both) {
    await database.prisma.notice.update({ where: { id }, data: queuedAnew });
    await deliver(`agent:${reader}`, 0);
  }
  const ids = server.mails.map(({ headers }) => sender.signed.readMessageId(String(headers["message-id"])));
  expect(ids).toEqual(both.map(({ id }) => id));
  // In doubt and asked for once more, it keeps its own.
  const [first] = both;
  await database.prisma.notice.update({ where: { id: first?.id ?? "" }, data: queuedAnew });
  await deliver(`agent:${reader}`, 0);
  expect(server.mails[2]?.headers["message-id"]).toBe(server.mails[0]?.headers["message-id"]);
});

test("while the mail server is away all wait, in order, and nothing is lost", async () => {
  const notice = await owed("requester-wrote");
  const second = await owed("requester-wrote");
  server.fault = (at) => (at === "to" ? 450 : undefined);
  expect(await deliver()).toMatchObject({ because: "trouble", mails: [] });
  for (const each of [notice, second]) expect(await row(each)).toMatchObject({ state: "queued", attempts: 1 });
  server.fault = (at) => (at === "from" ? 421 : undefined);
  await makeDue([notice, second]);
  await expect(deliver()).rejects.toMatchObject(unavailable);
  expect(await row(second)).toMatchObject({ state: "queued", attempts: 1 });
  server.fault = () => undefined;
  expect((await deliver()).mails).toHaveLength(2);
});

test("what is later on the ticket of a mail that is not taken waits behind it, though both were to leave now", async () => {
  const number = await aStoredTicket(database.prisma);
  const words = await owed("colleague-wrote", number);
  server.fault = (at) => (at === "to" ? 450 : undefined);
  await deliver();
  await makeDue([words]);
  const [later, elsewhere] = [await owed("reminder", number), await owed("reminder")];
  server.fault = (at, about) => (at === "data" && about.includes(`<${words.id}.`) ? 451 : undefined);
  expect(await deliver()).toMatchObject({ because: "trouble", mails: [{ templates: ["reminder"], state: "sent" }] });
  expect(await row(words)).toMatchObject({ state: "queued", attempts: 2 });
  expect(await row(later)).toMatchObject({ state: "queued", attempts: 0, mail: null });
  server.fault = () => undefined;
  await makeDue([words]);
  await deliver(`agent:${reader}`, 0);
  const ids = server.mails.map(({ headers }) => sender.signed.readMessageId(String(headers["message-id"])));
  expect(ids).toEqual([elsewhere.id, words.id, later.id]);
});

test("a digest that was not taken leaves as one again, though one of its notices may go sooner", async () => {
  const both = [await owed("reminder"), await owed("resumed")] as const;
  server.fault = (at) => (at === "to" ? 450 : undefined);
  await deliver();
  server.fault = () => undefined;
  await makeDue(both.slice(0, 1));
  expect(await deliver()).toMatchObject({ because: "trouble", mails: [] });
  await makeDue(both);
  expect((await deliver()).mails).toEqual([{ templates: ["reminder", "resumed"], state: "sent" }]);
  expect(server.mails).toHaveLength(1);
});

/** A copy of a reply for somebody who takes part; `amara` looks after its ticket. */
async function aCopy(number: number) {
  const email = `part-${++readers}@customer.example`;
  const { id } = await database.prisma.participant.create({ data: { id: randomUUID(), ticket: number, email, state: "member", via: "staff", by: "staff:amara" } });
  const recipient = `participant:${id}`;
  return { email, recipient, notice: await anOwedNotice(database.prisma, number, { template: "copy", recipient }) };
}

async function toldOf({ id }: OwedMail) {
  return await database.prisma.notice.findMany({ where: { id: { startsWith: `${id}.` } }, select: { template: true, recipient: true, wake: true } });
}

const copyUndelivered = { template: "copy-undelivered", recipient: "agent:amara", wake: false };

test("staff hear of each copy that is refused for good, also when two of one reply are, and beside what they hear of the reply", async () => {
  await anAgent("amara");
  const number = await aStoredTicket(database.prisma);
  const [one, two] = [await aCopy(number), await aCopy(number)];
  const { version } = one.notice;
  await database.prisma.notice.update({ where: { id: two.notice.id }, data: { version } });
  await database.prisma.notice.create({ data: { id: `${number}.${version}.9`, ticket: number, version, template: "colleague-wrote", recipient: "agent:amara" } });
  server.fault = (at) => (at === "to" ? 550 : undefined);
  for (const { recipient, notice } of [one, two]) {
    expect((await deliver(recipient)).mails).toEqual([{ templates: ["copy"], state: "failed" }]);
    expect(await toldOf(notice)).toEqual([copyUndelivered]);
  }
});

test.each<[string, Stage, Trouble, object]>([
  ["refused for five days", "to", 450, { answers: [{ attempt: 1, at: new Date(Date.now() - 433_000_000).toISOString(), state: "refused", code: "450" }] }],
  ["in doubt for the second time", "accepted", "drop", { doubts: 1 }],
])("a copy that is %s has come to its end, and staff hear of it", async (_name, stage, trouble, data) => {
  await anAgent("amara");
  const { recipient, notice } = await aCopy(await aStoredTicket(database.prisma));
  await database.prisma.notice.update({ where: { id: notice.id }, data });
  server.fault = (at) => (at === stage ? trouble : undefined);
  const { mails } = await deliver(recipient);
  const { state } = await row(notice);
  expect(mails).toEqual([{ templates: ["copy"], state }]);
  expect(["failed", "unknown"]).toContain(state);
  expect(await toldOf(notice)).toEqual([copyUndelivered]);
});

test("that a copy failed is noted together with the word to staff, or not yet", async () => {
  await anAgent("amara");
  const { recipient, notice } = await aCopy(await aStoredTicket(database.prisma));
  server.fault = (at) => (at === "to" ? 550 : undefined);
  await database.prisma.$executeRaw`CREATE FUNCTION nobody_is_told() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'killed here'; END $$`;
  await database.prisma.$executeRaw`CREATE TRIGGER nobody_is_told BEFORE INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION nobody_is_told()`;
  await expect(deliver(recipient)).rejects.toMatchObject({ type: "DatabaseUnavailable" });
  await database.prisma.$executeRaw`DROP FUNCTION nobody_is_told CASCADE`;
  expect((await deliver(recipient)).mails).toEqual([{ templates: ["copy"], state: "failed" }]);
  expect(await toldOf(notice)).toEqual([copyUndelivered]);
});

test("a mail to staff that is refused for good is told to whoever can be reached instead, once for each mail, and wakes when it was to", async () => {
  await anAgent("amara");
  const number = await aStoredTicket(database.prisma);
  const [first, second] = [await owed("reminder", number), await owed("resumed", number)];
  server.fault = (at) => (at === "to" ? 550 : undefined);
  expect((await deliver()).mails).toEqual([{ templates: ["reminder", "resumed"], state: "failed" }]);
  const staffUndelivered = { template: "staff-undelivered", recipient: "agent:amara", wake: false };
  expect([await toldOf(first), await toldOf(second)]).toEqual([[staffUndelivered], []]);
  // Who has the ticket can't be reached: the admins, here Sofia, are.
  const own = await anOwedNotice(database.prisma, number, { template: "escalation", recipient: "agent:amara" });
  await database.prisma.notice.update({ where: { id: own.id }, data: { wake: true } });
  await deliver("agent:amara");
  expect(await toldOf(own)).toEqual([{ template: "staff-undelivered", recipient: "agent:sofia", wake: true }]);
  expect(await database.prisma.outbox.count({ where: { kind: "urgent", subject: "agent:sofia" } })).toBe(1);
  // A word that can't be delivered either leads to no other.
  await deliver("agent:sofia", 0);
  expect(await database.prisma.notice.count({ where: { ticket: number, template: "staff-undelivered" } })).toBe(2);
});

async function anAgent(id: string): Promise<void> {
  const data = { id, name: id, email: `${id}@desk.example`, role: "agent", language: "en", timeZone: "UTC" };
  await database.prisma.agent.upsert({ where: { id }, create: data, update: {} });
}

test("an attempt that a newer one has replaced notes nothing", async () => {
  const notice = await owed();
  const mail = { mail: notice.id, notices: [notice.id], messageId: "m@desk.example" };
  const stale = await claimMail(database.prisma, mail, "one");
  const claim = await claimMail(database.prisma, mail, "one");
  await note(database.prisma, stale?.token ?? "", { state: "failed", error: "late" });
  expect(await row(notice)).toMatchObject({ state: "sending", token: claim?.token });
});

test("a mail that this release can't make waits for one that can, and holds up nobody else", async () => {
  const odd = await owed("of-tomorrow");
  const other = await owed();
  const { next, because } = await deliver();
  expect(because).toBe("trouble");
  expect(next).toBeGreaterThan(Date.now());
  expect(await row(odd)).toMatchObject({ state: "queued" });
  expect(await row(other)).toMatchObject({ state: "sent" });
});

test.each([
  ["an agent who has left", async () => await database.prisma.agent.update({ where: { id: reader }, data: { active: false } })],
  ["an agent nobody knows", async () => await database.prisma.agent.delete({ where: { id: reader } })],
])("%s has no address: failed, nothing is sent", async (_name, change) => {
  const notice = await owed();
  await change();
  expect((await deliver()).mails).toEqual([{ templates: ["assigned"], state: "failed" }]);
  expect(await row(notice)).toMatchObject({ state: "failed", lastError: "no address" });
  expect(server.mails).toHaveLength(0);
});

test("a contact is told by the address that is kept for them, until they are retired", async () => {
  const data = { id: reader, name: "On-call phone", email: `${reader}@phone.example`, language: "de" };
  await database.prisma.contact.create({ data });
  const tell = async () => {
    const number = await aStoredTicket(database.prisma);
    return await anOwedNotice(database.prisma, number, { template: "escalation", recipient: `contact:${reader}` });
  };
  await tell();
  expect((await deliver(`contact:${reader}`)).mails).toEqual([{ templates: ["escalation"], state: "sent" }]);
  expect(server.mails[0]).toMatchObject({ to: [`${reader}@phone.example`] });
  await database.prisma.contact.update({ where: { id: reader }, data: { retiredAt: new Date() } });
  await tell();
  expect((await deliver(`contact:${reader}`, 0)).mails).toEqual([{ templates: ["escalation"], state: "failed" }]);
});

test("two hundred reminders and more leave as few mails", async () => {
  const number = await aStoredTicket(database.prisma);
  for (let count = 0; count < 205; count += 1) await owed("reminder", number);
  const { mails, next, waiting } = await deliver();
  expect(mails.map(({ templates }) => templates.length)).toEqual([200]);
  expect(waiting).toBe(5);
  expect(next).toBeGreaterThan(Date.now());
}, 30_000);
