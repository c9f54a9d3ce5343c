// A language model elsewhere, where one is to be asked: three variables and a limit.
import { isGiven, text, url, type ConfigProblem, type Environment } from "./environment";

export const assistant = {
  LLM_URL: url("an address to which /chat/completions is appended: https://llm.example.com/v1", "http:", "https:").optional(),
  LLM_KEY: text("the key for LLM_URL").optional(),
  LLM_MODEL: text("the name of a model at LLM_URL").optional(),
  LLM_SECONDS: text("1 to 10: longer nobody is kept waiting", (value) => /^([1-9]|10)$/.test(value)).transform(Number).default(5),
};

interface Read {
  readonly LLM_URL?: string | undefined;
  readonly LLM_KEY?: string | undefined;
  readonly LLM_MODEL?: string | undefined;
  readonly LLM_SECONDS: number;
}

/** Undefined when none is configured, as by default. */
export function assistantOf({ LLM_URL, LLM_KEY: key, LLM_MODEL: model, LLM_SECONDS }: Read) {
  if (LLM_URL === undefined || model === undefined) return undefined;
  return { url: LLM_URL.replace(/\/+$/, ""), key, model, limitMs: LLM_SECONDS * 1_000 };
}

/** An address without a model's name, or the other way round, is a mistake. */
export function halfAssistant(given: Environment): ConfigProblem[] {
  const pair = ["LLM_URL", "LLM_MODEL"] as const;
  const missing = pair.filter((variable) => !isGiven(given[variable]));
  const isWanted = isGiven(given["LLM_KEY"]) || missing.length < pair.length;
  return isWanted ? missing.map((variable) => ({ variable, given: "nothing", expected: "what belongs to the other LLM_ variables" })) : [];
}
