// The desk's own templates, files, suspended addresses and brakes, where a mail is sent.
import { createHash, randomUUID } from "node:crypto";
import { aStoredTicket, anOwedNotice } from "./a-mail";
import { aSendStage } from "./a-send-stage";
import type { SendStage } from "./a-send-stage";

let stage: SendStage;
beforeAll(async () => (stage = await aSendStage()));
beforeEach(async () => {
  await stage.reset();
  await stage.database.prisma.mailTemplate.deleteMany();
});
afterAll(() => stage.close());

async function template(content: object | null, given: { edition?: number; brand?: string; language?: string } = {}) {
  const { edition = 1, brand = "", language = "en" } = given;
  const data = { template: "public-reply", language, brand, edition, by: "staff:sofia", ...(content !== null && { content }) };
  await stage.database.prisma.mailTemplate.create({ data });
}

async function aReply(given: { text?: string; language?: string } = {}) {
  const { prisma } = stage.database;
  const number = await aStoredTicket(prisma, given.language === undefined ? {} : { language: given.language });
  const notice = await anOwedNotice(prisma, number, given.text === undefined ? {} : { text: given.text });
  return { number, notice };
}

async function sent(number: number, notice: Awaited<ReturnType<typeof aReply>>["notice"]) {
  expect(await stage.send(number, [notice])).toMatchObject([{ state: "sent" }]);
  const [mail] = stage.server.to(`${number}.kim@customer.example`);
  if (mail === undefined) throw new Error("no mail");
  return mail;
}

test("a mail is written by the newest edition in its reader's language; in others by the built-in words", async () => {
  await template({ subject: "Old", text: "{{words}}", html: null });
  await template({ subject: "News about {{subject}}", text: "Dear you,\n{{words}}\n{{link}}", html: "<p>{{words}}</p>" }, { edition: 2 });
  const own = await aReply({ text: "<i>It left</i> & came." });
  const mail = await sent(own.number, own.notice);
  expect(mail.subject).toBe(`[#${own.number}] News about The card has not come`);
  expect(mail.text).toContain("Dear you,\n<i>It left</i> & came.");
  expect(mail.raw).toContain("&#60;i&#62;It left");
  const german = await aReply({ language: "de" });
  expect((await sent(german.number, german.notice)).subject).toContain("Re: The card has not come");
});

test("a brand's template comes before the one for all; taken back, the one for all is used again", async () => {
  const { prisma } = stage.database;
  await prisma.team.upsert({ where: { id: "branded" }, create: { id: "branded", name: "Branded", brand: "acme" }, update: {} });
  await template({ subject: "All", text: "{{words}}", html: null });
  await template({ subject: "Acme", text: "{{words}}", html: null }, { brand: "acme" });
  const branded = async () => {
    const own = await aReply();
    await prisma.ticket.update({ where: { number: own.number }, data: { teamId: "branded" } });
    return (await sent(own.number, own.notice)).subject.replace(/^\[#\d+\] /, "");
  };
  expect(await branded()).toBe("Acme");
  await template(null, { brand: "acme", edition: 2 });
  expect(await branded()).toBe("All");
});

test("a template that can't be used holds nothing up: the built-in words go out, and staff are told once", async () => {
  await template({ subject: "{{nothing}}", text: "{{#words}}", html: null });
  const own = await aReply();
  // Of the event itself the same person is told as well.
  const { version } = own.notice;
  const beside = { id: `${own.number}.${version}.2`, ticket: own.number, version, template: "colleague-wrote", recipient: "agent:amara" };
  await stage.database.prisma.notice.create({ data: beside });
  expect((await sent(own.number, own.notice)).text).toContain("It left us on Monday.");
  const told = await stage.database.prisma.notice.findMany({ where: { ticket: own.number, template: "template-broken" } });
  expect(told).toMatchObject([{ recipient: "agent:amara", state: "queued" }]);
  expect(await stage.database.prisma.outbox.count({ where: { kind: "notices", subject: "agent:amara" } })).toBeGreaterThan(0);
});

test("files of what a member of staff wrote go out with it, by their rows; a missing one is waited for", async () => {
  const { prisma } = stage.database;
  const own = await aReply();
  const message = await prisma.message.findFirstOrThrow({ where: { ticket: own.number } });
  const bytes = Buffer.from("%PDF-1.4 /etc/passwd");
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await prisma.fileContent.create({ data: { sha256, size: bytes.length, bytes } });
  const file = { id: randomUUID(), messageId: message.id, position: 0, name: "Angebot ü.pdf", type: "application/pdf", size: bytes.length, sha256 };
  await prisma.attachment.create({ data: file });
  const mail = await sent(own.number, own.notice);
  expect(mail.raw).toContain(bytes.toString("base64"));
  expect(mail.raw).toMatch(/Content-Disposition: attachment/);
});

test.each(["message/rfc822", "Multipart/Mixed; boundary=x"])("a file of the type %s goes out encoded as any other: as it is no server would take its lines", async (type) => {
  const { prisma } = stage.database;
  const own = await aReply();
  const message = await prisma.message.findFirstOrThrow({ where: { ticket: own.number } });
  const bytes = Buffer.from(`Subject: Grüße ${own.number}\n\n${"long ".repeat(400)}\nbare line feeds\n`);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await prisma.fileContent.create({ data: { sha256, size: bytes.length, bytes } });
  await prisma.attachment.create({ data: { id: randomUUID(), messageId: message.id, position: 0, name: "Fwd.eml", type, size: bytes.length, sha256 } });
  const { raw } = await sent(own.number, own.notice);
  expect(raw.replace(/\r\n/g, "")).toContain(bytes.toString("base64"));
  expect(raw).toContain("filename=Fwd.eml");
  expect(Math.max(...raw.split("\r\n").map(({ length }) => length))).toBeLessThan(998);
});

test("nothing is sent to a suspended address until it is lifted", async () => {
  const { prisma } = stage.database;
  const own = await aReply();
  const address = `${own.number}.kim@customer.example`;
  const { id } = await prisma.suppression.create({ data: { id: randomUUID(), address, reason: "bounced" } });
  expect(await stage.send(own.number, [own.notice])).toMatchObject([{ state: "failed" }]);
  expect(await stage.row(own.notice)).toMatchObject({ lastError: "suspended", attempts: 1 });
  await prisma.suppression.update({ where: { id }, data: { liftedAt: new Date() } });
  const next = await anOwedNotice(prisma, own.number);
  expect(await stage.send(own.number, [next])).toMatchObject([{ state: "sent" }]);
});

test("one address gets five acknowledgements an hour at most; the sixth is withdrawn, and what people write is sent", async () => {
  const { prisma } = stage.database;
  const first = await aStoredTicket(prisma);
  const { requesterId } = await prisma.ticket.findUniqueOrThrow({ where: { number: first } });
  const states: string[] = [];
  for (let count = 0; count < 6; count += 1) {
    const number = count === 0 ? first : await aStoredTicket(prisma);
    await prisma.ticket.update({ where: { number }, data: { requesterId } });
    const [outcome] = await stage.send(number, [await anOwedNotice(prisma, number, { template: "acknowledgement" })]);
    states.push(outcome?.state ?? "");
  }
  expect(states).toEqual(["sent", "sent", "sent", "sent", "sent", "withdrawn"]);
  expect(await stage.send(first, [await anOwedNotice(prisma, first)])).toMatchObject([{ state: "sent" }]);
});
