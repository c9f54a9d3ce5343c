// What is known of a ticket by the form of its type, however it came to be known. Knows values and texts; refuses to know rows.
import { readAnswers } from "./answers";
import { isShown } from "./form";
import type { Form, Value, Values } from "./form";
import { valueFault } from "./judge";

/** What was said on a ticket before: by the requester themselves, or by somebody of their organisation. */
export interface Before {
  readonly own: boolean;
  readonly fields: Values | null;
  readonly texts: readonly string[];
}

/** How far a form's fields remember; null: not at all. */
export function remembers({ fields }: Form): "requester" | "organisation" | null {
  const whose = fields.map(({ remembered }) => remembered ?? null);
  return whose.find((each) => each === "organisation") ?? whose.find((each) => each !== null) ?? null;
}

/** Of what was said before (oldest first), what the form's fields are to remember. */
export function rememberedValues(form: Form, before: readonly Before[]): Values {
  const lasting = form.fields.filter(({ remembered }) => (remembered ?? null) !== null);
  const kept = before.map(({ own, fields, texts }) => {
    const known = knownValues(form, fields ?? {}, texts);
    const mine = lasting.filter(({ key, remembered }) => Object.hasOwn(known, key) && (own || remembered === "organisation"));
    return Object.fromEntries(mine.map(({ key }) => [key, known[key] as Value]));
  });
  return Object.assign({}, ...kept) as Values;
}

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
