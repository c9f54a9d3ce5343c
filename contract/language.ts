// Which of our languages a language tag means.
import { languages } from "../domain/words";
import type { Language } from "../domain/words";

/** `de-AT` → `de`, `no` and `nn` → `nb`; whatever we do not speak → `en`. */
export function spoken(tag: string): Language {
  const primary = tag.split(/[-_]/)[0]?.toLowerCase();
  if (primary === "no" || primary === "nn") return "nb";
  return languages.find((language) => language === primary) ?? "en";
}
