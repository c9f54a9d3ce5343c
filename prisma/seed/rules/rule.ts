// The shape of a rule that a new desk begins with. Han and Hangul match anywhere in a text, other words only whole: so
// the common forms of a word are written out.
import type { CategoryId } from "../categories";

/** `words`: one of them in the subject or the text is enough. */
export interface SeededRule {
  readonly id: string;
  readonly category: CategoryId;
  readonly type: "question" | "incident" | "request" | "bug" | "feature" | "change";
  readonly words: Readonly<Record<"en" | "de" | "nb" | "ko" | "zh", readonly string[]>>;
}

/** Words and phrases, written with commas between them. */
export function list(words: string): readonly string[] {
  return words.split(",").map((word) => word.trim().replace(/\s+/g, " "));
}
