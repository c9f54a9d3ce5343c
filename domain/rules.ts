// Categorisation by rules: the first that matches decides. Reads a text once and keeps nothing of it.
import type { Channel, TicketType } from "./words";

/** All conditions that are given must hold; `words` holds when one of its words or phrases occurs. */
export interface Rule {
  readonly id: string;
  readonly words: readonly string[];
  readonly channel: Channel | null;
  readonly requesterDomain: string | null;
  readonly category: string;
  readonly type: TicketType | null;
  readonly team: string;
}

export interface Request {
  readonly subject: string;
  readonly text: string;
  readonly channel: Channel;
  readonly requesterDomain: string;
}

/** The first matching rule in the order given, or null. */
export function firstMatch(rules: readonly Rule[], request: Request): Rule | null {
  const words = fold(`${request.subject}\n${request.text}`);
  return rules.find((rule) => matches(rule, request, words)) ?? null;
}

/** Whether one of the words or phrases occurs. */
export function wordsOccur(words: readonly string[], text: string): boolean {
  const folded = fold(text);
  return words.some((word) => occurs(fold(word).trim(), folded));
}

function matches(rule: Rule, request: Request, words: string): boolean {
  return (
    (rule.channel === null || rule.channel === request.channel) &&
    (rule.requesterDomain === null || rule.requesterDomain === request.requesterDomain) &&
    (rule.words.length === 0 || rule.words.some((word) => occurs(fold(word).trim(), words)))
  );
}

// Words are bounded by what is no letter or digit. Han, Hangul, kana and Thai run words together, so there a phrase may
// stand anywhere.
const unspaced = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const endsInWord = /[\p{L}\p{N}]\p{M}*$/u;
const beginsInWord = /^[\p{L}\p{N}\p{M}]/u;

function occurs(word: string, words: string): boolean {
  if (word === "") return false;
  for (let at = words.indexOf(word); at !== -1; at = words.indexOf(word, at + 1)) {
    if (unspaced.test(word)) return true;
    const end = at + word.length;
    const before = words.slice(Math.max(0, at - 8), at);
    if (!endsInWord.test(before) && !beginsInWord.test(words.slice(end, end + 2))) return true;
  }
  return false;
}

function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ");
}
