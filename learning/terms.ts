// A text cut into words, in any script. Knows which scripts run words together; refuses to know what a word means.

/** A piece of the folded text, `end` excluded: a word, or two signs of a script that writes no spaces. */
export interface Term {
  readonly start: number;
  readonly end: number;
}

/** A word or a run of signs, within which n-grams of characters are taken. */
export interface Run extends Term {
  /** A sign says about as much as a syllable or a word: shorter n-grams do. */
  readonly dense: boolean;
  /** Of a script that writes no spaces: more than a word. */
  readonly unspaced: boolean;
}

export interface Folded {
  readonly text: string;
  readonly terms: readonly Term[];
  readonly runs: readonly Run[];
}

/** In UTF-16 units: what follows is mostly quotation, and a text must not hold up the next. */
const longestText = 4_000;

const unspaced = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]`;
const inWord = String.raw`(?:(?!${unspaced})[\p{L}\p{N}\p{M}])`;
const pieces = new RegExp(
  String.raw`(?<unspaced>${unspaced}[${unspaced.slice(1, -1)}\p{M}]*)|${inWord}+(?:'${inWord}+)*|[\p{Sc}\p{Extended_Pictographic}]`,
  "gu",
);
const denseScript = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Compatibility forms and case are one; marks between words are gone. */
export function fold(written: string): Folded {
  const text = written.slice(0, longestText).normalize("NFKC").toLowerCase().replaceAll("’", "'");
  const terms: Term[] = [];
  const runs: Run[] = [];
  for (const { 0: piece, index: start, groups } of text.matchAll(pieces)) {
    const end = start + piece.length;
    const isUnspaced = groups?.unspaced !== undefined;
    runs.push({ start, end, dense: denseScript.test(piece), unspaced: isUnspaced });
    if (!isUnspaced) terms.push({ start, end });
    else terms.push(...pairsOfSigns(start, piece));
  }
  return { text, terms, runs };
}

/** Overlapping: 退款申请 gives 退款, 款申, 申请. */
function pairsOfSigns(start: number, piece: string): Term[] {
  const ends: number[] = [];
  let at = start;
  for (const sign of piece) ends.push((at += sign.length));
  if (ends.length === 1) return [{ start, end: at }];
  return ends.slice(1).map((end, index) => ({ start: index === 0 ? start : (ends[index - 1] as number), end }));
}
