// The bench's command line: which parts, and what they are told.
import { parseArgs } from "node:util";
import { CannotStart } from "../stack/cannot-start";
import type { Part, Settings } from "./part";

export interface Options {
  readonly chosen: readonly Part[];
  /** By the part's name. */
  readonly settings: ReadonlyMap<string, Settings>;
  readonly help: boolean;
}

/** Throws `CannotStart` with what is wrong and what there is. */
export function readOptions(args: readonly string[], parts: readonly Part[]): Options {
  const given = valuesOf(args, parts);
  const chosen = choose(parts, given["only"]);
  const settings = new Map(chosen.map((part) => [part.name, settingsOf(part, given)]));
  return { chosen, settings, help: given["help"] !== undefined };
}

export function usage(parts: readonly Part[]): string {
  const lines = parts.flatMap(({ name, about, byHand = false, settings = {} }) => [
    `  ${name}${byHand ? " (by hand: only when named)" : ""}`,
    `      ${about}`,
    ...Object.entries(settings).map(([setting, values]) => `      --${setting} ${values.join(",")}`),
  ]);
  return ["npm run bench [-- --only PART,PART] [--SETTING NUMBERS]", "", ...lines].join("\n");
}

type Given = Readonly<Record<string, string | undefined>>;

function valuesOf(args: readonly string[], parts: readonly Part[]): Given {
  const names = new Set(["only", ...parts.flatMap(({ settings = {} }) => Object.keys(settings))]);
  const options = Object.fromEntries([...names].map((name) => [name, { type: "string" as const }]));
  try {
    const { values } = parseArgs({ args: [...args], options: { ...options, help: { type: "boolean" } } });
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
  } catch (error) {
    throw new CannotStart(`${(error as Error).message}\n\n${usage(parts)}`);
  }
}

function choose(parts: readonly Part[], only: string | undefined): readonly Part[] {
  if (only === undefined) return parts.filter(({ byHand = false }) => !byHand);
  return only.split(",").map((name) => {
    const part = parts.find((each) => each.name === name);
    if (part === undefined) throw new CannotStart(`The bench has no part ${name}.\n\n${usage(parts)}`);
    return part;
  });
}

function settingsOf({ settings = {} }: Part, given: Given): Settings {
  return Object.fromEntries(
    Object.entries(settings).map(([name, usual]) => [name, given[name] === undefined ? usual : numbers(name, given[name])]),
  );
}

function numbers(name: string, text: string): readonly number[] {
  const values = text.split(",").map(Number);
  if (text === "" || !values.every((value) => value > 0)) throw new CannotStart(`--${name} wants numbers above 0, like 1,8.`);
  return values;
}
