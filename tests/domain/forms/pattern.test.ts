// The patterns of fields: linear whoever wrote them, and the same as JavaScript's where both understand them.
import { createContext, runInContext } from "node:vm";
import fc from "fast-check";
import { readPattern } from "../../../domain/forms/pattern";

const matches = (pattern: string, text: string): boolean => {
  const read = readPattern(pattern);
  if ("bad" in read) throw new Error(`${pattern}: ${read.bad}`);
  return read.matches(text);
};

const piece = fc.constantFrom("a", "b", ".", "\\d", "\\w", "\\S", "[ab]", "[^a]", "[a-c-]", "\\.", "\\p{L}", "-", "😀", "가");
const count = fc.constantFrom("", "", "?", "*", "+", "{2}", "{1,3}", "{2,}", "{0}");
const pattern: fc.Arbitrary<string> = fc.letrec<{ all: string; part: string }>((tie) => ({
  all: fc.array(tie("part"), { minLength: 1, maxLength: 4 }).map((parts) => parts.join("")),
  part: fc.oneof(
    { maxDepth: 3 },
    fc.tuple(piece, count).map((parts) => parts.join("")),
    fc.tuple(tie("all"), tie("all"), count).map(([one, other, times]) => `(${one}|${other})${times}`),
    fc.tuple(tie("all"), count).map(([inner, times]) => `(?:${inner})${times}`),
  ),
})).all;
const text = fc.array(fc.constantFrom("a", "b", "c", "1", "-", ".", " ", "\n", "😀", "가"), { maxLength: 8 }).map((parts) => parts.join(""));

const apart = createContext({});
/** What JavaScript says; null when it goes back and forth for too long to be waited for, which some of these would for minutes. */
function javascript(source: string, given: string): boolean | null {
  Object.assign(apart, { source: `^(?:${source})$`, given });
  try {
    return runInContext("new RegExp(source, 'u').test(given)", apart, { timeout: 200 }) as boolean;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return null;
    throw error;
  }
}

test("whatever it accepts means what it means in JavaScript, for the whole text", () => {
  fc.assert(
    fc.property(pattern, text, (source, given) => {
      const read = readPattern(source);
      fc.pre(!("bad" in read));
      if ("bad" in read) return;
      const expected = javascript(source, given);
      fc.pre(expected !== null);
      expect(read.matches(given)).toBe(expected);
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  ["[A-Z]{2}-\\d{4,6}", "AB-1234", true],
  ["[A-Z]{2}-\\d{4,6}", "xAB-1234", false],
  ["\\p{L}+( \\p{L}+)*", "홍 길동", true],
  ["a|bc", "bc", true],
  ["a|bc", "ab", false],
  ["v?\\d+(\\.\\d+){0,3}", "v1.20.3", true],
])("%s · %s · %s", (source, given, expected) => expect(matches(source, given)).toBe(expected));

test.each([
  ["looking ahead", "(?=a)b"],
  ["looking back", "(?<!a)b"],
  ["a reference back", "(a)\\1"],
  ["a named group", "(?<name>a)"],
  ["a boundary", "\\ba"],
  ["an anchor", "^a$"],
  ["a count of a count", "a*+"],
  ["a lazy count", "a*?"],
  ["a count of nothing", "*a"],
  ["a count that ends before it begins", "a{3,2}"],
  ["what is not closed", "(a"],
  ["what was not opened", "a)"],
  ["a class that is no class", "[z-a]"],
  ["an unknown property", "\\p{Nope}"],
  ["a brace by itself", "a{"],
  ["nothing", ""],
  ["counts that multiply", "((a{100}){100})"],
  ["groups too deep", "(".repeat(30) + ")".repeat(30)],
  ["too many characters", "a".repeat(201)],
])("refused, with a sentence: %s", (_, source) => {
  expect(readPattern(source)).toEqual({ bad: expect.stringMatching(/\.$|^Not understood: /) });
});

test("counts of counts of nothing end", () => {
  expect(matches("(((){999}){999}){999}", "")).toBe(true);
});

test.each(["(a+)+", "(a|a)*", "(a|aa)+", "(a*)*b", "(\\w+\\s?)*!", "(.*){20}x"])("%s takes a time linear to the text, not for ever", (source) => {
  const started = performance.now();
  expect(matches(source, "a".repeat(2_000) + "\n")).toBe(false);
  // By going back it would take longer than the world is old.
  expect(performance.now() - started).toBeLessThan(5_000);
});
