// How variables are read: kinds of values, and one list of all that is wrong. Knows no variable of Perdura's by name.
import { readFileSync, statSync } from "node:fs";
import { z } from "zod";

/** One variable that is wrong. Secrets are never repeated. */
export interface ConfigProblem {
  readonly variable: string;
  readonly given: string;
  readonly expected: string;
}

/** All that is wrong, in one error whose message is ready to be shown. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";

  constructor(readonly problems: readonly ConfigProblem[]) {
    const lines = problems.map(({ variable, given, expected }) => `  ${variable}: got ${given}, expected ${expected}`);
    super(`The configuration is wrong:\n${lines.join("\n")}`);
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** A text that is right as a whole or wrong as a whole, with one sentence for both. */
export function text(expected: string, isRight: (value: string) => boolean = () => true): z.ZodType<string, string> {
  return z.string({ error: expected }).refine(isRight, { error: expected });
}

export const oneOf = <const T extends readonly string[]>(...values: T): z.ZodType<T[number], string> =>
  text(`one of ${values.join(", ")}`, (value) => values.includes(value));

export const anyPort = text(
  "a port from 1 to 65535",
  (value) => /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535,
).transform(Number);

export const port = (fallback: number): z.ZodType<number, string | undefined> => anyPort.default(fallback);

/** A number of things, 0 or more. */
export const count = (fallback: number): z.ZodType<number, string | undefined> =>
  text("a whole number, 0 or more", (value) => /^\d{1,9}$/.test(value)).transform(Number).default(fallback);

export const url = (expected: string, ...schemes: string[]): z.ZodType<string, string> =>
  text(expected, (value) => URL.canParse(value) && schemes.includes(new URL(value).protocol));

export const boolean = oneOf("true", "false").transform((value) => value === "true");
export const content = text("the path of a file that can be read", isFile).transform((path) => readFileSync(path));
export const pem = z.string().transform((data) => Buffer.from(data));

/** What is wrong between variables that are right by themselves. */
type Check = (given: Environment) => ConfigProblem[];

/** Reads the variables that `shape` names. Throws a `ConfigError` with all that is wrong; `check` may add to it. */
export function parse<Shape extends z.ZodRawShape>(env: Environment, shape: Shape, check: Check = () => []): z.output<z.ZodObject<Shape>> {
  // FOO= in a shell or a compose file means "not set".
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => isGiven(value)));
  const result = z.object(shape).safeParse(given);
  const problems = [...(result.error?.issues ?? []).map((issue) => problemOf(issue, given)), ...check(given)];
  if (!result.success || problems.length > 0) throw new ConfigError(problems);
  return result.data;
}

function problemOf(issue: z.core.$ZodIssue, given: Environment): ConfigProblem {
  const variable = String(issue.path[0]);
  return { variable, given: shown(variable, given[variable]), expected: issue.message };
}

/** An empty variable is none. */
export function isGiven(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}

export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function shown(variable: string, value: string | undefined): string {
  if (value === undefined) return "nothing";
  if (/(SECRET|SIGNING_KEYS|API_KEY|LLM_KEY|SECRET_KEY|_DATA|DATABASE_URL|SMTP_URL)$/.test(variable)) return `${value.length} characters (not shown, may hold a secret)`;
  return JSON.stringify(value);
}
