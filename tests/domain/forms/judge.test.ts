import { judge, missingFields } from "../../../domain/forms/judge";
import { formFaults } from "../../../domain/forms/faults";
import type { Field, Value } from "../../../domain/forms/form";
import { aField, aForm } from "./a-form";

const told = (faults: readonly { key: string; code: string }[]) => faults.map(({ key, code }) => `${key} ${code}`);
const ab = [{ value: "a", label: { en: "A" } }, { value: "b", label: { en: "B" } }];

test("everything at once, in the order of the form: what is missing, hidden, wrong and unknown", () => {
  const form = aForm(
    aField("kind", { type: "choice", choices: ab, required: "always" }),
    aField("version", { required: "always" }),
    aField("detail", { shown: { when: { field: "kind", is: ["b"] } } }),
    aField("count", { type: "number", min: 1, max: 5, whole: true }),
  );
  expect(told(judge(form, { nonsense: 1, count: 9, detail: "here", kind: "a" }))).toEqual([
    "version field_missing",
    "detail field_hidden",
    "count too_big",
    "nonsense unknown_field",
  ]);
});

test("a field that is not shown is never missing; once it is shown it may be", () => {
  const shown = { when: { field: "kind", is: ["b"] } } as const;
  const form = aForm(aField("kind", { type: "choice", choices: ab }), aField("why", { shown, required: "always" }));
  expect(missingFields(form, {})).toEqual([]);
  expect(missingFields(form, { kind: "a" })).toEqual([]);
  expect(missingFields(form, { kind: "b" }).map(({ key }) => key)).toEqual(["why"]);
});

test("one of several choices is enough for a condition; what is not filled in is nothing", () => {
  const required = { when: { all: [{ field: "kinds", is: ["b"] }, { not: { field: "free", answered: true } }] } } as const;
  const form = aForm(aField("kinds", { type: "choices", choices: ab }), aField("free"), aField("why", { required }));
  expect(told(judge(form, { kinds: ["a", "b"] }))).toEqual(["why field_missing"]);
  expect(told(judge(form, { kinds: ["a", "b"], free: "x" }))).toEqual([]);
  expect(told(judge(form, { kinds: ["a"] }))).toEqual([]);
});

test.each<[string, Partial<Field>, Value, string]>([
  ["a number for a text", {}, 1, "invalid_type"],
  ["a blank text", {}, " \n", "text_blank"],
  ["two lines", {}, "a\nb", "text_lines"],
  ["41 characters", {}, "😀".repeat(41), "too_long"],
  ["not by its pattern", { type: "text", pattern: "\\d+" }, "12a", "pattern"],
  ["half a thing", { type: "number", min: null, max: null, whole: true }, 1.5, "not_whole"],
  ["too few", { type: "number", min: 1, max: null, whole: false }, 0, "too_small"],
  ["a text for yes or no", { type: "yes-no" }, "yes", "invalid_type"],
  ["no choice", { type: "choice", choices: ab }, "c", "choice_unknown"],
  ["choices by themselves", { type: "choices", choices: ab }, "a", "invalid_type"],
  ["no choice among several", { type: "choices", choices: ab }, ["a", "c"], "choice_unknown"],
  ["a choice twice", { type: "choices", choices: ab }, ["a", "a"], "choice_twice"],
  ["none of the choices", { type: "choices", choices: ab }, [], "text_blank"],
  ["a day that does not exist", { type: "date" }, "2026-02-29", "date_unknown"],
])("refused: %s", (_, given, value, code) => {
  expect(told(judge(aForm(aField("it", given)), { it: value }))).toEqual([`it ${code}`]);
});

test("40 characters are 40, however many bytes or halves they have", () => {
  expect(judge(aForm(aField("it")), { it: "😀".repeat(40) })).toEqual([]);
});

test.each(["toString", "constructor", "__proto__"])("what every object has is not filled in: %s", (key) => {
  expect(told(judge(aForm(aField("it", { required: { when: { field: key, answered: true } } })), {}))).toEqual([]);
});

test.each<[string, readonly Field[], string]>([
  ["a field twice", [aField("it"), aField("it", { label: { en: "Another" } })], "fields.1.key field_twice"],
  ["a label twice, but for capitals", [aField("it"), aField("that", { label: { en: " IT" } })], "fields.1.label.en label_twice"],
  ["a choice twice", [aField("it", { type: "choice", choices: [...ab, ...ab.slice(0, 1)] })], "fields.0.choices.2 choice_twice"],
  ["limits that nothing keeps", [aField("it", { type: "number", min: 2, max: 1, whole: false })], "fields.0.max limits_order"],
  ["a pattern that could run for ever", [aField("it", { type: "text", pattern: "(a+)\\1" })], "fields.0.pattern pattern_unsafe"],
  ["a condition on a later field", [aField("it", { shown: { when: { field: "that", answered: true } } }), aField("that")], "fields.0.shown.when.field condition_field"],
  ["a condition on itself", [aField("it", { required: { when: { not: { field: "it", answered: true } } } })], "fields.0.required.when.not.field condition_field"],
  ["a condition that never holds", [aField("it", { type: "choice", choices: ab }), aField("that", { shown: { when: { any: [{ field: "it", is: ["c"] }] } } })], "fields.1.shown.when.any.0.is.0 condition_value"],
])("not a form: %s", (_, fields, expected) => {
  expect(formFaults({ fields }).map(({ path, code }) => `${path.join(".")} ${code}`)).toEqual([expected]);
});
