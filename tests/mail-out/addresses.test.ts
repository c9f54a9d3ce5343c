// What comes back is ours only if we have signed it.
import fc from "fast-check";
import { createSignedAddresses, ticketOf } from "../../mail/signed/addresses";

const mailbox = "support@desk.example";
const signed = createSignedAddresses(["a key of this test"]);
const tickets = fc.integer({ min: 1, max: 2 ** 31 - 1 });
const notices = fc.tuple(tickets, fc.integer({ min: 1, max: 9_999 }), fc.integer({ min: 1, max: 99 }));
const mails = fc.oneof(
  notices.map((parts) => parts.join(".")),
  notices.map((parts) => `digest.${parts.join(".")}`),
  fc.uuid().map((id) => `link.${id}`),
);
const targets = fc.oneof(
  tickets.map((ticket) => ({ ticket, notice: null })),
  notices.map((parts) => ({ ticket: parts[0], notice: parts.join(".") })),
  notices.map((parts) => ({ ticket: parts[0], notice: `${parts.join(".")}.mail-loop` })),
);
const anyCase = fc.constantFrom(
  (text: string) => text,
  (text: string) => text.toUpperCase(),
  (text: string) => text.replace(/[a-z]/g, (letter, at: number) => (at % 2 === 0 ? letter : letter.toUpperCase())),
);

test("a reply address leads to its ticket, for staff to the notice that they answer, in whatever case it comes back", () => {
  expect(signed.replyTo(mailbox, { ticket: 1042, notice: null })).toMatch(/^support\+1042\.[a-z2-7]{16}@desk\.example$/);
  expect(signed.replyTo(mailbox, { ticket: 1042, notice: "1042.7.2" })).toMatch(/^support\+1042\.7\.2\.[a-z2-7]{16}@/);
  fc.assert(
    fc.property(targets, anyCase, (target, spelt) => {
      expect(signed.readReplyTo(spelt(signed.replyTo(mailbox, target)))).toEqual(target);
    }),
  );
});

test("a Message-ID and a return address name their mail, with angle brackets or without", () => {
  expect(signed.messageId("1042.7.2", "Desk.Example")).toMatch(/^1042\.7\.2\.[a-z2-7]{16}@desk\.example$/);
  expect(signed.returnPath(mailbox, "1042.7.2")).toMatch(/^support\+b\.1042\.7\.2\.[a-z2-7]{16}@desk\.example$/);
  fc.assert(
    fc.property(mails, anyCase, (mail, spelt) => {
      const id = spelt(signed.messageId(mail, "desk.example"));
      expect(signed.readMessageId(id)).toBe(mail);
      expect(signed.readMessageId(`<${id}>`)).toBe(mail);
      const back = signed.returnPath(mailbox, mail);
      if (back !== mailbox) expect(signed.readReturnPath(spelt(back))).toBe(mail);
    }),
  );
});

test("a mail's name tells its ticket, unless it is a digest", () => {
  expect(["1042.7.2", "1042.link.283", "digest.1042.7.2", "nothing"].map(ticketOf)).toEqual([1042, 1042, null, null]);
});

test("of 10,000 changed ones not one is believed", () => {
  // No "+": what stands before the last one is the mailbox, which is not signed.
  const characters = "abcdefghijklmnopqrstuvwxyz0123456789.-";
  const tokens = fc.oneof(
    targets.map((target) => signed.replyTo("s@d", target)),
    mails.map((mail) => signed.returnPath("s@d", mail)),
    mails.map((mail) => signed.messageId(mail, "d")),
  );
  const changes = fc.record({ how: fc.constantFrom("put", "drop", "double", "swap"), at: fc.nat(200), by: fc.nat(characters.length - 1) });
  let tried = 0;
  fc.assert(
    fc.property(tokens, fc.array(changes, { minLength: 1, maxLength: 3 }), (token, list) => {
      // What is signed: all between the mailbox and the host.
      const from = token.startsWith("s+") ? 2 : 0;
      const until = token.lastIndexOf("@");
      const part = list.reduce((text, change) => changed(text, change, characters), token.slice(from, until));
      fc.pre(part !== token.slice(from, until));
      tried += 1;
      const forged = token.slice(0, from) + part + token.slice(until);
      expect([signed.readReplyTo(forged), signed.readReturnPath(forged), signed.readMessageId(forged)]).toEqual([null, null, null]);
    }),
    { numRuns: 10_000 },
  );
  expect(tried).toBeGreaterThanOrEqual(10_000);
});

test("what is signed for one purpose is worth nothing for another, and a Message-ID of another host is not ours", () => {
  const target = { ticket: 1042, notice: "1042.7.2" };
  const id = signed.messageId("1042.7.2", "desk.example");
  const [token] = id.split("@");
  expect(signed.readReplyTo(`support+${token}@desk.example`)).toBeNull();
  expect(signed.readReturnPath(`support+b.${token}@desk.example`)).toBeNull();
  expect(signed.readMessageId(signed.replyTo(mailbox, target).replace("support+", ""))).toBeNull();
  expect(signed.readReturnPath(signed.replyTo(mailbox, target))).toBeNull();
  expect(signed.readReplyTo(signed.returnPath(mailbox, "1042.7.2"))).toBeNull();
  expect(signed.readMessageId(id.replace("desk.example", "other.example"))).toBeNull();
});

test("any other text is no address of ours, never an error", () => {
  const read = (text: string) => [signed.readReplyTo(text), signed.readReturnPath(text), signed.readMessageId(text)];
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => expect(read(text)).toEqual([null, null, null])));
  for (const text of ["", "@", "support@desk.example", "support+1042@desk.example", "support+0.aaaaaaaaaaaaaaaa@desk.example"]) {
    expect(read(text)).toEqual([null, null, null]);
  }
});

test("the first key signs; a former one is still accepted until it is taken away", () => {
  const target = { ticket: 7, notice: null };
  const rotated = createSignedAddresses(["a newer key", "a key of this test"]);
  const after = createSignedAddresses(["a newer key"]);
  const old = signed.replyTo(mailbox, target);
  expect(rotated.replyTo(mailbox, target)).toBe(after.replyTo(mailbox, target));
  expect(rotated.readReplyTo(old)).toEqual(target);
  expect(after.readReplyTo(old)).toBeNull();
  expect(signed.readReplyTo(after.replyTo(mailbox, target))).toBeNull();
});

test("an address that would be longer than 64 characters before the @ stays the mailbox itself", () => {
  const long = `${"customer-service-for-everybody-everywhere"}@desk.example`;
  expect(signed.replyTo(long, { ticket: 123_456_789, notice: "123456789.12.3" })).toBe(long);
  expect(signed.returnPath(long, "digest.123456789.12.3")).toBe(long);
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{1,64}$/), targets, (local, target) => {
      const made = signed.replyTo(`${local}@desk.example`, target);
      expect(made.lastIndexOf("@")).toBeLessThanOrEqual(64);
    }),
  );
});

test("a number that no ticket has, another ticket's notice and a name that can't stand in an address are refused", () => {
  expect(() => signed.replyTo(mailbox, { ticket: 0, notice: null })).toThrow(RangeError);
  expect(() => signed.replyTo(mailbox, { ticket: 1042, notice: "1043.1.1" })).toThrow(RangeError);
  expect(() => signed.messageId("a b", "desk.example")).toThrow(RangeError);
  expect(() => signed.returnPath(mailbox, "a@b")).toThrow(RangeError);
});

function changed(text: string, { how, at, by }: { how: string; at: number; by: number }, characters: string): string {
  const place = at % Math.max(1, text.length);
  const [before, after] = [text.slice(0, place), text.slice(place + 1)];
  if (how === "put") return before + characters[by] + after;
  if (how === "drop") return before + after;
  if (how === "double") return text.slice(0, place + 1) + text.slice(place);
  return before + (after[0] ?? "") + (text[place] ?? "") + after.slice(1);
}
