// What is known of a ticket by the form of its type, however it came to be known. Knows values and texts; refuses to know rows.
import { readAnswers } from "./answers";
import { isShown } from "./form";
import type { Form, Value, Values } from "./form";
import { valueFault } from "./judge";

/**
 * The values that hold: what the form was filled in with, then what the requester's texts (oldest first) say line by line; the
 * later word counts. What is not asked for with what else is known, and what no field could hold, is left out.
 */
export function knownValues(form: Form, given: Values, texts: readonly string[]): Values {
  const said: Values = Object.assign({}, given, ...texts.map((text) => readAnswers(form, text))) as Values;
  const known: Record<string, Value> = {};
  for (const field of form.fields) {
    const value = Object.hasOwn(said, field.key) ? said[field.key] : undefined;
    if (value === undefined || valueFault(field, value) !== null || !isShown(field, known)) continue;
    known[field.key] = value;
  }
  return known;
}
