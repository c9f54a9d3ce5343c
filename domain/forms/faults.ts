// What can't be in a form: fields that nobody could fill in, conditions on what isn't there, patterns that can't be matched in
// linear time. Knows the definition alone.
import { languages } from "../words";
import { plainLabel } from "./form";
import type { Condition, Field, Form, When, Words } from "./form";
import { valueFault } from "./judge";
import { readPattern } from "./pattern";

type Path = readonly (string | number)[];

/** `code` is stable, `message` one English sentence that names the culprit. */
export interface FormFault {
  readonly path: Path;
  readonly code:
    | "field_twice"
    | "label_twice"
    | "choice_twice"
    | "limits_order"
    | "pattern_unsafe"
    | "condition_field"
    | "condition_value"
    | "condition_depth";
  readonly message: string;
}

const deepest = 5;

export function formFaults({ fields }: Pick<Form, "fields">): FormFault[] {
  return fields.flatMap((field, at) => {
    const before = fields.slice(0, at);
    const own = [...nameFaults(field, before), ...limitFaults(field), ...choiceFaults(field)];
    const conditions = (["shown", "required"] as const).flatMap((name) => whenFaults(field[name], before, [name]));
    return [...own, ...conditions].map((fault) => ({ ...fault, path: ["fields", at, ...fault.path] }));
  });
}

/** A reply by mail names fields by their labels: two of the same could not be told apart. */
function nameFaults({ key, label }: Field, before: readonly Field[]): FormFault[] {
  const faults: FormFault[] = [];
  if (before.some((other) => other.key === key)) {
    faults.push({ path: ["key"], code: "field_twice", message: `There are two fields ${key}.` });
  }
  for (const language of languages) {
    const own = label[language];
    if (own !== undefined && before.some((other) => sameLabel(other.label[language], own))) {
      faults.push({ path: ["label", language], code: "label_twice", message: `Two fields are called ${own}.` });
    }
  }
  return faults;
}

function limitFaults(field: Field): FormFault[] {
  if (field.type === "number" && field.min !== null && field.max !== null && field.max < field.min) {
    return [{ path: ["max"], code: "limits_order", message: `${field.key} would have to be at least ${field.min} and at most ${field.max}.` }];
  }
  if (field.type !== "text" || field.pattern === null) return [];
  const read = readPattern(field.pattern);
  return "bad" in read ? [{ path: ["pattern"], code: "pattern_unsafe", message: read.bad }] : [];
}

function choiceFaults(field: Field): FormFault[] {
  if (field.type !== "choice" && field.type !== "choices") return [];
  return field.choices.flatMap(({ value, label }, at): FormFault[] => {
    const others = field.choices.slice(0, at);
    const same = others.some((other) => other.value === value) || others.some((other) => sameWords(other.label, label));
    return same ? [{ path: ["choices", at], code: "choice_twice", message: `${field.key} has the choice ${value} twice.` }] : [];
  });
}

function whenFaults(when: When, before: readonly Field[], path: Path): FormFault[] {
  return typeof when === "string" ? [] : conditionFaults(when.when, before, [...path, "when"], 1);
}

function conditionFaults(condition: Condition, before: readonly Field[], path: Path, depth: number): FormFault[] {
  if (depth > deepest) return [{ path, code: "condition_depth", message: `Conditions stand at most ${deepest} deep within each other.` }];
  if ("not" in condition) return conditionFaults(condition.not, before, [...path, "not"], depth + 1);
  if ("field" in condition) return testFaults(condition, before, path);
  const [name, parts] = "all" in condition ? (["all", condition.all] as const) : (["any", condition.any] as const);
  return parts.flatMap((part, at) => conditionFaults(part, before, [...path, name, at], depth + 1));
}

function testFaults(test: Extract<Condition, { field: string }>, before: readonly Field[], path: Path): FormFault[] {
  const field = before.find(({ key }) => key === test.field);
  if (field === undefined) {
    return [{ path: [...path, "field"], code: "condition_field", message: `There is no field ${test.field} further up.` }];
  }
  if ("answered" in test) return [];
  return test.is.flatMap((value, at): FormFault[] => {
    const never = valueFault(field, field.type === "choices" ? [String(value)] : value) !== null;
    return never ? [{ path: [...path, "is", at], code: "condition_value", message: `${field.key} is never ${String(value)}.` }] : [];
  });
}

function sameWords(one: Words, other: Words): boolean {
  return languages.some((language) => sameLabel(one[language], other[language]));
}

function sameLabel(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && plainLabel(one) === plainLabel(other);
}
