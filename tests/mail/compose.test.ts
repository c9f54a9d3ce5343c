import { compose } from "../../activities/mail/compose";
import { aMaterial, sender } from "./a-mail";

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
  ["assigned", "auto-generated"],
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
