// Mails of ours that come back, and machines that answer: noted where they belong, and never a conversation.
import { randomUUID } from "node:crypto";
import { acceptMail } from "../../inbound/accept";
import { createSignedAddresses } from "../../mail/signed/addresses";
import { deliveryReport } from "../support/delivery-report";
import { aDesk, secret, type Desk } from "../support/desk";
import { eventually } from "../support/eventually";
import type { Mail } from "../support/mail";

let desk: Desk;
beforeAll(async () => {
  desk = await aDesk();
  await desk.startWorker();
});
afterAll(async () => await desk.close());

const signed = createSignedAddresses([secret]);

/** A ticket whose requester has been sent an acknowledgement, and that mail. */
async function acknowledged(): Promise<{ number: number; email: string; mail: Mail }> {
  const email = `kari-${randomUUID()}@example.test`;
  const number = await desk.open({ sender: { email, name: "Kari", language: "en" } });
  const [mail] = await desk.mail.waitForMailsTo(email);
  if (mail === undefined) throw new Error("no mail");
  return { number, email, mail };
}

async function arrive(raw: string, to: string, from: string | null = null): Promise<string> {
  const bytes = Buffer.from(raw.replaceAll(/\r?\n/g, "\r\n"));
  const { id } = await acceptMail(desk.prisma, { mailbox: "support", source: "smtp", raw: bytes, receivedAt: new Date(), envelope: { from, to: [to] } });
  const row = await eventually(() => desk.prisma.rawMail.findUniqueOrThrow({ where: { id } }), ({ state }) => state === "done" || state === "quarantined", { otherwise: ({ state }) => state });
  if (row.state === "quarantined") throw new Error(`quarantined: ${row.quarantine}`);
  return row.outcome ?? "";
}

/** As a mail server reports that it gave up on a mail. */
function aBounce(mail: Mail, { to = mail.from, status = "5.1.1", action = "failed" as "failed" | "delayed", copy = mail.raw.split("\r\n\r\n")[0] ?? "" } = {}): string {
  return `From: MAILER-DAEMON@mx.example.test
To: ${to}
Subject: Undelivered Mail Returned to Sender
Message-ID: <${randomUUID()}@mx.example.test>
${deliveryReport({ recipient: mail.to[0] ?? "", action, status, copy })}`;
}

async function noticeOf(number: number, template: string) {
  return await desk.prisma.notice.findFirstOrThrow({ where: { ticket: number, template, recipient: "requester" } });
}

test("a bounce for good is tied to its notice by the address it came to; the address is suspended, and staff hear of it", async () => {
  const { number, email, mail } = await acknowledged();
  const bounce = aBounce(mail, { copy: "Subject: nothing that tells" });
  expect(await arrive(bounce, mail.from)).toBe("bounced");
  expect(await noticeOf(number, "acknowledgement")).toMatchObject({ state: "bounced", lastError: "5.1.1" });
  expect(await desk.prisma.suppression.findMany({ where: { address: email } })).toMatchObject([{ reason: "bounced", code: "5.1.1", ticket: number, liftedAt: null }]);
  await desk.until(number, () => true);
  await untilJournal(number, "undelivered");
  // Nothing more is sent there, and that is told at once.
  const message = await desk.draft(number, "Are you there?");
  await desk.command(number, "reply", { message });
  await untilNotice(number, "public-reply", { state: "failed", lastError: "suspended" });
  expect(desk.mail.to(email)).toHaveLength(1);
});

test("a bounce that came to the mailbox itself is tied by our Message-ID in its copy, and stops the window of a solution", async () => {
  const { number, email } = await acknowledged();
  await desk.command(number, "resolve", { message: await desk.draft(number, "Done.") });
  await untilJournal(number, "noticeSent");
  const [, solved] = await desk.mail.waitForMailsTo(email, 2);
  expect((await desk.state(number)).solution?.sentAt).not.toBeNull();
  expect(await arrive(aBounce(solved as Mail, { to: "support@perdura.localhost" }), "support@perdura.localhost")).toBe("bounced");
  const { solution } = await desk.until(number, (ticket) => ticket.solution?.undelivered === true);
  expect(solution?.sentAt).toBeNull();
});

test("a report of delay changes nothing; a passing failure bounces the notice and suspends nobody", async () => {
  const { number, email, mail } = await acknowledged();
  expect(await arrive(aBounce(mail, { status: "4.4.1", action: "delayed" }), mail.from)).toBe("delayed");
  const warning = `From: Mail Delivery System <Mailer-Daemon@mx.example>\nTo: ${mail.from}\nSubject: Warning: message delayed 24 hours\n\nA message that you sent has not yet been delivered after more than 24 hours:\n\n  ${email}\n    Delay reason: mailbox is full\n\nDelivery attempts will continue for some time.\n`;
  expect(await arrive(warning, mail.from)).toBe("delayed");
  expect(await noticeOf(number, "acknowledgement")).toMatchObject({ state: "sent" });
  expect(await arrive(aBounce(mail, { status: "4.4.7" }), mail.from)).toBe("bounced");
  expect(await noticeOf(number, "acknowledgement")).toMatchObject({ state: "bounced", lastError: "4.4.7" });
  expect(await desk.prisma.suppression.count({ where: { address: email } })).toBe(0);
});

test("a complaint suspends the address; the mail has been delivered all the same", async () => {
  const { number, email, mail } = await acknowledged();
  const complaint = aBounce(mail)
    .replace("report-type=delivery-status", "report-type=feedback-report")
    .replace("Content-Type: message/delivery-status", "Content-Type: message/feedback-report\n\nFeedback-Type: abuse");
  expect(await arrive(complaint, mail.from)).toBe("complained");
  expect(await noticeOf(number, "acknowledgement")).toMatchObject({ state: "sent" });
  expect(await desk.prisma.suppression.findMany({ where: { address: email } })).toMatchObject([{ reason: "complained" }]);
});

test("a bounce with a signature that isn't ours is kept, and changes nothing", async () => {
  const { number, email, mail } = await acknowledged();
  const foreign = createSignedAddresses(["somebody else's key"]);
  const notice = await noticeOf(number, "acknowledgement");
  const to = foreign.returnPath("support@perdura.localhost", notice.id);
  const copy = `Message-ID: <${foreign.messageId(notice.id, "perdura.localhost")}>`;
  await arrive(aBounce({ ...mail, from: to }, { to, copy }), to);
  expect(await noticeOf(number, "acknowledgement")).toMatchObject({ state: "sent" });
  expect(await desk.prisma.suppression.count({ where: { address: email } })).toBe(0);
});

test("two desks that acknowledge everything, face to face: one mail and one acknowledgement, whoever begins", async () => {
  const [here, there] = ["support@perdura.localhost", "support@other.example"];
  const other = await aDesk({ address: there, mailKey: "another-desk-signs-with-another-key-000" });
  try {
    await other.prisma.mailbox.updateMany({ data: { addresses: [there] } });
    await other.startWorker();
    relay(desk, other, there);
    relay(other, desk, here);
    // A person at the other desk's address writes here; then one at ours writes there.
    for (const [to, from, at] of [[desk, there, here], [other, here, there]] as const) {
      await forward(to, `From: <${from}>\nTo: ${at}\nSubject: Hello\nMessage-ID: <${randomUUID()}@${from.split("@")[1]}>\n\nA question.\n`, from, [at]);
      const acknowledgement = { template: "acknowledgement", state: "sent" };
      await eventually(() => to.prisma.notice.count({ where: { ...acknowledgement, ticketRow: { requester: { email: from } } } }));
    }
    await Promise.all([isAtRest(desk), isAtRest(other)]);
    // Nothing is owed and no clock of this channel runs: so it stays for 24 hours, and for ever.
    expect(desk.mail.to(there)).toHaveLength(1);
    expect(other.mail.to(here)).toHaveLength(1);
    expect(desk.mail.to(there)[0]).toMatchObject({ from: "", headers: { "auto-submitted": "auto-replied" } });
  } finally {
    desk.mail.fault = () => undefined;
    await other.close();
  }
});

/** What the mail server of one desk has for an address of the other it brings there. */
function relay(from: Desk, to: Desk, address: string): void {
  from.mail.fault = async (stage, raw) => {
    const mail = stage === "accepted" ? from.mail.mails.findLast((each) => each.raw === raw) : undefined;
    if (mail?.to.some((each) => each.replace(/\+[^@]*/u, "") === address) === true) await forward(to, raw, mail.from === "" ? null : mail.from, mail.to);
    return undefined;
  };
}

async function forward(to: Desk, text: string, from: string | null, recipients: readonly string[]): Promise<void> {
  const raw = Buffer.from(text.replaceAll(/\r?\n/g, "\r\n"));
  await acceptMail(to.prisma, { mailbox: "support", source: "smtp", raw, receivedAt: new Date(), envelope: { from, to: recipients } });
}

/** Every mail that came in is settled, and none is to go out. */
async function isAtRest({ prisma }: Desk): Promise<void> {
  const going = async (): Promise<number> =>
    (await prisma.rawMail.count({ where: { state: { in: ["accepted", "read"] } } })) +
    (await prisma.notice.count({ where: { recipient: "requester", state: { in: ["queued", "sending"] } } }));
  await eventually(going, (count) => count === 0);
}

test("what was brought with the null sender is answered by nothing, though no header says a word of it", async () => {
  const email = `null-${randomUUID()}@other.example`;
  expect(await arrive(`From: <${email}>\nTo: support@perdura.localhost\nSubject: Hello\nX-Once: ${randomUUID()}\n\nA question.\n`, "support@perdura.localhost")).toBe("opened");
  const { number } = await desk.prisma.ticket.findFirstOrThrow({ where: { requester: { email } } });
  await desk.until(number, ({ version }) => version > 0);
  expect(await desk.prisma.rawMail.findFirst({ where: { ticket: number } })).toMatchObject({ reading: { unanswered: "no-return" } });
  expect(await desk.prisma.notice.count({ where: { ticket: number, recipient: "requester" } })).toBe(0);
});

test("one that hides that it is a machine is answered four times at most; then staff are told", async () => {
  const other = `hidden-${randomUUID()}@other.example`;
  let raw = `From: <${other}>\nTo: support@perdura.localhost\nSubject: Hello\n\nA question.\n`;
  for (let round = 1; round <= 6; round += 1) {
    if ((await arrive(raw, "support@perdura.localhost", other)) !== "opened") break;
    const { number } = await desk.prisma.ticket.findFirstOrThrow({ where: { requester: { email: other } }, orderBy: { number: "desc" } });
    await desk.until(number, ({ acknowledgement }) => acknowledgement === "sent");
    const notice = await untilNotice(number, "acknowledgement", { state: { notIn: ["queued", "sending"] } });
    if (notice.state === "withdrawn") {
      expect(notice.lastError).toBe("loop");
      expect(await desk.prisma.notice.count({ where: { ticket: number, template: "mail-loop" } })).toBe(1);
      break;
    }
    const mails = await desk.mail.waitForMailsTo(other, round);
    raw = mirrored(mails.at(-1) as Mail, other).replace(/^(?:Auto-Submitted|X-Auto-Response-Suppress|Message-ID|In-Reply-To|References|Reply-To):.*(?:\r?\n[ \t].*)*\r?\n/gim, "");
    expect(round).toBeLessThanOrEqual(4);
  }
  expect(desk.mail.to(other).length).toBeLessThanOrEqual(4);
});

/** The same mail, from the one who got it to the one who sent it. */
function mirrored({ raw }: Mail, other: string): string {
  return raw.replace(/^From:.*$/im, `From: <${other}>`).replace(/^To:.*$/im, "To: support@perdura.localhost");
}

async function untilJournal(number: number, kind: string): Promise<void> {
  await eventually(() => desk.journal(number), (kinds) => kinds.includes(kind));
}

async function untilNotice(ticket: number, template: string, wanted: object) {
  const look = () => desk.prisma.notice.findFirst({ where: { ticket, template, recipient: "requester", ...wanted } });
  return await eventually(look, undefined, { otherwise: () => desk.prisma.notice.findMany({ where: { ticket } }) });
}

test("a mail's own sender is signed: it leads back to the notice", async () => {
  const { number, mail } = await acknowledged();
  expect(signed.readReturnPath(mail.from)).toBe((await noticeOf(number, "acknowledgement")).id);
});
