// What a mail may name: only what we signed, letter by letter. 10,000 changed addresses and Message-IDs name nothing.
import fc from "fast-check";
import { referredTo, signedTraces } from "../../inbound/threading/traces";
import { createSignedAddresses } from "../../mail/signed/addresses";

const signed = createSignedAddresses(["a secret of at least thirty-two letters"]);
const reply = signed.replyTo("support@desk.example", { ticket: 1042, notice: null });
const staffReply = signed.replyTo("support@desk.example", { ticket: 1042, notice: "1042.7.2" });
const messageId = signed.messageId("1042.7.2", "desk.example");
const nothing = { inReplyTo: null, references: [] };

test("a signed address and a signed Message-ID name their ticket, an address the notice that is answered too", () => {
  expect(signedTraces(signed, ["other@example.test", staffReply], { inReplyTo: messageId, references: ["a@b"] })).toEqual([
    { by: "signed-address", ticket: 1042, notice: "1042.7.2" },
    { by: "signed-message-id", ticket: 1042, notice: null },
  ]);
});

test("whatever mail programs do to the case of it", () => {
  expect(signedTraces(signed, [reply.toUpperCase()], { ...nothing, references: [`<${messageId.toUpperCase()}>`] })).toHaveLength(2);
});

test("the nearest is looked at first, and of endless references the nearest fifty", () => {
  const references = Array.from({ length: 400 }, (_, index) => `${index}@example.test`);
  const referred = referredTo({ inReplyTo: "parent@example.test", references });
  expect(referred.slice(0, 2)).toEqual(["parent@example.test", "399@example.test"]);
  expect(referred).toHaveLength(50);
});

/** The part that is ours to believe: from the "+" on to the "@"; of a Message-ID all. */
const told = (text: string): string => /\+([^+@]*)@[^@]*$/.exec(text.toLowerCase())?.[1] ?? text.toLowerCase().replace(/[<>\s]/g, "");

const letters = "abcdefghijklmnopqrstuvwxyz234567.+@0189-_é ".split("");

/** One to three letters changed, dropped or put in, anywhere. */
const mutant = (text: string): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(fc.nat(text.length - 1), fc.constantFrom("change", "drop", "put in"), fc.constantFrom(...letters)), { minLength: 1, maxLength: 3 })
    .map((changes) =>
      changes.reduce((changed, [at, how, letter]) => changed.slice(0, at) + (how === "drop" ? "" : letter) + changed.slice(how === "put in" ? at : at + 1), text),
    );

test.each([
  ["reply addresses", reply],
  ["reply addresses of staff", staffReply],
])("5,000 changed %s: none names a ticket", (_, original) => {
  fc.assert(
    fc.property(mutant(original), (changed) => {
      fc.pre(told(changed) !== told(original));
      expect(signedTraces(signed, [changed], nothing)).toEqual([]);
    }),
    { numRuns: 5_000 },
  );
});

test("10,000 changed Message-IDs: none names a ticket, in either header", () => {
  fc.assert(
    fc.property(mutant(messageId), fc.boolean(), (changed, asReference) => {
      fc.pre(told(changed) !== told(messageId));
      const referring = asReference ? { inReplyTo: null, references: [changed] } : { inReplyTo: changed, references: [] };
      expect(signedTraces(signed, [], referring)).toEqual([]);
    }),
    { numRuns: 10_000 },
  );
});

test("what is signed for one purpose or with another secret names nothing", () => {
  const other = createSignedAddresses(["another secret of at least thirty-two letters"]);
  const foreign = [other.replyTo("support@desk.example", { ticket: 1042, notice: null }), signed.returnPath("support@desk.example", "1042.7.2")];
  expect(signedTraces(signed, foreign, { inReplyTo: other.messageId("1042.7.2", "desk.example"), references: [`${told(reply)}@desk.example`] })).toEqual([]);
});
