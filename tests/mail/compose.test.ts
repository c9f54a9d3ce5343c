import { compose, composeForStaff } from "../../activities/mail/compose";
import { aMaterial, sender } from "./a-mail";

/** Releases of Node differ in where they set a comma in a date. */
const unpointed = (text: unknown): string => (text as string).replaceAll(",", "");
const notice = { id: "1042-7-requester", template: "public-reply" };

test("the same notice has the same Message-ID at every attempt, and belongs to its ticket's thread", () => {
  const [one, other] = [1, 2].map((now) => compose(sender, notice, aMaterial(), now));
  expect(one?.messageId).toBe("<1042-7-requester@desk.example>");
  expect(other?.messageId).toBe(one?.messageId);
  expect(one?.references).toBe("<ticket-1042@desk.example>");
  expect(one?.inReplyTo).toBe("<ticket-1042@desk.example>");
});

test("an id with signs that no Message-ID may hold still makes a valid one", () => {
  expect(compose(sender, { ...notice, id: "a:b c>@d" }, aMaterial(), 1).messageId).toBe("<a-b-c--d@desk.example>");
});

test.each([
  ["acknowledgement", "auto-replied"],
  ["new-assignee", "auto-generated"],
  ["new-link", "auto-generated"],
  ["public-reply", undefined],
  ["pending", undefined],
  ["solved", undefined],
])("%s says of itself: Auto-Submitted %s", (template, expected) => {
  const { headers } = compose(sender, { ...notice, template }, aMaterial(), 1);
  expect((headers as Record<string, string>)["Auto-Submitted"]).toBe(expected);
});

test("line breaks in a subject or a name can't become headers", () => {
  const nasty = "Hello\r\nBcc: all@customer.example\u2028\u0000\u202eX";
  const mail = compose(sender, notice, aMaterial({ subject: nasty }), 1);
  expect(mail.subject).toBe("[#1042] Re: Hello Bcc: all@customer.example X");
});

test("a subject of any length makes one line of at most 150 characters, cut between characters", () => {
  const { subject } = compose(sender, notice, aMaterial({ subject: "😀".repeat(500) }), 1);
  expect(Array.from(subject ?? "")).toHaveLength(150);
  expect(subject?.endsWith("😀…")).toBe(true);
});

test("the requester's chosen name appears in no mail: only their address does", () => {
  expect(compose(sender, notice, aMaterial(), 1).to).toEqual({ name: "", address: "kim@customer.example" });
});

test("a template of a later release is an error here, so that the notice is left for that release", () => {
  expect(() => compose(sender, { ...notice, template: "of-tomorrow" }, aMaterial(), 1)).toThrow("doesn't know");
});

test("a mail to staff says of itself that no person wrote it, and belongs to its ticket's thread", () => {
  const mail = composeForStaff(sender, "1042.7.1", [{ ...aMaterial(), template: "assigned" }]);
  expect(mail).toMatchObject({
    subject: "[#1042] Assigned to you",
    messageId: "<1042.7.1@desk.example>",
    inReplyTo: "<ticket-1042@desk.example>",
    headers: { "Auto-Submitted": "auto-generated" },
  });
});

test("a digest of several tickets names them, the first deadline first, and belongs to no thread", () => {
  const late = { ...aMaterial({ number: 1043, subject: "A late one", deadline: null }), template: "assigned" };
  const soon = { ...aMaterial({ text: null }), template: "reminder" };
  const mail = composeForStaff(sender, "digest.1", [late, soon, { ...soon, template: "resumed" }]);
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
  const [one, other] = ["reminder", "resumed"].map((template) => ({ ...aMaterial(), template }));
  const mail = composeForStaff(sender, "digest.1", [one, other].flatMap((item) => item ?? []));
  expect(unpointed(mail?.subject)).toBe("#1042: 2 notices the first due Thu 31 Jan 10:00 CET");
  expect(mail?.inReplyTo).toBe("<ticket-1042@desk.example>");
});

test.each(["de", "nb", "ko", "zh"] as const)("a digest reads in %s", (language) => {
  const items = ["reminder", "escalation"].map((template) => ({ ...aMaterial({ language }), template }));
  const mail = composeForStaff(sender, "digest.1", items);
  expect(JSON.stringify([mail?.subject, mail?.text])).not.toMatch(/undefined|null|\[object|NaN/);
});
