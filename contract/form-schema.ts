// A form as JSON Schema 2020-12, so that anybody's validator says of `fields` what the desk itself would say. One difference is
// left to the reader of docs/forms.md: that texts must be storable holds for the whole request, and is not in it.
import { inLanguage } from "../domain/forms/form";
import type { Condition, Field, Form, When } from "../domain/forms/form";
import { datePattern } from "../domain/forms/judge";
import type { Language } from "../domain/words";

export type Schema = { readonly [keyword: string]: unknown };

/** `title` and `description` are in that language. Conditions are `if` and `then`, fields that are hidden `false`. */
export function formSchema(form: Form, language: Language): Schema {
  const required = form.fields.filter(({ required: when, shown }) => when === "always" && shown === "always");
  const allOf = form.fields.flatMap(conditional);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `urn:perdura:form:${form.type}:${form.edition}`,
    title: inLanguage(form.title, language),
    type: "object",
    properties: Object.fromEntries(form.fields.map((field) => [field.key, fieldSchema(field, language)])),
    required: required.map(({ key }) => key),
    // A list of no conditions is no valid schema.
    ...(allOf.length === 0 ? {} : { allOf }),
    additionalProperties: false,
  };
}

function conditional({ key, shown, required }: Field): Schema[] {
  const hidden = shown === "always" ? [] : [{ if: conditionSchema(shown.when), else: { properties: { [key]: false } } }];
  const wanted = [shown, required].flatMap((when: When) => (typeof when === "string" ? [] : [conditionSchema(when.when)]));
  // oxlint-disable-next-line unicorn/no-thenable -- JSON Schema's word; nobody awaits a schema.
  const demanded = required === "never" || wanted.length === 0 ? [] : [{ if: { allOf: wanted }, then: { required: [key] } }];
  return [...hidden, ...demanded];
}

function conditionSchema(condition: Condition): Schema {
  if ("all" in condition) return { allOf: condition.all.map(conditionSchema) };
  if ("any" in condition) return { anyOf: condition.any.map(conditionSchema) };
  if ("not" in condition) return { not: conditionSchema(condition.not) };
  const { field } = condition;
  if ("answered" in condition) return { required: [field] };
  const one = { enum: condition.is };
  return { required: [field], properties: { [field]: { anyOf: [one, { type: "array", contains: one }] } } };
}

function fieldSchema(field: Field, language: Language): Schema {
  const help = field.help === null ? {} : { description: inLanguage(field.help, language) };
  return { title: inLanguage(field.label, language), ...help, ...valueSchema(field, language) };
}

/** Patterns are searched for in a text, so that each says its beginning and end. `\S`: not blank. */
function valueSchema(field: Field, language: Language): Schema {
  switch (field.type) {
    case "text": {
      const own = field.pattern === null ? [] : [{ pattern: `^(?:${field.pattern})$` }];
      return { type: "string", maxLength: field.maxLength, pattern: "\\S", allOf: [{ pattern: "^[^\\r\\n]*$" }, ...own] };
    }
    case "paragraph":
      return { type: "string", maxLength: field.maxLength, pattern: "\\S" };
    case "number":
      return {
        type: field.whole ? "integer" : "number",
        ...(field.min === null ? {} : { minimum: field.min }),
        ...(field.max === null ? {} : { maximum: field.max }),
      };
    case "yes-no":
      return { type: "boolean" };
    case "choice":
      return { type: "string", oneOf: choicesSchema(field, language) };
    case "choices":
      return { type: "array", minItems: 1, uniqueItems: true, items: { type: "string", oneOf: choicesSchema(field, language) } };
    case "date":
      return { type: "string", format: "date", pattern: datePattern };
  }
}

/** Each with its name in that language. */
function choicesSchema({ choices }: Extract<Field, { type: "choice" | "choices" }>, language: Language): Schema[] {
  return choices.map(({ value, label }) => ({ const: value, title: inLanguage(label, language) }));
}
