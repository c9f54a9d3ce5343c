// Mails on their way to a ticket, on a real Postgres and Temporal: who joins, who is held, who opens a ticket of their own.
import { randomUUID } from "node:crypto";
import { acceptMail } from "../../inbound/accept";
import { createInboundActivities } from "../../inbound/activities";
import { Reader } from "../../mail/reader";
import { createSignedAddresses } from "../../mail/signed/addresses";
import type { Ticket } from "../../domain/ticket";
import { mailSignals, ticketWorkflowId } from "../../workflows/messages";
import { mailOptions } from "../../workflows/starts/errands";
import { anApi } from "../api/an-api";
import type { TestApi } from "../api/an-api";
import { aDesk, ingrid, secret } from "../support/desk";
import type { Desk } from "../support/desk";

let desk: Desk;
let api: TestApi;
beforeAll(async () => {
  desk = await aDesk({ mailIn: { verdicts: { authservId: "mx.perdura.test", trustedSealers: [] } } });
  await desk.startWorker();
  api = await anApi({ database: desk.database, temporal: desk.temporal, links: desk.links });
});
afterAll(async () => {
  await api.close();
  await desk.close();
});

const support = "support@perdura.localhost";
const signed = createSignedAddresses([secret]);
const addressOf = (ticket: number, notice: string | null = null): string => signed.replyTo(support, { ticket, notice });
const somebody = (domain = "example.test"): string => `p-${randomUUID().slice(0, 8)}@${domain}`;
const messageId = (): string => `${randomUUID()}@example.test`;

interface Sent {
  readonly from: string;
  readonly to?: string;
  readonly cc?: string;
  readonly subject?: string;
  readonly text?: string;
  readonly id?: string;
  readonly answers?: string;
  readonly headers?: string;
  readonly receivedAt?: Date;
  /** Our own mail server has found it to be from whom it says. */
  readonly isProven?: boolean;
}

/** A mail of its own, and what became of it once it is done. */
async function send(mail: Sent) {
  return await whatBecame(await accepted(mail));
}

/** With a file, which hangs at a draft on that ticket that nobody is going to publish. */
async function draftedOn(number: number, id: string): Promise<void> {
  const { prisma } = desk;
  const by = await desk.requester(number);
  const draft = { id: randomUUID(), ticket: number, text: "Too late", sha256: "0".repeat(64), visibility: "public", authorKind: by.kind, authorId: by.id, rawMailId: id };
  await prisma.message.create({ data: draft });
  const sha256 = id.replaceAll("-", "").padEnd(64, "0");
  await prisma.fileContent.create({ data: { sha256, size: 1, bytes: Buffer.from("x") } });
  await prisma.attachment.create({ data: { id: randomUUID(), rawMailId: id, messageId: draft.id, position: 0, name: "a.txt", type: "text/plain", size: 1, sha256 } });
}

/** Its id, as soon as it is committed. */
async function accepted(mail: Sent): Promise<string> {
  const { from, to = support, cc, subject = "A question", text = `Words ${randomUUID()}`, id = messageId(), answers, headers = "" } = mail;
  const lines = [
    `From: ${from}`, `To: ${to}`, ...(cc === undefined ? [] : [`Cc: ${cc}`]), `Subject: ${subject}`, `Message-ID: <${id}>`,
    ...(answers === undefined ? [] : [`In-Reply-To: <${answers}>`]), `Date: Sun, 22 Nov 2026 10:00:00 +0000`, `X-Once: ${randomUUID()}`,
    ...(mail.isProven === true ? [`Authentication-Results: mx.perdura.test; spf=pass; dkim=pass; dmarc=pass header.from=${from.split("@")[1]}`] : []),
    ...headers.split("\n").filter((line) => line !== ""), "", text, "",
  ];
  const { id: row } = await acceptMail(desk.prisma, {
    mailbox: "support", source: "smtp", raw: Buffer.from(lines.join("\r\n")), receivedAt: mail.receivedAt ?? new Date(), envelope: { to: [to] },
  });
  return row;
}

async function stateOfMail(id: string): Promise<string> {
  return (await desk.prisma.rawMail.findUniqueOrThrow({ where: { id }, select: { state: true } })).state;
}

/** It has looked for its ticket, and found it or waits to look again. */
async function hasLooked(id: string): Promise<boolean> {
  if ((await stateOfMail(id)) === "done") return true;
  const history = await desk.namespace.client.workflow.getHandle(`mail:${id}`).fetchHistory().catch(() => null);
  return history?.events?.some(({ timerStartedEventAttributes }) => timerStartedEventAttributes) ?? false;
}

async function whatBecame(id: string) {
  for (const deadline = Date.now() + 40_000; ; ) {
    const row = await desk.prisma.rawMail.findUniqueOrThrow({ where: { id }, include: { placement: true } });
    if (row.state === "done" || row.state === "quarantined") return { ...row, number: row.ticket ?? 0, placement: row.placement };
    if (Date.now() > deadline) throw new Error(`Still ${row.state}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

async function journalHas(number: number, kind: string): Promise<void> {
  for (const deadline = Date.now() + 40_000; !(await desk.journal(number)).includes(kind); ) {
    if (Date.now() > deadline) throw new Error(`Never ${kind}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

const isAssigned = ({ assignee }: Ticket): boolean => assignee !== null;
const words = async (number: number) => {
  const { body } = await api.call("GET", `/tickets/${number}/messages`);
  return (body["items"] as { text: string; author: { kind: string }; visibility: string }[]).map(({ text, author, visibility }) => `${author.kind} ${visibility}: ${text}`);
};
const heldOn = async (number: number) => (await api.call("GET", `/tickets/${number}/held-messages`)).body["items"] as { id: string; because: string; text: string }[];

/** A ticket that a mail has opened, and whom it is from. */
async function opened(from = somebody(), more: Partial<Sent> = {}) {
  const id = messageId();
  const { number } = await send({ from, id, ...more });
  await desk.until(number, isAssigned);
  return { number, from, id };
}

test("its requester joins by the signed address, by our Message-ID and by a mail that we hold; the reason is shown", async () => {
  const { number, from, id } = await opened();
  const byAddress = await send({ from, to: addressOf(number), text: "First" });
  const byMessageId = await send({ from, answers: signed.messageId(`${number}.4.1`, "perdura.localhost"), text: "Second" });
  const byReference = await send({ from: from.toUpperCase(), answers: id, text: "Third" });
  expect([byAddress, byMessageId, byReference].map((mail) => mail.number)).toEqual([number, number, number]);
  for (const deadline = Date.now() + 40_000; (await words(number)).length < 4 && Date.now() < deadline; ) await desk.state(number);
  expect((await words(number)).slice(1)).toEqual(["requester public: First", "requester public: Second", "requester public: Third"]);
  const { body } = await api.call("GET", `/tickets/${number}/mails`);
  expect(body["items"]).toMatchObject([
    { outcome: "new", because: "names-none" },
    { outcome: "ticket", because: "requester", trace: "signed-address" },
    { outcome: "ticket", because: "requester", trace: "signed-message-id" },
    { outcome: "ticket", because: "requester", trace: "reference" },
  ]);
});

test("an afterthought that comes before its mail has a ticket, read or unread, waits for it and joins it", async () => {
  const [from, first] = [somebody(), messageId()];
  // As an IMAP server tells it: a second has no parts, and the afterthought seems to have come first.
  const receivedAt = new Date(Math.floor(Date.now() / 1_000) * 1_000 - 1);
  const afterthought = async (): Promise<string> => await accepted({ from, answers: first, text: "One more thing", receivedAt });
  const opening = await accepted({ from, id: first });
  // While the first can't be read, nobody knows what its Message-ID is.
  const early = await desk.prisma.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id::text FROM raw_mails WHERE id = ${opening}::uuid FOR UPDATE`;
    const id = await afterthought();
    for (const until = Date.now() + 20_000; !(await hasLooked(id)) && Date.now() < until; ) await new Promise((resolve) => setTimeout(resolve, 30));
    return id;
  }, { timeout: 30_000 });
  const mails = [await whatBecame(opening), await whatBecame(early), await whatBecame(await afterthought())];
  expect(mails.map(({ outcome }) => outcome)).toEqual(["opened", "added", "added"]);
  expect(new Set(mails.map(({ number }) => number)).size).toBe(1);
});

test("a number in the subject is a hint and no way in; a reference by a stranger makes a ticket that looks related", async () => {
  const { number, id } = await opened();
  const hinting = await send({ from: somebody(), subject: `Re: [#${number}] A question` });
  expect(hinting.number).not.toBe(number);
  expect(hinting.placement).toMatchObject({ outcome: "new", hint: number, related: null });
  const related = await send({ from: somebody(), answers: id });
  expect(related.number).not.toBe(number);
  expect(related.placement).toMatchObject({ outcome: "new", because: "no-part-in-it", related: number });
});

test("a stranger with the signed address is held inside the ticket; accepted once, they take part, and it counts from its arrival", async () => {
  const { number } = await opened();
  await api.call("POST", `/tickets/${number}/messages`, { body: { text: "Answered." } });
  const [stranger, receivedAt] = [somebody(), new Date()];
  await send({ from: `Uma <${stranger}>`, to: addressOf(number), text: "Me too", receivedAt });
  await desk.until(number, ({ heldMessages }) => heldMessages.length === 1);
  expect(await words(number)).toHaveLength(2);
  const [held] = await heldOn(number);
  expect(held).toMatchObject({ because: "unknown-sender", text: "Me too", sender: stranger });
  const notices = await desk.prisma.notice.findMany({ where: { ticket: number, template: "message-held" } });
  expect(notices).toHaveLength(1);
  const accepted = await api.call("POST", `/tickets/${number}/held-messages/${held?.id}/acceptance`);
  expect(accepted.status).toBe(200);
  const ticket = await desk.until(number, ({ heldMessages }) => heldMessages.length === 0);
  expect(ticket.clocks.nextResponse.ongoing?.startedAt).toBeGreaterThanOrEqual(receivedAt.getTime());
  expect((await words(number)).at(-1)).toBe("participant public: Me too");
  expect((await api.call("GET", `/tickets/${number}/participants`)).body["items"]).toMatchObject([{ email: stranger, name: "Uma", state: "member", via: "accepted" }]);
  expect((await api.call("POST", `/tickets/${number}/held-messages/${held?.id}/rejection`)).body).toMatchObject({ code: "no_such_message", status: 409 });
  const again = await send({ from: stranger, to: addressOf(number), text: "And this" });
  expect(again.placement).toMatchObject({ outcome: "ticket", because: "participant" });
  await desk.until(number, ({ requesterWroteAt, version }) => requesterWroteAt === version);
});

test("a rejected message leaves no trace in the conversation, and its sender no part", async () => {
  const { number } = await opened();
  await send({ from: somebody(), to: addressOf(number), text: "Buy this" });
  await desk.until(number, ({ heldMessages }) => heldMessages.length === 1);
  const [held] = await heldOn(number);
  expect((await api.call("POST", `/tickets/${number}/held-messages/${held?.id}/rejection`)).status).toBe(200);
  expect(await words(number)).toHaveLength(1);
  expect((await api.call("GET", `/tickets/${number}/participants`)).body["items"]).toMatchObject([{ state: "offered", via: "held" }]);
});

describe("a colleague's mail", () => {
  const quote = "\n\nOn Sun, 22 Nov 2026 at 10:00, Support <support@perdura.localhost> wrote:\n> Are you there?";

  /** Amara has the ticket and was told that its requester wrote: the address that she may answer to. */
  async function asked() {
    const { number, from } = await opened();
    await desk.command(number, "assign", { agent: "amara", overCapacity: false }, { by: ingrid });
    await send({ from, to: addressOf(number), text: "Are you there?" });
    await desk.until(number, ({ requesterWroteAt, version }) => requesterWroteAt === version && version > 1);
    const notice = await desk.prisma.notice.findFirstOrThrow({ where: { ticket: number, template: "requester-wrote" } });
    const { email } = await desk.prisma.agent.findUniqueOrThrow({ where: { id: "amara" } });
    return { number, from, email, to: addressOf(number, notice.id) };
  }

  test("is their answer, less what it quotes, when it comes to their own address and their domain says it sent it; whom they put in Cc take part", async () => {
    const { number, email, to } = await asked();
    const [receivedAt, copied] = [new Date(), somebody("other.test")];
    // It came to another mailbox of ours as well: we take no part in our own tickets.
    const { teamId } = await desk.prisma.mailbox.findUniqueOrThrow({ where: { id: "support" } });
    await desk.prisma.mailbox.create({ data: { id: "web", name: "Web", teamId, addresses: ["web@perdura.localhost"] } });
    const cc = `${copied}, ${signed.replyTo("web@perdura.localhost", { ticket: number, notice: null })}`;
    await send({ from: email, to, cc, text: `I am.${quote}`, isProven: true, receivedAt });
    const ticket = await desk.until(number, ({ answeredAt }) => answeredAt !== null);
    expect(ticket).toMatchObject({ answeredAt: receivedAt.getTime(), heldMessages: [] });
    expect((await words(number)).at(-1)).toBe("staff public: I am.");
    expect(await desk.prisma.notice.count({ where: { ticket: number, template: "public-reply", recipient: "requester" } })).toBe(1);
    expect((await api.call("GET", `/tickets/${number}/participants`)).body["items"]).toMatchObject([{ email: copied, via: "staff", state: "member" }]);
    expect((await send({ from: copied, to: addressOf(number), text: "Thanks" })).placement).toMatchObject({ because: "participant" });
  });

  test("is a note where the notice was not about the requester's words", async () => {
    const { number, email } = await asked();
    const assigned = await desk.prisma.notice.findFirstOrThrow({ where: { ticket: number, template: "assigned", recipient: "agent:amara" } });
    await send({ from: email, to: addressOf(number, assigned.id), text: "I take it", isProven: true });
    await journalHas(number, "noted");
    expect((await words(number)).at(-1)).toBe("staff internal: I take it");
  });

  test("is held when its domain does not say so, and they are told at once that it was not sent; accepted by them it counts from its arrival", async () => {
    const { number, email, to } = await asked();
    const receivedAt = new Date();
    await send({ from: email, to, text: `I am.${quote}`, receivedAt });
    const { heldMessages, answeredAt } = await desk.until(number, ({ heldMessages: held }) => held.length === 1);
    expect(answeredAt).toBeNull();
    expect(heldMessages).toMatchObject([{ because: "unproven-staff", as: "reply", writer: { id: "amara" } }]);
    expect(await desk.prisma.notice.findFirst({ where: { ticket: number, template: "not-sent" } })).toMatchObject({ recipient: "agent:amara", wake: true });
    await desk.startedWorkflow("notices:agent:amara:urgent");
    expect(await desk.prisma.notice.count({ where: { ticket: number, template: "public-reply" } })).toBe(0);
    const accept = async (as: "agent" | "admin") => await api.call("POST", `/tickets/${number}/held-messages/${heldMessages[0]?.id}/acceptance`, { as });
    expect((await accept("admin")).body).toMatchObject({ code: "not_allowed_now", status: 409 });
    expect((await accept("agent")).status).toBe(200);
    expect(await desk.until(number, ({ answeredAt: at }) => at !== null)).toMatchObject({ answeredAt: receivedAt.getTime() });
    expect((await words(number)).at(-1)).toBe("staff public: I am.");
  });
});

test("a reply to a solved ticket reopens it; one to a closed ticket becomes its follow-up, one for all", async () => {
  const { number, from } = await opened();
  await desk.command(number, "resolve", { message: null });
  await send({ from, to: addressOf(number), text: "Not yet" });
  await desk.until(number, ({ status }) => status === "open");
  await desk.command(number, "resolve", { message: null });
  await desk.command(number, "close", {});
  await desk.ended(number);
  const late = await send({ from, to: addressOf(number), text: "Still not" });
  expect(late.number).not.toBe(number);
  expect(await desk.row(late.number)).toMatchObject({ followUpOf: number, subject: "A question" });
  await desk.until(late.number, isAssigned);
  const later = await send({ from, to: addressOf(number), text: "And more" });
  expect(later.number).toBe(late.number);
  await desk.until(late.number, ({ requesterWroteAt }) => requesterWroteAt > 1);
  expect((await words(late.number)).map((line) => line.split(": ")[1])).toEqual(["Still not", "And more"]);
});

test("what arrived before the closing, and is read after it, reopens the ticket", async () => {
  const { number, from } = await opened();
  const receivedAt = new Date();
  await desk.command(number, "resolve", { message: null });
  await desk.command(number, "close", {});
  await desk.ended(number);
  const late = await send({ from, to: addressOf(number), text: "I wrote in time", receivedAt });
  expect(late.number).toBe(number);
  const ticket = await desk.until(number, ({ status }) => status !== "closed");
  expect(ticket).toMatchObject({ status: "open", closedAt: null });
});

test("what nobody could take there any more, and arrived before the closing, opens tickets of its own", async () => {
  const { number } = await opened();
  const receivedAt = new Date();
  await desk.command(number, "resolve", { message: null });
  await desk.command(number, "close", {});
  await desk.ended(number);
  const { email } = await desk.prisma.agent.findUniqueOrThrow({ where: { id: "amara" } });
  const late = [await send({ from: somebody(), to: addressOf(number), receivedAt }), await send({ from: email, to: addressOf(number), receivedAt })];
  expect(late.map(({ outcome }) => outcome)).toEqual(["opened", "opened"]);
  for (const { placement } of late) expect(placement).toMatchObject({ because: "closed-to-it", related: number });
});

async function isLedAgain(mail: string): Promise<void> {
  const { workflow } = desk.namespace.client;
  await workflow.getHandle(`mail:${mail}`).result();
  await workflow.execute("mail", mailOptions({ mail }));
}

test("a ticket that heard of a mail just before it closed has it, though whoever told it was killed before the note of it", async () => {
  const { number } = await opened();
  const { id } = await send({ from: somebody(), to: addressOf(number) });
  await desk.until(number, ({ heldMessages }) => heldMessages.length === 1);
  await desk.command(number, "resolve", { message: null });
  await desk.command(number, "close", {});
  await desk.ended(number);
  await desk.prisma.rawMail.update({ where: { id }, data: { state: "read", outcome: null, ticket: null, doneAt: null } });
  await isLedAgain(id);
  expect(await whatBecame(id)).toMatchObject({ outcome: "added", number });
  expect((await desk.journal(number)).filter((kind) => kind === "messageHeld")).toHaveLength(1);
});

test("a mail whose life is led a second time has its effect where it had it, wherever it would belong by now", async () => {
  const { number, from } = await opened();
  await desk.command(number, "resolve", { message: null });
  await desk.command(number, "close", {});
  await desk.ended(number);
  const { id, number: followUp } = await send({ from, to: addressOf(number), text: "Still not" });
  await api.call("POST", `/tickets/${number}/reopening`, { as: "admin", body: { reason: "It is not over." } });
  await desk.until(number, ({ status }) => status === "open");
  await draftedOn(number, id);
  await isLedAgain(id);
  const files = await desk.prisma.attachment.findMany({ where: { rawMailId: id }, include: { message: { select: { ticket: true } } } });
  expect(files).toMatchObject([{ name: "a.txt", message: { ticket: followUp } }]);
  expect(await whatBecame(id)).toMatchObject({ outcome: "opened", number: followUp });
  expect(await desk.journal(number)).not.toContain("requesterReplied");
});

test("an absence notice that its ticket has given back is set aside, though it was noted as added", async () => {
  const { number, from } = await opened();
  await desk.command(number, "resolve", { message: null });
  await desk.command(number, "close", {});
  await desk.ended(number);
  const { id } = await send({ from, to: addressOf(number), headers: "Auto-Submitted: auto-replied" });
  await desk.prisma.rawMail.update({ where: { id }, data: { outcome: "added", ticket: number } });
  await draftedOn(number, id);
  await isLedAgain(id);
  expect(await desk.prisma.message.count({ where: { rawMailId: id } })).toBe(0);
  expect(await desk.prisma.attachment.findMany({ where: { rawMailId: id } })).toMatchObject([{ name: "a.txt", messageId: null }]);
  expect(await whatBecame(id)).toMatchObject({ outcome: "auto-reply" });
});

test("two that follow up a closed ticket at one moment are together on its one follow-up", async () => {
  const { number, from } = await opened();
  await desk.command(number, "resolve", { message: null });
  await desk.command(number, "close", {});
  await desk.ended(number);
  const other = await opened(from);
  const id = await desk.prisma.$transaction(async (tx) => {
    // Not to be seen yet, and already in the way.
    await tx.ticket.update({ where: { number: other.number }, data: { followUpOf: number } });
    const mail = await accepted({ from, to: addressOf(number), text: "Still not" });
    await isWaitedFor("INSERT INTO tickets");
    return mail;
  }, { timeout: 60_000 });
  expect(await whatBecame(id)).toMatchObject({ outcome: "added", number: other.number });
});

/** Resolves when a statement of that kind waits for somebody else's lock. */
async function isWaitedFor(statement: string): Promise<void> {
  for (const deadline = Date.now() + 40_000; ; ) {
    const waiting = await desk.prisma.$queryRaw<{ query: string }[]>`
      SELECT query FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    if (waiting.some(({ query }) => query.includes(statement))) return;
    if (Date.now() > deadline) throw new Error(`Nobody waits with ${statement}.`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

test("a ticket that closed just before it heard of a mail gives it back, and the mail becomes its follow-up", async () => {
  const { number, from } = await opened();
  desk.mail.fault = (stage) => (stage === "from" ? 451 : undefined);
  await desk.command(number, "resolve", { message: null });
  await desk.command(number, "close", {});
  // Its run goes on: the requester is still to be told. The mail's own run found it open a moment ago.
  const [id, receivedAt] = [randomUUID(), new Date()];
  const raw = Buffer.from(`From: ${from}\r\nTo: ${addressOf(number)}\r\nSubject: Late\r\nMessage-ID: <${messageId()}>\r\n\r\nToo late\r\n`);
  await desk.prisma.rawMail.create({ data: { id, mailboxId: "support", source: "smtp", sha256: id, size: raw.length, raw, receivedAt } });
  const by = await desk.requester(number);
  await desk.prisma.message.create({
    data: { id, ticket: number, text: "Too late", sha256: "0".repeat(64), visibility: "public", authorKind: by.kind, authorId: by.id, rawMailId: id },
  });
  const told = { id, by, seen: 0, args: { message: { id, sha256: "0".repeat(64) }, occurredAt: receivedAt.getTime() } };
  await desk.namespace.client.workflow.getHandle(ticketWorkflowId(number)).signal(mailSignals.customerReplied, told);
  const { number: followUp } = await whatBecame(id);
  desk.mail.fault = () => undefined;
  expect(await desk.row(followUp)).toMatchObject({ followUpOf: number });
  expect(await desk.journal(number)).not.toContain("requesterReplied");
  expect(await desk.prisma.message.count({ where: { rawMailId: id } })).toBe(1);
});

test("the same mail by two routes is one message, and an automatic reply is kept and reopens nothing", async () => {
  const { number, from } = await opened();
  const twice = { from, to: addressOf(number), text: "Once", id: messageId() };
  const [one, other] = await Promise.all([send(twice), send({ ...twice, headers: "X-Route: another" })]);
  expect(new Set([one.outcome, other.outcome])).toEqual(new Set(["added", "repeated"]));
  await desk.until(number, ({ requesterWroteAt, version }) => requesterWroteAt === version && version > 1);
  expect((await words(number)).filter((line) => line.endsWith("Once"))).toHaveLength(1);
  await desk.command(number, "resolve", { message: null });
  const away = await send({ from, to: addressOf(number), subject: "Automatic reply: away", text: "I am away.", headers: "Auto-Submitted: auto-replied" });
  expect(away.placement).toMatchObject({ outcome: "kept" });
  await journalHas(number, "autoReplied");
  await expect(desk.state(number)).resolves.toMatchObject({ status: "solved" });
});

test("the same mail that came again before its twin had a ticket is among the mails of that ticket", async () => {
  const reader = new Reader();
  const { readMail, findTicket, openTicket } = createInboundActivities({ ...desk, reader, verdicts: { authservId: null, trustedSealers: [] }, signed });
  const raw = `From: ${somebody()}\r\nTo: ${support}\r\nMessage-ID: <${messageId()}>\r\nDate: Sun, 22 Nov 2026 10:00:00 +0000\r\n\r\nTwice\r\n`;
  // No word to Temporal: what becomes of them is done here, one step at a time.
  const arrive = async (route: string): Promise<string> => {
    const bytes = Buffer.from(`X-Route: ${route}\r\n${raw}`);
    const { id } = await desk.prisma.rawMail.create({ data: { id: randomUUID(), mailboxId: "support", source: "smtp", sha256: randomUUID(), size: bytes.length, raw: bytes, receivedAt: new Date() } });
    await readMail({ mail: id });
    return id;
  };
  const [one, other] = [await arrive("first"), await arrive("second")];
  expect([(await findTicket({ mail: one })).to, await findTicket({ mail: other })]).toEqual(["new ticket", { to: "nobody", why: "repeated", number: null }]);
  const { ticket } = await openTicket({ mail: one });
  const { items } = (await api.call("GET", `/tickets/${ticket}/mails`)).body;
  expect(items).toMatchObject([{ id: one, outcome: "new", ticket }, { id: other, outcome: "repeated", because: "same-mail", ticket }]);
  await reader.close();
});

test("people in Cc of the requester's own domain speak where the team lets them; whom staff put out never do", async () => {
  const domain = `org-${randomUUID().slice(0, 6)}.test`;
  const [from, copied] = [somebody(domain), somebody(domain)];
  const { number, id } = await opened(from, { cc: copied });
  expect((await api.call("GET", `/tickets/${number}/participants`)).body).toMatchObject({ items: [], copied: [copied] });
  const before = await send({ from: copied, answers: id });
  expect(before.placement).toMatchObject({ outcome: "new", related: number });
  const { team } = await desk.state(number);
  expect((await api.call("PUT", `/teams/${team}/mail`, { as: "agent", body: { letsCopiedIn: true, letsColleaguesIn: false } })).status).toBe(403);
  expect((await api.call("PUT", `/teams/${team}/mail`, { as: "admin", body: { letsCopiedIn: true, letsColleaguesIn: false } })).status).toBe(200);
  const after = await send({ from: copied, answers: id, text: "Me too" });
  expect(after.placement).toMatchObject({ outcome: "ticket", because: "copied" });
  const { body } = await api.call("GET", `/tickets/${number}/participants`);
  const [participant] = body["items"] as { id: string }[];
  expect((await api.call("DELETE", `/tickets/${number}/participants/${participant?.id}`)).status).toBe(204);
  expect((await send({ from: copied, answers: id })).placement).toMatchObject({ outcome: "new" });
  expect((await api.call("DELETE", `/tickets/${number}/participants/${participant?.id}`)).status).toBe(404);
});

test("people of the requester's organisation speak where the team lets them", async () => {
  const [one, other] = ["a", "b"].map((name) => `${name}-${randomUUID().slice(0, 6)}.test`);
  const organisation = { id: `org-${one}`, name: "Org", domains: [one ?? "", other ?? ""] };
  await desk.prisma.organisation.create({ data: organisation });
  const { number, id } = await opened(somebody(one));
  const { team } = await desk.state(number);
  await api.call("PUT", `/teams/${team}/mail`, { as: "admin", body: { letsCopiedIn: false, letsColleaguesIn: false } });
  expect((await send({ from: somebody(other), answers: id })).placement).toMatchObject({ outcome: "new", because: "no-part-in-it" });
  await api.call("PUT", `/teams/${team}/mail`, { as: "admin", body: { letsCopiedIn: false, letsColleaguesIn: true } });
  expect((await send({ from: somebody(other), answers: id })).placement).toMatchObject({ outcome: "ticket", because: "colleague" });
  expect((await send({ from: somebody(), answers: id })).placement).toMatchObject({ outcome: "new", because: "no-part-in-it" });
});

test("what a colleague passes on proposes its writer as requester, and nobody is told", async () => {
  const { email } = await desk.prisma.agent.findFirstOrThrow({ where: { active: true } });
  const text = "Please take this.\n\n---------- Forwarded message ---------\nFrom: Ada <ada@customer.test>\nDate: Mon, 2 Nov 2026\nSubject: Broken\nTo: me\n\nIt broke.";
  const { number } = await send({ from: email, subject: "Fwd: Broken", text });
  const ticket = await desk.until(number, ({ version }) => version > 0);
  expect(ticket.acknowledgement).toBe("none");
  const { body } = await api.call("GET", `/tickets/${number}/mails`);
  expect(body["items"]).toMatchObject([{ because: "forwarded", proposedRequester: { name: "Ada", email: "ada@customer.test" } }]);
});

test("a mailbox that trusts Reply-To takes it for the requester", async () => {
  await desk.prisma.mailbox.update({ where: { id: "support" }, data: { trustReplyTo: true } });
  const customer = somebody();
  const { number } = await send({ from: "form@shop.test", headers: `Reply-To: Kim <${customer}>` });
  await desk.prisma.mailbox.update({ where: { id: "support" }, data: { trustReplyTo: false } });
  const row = await desk.prisma.ticket.findUniqueOrThrow({ where: { number }, include: { requester: true } });
  expect(row.requester).toMatchObject({ email: customer, name: "Kim" });
});

test("whoever takes part gets a copy of what staff say to the requester: a mail of their own, without the requester's link", async () => {
  const [from, partner, copied] = [somebody(), somebody(), somebody()];
  const { number } = await opened(from, { cc: copied });
  await api.call("POST", `/tickets/${number}/participants`, { body: { email: partner, name: "Pat" } });
  await api.call("POST", `/tickets/${number}/messages`, { body: { text: "Among ourselves.", visibility: "internal" } });
  await api.call("POST", `/tickets/${number}/messages`, { body: { text: "It left this morning." } });
  const [copy] = await desk.mail.waitForMailsTo(partner);
  expect(copy?.to).toEqual([partner]);
  expect(copy?.text).toContain("It left this morning.");
  expect(`${copy?.text} ${copy?.html}`).not.toMatch(/\/r\//);
  expect(`${copy?.text} ${JSON.stringify(copy?.headers)}`).not.toContain(from);
  const requester = (await desk.mail.waitForMailsTo(from)).find(({ text }) => text.includes("It left this morning.")) ?? (await desk.mail.waitForMailsTo(from, 2)).at(-1);
  expect(requester?.text).toMatch(/\/r\//);
  expect(copy?.headers["message-id"]).not.toBe(requester?.headers["message-id"]);
  expect(copy?.headers["auto-submitted"]).toBeUndefined();
  const answer = await send({ from: partner, to: addressOf(number), text: "Thank you both" });
  expect(answer.placement).toMatchObject({ outcome: "ticket", because: "participant" });
  await api.call("POST", `/tickets/${number}/resolution`, { body: { text: "Solved it is." } });
  expect((await desk.mail.waitForMailsTo(partner, 2)).at(-1)?.text).toContain("Solved it is.");
  const { body } = await api.call("GET", `/tickets/${number}/notices`);
  const copies = (body["items"] as { template: string; recipient: object }[]).filter(({ template }) => template === "copy");
  expect(copies.map(({ recipient }) => recipient)).toMatchObject([{ kind: "participant", email: partner, name: "Pat" }, { kind: "participant", email: partner }]);
  expect(desk.mail.to(copied)).toEqual([]);
});
