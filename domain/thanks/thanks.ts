// Whether a reply is thanks and nothing else, so that it needs nobody. Every word of it must be known for that: whoever wants
// something more is never taken to be content. Knows phrases; refuses to guess.
import { benign, closings, greetings, risky, thanking } from "./phrases";

/** Longer ones say more than thanks. In characters. */
const longest = 240;

/** Faces and hands that say no more than the words. */
const cheers =
  /(?:\u{1F44D}|\u{1F44C}|\u{1F44F}|\u{1F64F}|\u{1F642}|\u{1F60A}|[\u{1F600}-\u{1F604}]|\u{1F60D}|\u{1F618}|\u{1F917}|\u{1F970}|\u{1F929}|\u{1F389}|\u{1F490}|\u{1F339}|\u{2764}|\u{2665}|\u{263A}|\u{1F499}|\u{1F49B}|\u{1F49C})(?:\u{FE0F}|\u{1F3FB}|\u{1F3FC}|\u{1F3FD}|\u{1F3FE}|\u{1F3FF})?|[:;]-?[)D]|<3|\^\^/gu;
/** What never stands in mere thanks: questions, figures, addresses, whatever is quoted. */
const more = /[?？¿\p{N}@#/\\<>|*_=%$€£¥"“”„«»「」『』[\]{}]/u;
const breaks = /[.!,;:~…·。！，、；：～\-–—()（）¡\s]*\n[.!,;:~…·。！，、；：～\-–—()（）¡\s]*|[.!,;:~…·。！，、；：～–—()（）¡]+|\s-+\s/u;

/** `text`: what is new in the reply. False whenever it may say more. */
export function isThanks(text: string): boolean {
  const plain = text.normalize("NFKC").replace(/[’‘`´]/gu, "'").replace(cheers, " ").trim();
  if (plain.length === 0 || plain.length > longest || more.test(plain)) return false;
  let thanked = false;
  let before: Kind = "begin";
  const parts = partsOf(plain);
  for (const [index, part] of parts.entries()) {
    const kind = kindOf(part, before, index === parts.length - 1 && thanked);
    if (kind === null) return false;
    thanked ||= kind === "thanks";
    before = kind;
  }
  return thanked;
}

type Kind = "begin" | "thanks" | "greeting" | "closing" | "benign" | "name";

interface Part {
  readonly words: string;
  /** Whether it has its line to itself. */
  readonly alone: boolean;
}

function partsOf(plain: string): readonly Part[] {
  return plain.split("\n").flatMap((line) => {
    const parts = line.split(breaks).map((words) => words.trim().replace(/\s+/gu, " ")).filter((words) => words !== "");
    return parts.map((words) => ({ words, alone: parts.length === 1 }));
  });
}

/** Null: it says something else. A name stands where names do: after a greeting or thanks, and under the whole. */
function kindOf({ words, alone }: Part, before: Kind, isLast: boolean): Kind | null {
  const known = readAll(words);
  if (known !== null) return known;
  for (const rest of withoutNames(words)) {
    const kind = rest === "" ? null : readAll(rest);
    if (kind === "greeting" || kind === "thanks" || kind === "closing") return kind;
    if (rest === "" && (before === "closing" || before === "greeting" || (isLast && alone))) return "name";
  }
  return null;
}

/** What all of the words are, when phrases cover them without a gap; null when they don't. Thanks in any of them make it thanks. */
function readAll(words: string): Kind | null {
  const text = words.toLowerCase();
  const reached = new Map<number, Kind>([[0, "begin"]]);
  for (let at = 0; at < text.length; at++) {
    const kind = reached.get(at);
    if (kind === undefined) continue;
    for (const [phrases, is] of lexicon) {
      for (const phrase of phrases.get(text[at] ?? "") ?? []) {
        const end = endOf(text, at, phrase);
        if (end === null) continue;
        const both = kind === "thanks" || is === "thanks" ? "thanks" : is;
        if (reached.get(end) !== "thanks") reached.set(end, both);
      }
    }
  }
  return reached.get(text.length) ?? null;
}

/** Where a phrase that begins at `at` ends, the space after it included; null: it isn't there, or stops amid a word. */
function endOf(text: string, at: number, phrase: string): number | null {
  if (!text.startsWith(phrase, at)) return null;
  const end = at + phrase.length;
  if (text[end] === " ") return end + 1;
  return end === text.length || !isSpaced(phrase) ? end : null;
}

/** Whether words of its script are set apart by spaces. */
function isSpaced(phrase: string): boolean {
  return !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]$/u.test(phrase);
}

/** What is left of the words without the name at their end, of one word or two, where one can be. */
function withoutNames(words: string): readonly string[] {
  const all = words.split(" ");
  return [1, 2].flatMap((length) => {
    const name = all.slice(-length);
    const isName = all.length >= length && name.every((word) => /^\p{Lu}[\p{Ll}'-]+$/u.test(word) && !risky.has(word.toLowerCase()));
    return isName ? [all.slice(0, -length).join(" ")] : [];
  });
}

/** By their first letter. */
const lexicon: readonly (readonly [ReadonlyMap<string, readonly string[]>, Kind])[] = [
  [byLetter(thanking), "thanks"],
  [byLetter(greetings), "greeting"],
  [byLetter(closings), "closing"],
  [byLetter(benign), "benign"],
];

function byLetter(phrases: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const letters = new Map<string, string[]>();
  for (const phrase of new Set(phrases)) {
    const first = phrase[0] ?? "";
    const others = letters.get(first);
    // There are tens of thousands.
    if (others === undefined) letters.set(first, [phrase]);
    else others.push(phrase);
  }
  return letters;
}
