// Mails whose ticket closes while they come, and mails whose life is led a second time: nothing is lost, nothing happens twice.
import { randomUUID } from "node:crypto";
import { mailSignals, ticketWorkflowId } from "../../workflows/messages";
import { mailOptions } from "../../workflows/starts/errands";
import { accepted, addressOf, api, desk, isAssigned, messageId, opened, send, somebody, whatBecame, words } from "./a-journey";
import { eventually } from "../support/eventually";

export function closing(): void {
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
}

async function isLedAgain(mail: string): Promise<void> {
  const { workflow } = desk.namespace.client;
  await workflow.getHandle(`mail:${mail}`).result();
  await workflow.execute("mail", mailOptions({ mail }));
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

/** Resolves when a statement of that kind waits for somebody else's lock. */
async function isWaitedFor(statement: string): Promise<void> {
  const look = () => desk.prisma.$queryRaw<{ query: string }[]>`
    SELECT query FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  await eventually(look, (waiting) => waiting.some(({ query }) => query.includes(statement)));
}
