// What the product answers to a case, beside what was expected.
import { ask } from "../../calendars/ask";
import { add, between, beyond, subtract } from "../../domain/calendar";
import type { Beyond } from "../../domain/calendar";
import type { HoursCase, Unreadable } from "./read-case";

export type Outcome = { readonly passed: true } | { readonly passed: false; readonly what: string };

export function judge(asked: HoursCase | Unreadable): Outcome {
  if ("unreadable" in asked) return { passed: false, what: `unreadable: ${asked.unreadable}` };
  const answer = answerTo(asked);
  if (answer === asked.expected) return { passed: true };
  return { passed: false, what: `${asked.name}: ${asked.op} came to ${told(asked, answer)}, expected ${told(asked, asked.expected)}` };
}

function answerTo({ calendar, op, start, ms, end }: HoursCase): number | Beyond {
  switch (op) {
    case "add":
      return ask([calendar], [start, start], (open) => add(open, start, ms));
    case "subtract":
      return ask([calendar], [start, start], (open) => subtract(open, start, ms));
    case "between":
      return ask([calendar], [Math.min(start, end), Math.max(start, end)], (open) => between(open, start, end));
  }
}

function told({ op }: HoursCase, answer: number | Beyond): string {
  if (answer === beyond) return "nothing: it never opens for that long";
  return op === "between" ? `${answer / 1_000} s` : new Date(answer).toISOString();
}
