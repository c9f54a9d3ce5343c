// What is wrong with a form that somebody has filled in: everything at once, each at its field. Knows a form and values alone.
import { isRequired, isShown, valueOf } from "./form";
import type { Field, Form, Value, Values } from "./form";
import { readPattern } from "./pattern";

export const valueFaultCodes = [
  "unknown_field",
  "field_hidden",
  "field_missing",
  "invalid_type",
  "text_blank",
  "text_lines",
  "too_long",
  "pattern",
  "too_small",
  "too_big",
  "not_whole",
  "choice_unknown",
  "choice_twice",
  "date_unknown",
] as const;
export type ValueFaultCode = (typeof valueFaultCodes)[number];

/** `key`: the field's. `code` is stable, `message` one English sentence. */
export interface ValueFault {
  readonly key: string;
  readonly code: ValueFaultCode;
  readonly message: string;
}

/** In the order of the form; what it has no field for comes last. */
export function judge(form: Form, values: Values): ValueFault[] {
  const known = new Set(form.fields.map(({ key }) => key));
  const strangers = Object.keys(values).filter((key) => !known.has(key));
  return [
    ...form.fields.flatMap((field) => fieldFault(field, values) ?? []),
    ...strangers.map((key) => fault(key, "unknown_field", "There is no such field.")),
  ];
}

/** What must be filled in and isn't, in the order of the form. */
export function missingFields(form: Form, values: Values): Field[] {
  return form.fields.filter((field) => valueOf(values, field.key) === undefined && isRequired(field, values));
}

/** What is wrong with a value by itself, whatever the others are; null: nothing. */
export function valueFault(field: Field, value: Value): ValueFault | null {
  switch (field.type) {
    case "text":
      return wordsFault(field.key, value, field.maxLength) ?? lineFault(field.key, value) ?? patternFault(field, value);
    case "paragraph":
      return wordsFault(field.key, value, field.maxLength);
    case "number":
      return numberFault(field, value);
    case "yes-no":
      return typeof value === "boolean" ? null : wrongType(field.key, "true or false");
    case "choice":
      return typeof value === "string" ? choiceFault(field, value) : wrongType(field.key, "one of its choices");
    case "choices":
      return choicesFault(field, value);
    case "date":
      return dateFault(field.key, value);
  }
}

/** Days that exist, from the year 0000 to 9999; the schema on the wire uses it too. */
export const datePattern =
  "^(?:\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))" +
  "|(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)$";

function fieldFault(field: Field, values: Values): ValueFault | null {
  const value = valueOf(values, field.key);
  if (value === undefined) return isRequired(field, values) ? fault(field.key, "field_missing", "Must be filled in.") : null;
  if (!isShown(field, values)) return fault(field.key, "field_hidden", "Is not asked for with what else is filled in.");
  return valueFault(field, value);
}

function wordsFault(key: string, value: Value, maxLength: number): ValueFault | null {
  if (typeof value !== "string") return wrongType(key, "a text");
  if (!/\S/.test(value)) return fault(key, "text_blank", "Must not be blank.");
  return Array.from(value).length > maxLength ? fault(key, "too_long", `At most ${maxLength} characters.`) : null;
}

function lineFault(key: string, value: Value): ValueFault | null {
  return /[\r\n]/.test(String(value)) ? fault(key, "text_lines", "Must be one line.") : null;
}

function patternFault({ key, pattern }: Extract<Field, { type: "text" }>, value: Value): ValueFault | null {
  if (pattern === null) return null;
  const read = readPattern(pattern);
  if ("bad" in read) throw new RangeError(`The pattern of ${key} can't be read: ${read.bad}`);
  return read.matches(String(value)) ? null : fault(key, "pattern", `Not as it should be written: ${pattern}`);
}

function numberFault({ key, min, max, whole }: Extract<Field, { type: "number" }>, value: Value): ValueFault | null {
  if (typeof value !== "number") return wrongType(key, "a number");
  if (whole && !Number.isInteger(value)) return fault(key, "not_whole", "Must be a whole number.");
  if (min !== null && value < min) return fault(key, "too_small", `At least ${min}.`);
  return max !== null && value > max ? fault(key, "too_big", `At most ${max}.`) : null;
}

type Chosen = Extract<Field, { type: "choice" | "choices" }>;

function choiceFault({ key, choices }: Chosen, value: string): ValueFault | null {
  if (choices.some((choice) => choice.value === value)) return null;
  return fault(key, "choice_unknown", `One of ${choices.map((choice) => choice.value).join(", ")}.`);
}

function choicesFault(field: Chosen, value: Value): ValueFault | null {
  if (typeof value !== "object") return wrongType(field.key, "a list of its choices");
  if (value.length === 0) return fault(field.key, "text_blank", "Must name at least one.");
  if (new Set(value).size < value.length) return fault(field.key, "choice_twice", "Names a choice twice.");
  for (const each of value) {
    const found = choiceFault(field, each);
    if (found !== null) return found;
  }
  return null;
}

function dateFault(key: string, value: Value): ValueFault | null {
  if (typeof value !== "string") return wrongType(key, "a day, as in 2026-11-22");
  return new RegExp(datePattern).test(value) ? null : fault(key, "date_unknown", "Not a day that exists: YYYY-MM-DD.");
}

function wrongType(key: string, wanted: string): ValueFault {
  return fault(key, "invalid_type", `Must be ${wanted}.`);
}

function fault(key: string, code: ValueFaultCode, message: string): ValueFault {
  return { key, code, message };
}
