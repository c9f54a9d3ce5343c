// Which features a model knows where it can't know all.
import fc from "fast-check";
import { gather } from "../../learning/vocabulary";

test("where not all can be known, those of one class are, rather than those of every text", () => {
  // 1 is in every text, 2 in every other one; each class has one of its own from 10 on.
  const texts = Array.from({ length: 40 }, (_, text) => ({ label: Math.floor(text / 4), keys: [1, ...(text % 2 === 0 ? [2] : []), 10 + Math.floor(text / 4)] }));
  const { keys } = gather(texts.map((text) => text.keys), texts.map(({ label }) => label), 10);
  expect([...keys].sort((a, b) => a - b)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
});

test("no more than wanted, all where they fit, and the same ones in whatever order texts come", () => {
  const text = fc.record({ label: fc.nat(3), keys: fc.uniqueArray(fc.nat(30)) });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 30 }), fc.integer({ min: 1, max: 40 }), (texts, most) => {
      const of = (given: typeof texts) => [...gather(given.map(({ keys }) => keys), given.map(({ label }) => label), most).keys];
      const all = new Set(texts.flatMap(({ keys }) => keys));
      expect(of(texts)).toHaveLength(Math.min(most, all.size));
      expect(of([...texts].reverse())).toEqual(of(texts));
    }),
  );
});
