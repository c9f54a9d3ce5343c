// What a form is, and which of its fields are shown and required by what has been filled in. Knows definitions and values;
// refuses to know tickets, persons or any screen.
import type { Language, TicketType } from "../words";

/** In English, and in as many of our other languages as an admin has written. */
export type Words = { readonly en: string } & Readonly<Partial<Record<Language, string>>>;

export type Value = string | number | boolean | readonly string[];
export type Values = Readonly<Record<string, Value>>;

/**
 * About fields that stand further up. `is`: its value is one of these (of several choices: one of them is). A field that is
 * not filled in is nothing, and not `answered`.
 */
export type Condition =
  | { readonly field: string; readonly is: readonly (string | number | boolean)[] }
  | { readonly field: string; readonly answered: true }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

/** `always`, `never`, or when the condition holds. */
export type When = "always" | "never" | { readonly when: Condition };

interface Common {
  readonly key: string;
  readonly label: Words;
  readonly help: Words | null;
  readonly required: When;
  /** A field that is not shown has no value and is never required. */
  readonly shown: Exclude<When, "never">;
  /**
   * Whose earlier tickets tell it, so that it isn't asked for again: the requester's, or their organisation's. Left out:
   * nobody's.
   */
  readonly remembered?: "requester" | "organisation" | null;
}

export interface Choice {
  readonly value: string;
  readonly label: Words;
}

/** Lengths are in Unicode characters. A `text` is one line. `pattern` is for the whole value: see pattern.ts. */
export type Field = Common &
  (
    | { readonly type: "text"; readonly maxLength: number; readonly pattern: string | null }
    | { readonly type: "paragraph"; readonly maxLength: number }
    | { readonly type: "number"; readonly min: number | null; readonly max: number | null; readonly whole: boolean }
    | { readonly type: "yes-no" }
    | { readonly type: "choice" | "choices"; readonly choices: readonly Choice[] }
    /** A day, `2026-11-22`. */
    | { readonly type: "date" }
  );

export interface Form {
  readonly type: TicketType;
  readonly edition: number;
  readonly title: Words;
  readonly fields: readonly Field[];
}

export function isShown({ shown }: Field, values: Values): boolean {
  return applies(shown, values);
}

export function isRequired(field: Field, values: Values): boolean {
  return isShown(field, values) && applies(field.required, values);
}

/** The words in that language, or the English ones. */
export function inLanguage(words: Words, language: Language): string {
  return words[language] ?? words.en;
}

/** Labels that people take for the same: they don't mind capitals and blanks. */
export function plainLabel(label: string): string {
  return label.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}

export function holds(condition: Condition, values: Values): boolean {
  if ("all" in condition) return condition.all.every((each) => holds(each, values));
  if ("any" in condition) return condition.any.some((each) => holds(each, values));
  if ("not" in condition) return !holds(condition.not, values);
  const value = valueOf(values, condition.field);
  if (value === undefined || "answered" in condition) return value !== undefined;
  const given: readonly (string | number | boolean)[] = typeof value === "object" ? value : [value];
  return given.some((each) => condition.is.includes(each));
}

/** Undefined when it is not filled in. A value's key may be any word, also one that every object knows. */
export function valueOf(values: Values, key: string): Value | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}

function applies(when: When, values: Values): boolean {
  return typeof when === "string" ? when === "always" : holds(when.when, values);
}
