// All languages in which mail programs write around a quotation, as patterns. A new language is one more row.
import { ko, ja, zh } from "./languages/east-asian";
import { fi, pl, ru } from "./languages/european";
import { da, de, en, nb, nl, sv } from "./languages/germanic";
import { baltic, central, southEastAsian, southern } from "./languages/others";
import type { Phrases } from "./languages/phrases";
import { es, fr, it, pt } from "./languages/romance";

const all = [en, de, fr, es, pt, it, nl, da, nb, sv, fi, pl, ru, ko, zh, ja, central, baltic, southern, southEastAsian];

/** All languages at once: a German answers an English mail on a French telephone. */
export function anyOf(key: keyof Phrases): string {
  const rows = [...new Set(all.flatMap((phrases) => phrases[key]))];
  // The longer first, so that "Von meinem" is not cut short by "Von".
  return `(?:${rows.sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).join("|")})`;
}
