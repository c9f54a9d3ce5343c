// What a solved ticket may be left solved for. A request that is taken for thanks is worse than thanks that reopen a ticket.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { isThanks } from "../../../domain/thanks/thanks";
import { said } from "./said";

const cases = Object.entries(said).flatMap(([language, { thanks, more }]) => [
  ...thanks.map((text) => ({ language, text, is: true })),
  ...more.map((text) => ({ language, text, is: false })),
]);
const all = cases.filter(({ is }) => is).map(({ text }) => text);
const others = cases.filter(({ is }) => !is).map(({ text }) => text);

test("there are at least 300 of them, and of both kinds in each language", () => {
  expect(cases.length).toBeGreaterThanOrEqual(300);
  for (const { thanks, more } of Object.values(said)) expect(Math.min(thanks.length, more.length)).toBeGreaterThanOrEqual(16);
});

test("nothing that says more is taken for thanks: precision 1", () => {
  expect(others.filter(isThanks)).toEqual([]);
});

test.each(Object.entries(said))("thanks in %s are known: recall 0.95 at least", (_language, { thanks }) => {
  const missed = thanks.filter((text) => !isThanks(text));
  expect([missed, missed.length <= thanks.length * 0.05]).toEqual([missed, true]);
});

const wishes = [
  "?", "But it is not.", "aber es geht nicht", "men det virker ikke", "pero no funciona", "mais non", "但是不行", "하지만 안 돼요", "でも動きません",
  "Please call me", "Bitte um Rückruf", "4711", "https://example.com", "cancel", "kündigen", "send it again", "and the invoice", "still", "not", "nicht", "ikke", "no", "pas", "不", "안", "ない",
];

test("with anything more before or after it, no thanks are thanks", () => {
  fc.assert(
    fc.property(fc.constantFrom(...all), fc.constantFrom(...wishes), fc.constantFrom(" ", "\n", ". ", ", "), fc.boolean(), (thanks, wish, between, after) => {
      expect(isThanks(after ? `${thanks}${between}${wish}` : `${wish}${between}${thanks}`)).toBe(false);
    }),
    { numRuns: 5_000 },
  );
});

test("two thanks are thanks; case, faces and blank lines matter not", () => {
  const short = all.filter((text) => text.length < 60);
  fc.assert(
    fc.property(fc.constantFrom(...short), fc.constantFrom(" 😊", "\n\n", "!!!", "  "), (thanks, more) => expect(isThanks(`${thanks}${more}`)).toBe(isThanks(thanks))),
  );
  expect(isThanks("THANK YOU!\n\n\nthanks again")).toBe(true);
});

test("whatever else is said is never taken for thanks, and never an error, however long", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => expect(isThanks(text)).toBe(false)), { numRuns: 2_000 });
  expect(isThanks("thanks ".repeat(10_000))).toBe(false);
});

const questions = join(__dirname, "../../../../shared/data/text/banking77-train.csv");
(existsSync(questions) ? test : test.skip)("of ten thousand questions that customers really asked, none is taken for thanks", () => {
  const texts = (parse(readFileSync(questions), { relax_column_count: true }) as string[][]).flatMap(([text]) => text ?? []);
  expect(texts.length).toBeGreaterThan(9_000);
  expect(texts.filter(isThanks)).toEqual([]);
});
