// What becomes of a mail: read, brought to its ticket, taken in once whatever is tried twice.
import { randomUUID } from "node:crypto";
import { acceptMail, type ArrivedMail } from "../../inbound/accept";
import { raiseAlerts } from "../../relay/alerts";
import { forgetSources, resumeMails } from "../../relay/sweeps";
import { aDesk, type Desk } from "../support/desk";
import { eventually } from "../support/eventually";

let desk: Desk;
beforeAll(async () => {
  desk = await aDesk();
  await desk.startWorker();
});
afterAll(async () => await desk.close());

const arrived = (text: string, more: Partial<ArrivedMail> = {}): ArrivedMail => ({
  mailbox: "support",
  source: "smtp",
  raw: Buffer.from(text.replaceAll("\n", "\r\n")),
  receivedAt: new Date(),
  ...more,
});

const aMail = (subject: string, body = "It never came.") =>
  `From: Ada <ada-${randomUUID()}@example.test>\nTo: support@perdura.localhost\nSubject: ${subject}\nMessage-ID: <${randomUUID()}@example.test>\n\n${body}\n`;

async function whatBecame(id: string) {
  const look = () => desk.prisma.rawMail.findUniqueOrThrow({ where: { id }, include: { attachments: true } });
  return await eventually(look, ({ state }) => state === "done" || state === "quarantined", { otherwise: ({ state }) => state });
}

test("a mail opens a ticket, whose clocks count from its arrival", async () => {
  const receivedAt = new Date(Date.now() - 3_600_000);
  const { id } = await acceptMail(desk.prisma, arrived(aMail("Where is my parcel?"), { receivedAt }));
  const { ticket: number, outcome } = await whatBecame(id);
  expect(outcome).toBe("opened");
  const ticket = await desk.until(number ?? 0, ({ version }) => version > 0);
  expect(ticket).toMatchObject({ channel: "mail", createdAt: receivedAt.getTime() });
  const messages = await desk.prisma.message.findMany({ where: { ticket: number ?? 0 } });
  expect(messages).toMatchObject([{ text: "It never came.", rawMailId: id, visibility: "public" }]);
});

test("the same mail again is the one that came before", async () => {
  const mail = arrived(aMail("Twice"));
  const [first, second] = [await acceptMail(desk.prisma, mail), await acceptMail(desk.prisma, mail)];
  expect(second).toEqual({ id: first.id, known: true });
});

test("at the same place another mail is another mail, and the place is its own", async () => {
  const place = { uidValidity: 7n, uid: 1n };
  const [first, second] = [aMail("One"), aMail("Other")].map((text) => arrived(text, { source: "imap", place }));
  const before = await acceptMail(desk.prisma, first as ArrivedMail);
  const after = await acceptMail(desk.prisma, second as ArrivedMail);
  expect(after.known).toBe(false);
  expect(await desk.prisma.rawMail.findUnique({ where: { id: before.id } })).toMatchObject({ uid: null });
  expect(await desk.prisma.rawMail.findUnique({ where: { id: after.id } })).toMatchObject({ uid: 1n });
});

test("its files are kept by their hash, and belong to the message", async () => {
  const boundary = "b1";
  const body = `--${boundary}\nContent-Type: text/plain\n\nSee there.\n--${boundary}\nContent-Type: text/plain; name="a.txt"\nContent-Disposition: attachment; filename="a.txt"\n\nhello\n--${boundary}--`;
  const raw = aMail("With a file", "").replace("\n\n", `\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=${boundary}\n\n${body}`);
  const { id } = await acceptMail(desk.prisma, arrived(raw));
  const { attachments } = await whatBecame(id);
  expect(attachments).toMatchObject([{ name: "a.txt", type: "text/plain" }]);
  expect(attachments[0]?.messageId).not.toBeNull();
  expect(await desk.prisma.fileContent.count({ where: { sha256: attachments[0]?.sha256 ?? "" } })).toBe(1);
});

test("one that can't be read is quarantined, and stands in nobody's way", async () => {
  const nested = (depth: number): string =>
    depth === 0 ? "Content-Type: text/plain\n\nx" : `Content-Type: multipart/mixed; boundary=b${depth}\n\n--b${depth}\n${nested(depth - 1)}\n--b${depth}--`;
  const { id } = await acceptMail(desk.prisma, arrived(`From: a@example.test\nSubject: deep\nMIME-Version: 1.0\n${nested(60)}\n`));
  expect(await whatBecame(id)).toMatchObject({ state: "quarantined", quarantine: "too_deep", ticket: null });
});

test("its history tells the steps, and nothing of what it says", async () => {
  const { id } = await acceptMail(desk.prisma, arrived(aMail("A very particular subject", "Particular words.")));
  await whatBecame(id);
  const handle = desk.namespace.client.workflow.getHandle(`mail:${id}`);
  expect(await handle.result()).toMatchObject({ outcome: "opened" });
  const { events } = await handle.fetchHistory();
  const names = (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: at }) => at?.activityType?.name ?? []);
  expect(names).toEqual(["readMail", "checkSender", "findTicket", "openTicket", "markSeen"]);
  expect(Buffer.from(JSON.stringify(events)).toString()).not.toMatch(/articular/);
});

test("the source of a mail goes with time, what was read in it stays; that of one that is held does not go", async () => {
  const old = new Date(Date.now() - 40 * 86_400_000);
  const [settled, young, held] = await Promise.all([aMail("Old"), aMail("Young"), aMail("Held")].map(async (text) => (await acceptMail(desk.prisma, arrived(text))).id));
  for (const id of [settled, young, held]) await whatBecame(id ?? "");
  await desk.prisma.rawMail.update({ where: { id: settled ?? "" }, data: { doneAt: old } });
  await desk.prisma.rawMail.update({ where: { id: held ?? "" }, data: { doneAt: old, state: "quarantined" } });
  await forgetSources({ ...desk.relay(), sourceDays: 30 });
  const sources = await desk.prisma.rawMail.findMany({ where: { id: { in: [settled ?? "", young ?? "", held ?? ""] } }, select: { id: true, raw: true, newText: true } });
  expect(sources.filter(({ raw }) => raw === null).map(({ id }) => id)).toEqual([settled]);
  expect(sources.every(({ newText }) => newText !== null)).toBe(true);
});

test("a step that lasts says that it is alive: what a killed worker had in hand is taken up in seconds", async () => {
  const { id } = await acceptMail(desk.prisma, arrived(aMail("Held up")));
  await desk.prisma.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id::text FROM raw_mails WHERE id = ${id}::uuid FOR UPDATE`;
    const handle = desk.namespace.client.workflow.getHandle(`mail:${id}`);
    const beats = async (): Promise<boolean> => {
      const { raw } = await handle.describe();
      return (raw.pendingActivities ?? []).some(({ lastHeartbeatTime }) => lastHeartbeatTime !== undefined && lastHeartbeatTime !== null);
    };
    await eventually(() => beats().catch(() => false), undefined, { withinMs: 20_000 });
  }, { timeout: 30_000 });
  expect(await whatBecame(id)).toMatchObject({ outcome: "opened" });
});

test("a mail that Temporal has forgotten is taken up again", async () => {
  const { id } = await acceptMail(desk.prisma, arrived(aMail("Forgotten")));
  const { ticket } = await whatBecame(id);
  await desk.namespace.client.workflow.getHandle(`mail:${id}`).result();
  await desk.prisma.rawMail.update({ where: { id }, data: { state: "read", doneAt: null, outcome: null, receivedAt: new Date(Date.now() - 120_000) } });
  await resumeMails(desk.relay());
  expect(await whatBecame(id)).toMatchObject({ outcome: "opened", ticket });
});

test("admins are told of a silent mailbox and of mails in quarantine, once a day", async () => {
  const createdAt = new Date(Date.now() - 20 * 60_000);
  const imap = { host: "127.0.0.1", port: 1, security: "none", user: "u", folder: "INBOX", history: "none", moveTo: null, oauth: null };
  await desk.prisma.mailbox.create({ data: { id: "silent", name: "Silent", teamId: "support", addresses: ["silent@perdura.localhost"], imap, createdAt } });
  const told = new Set<string>();
  await raiseAlerts(desk.relay(), told);
  await raiseAlerts(desk.relay(), new Set());
  const [silent, held] = await Promise.all(["Silent", "quarantine"].map(async (word) => await desk.mail.waitFor((mails) => mails.find(({ subject }) => subject.includes(word)))));
  expect(silent).toMatchObject({ to: ["sofia@desk.example"], subject: "The mailbox Silent is silent" });
  expect(held?.text).toMatch(/The oldest has waited for \d+ hours\./);
  expect(held?.headers["auto-submitted"]).toBe("auto-generated");
  expect(told.size).toBe(2);
  expect(desk.mail.mails.filter(({ subject }) => subject.includes("silent"))).toHaveLength(1);
});

test("a team's mailbox decides whose it is unless a rule does; its language is that of whoever shows none of their own and is not known", async () => {
  const address = "billing-desk@perdura.localhost";
  await desk.prisma.mailbox.create({ data: { id: "billing-desk", name: "Billing", teamId: "billing", type: "request", language: "de", addresses: [address] } });
  const opened = async (from: string, { headers = "", subject = "Hello" } = {}) => {
    const raw = `From: ${from}\nTo: ${address}\nSubject: ${subject}\nMessage-ID: <${randomUUID()}@example.test>\n${headers}\nIt is there. ${randomUUID()}\n`;
    const { ticket } = await whatBecame((await acceptMail(desk.prisma, arrived(raw, { mailbox: "billing-desk" }))).id);
    const { team, type } = await desk.until(ticket ?? 0, ({ category }) => category !== null);
    const { language } = await desk.prisma.ticket.findUniqueOrThrow({ where: { number: ticket ?? 0 } });
    return { team, type, language };
  };
  const ours = { team: "billing", type: "request" };
  expect(await opened("new-1@example.test")).toEqual({ ...ours, language: "de" });
  expect(await opened("new-2@example.test", { headers: "Content-Language: nb-NO\n" })).toEqual({ ...ours, language: "nb" });
  expect(await opened("new-2@example.test", { headers: "Content-Language: zh-CN\n" })).toEqual({ ...ours, language: "nb" });
  expect(await opened("new-3@example.test", { headers: "Content-Language: fr-FR\n" })).toEqual({ ...ours, language: "de" });
  await desk.prisma.rule.create({ data: { id: `elsewhere-${randomUUID()}`, position: 0, words: ["zeppelin"], categoryId: "refund", teamId: "support" } });
  expect(await opened("new-4@example.test", { subject: "A zeppelin" })).toMatchObject({ team: "support" });
});
