// How texts are cut into words, in scripts with and without spaces.
import { featuresOf } from "../../learning/features";
import { fold } from "../../learning/terms";

const termsOf = (written: string) => {
  const { text, terms } = fold(written);
  return terms.map(({ start, end }) => text.slice(start, end));
};

test.each([
  ["words, without marks", "My card's lost; help!", ["my", "card's", "lost", "help"]],
  ["a curly apostrophe", "can’t", ["can't"]],
  ["full width", "ＣＡＲＤ１", ["card1"]],
  ["korean words", "카드 분실", ["카드", "분실"]],
  ["chinese: two signs each", "退款申请", ["退款", "款申", "申请"]],
  ["one chinese sign", "退", ["退"]],
  ["chinese beside latin", "我的App坏了", ["我的", "app", "坏了"]],
  ["japanese with a long vowel", "カード", ["カー", "ード"]],
  ["signs beyond the basic plane", "𠮷野家", ["𠮷野", "野家"]],
  ["money and emoji", "€5 😀", ["€", "5", "😀"]],
  ["vowel signs stay with their word", "कार्ड खो", ["कार्ड", "खो"]],
  ["nothing", " \n—", []],
] as const)("%s", (_, written, terms) => expect(termsOf(written)).toEqual(terms));

test("a text of any length is bounded", () => {
  expect(fold("word ".repeat(100_000)).terms.length).toBeLessThanOrEqual(1_000);
});

test("features lie within the text", () => {
  const { folded, keys, start, end } = featuresOf("我的 card is lost 😀", ["channel:web"]);
  for (const at of keys.keys()) {
    expect(start[at]).toBeGreaterThanOrEqual(0);
    expect(end[at]).toBeLessThanOrEqual(folded.text.length);
  }
});
