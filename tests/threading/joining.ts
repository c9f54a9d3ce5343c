// By what a mail finds its ticket, who it is that brings it, and the same mail that comes twice.
import { randomUUID } from "node:crypto";
import { createInboundActivities } from "../../inbound/activities";
import { createFindTicket } from "../../inbound/find-ticket";
import { Reader } from "../../mail/reader";
import { accepted, addressOf, api, desk, journalHas, messageId, opened, send, signed, somebody, support, whatBecame, words } from "./a-journey";
import { eventually } from "../support/eventually";

export function joining(): void {
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
      await eventually(() => hasLooked(id), undefined, { withinMs: 20_000 });
      return id;
    }, { timeout: 30_000 });
    const mails = [await whatBecame(opening), await whatBecame(early), await whatBecame(await afterthought())];
    expect(mails.map(({ outcome }) => outcome)).toEqual(["opened", "added", "added"]);
    expect(new Set(mails.map(({ number }) => number)).size).toBe(1);
  });

  test.each([
    ["can't be fetched now", "behind", () => ({ failingSince: new Date() })],
    ["is about to tell of it", "near", () => ({ fetchedAt: new Date() })],
  ])("an afterthought waits for a mail that may lie in a mailbox which %s", async (_, id, state) => {
    const [from, first] = [somebody(), messageId()];
    const imap = { host: "127.0.0.1", port: 9, user: "u", folder: "INBOX", security: "none", doneFolder: null };
    await desk.prisma.mailbox.create({ data: { id, name: id, teamId: "support", addresses: [`${id}@perdura.localhost`], imap, ...state() } });
    try {
      const early = await accepted({ from, answers: first, text: "One more thing" });
      await eventually(() => hasLooked(early));
      const opening = await accepted({ from, id: first });
      const mails = [await whatBecame(opening), await whatBecame(early)];
      expect(mails.map(({ outcome }) => outcome)).toEqual(["opened", "added"]);
      expect(new Set(mails.map(({ number }) => number)).size).toBe(1);
    } finally {
      await desk.prisma.mailbox.update({ where: { id }, data: { enabled: false } });
    }
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

  test("an afterthought whose mail finds its place while it looks joins it", async () => {
    const { findTicket, openTicket, arrive, reader, close } = byHand();
    const [from, first] = [somebody(), messageId()];
    const opening = await arrive(`From: ${from}\r\nMessage-ID: <${first}>`);
    const afterthought = await arrive(`From: ${from}\r\nMessage-ID: <${messageId()}>\r\nIn-Reply-To: <${first}>`);
    expect(await findTicket({ mail: opening })).toMatchObject({ to: "new ticket" });
    let opened: number | undefined;
    const prisma = desk.prisma.$extends({
      query: {
        $queryRaw: async ({ args, query }) => {
          if (JSON.stringify(args).includes("isAwaited")) opened = (await openTicket({ mail: opening })).ticket;
          return await query(args);
        },
      },
    }) as typeof desk.prisma;
    const found = await createFindTicket({ ...desk, prisma, reader, verdicts, signed })({ mail: afterthought, patient: true });
    expect(found).toMatchObject({ to: "ticket", number: opened, because: "requester" });
    await close();
  });

  test("the same mail that came again before its twin had a ticket is among the mails of that ticket", async () => {
    const { findTicket, openTicket, arrive, close } = byHand();
    const headers = `From: ${somebody()}\r\nMessage-ID: <${messageId()}>\r\nDate: Sun, 22 Nov 2026 10:00:00 +0000`;
    const [one, other] = [await arrive(`X-Route: first\r\n${headers}`), await arrive(`X-Route: second\r\n${headers}`)];
    expect([(await findTicket({ mail: one })).to, await findTicket({ mail: other })]).toEqual(["new ticket", { to: "nobody", why: "repeated", number: null }]);
    const { ticket } = await openTicket({ mail: one });
    const { items } = (await api.call("GET", `/tickets/${ticket}/mails`)).body;
    expect(items).toMatchObject([{ id: one, outcome: "new", ticket }, { id: other, outcome: "repeated", because: "same-mail", ticket }]);
    await close();
  });

  test("a mailbox that trusts Reply-To takes it for the requester", async () => {
    await desk.prisma.mailbox.update({ where: { id: "support" }, data: { trustReplyTo: true } });
    const customer = somebody();
    const { number } = await send({ from: "form@shop.test", headers: `Reply-To: Kim <${customer}>` });
    await desk.prisma.mailbox.update({ where: { id: "support" }, data: { trustReplyTo: false } });
    const row = await desk.prisma.ticket.findUniqueOrThrow({ where: { number }, include: { requester: true } });
    expect(row.requester).toMatchObject({ email: customer, name: "Kim" });
  });
}

/** Mails of which Temporal hears no word: what becomes of them is done by the test, one step at a time. */
function byHand() {
  const reader = new Reader();
  const steps = createInboundActivities({ ...desk, reader, verdicts, signed });
  const arrive = async (headers: string): Promise<string> => {
    const bytes = Buffer.from(`${headers}\r\nTo: ${support}\r\n\r\nBy hand\r\n`);
    const data = { id: randomUUID(), mailboxId: "support", source: "smtp", sha256: randomUUID(), size: bytes.length, raw: bytes, receivedAt: new Date() };
    const { id } = await desk.prisma.rawMail.create({ data });
    await steps.readMail({ mail: id });
    return id;
  };
  return { ...steps, reader, arrive, close: () => reader.close() };
}

const verdicts = { authservId: null, trustedSealers: [] };

/** It has looked for its ticket, and found it or waits to look again. */
async function hasLooked(id: string): Promise<boolean> {
  if ((await stateOfMail(id)) === "done") return true;
  const history = await desk.namespace.client.workflow.getHandle(`mail:${id}`).fetchHistory().catch(() => null);
  return history?.events?.some(({ timerStartedEventAttributes }) => timerStartedEventAttributes) ?? false;
}

async function stateOfMail(id: string): Promise<string> {
  return (await desk.prisma.rawMail.findUniqueOrThrow({ where: { id }, select: { state: true } })).state;
}
