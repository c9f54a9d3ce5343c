// Which of our languages a language tag means.
import { languages } from "../domain/words";
import type { Language } from "../domain/words";

/** As `languageOf`; whatever we do not speak → `en`. */
export function spoken(tag: string): Language {
  return languageOf(tag) ?? "en";
}

/** `de-AT` → `de`, `no` and `nn` → `nb`; null for what we do not speak. */
export function languageOf(tag: string): Language | null {
  const primary = tag.split(/[-_]/)[0]?.toLowerCase();
  if (primary === "no" || primary === "nn") return "nb";
  return languages.find((language) => language === primary) ?? null;
}
