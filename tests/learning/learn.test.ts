// What the classifier promises, whatever it learns from.
import { join } from "node:path";
import { readLabelled } from "../../bench/categories/read";
import { decode, encode } from "../../learning/bytes";
import { divide } from "../../learning/folds";
import { learn } from "../../learning/learn";
import type { Example } from "../../learning/learn";
import { createGuesser } from "../../learning/model";
import { judge } from "../../learning/quality";

const chinese = readLabelled(join(__dirname, "fixtures/zh.csv"));
const korean = readLabelled(join(__dirname, "fixtures/ko.csv"));

test.each([
  ["chinese, which writes no spaces", chinese, 0.8],
  ["korean, whose words change their endings", korean, 0.75],
] as const)("learns from a hundred short lines of %s", async (_, fixture, least) => {
  const { examples } = await fixture;
  const { unseen } = learn(examples);
  expect(examples).toHaveLength(100);
  expect(judge(unseen).accuracy).toBeGreaterThanOrEqual(least);
});

test("the same examples give the same bytes", async () => {
  const { examples } = await korean;
  expect(Buffer.from(encode(learn(examples).model))).toEqual(Buffer.from(encode(learn(examples).model)));
});

test("a model read back from its bytes says the same", async () => {
  const { examples } = await chinese;
  const { model } = learn(examples);
  const before = createGuesser(model);
  // Also from the middle of other bytes, as Node hands them out.
  const within = Buffer.concat([Buffer.from("xyz"), encode(model)]).subarray(3);
  for (const bytes of [encode(model), within]) {
    const after = createGuesser(decode(bytes));
    for (const { text } of examples) expect(after(text)).toEqual(before(text));
  }
});

test("bytes that are cut short are refused", async () => {
  const bytes = encode(learn((await chinese).examples).model);
  expect(() => decode(bytes.subarray(0, bytes.length - 1))).toThrow(RangeError);
});

test("a model holds no word that anybody wrote", async () => {
  const secret = "Wolkenkuckucksheim";
  const examples = (await korean).examples.map(({ text, label }) => ({ text: `${text} ${secret}`, label }));
  expect(Buffer.from(encode(learn(examples).model)).toString("latin1").toLowerCase()).not.toContain(secret.toLowerCase());
});

const colours: readonly Example[] = Array.from({ length: 60 }, (_, at) => {
  const [colour, label] = at % 2 === 0 ? ["red", "warm"] : ["blue", "cold"];
  return { text: `please paint wall number ${at} in ${colour} as we agreed`, label };
});

test("the words that decided come first, and their shares make no more than one", () => {
  const { label, given, words } = createGuesser(learn(colours).model)("Paint it RED, please");
  expect({ label, given, first: words[0]?.text }).toEqual({ label: "warm", given: true, first: "red" });
  expect(words.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-9);
});

test("in a script without spaces a phrase decides", async () => {
  const guess = createGuesser(learn((await chinese).examples).model)("请问，退款要等多久");
  expect(guess.label).toBe("refund");
  expect(guess.words[0]?.text).toContain("退款");
});

test("what has nothing in common with what was learned is not answered", () => {
  const guess = createGuesser(learn(colours).model);
  for (const text of ["", "???", "☂", "ζ"]) expect(guess(text).given).toBe(false);
});

test("too few examples: it learns, but answers nothing", () => {
  const { model, unseen } = learn(colours.slice(0, 10));
  expect(createGuesser(model)("red").given).toBe(false);
  expect(unseen.some(({ given }) => given)).toBe(false);
});

test("labels drawn by lot: it answers nothing, and says how unsure it is", () => {
  const drawn = colours.flatMap(({ text }, at) => ["a", "b", "c"].map((_, turn) => ({ text: `${text} ${turn}`, label: "xyz"[(at * 7 + turn * 5) % 3] as string })));
  const { unseen } = learn(drawn);
  const quality = judge(unseen);
  expect(quality.coverage).toBeLessThan(0.05);
  expect(quality.calibrationError).toBeLessThan(0.2);
});

test("facts beside the text decide where the text does not", () => {
  const examples = Array.from({ length: 80 }, (_, at) => ({
    text: "it is broken again",
    facts: [`organisation:${at % 2 === 0 ? "acme" : "globex"}`],
    label: at % 2 === 0 ? "printers" : "phones",
  }));
  const guess = createGuesser(learn(examples).model);
  expect(guess("it is broken again", ["organisation:globex"]).label).toBe("phones");
  expect(guess("it is broken again", ["organisation:acme"]).label).toBe("printers");
});

test("one label only is learned, too", () => {
  expect(createGuesser(learn([{ text: "a word", label: "all" }]).model)("a word").label).toBe("all");
});

test("equal texts are never learned and judged at once; every class is in every part", () => {
  const texts = Array.from({ length: 300 }, (_, at) => `text ${at % 120}`);
  const classes = texts.map((_, at) => (at % 120) % 3);
  const part = divide(classes, texts, 5, 1);
  const partOf = new Map(texts.map((text, at) => [text, part[at]]));
  for (const [at, text] of texts.entries()) expect(part[at]).toBe(partOf.get(text));
  for (const each of [0, 1, 2]) expect(new Set(classes.flatMap((known, at) => (known === each ? [part[at]] : []))).size).toBe(5);
});
