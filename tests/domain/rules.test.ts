// Categorisation by rules, as texts really look in five languages.
import fc from "fast-check";
import { firstMatch } from "../../domain/rules";
import type { Request, Rule } from "../../domain/rules";

function aRule(given: Partial<Rule> = {}): Rule {
  const anything = { id: "r1", words: [], channel: null, requesterDomain: null, type: null };
  return { ...anything, category: "billing", team: "billing", ...given };
}
function aRequest(given: Partial<Request> = {}): Request {
  return { subject: "Hello", text: "", channel: "web", requesterDomain: "example.com", ...given };
}
const matches = (word: string, text: string) => firstMatch([aRule({ words: [word] })], aRequest({ text })) !== null;

test.each([
  ["a whole word", "card", "My card is lost"],
  ["at the end of the text", "card", "Where is my card"],
  ["beside punctuation", "card", "(card)? card-payment"],
  ["after a part of another word", "card", "discard the card!"],
  ["whatever its case", "CARD", "my Card"],
  ["in full width", "card", "ＣＡＲＤ"],
  ["a half-width kana word, written in full width", "ｶｰﾄﾞ", "新しいカードです"],
  ["a phrase", "log in", "I cannot log in."],
  ["a phrase over a line's end and other spaces", "log in", "I cannot log\r\n\t\u00a0in"],
  ["a phrase with spaces around it", "  log in ", "log in"],
  ["a phrase with signs", "c++", "is c++ supported"],
  ["accents, however composed", "cafe\u0301", "le café"],
  ["umlauts in capitals", "überweisung", "ÜBERWEISUNG fehlt"],
  ["norwegian letters", "ødelagt", "Kortet er ØDELAGT"],
  ["chinese, which runs on", "退款", "我要退款谢谢"],
  ["korean with a particle", "환불", "환불을 받고 싶어요"],
  ["a korean phrase with a space", "카드 분실", "어제 카드 분실했어요"],
  ["thai, which runs on", "บัตร", "ฉันทำบัตรหาย"],
  ["latin beside an emoji", "refund", "refund😀"],
  ["latin after an emoji with a variation sign", "refund", "❤️refund"],
] as const)("found: %s", (_, word, text) => expect(matches(word, text)).toBe(true));

test.each([
  ["inside a longer word", "card", "discards"],
  ["as the beginning of one", "card", "cardigan"],
  ["as the end of one", "card", "discard"],
  ["beside a digit", "card", "card2"],
  ["beside a letter with an accent", "caf", "café"],
  ["before a vowel sign that belongs to the word", "काम", "कामी"],
  ["after such a sign", "न", "कीन"],
  ["beside a letter beyond the basic plane", "card", "card𐐨 𐐨card"],
  ["a phrase in pieces", "log in", "log me in"],
  ["nothing", "", "anything"],
  ["a blank", " ", "any thing"],
] as const)("not found: %s", (_, word, text) => expect(matches(word, text)).toBe(false));

test("the subject is read too", () => {
  expect(firstMatch([aRule({ words: ["card"] })], aRequest({ subject: "Card", text: "lost" }))).not.toBeNull();
});

test("all conditions that are given must hold", () => {
  const rule = aRule({ words: ["card", "giro"], channel: "mail", requesterDomain: "bank.example" });
  const request = aRequest({ text: "giro", channel: "mail", requesterDomain: "bank.example" });
  expect(firstMatch([rule], request)).toBe(rule);
  expect(firstMatch([rule], { ...request, text: "other" })).toBeNull();
  expect(firstMatch([rule], { ...request, channel: "web" })).toBeNull();
  expect(firstMatch([rule], { ...request, requesterDomain: "other.example" })).toBeNull();
});

test("a rule without conditions matches everything; without rules nothing matches", () => {
  expect(firstMatch([aRule()], aRequest())).not.toBeNull();
  expect(firstMatch([], aRequest())).toBeNull();
});

test("the first match in the order given decides", () => {
  const [a, b] = [aRule({ id: "a", words: ["card"] }), aRule({ id: "b", words: ["lost"] })];
  const request = aRequest({ text: "lost card" });
  expect([firstMatch([a, b], request)?.id, firstMatch([b, a], request)?.id]).toEqual(["a", "b"]);
});

test("any word in any text has an answer, and a word between spaces is found", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (word, text) => {
      matches(word, text);
      if (/^[\p{L}\p{N}]+$/u.test(word)) expect(matches(word, `${text} ${word} `)).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

test("a long text with many near misses is read at once", () => {
  expect(matches("card", "discards ".repeat(100_000))).toBe(false);
}, 5_000);
