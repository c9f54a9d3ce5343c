import { spoken } from "../../contract/language";
import { idempotencyKey, instant, storable, words } from "../../contract/text";

test.each(["a\0", "\ud800", "\udc00x", "x\ud83d"])("%j cannot be stored, and is refused with that reason", (text) => {
  const issue = storable(10).safeParse(text).error?.issues[0];
  expect(issue).toMatchObject({ params: { code: "text_unstorable" } });
});

test.each(["", "😀", "\u202eabc", " \t\n", "한국어", "e\u0301"])("%j is taken as given", (text) => {
  expect(storable(10).parse(text)).toBe(text);
});

test.each(["", " ", "\n\t", "\u00a0\u3000"])("%j is blank", (text) => {
  expect(words(10).safeParse(text).error?.issues[0]).toMatchObject({ params: { code: "text_blank" } });
});

test("an instant wants its offset, and is read as epoch milliseconds", () => {
  expect(instant.parse("1970-01-01T01:00:01+01:00")).toBe(1_000);
  expect(instant.safeParse("1970-01-01T01:00:01").success).toBe(false);
  expect(instant.safeParse("1970-01-01").success).toBe(false);
});

test.each(["", " ", "a b", "å", "x".repeat(129)])("%j is no key", (key) => {
  expect(idempotencyKey.safeParse(key).success).toBe(false);
});

test.each([
  ["de", "de"],
  ["DE-at", "de"],
  ["zh_TW", "zh"],
  ["no", "nb"],
  ["nn", "nb"],
  ["fr", "en"],
  ["", "en"],
])("the tag %j means %s", (tag, language) => {
  expect(spoken(tag)).toBe(language);
});
