// What somebody wrote about fields in a plain text, as `Label: value` lines, in any language that the form speaks. Knows labels
// and how people write yes, numbers and choices; what it does not understand it leaves out.
import { plainLabel } from "./form";
import type { Field, Form, Value, Values, Words } from "./form";
import { valueFault } from "./judge";

/** How people say yes and no in a mail. */
const yes = ["yes", "y", "true", "ja", "예", "네", "是", "是的"];
const no = ["no", "n", "false", "nein", "nei", "아니요", "아니오", "否", "不是"];

/**
 * The values that the lines of a text give to fields of a form. A value goes on until the next label; what a field could not
 * hold is left out, for a person to read. Of several for one field the last counts.
 */
export function readAnswers({ fields }: Form, text: string): Values {
  const found = new Map<string, Value>();
  for (const { field, words } of answered(fields, text)) {
    const value = valueFrom(field, words);
    if (value !== undefined && valueFault(field, value) === null) found.set(field.key, value);
  }
  return Object.fromEntries(found);
}

/** A text that says the values line by line, under the labels of that language, and is understood again. */
export function writeAnswers({ fields }: Pick<Form, "fields">, values: Readonly<Record<string, string>>, label: (words: Words) => string): string {
  return fields
    .flatMap((field) => {
      const words = Object.hasOwn(values, field.key) ? values[field.key]?.trim() : undefined;
      return words === undefined || words === "" ? [] : [`${label(field.label)}: ${words}`];
    })
    .join("\n\n");
}

/** A label and what may stand around it. */
const longestHead = 240;

interface Answer {
  readonly field: Field;
  readonly words: string;
}

function answered(fields: readonly Field[], text: string): Answer[] {
  const byLabel = new Map(fields.flatMap((field) => Object.values(field.label).map((name) => [plainLabel(name), field] as const)));
  const answers: { field: Field; lines: string[] }[] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (line.trimEnd() === "--") break;
    // What others wrote before is not an answer.
    if (line.trimStart().startsWith(">")) continue;
    const { label, rest } = halves(line);
    const field = label === "" ? undefined : byLabel.get(plainLabel(label));
    if (field !== undefined) answers.push({ field, lines: [rest] });
    else answers.at(-1)?.lines.push(line);
  }
  return answers.map(({ field, lines }) => ({ field, words: lines.join("\n").trim() }));
}

/** What stands before the first colon, without bullets and stars, and what after; no label when there is none near the start. */
function halves(line: string): { readonly label: string; readonly rest: string } {
  const colon = line.slice(0, longestHead).search(/[:：]/);
  if (colon < 1) return { label: "", rest: line };
  const bare = /^[\s*•·-]+|[\s*]+$/g;
  return { label: line.slice(0, colon).replace(bare, ""), rest: line.slice(colon + 1).replace(/^\*+/, "").trim() };
}

function isCalled(names: Words, given: string): boolean {
  const wanted = plainLabel(given);
  return Object.values(names).some((name) => plainLabel(name) === wanted);
}

/** Undefined: not understood. */
function valueFrom(field: Field, words: string): Value | undefined {
  // What comes after a blank line is no part of a short answer: a greeting, a signature.
  const short = words.split(/\n\s*\n/)[0]?.trim() ?? "";
  switch (field.type) {
    case "paragraph":
      return words;
    case "text":
      return short.split("\n")[0]?.trim();
    case "date":
      return short.split("\n")[0]?.trim();
    case "number":
      return /^[+-]?\d{1,15}([.,]\d{1,6})?$/.test(short) ? Number(short.replace(",", ".")) : undefined;
    case "yes-no":
      return yes.includes(plainLabel(short)) ? true : no.includes(plainLabel(short)) ? false : undefined;
    case "choice":
      return chosen(field.choices, short.split("\n")[0] ?? "");
    case "choices": {
      const all = short.split(/[,，、;\n]/).filter((part) => part.trim() !== "").map((part) => chosen(field.choices, part));
      return all.every((each) => each !== undefined) ? [...new Set(all)] : undefined;
    }
  }
}

function chosen(choices: Extract<Field, { type: "choice" | "choices" }>["choices"], words: string): string | undefined {
  const wanted = plainLabel(words.replace(/[.。]$/, ""));
  return choices.find(({ value, label }) => plainLabel(value) === wanted || isCalled(label, wanted))?.value;
}
