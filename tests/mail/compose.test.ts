import { composeForStaff, composeLetter } from "../../activities/mail/compose";
import { aMaterial, sender } from "./a-mail";

/** Releases of Node differ in where they set a comma in a date. */
const unpointed = (text: unknown): string => (text as string).replaceAll(",", "");
const notice = { id: "1042.7.1", template: "public-reply" };
const messageId = "1042.7.1.signed@desk.example";
const name = { id: "1042.7.1", messageId };

function compose({ template }: { template: string }, material: ReturnType<typeof aMaterial>, now: number) {
  return composeLetter(sender, { id: "1042.7.1", template }, { ...material, messageId }, now);
}

/** One of a reader's notices. */
function item(template: string, given: Parameters<typeof aMaterial>[0] = {}, notice = "1042.7.1") {
  return { ...aMaterial(given), template, notice, answers: true };
}

test("a mail keeps the Message-ID it was given, and belongs to its ticket's thread", () => {
  const [one, other] = [1, 2].map((now) => compose(notice, aMaterial(), now));
  expect(one?.messageId).toBe(`<${messageId}>`);
  expect(other?.messageId).toBe(one?.messageId);
  expect(one?.references).toEqual(["<ticket-1042@desk.example>"]);
  expect(one?.inReplyTo).toBe("<ticket-1042@desk.example>");
});

test("it answers the requester's last mail, and names those before it, twenty at most", () => {
  const received = Array.from({ length: 30 }, (_, count) => `mail-${count}@customer.example`);
  const { inReplyTo, references } = compose(notice, aMaterial({ received }), 1);
  expect(inReplyTo).toBe("<mail-29@customer.example>");
  expect(references).toHaveLength(20);
  expect((references as string[]).slice(0, 2)).toEqual(["<ticket-1042@desk.example>", "<mail-11@customer.example>"]);
});

test("it leaves from the address that was written to; answers come to a signed one, and returns to another", () => {
  const mail = compose(notice, aMaterial({ writtenTo: "billing@desk.example" }), 1);
  expect(mail.from).toEqual({ name: "Support", address: "billing@desk.example" });
  expect(sender.signed.readReplyTo(mail.replyTo as string)).toEqual({ ticket: 1042, notice: null });
  expect(mail.replyTo as string).toMatch(/^billing\+/);
  expect(mail.envelope).toEqual({ from: sender.signed.returnPath("billing@desk.example", "1042.7.1"), to: "kim@customer.example" });
  expect(sender.signed.readReturnPath(mail.envelope?.from as string)).toBe("1042.7.1");
});

test("an acknowledgement of a mail has no return address, so that nothing can come back; of a form it has", () => {
  const returns = (beganByMail: boolean) => compose({ template: "acknowledgement" }, aMaterial({ beganByMail }), 1).envelope?.from;
  expect(returns(true)).toBe("");
  expect(sender.signed.readReturnPath(returns(false) as string)).toBe("1042.7.1");
});

test("what others have called their mails can't become a header", () => {
  const { inReplyTo } = compose(notice, aMaterial({ received: ["a@b>\r\nBcc: <all@customer.example"] }), 1);
  expect(inReplyTo).toBe("<a@bBcc:all@customer.example>");
});

test.each([
  ["acknowledgement", "auto-replied"],
  ["new-assignee", "auto-generated"],
  ["new-link", "auto-generated"],
  ["public-reply", undefined],
  ["pending", undefined],
  ["solved", undefined],
])("%s says of itself: Auto-Submitted %s", (template, expected) => {
  const { headers } = compose({ ...notice, template }, aMaterial(), 1);
  expect((headers as Record<string, string>)["Auto-Submitted"]).toBe(expected);
});

test("line breaks in a subject or a name can't become headers", () => {
  const nasty = "Hello\r\nBcc: all@customer.example\u2028\u0000\u202eX";
  const mail = compose(notice, aMaterial({ subject: nasty }), 1);
  expect(mail.subject).toBe("[#1042] Re: Hello Bcc: all@customer.example X");
});

test("a subject of any length makes one line of at most 150 characters, cut between characters", () => {
  const { subject } = compose(notice, aMaterial({ subject: "😀".repeat(500) }), 1);
  expect(Array.from(subject ?? "")).toHaveLength(150);
  expect(subject?.endsWith("😀…")).toBe(true);
});

test("the requester's chosen name appears in no mail: only their address does", () => {
  expect(compose(notice, aMaterial(), 1).to).toEqual({ name: "", address: "kim@customer.example" });
});

test("a template of a later release is an error here, so that the notice is left for that release", () => {
  expect(() => compose({ ...notice, template: "of-tomorrow" }, aMaterial(), 1)).toThrow("doesn't know");
});

test("a mail to staff says of itself that no person wrote it, and belongs to its ticket's thread", () => {
  const mail = composeForStaff(sender, name, [item("assigned")]);
  expect(sender.signed.readReplyTo(mail?.replyTo as string)).toEqual({ ticket: 1042, notice: "1042.7.1" });
  expect(mail).toMatchObject({
    subject: "[#1042] Assigned to you",
    messageId: `<${messageId}>`,
    inReplyTo: "<ticket-1042@desk.example>",
    headers: { "Auto-Submitted": "auto-generated" },
  });
});

test("a digest of several tickets names them, the first deadline first, and belongs to no thread", () => {
  const late = item("assigned", { number: 1043, subject: "A late one", deadline: null });
  const soon = item("reminder", { text: null });
  const mail = composeForStaff(sender, name, [late, soon, { ...soon, template: "resumed" }]);
  expect(mail).not.toHaveProperty("replyTo");
  expect(unpointed(mail?.subject)).toBe("#1042 #1043: 3 notices the first due Thu 31 Jan 10:00 CET");
  expect(mail).not.toHaveProperty("inReplyTo");
  expect(unpointed(mail?.text)).toBe(`Several things at once; the most pressing ticket comes first.


#1042 The card has not come
Status: open · Priority: high · Deadline: Thu 31 Jan 10:00 CET
- 75% of the time for the resolution is used. It is due Thu 31 Jan 08:30 CET.
- The time to wait has passed; the ticket is open again.
https://desk.example/api/v1/tickets/1042


#1043 A late one
Status: open · Priority: high · Deadline: –
- Amara Okafor has assigned this ticket to you.
> It left us on Monday.
https://desk.example/api/v1/tickets/1043
`);
});

test("a digest about one ticket is in its thread, and its subject names it once", () => {
  const mail = composeForStaff(sender, name, ["reminder", "resumed"].map((template) => item(template)));
  expect(unpointed(mail?.subject)).toBe("#1042: 2 notices the first due Thu 31 Jan 10:00 CET");
  expect(mail?.inReplyTo).toBe("<ticket-1042@desk.example>");
});

test.each(["de", "nb", "ko", "zh"] as const)("a digest reads in %s", (language) => {
  const items = ["reminder", "escalation"].map((template) => item(template, { language }));
  const mail = composeForStaff(sender, name, items);
  expect(JSON.stringify([mail?.subject, mail?.text])).not.toMatch(/undefined|null|\[object|NaN/);
});

test("where replies are read, a letter says so, and the first line to staff says what a reply to it does", () => {
  expect(compose(notice, aMaterial(), 1).text).toContain("replies to this address are not read");
  expect(compose(notice, aMaterial({ readsReplies: true }), 1).text).toContain("simply reply to this mail");
  const textOf = (template: string, given = {}) => composeForStaff(sender, name, [{ ...item(template, { readsReplies: true }), ...given }])?.text as string;
  const firstLine = (template: string, given = {}) => textOf(template, given).split("\n")[0];
  expect(firstLine("requester-wrote")).toBe("A reply to this mail is sent to the requester.");
  expect(firstLine("assigned")).toBe("A reply to this mail becomes an internal note.");
  // A contact has no say on tickets.
  expect(firstLine("assigned", { answers: false })).not.toMatch(/reply/);
});
