// Forms and fillings, made by hand and by chance.
import fc from "fast-check";
import { formFaults } from "../../../domain/forms/faults";
import type { Condition, Field, Form, Values, When } from "../../../domain/forms/form";

/** A field as an admin might make it; whatever matters to a test is given. */
export function aField(key: string, given: Partial<Field> = {}): Field {
  const common = { key, label: { en: key }, help: null, required: "never", shown: "always" } as const;
  return { ...common, type: "text", maxLength: 40, pattern: null, ...given } as Field;
}

export function aForm(...fields: readonly Field[]): Form {
  return { type: "bug", edition: 1, title: { en: "A bug" }, fields };
}

const texts = ["", " ", "a", "ab", "A-1", "가나", "😀", "two\nlines", "x".repeat(41), "2026-02-29", "2024-02-29", "2026-13-01"];
const scalar = fc.oneof(fc.constantFrom(...texts), fc.constantFrom(-1, 0, 1.5, 2, 100), fc.boolean());
const value = fc.oneof({ weight: 4, arbitrary: scalar }, fc.array(fc.constantFrom("a", "ab", "c"), { maxLength: 3 }));
const keys = ["one", "two", "three", "four", "five"];

/** Sound forms of up to five fields, which hang upon each other. */
export const soundForm: fc.Arbitrary<Form> = fc
  .integer({ min: 0, max: keys.length })
  .chain((count) => fc.tuple(...keys.slice(0, count).map((key, at) => anyField(key, keys.slice(0, at)))))
  .map((fields) => aForm(...fields))
  .filter((form) => formFaults(form).length === 0);

/** Fillings that are right often enough to matter. */
export const filling: fc.Arbitrary<Values> = fc.dictionary(fc.constantFrom(...keys, "six"), value, { maxKeys: 6, noNullPrototype: true });

function anyField(key: string, before: readonly string[]): fc.Arbitrary<Field> {
  const kinds: fc.Arbitrary<Partial<Field>> = fc.constantFrom<Partial<Field>>(
    { type: "text", pattern: null },
    { type: "text", pattern: "[a-z]{1,2}|\\p{L}-\\d+" },
    { type: "paragraph" },
    { type: "number", min: null, max: null, whole: false },
    { type: "number", min: 0, max: 10, whole: true },
    { type: "yes-no" },
    { type: "choice", choices: [{ value: "a", label: { en: "A" } }, { value: "ab", label: { en: "AB" } }] },
    { type: "choices", choices: [{ value: "a", label: { en: "A" } }, { value: "ab", label: { en: "AB" } }] },
    { type: "date" },
  );
  return fc.tuple(kinds, anyWhen(before, ["always", "never"]), anyWhen(before, ["always"])).map(([kind, required, shown]) => {
    return aField(key, { ...kind, required, shown } as Partial<Field>);
  });
}

function anyWhen(before: readonly string[], plain: readonly ("always" | "never")[]): fc.Arbitrary<When> {
  const simple = fc.constantFrom(...plain);
  return before.length === 0 ? simple : fc.oneof(simple, anyCondition(before, 2).map((when) => ({ when })));
}

function anyCondition(before: readonly string[], depth: number): fc.Arbitrary<Condition> {
  const field = fc.constantFrom(...before);
  const tests: fc.Arbitrary<Condition>[] = [
    field.map((name) => ({ field: name, answered: true as const })),
    fc.tuple(field, fc.array(fc.oneof(fc.constantFrom("a", "ab", "2024-02-29"), fc.constantFrom(0, 2), fc.boolean()), { minLength: 1, maxLength: 2 })).map(([name, is]) => ({ field: name, is })),
  ];
  if (depth === 0) return fc.oneof(...tests);
  const parts = fc.array(anyCondition(before, depth - 1), { minLength: 1, maxLength: 2 });
  return fc.oneof(
    ...tests,
    parts.map((all) => ({ all })),
    parts.map((any) => ({ any })),
    anyCondition(before, depth - 1).map((not) => ({ not })),
  );
}
