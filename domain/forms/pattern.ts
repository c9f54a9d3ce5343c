// The patterns of fields: regular expressions in time linear to the text, whoever wrote them. What can't be matched without
// going back (references, looking around, boundaries) is not in the language; what is means the same as in JavaScript.

import { compile, TooLong } from "./pattern-run";
import type { Node } from "./pattern-run";

export const patternLimit = 200;

/** A pattern ready to use. `matches`: the whole text, or nothing. */
export interface Matcher {
  readonly matches: (text: string) => boolean;
}

export interface BadPattern {
  readonly bad: string;
}

/**
 * Reads a pattern: characters, `.`, classes (`[A-Z0-9]`), `\d \w \s \D \W \S \p{L}`, groups, `|`, `? * +` and counts (`{2,5}`).
 * Answers why it is none in one English sentence.
 */
export function readPattern(pattern: string): Matcher | BadPattern {
  if (pattern === "" || pattern.length > patternLimit) return { bad: `A pattern has 1 to ${patternLimit} characters.` };
  try {
    const reader = new Reader(pattern);
    const node = reader.alternatives();
    if (!reader.ended) throw new NotInTheLanguage("There is a ) that nothing opened.");
    return { matches: compile(node) };
  } catch (error) {
    if (error instanceof NotInTheLanguage || error instanceof TooLong) return { bad: error.message };
    throw error;
  }
}

class NotInTheLanguage extends Error {}

class Reader {
  private at = 0;
  private depth = 0;

  constructor(private readonly source: string) {}

  get ended(): boolean {
    return this.at >= this.source.length;
  }

  alternatives(): Node {
    if (++this.depth > 20) throw new NotInTheLanguage("Groups stand too deep within each other.");
    const either = [this.sequence()];
    while (this.take("|")) either.push(this.sequence());
    this.depth--;
    return either.length === 1 ? (either[0] as Node) : { either };
  }

  private sequence(): Node {
    const seq: Node[] = [];
    while (!this.ended && !this.sees("|") && !this.sees(")")) seq.push(this.quantified(this.atom()));
    return { seq };
  }

  private atom(): Node {
    if (this.take("(")) {
      if (this.sees("?") && !this.take("?:")) throw new NotInTheLanguage("Of what begins with (? only (?: is understood.");
      const inner = this.alternatives();
      if (!this.take(")")) throw new NotInTheLanguage("There is a ( that nothing closes.");
      return inner;
    }
    if (this.sees("^") || this.sees("$")) throw new NotInTheLanguage("A pattern is for the whole value: leave out ^ and $.");
    const found = ONE.exec(this.source.slice(this.at))?.[0];
    if (found === undefined || !isOne(found)) throw new NotInTheLanguage(`Not understood: ${this.source.slice(this.at, this.at + 10)}`);
    this.at += found.length;
    return { one: found };
  }

  private quantified(node: Node): Node {
    const found = /^(?:[?*+]|\{(\d{1,3})(,(\d{1,3})?)?\})/.exec(this.source.slice(this.at));
    if (found === null) return node;
    this.at += found[0].length;
    if (this.sees("?") || this.sees("*") || this.sees("+") || this.sees("{")) {
      throw new NotInTheLanguage("A count stands after another count.");
    }
    if (found[0] === "?") return { repeated: node, min: 0, max: 1 };
    if (found[0] === "*") return { repeated: node, min: 0, max: null };
    if (found[0] === "+") return { repeated: node, min: 1, max: null };
    const min = Number(found[1]);
    const max = found[2] === undefined ? min : found[3] === undefined ? null : Number(found[3]);
    if (max !== null && max < min) throw new NotInTheLanguage(`The count ${found[0]} ends before it begins.`);
    return { repeated: node, min, max };
  }

  private sees(text: string): boolean {
    return this.source.startsWith(text, this.at);
  }

  private take(text: string): boolean {
    const taken = this.sees(text);
    if (taken) this.at += text.length;
    return taken;
  }
}

/** A class, an escape, or a character that has no meaning of its own. */
const ONE = /^(?:\[(?:\\[^]|[^\\\]])+\]|\\[pP]\{\w+(?:=\w+)?\}|\\[dwsDWS^$\\.*+?()[\]{}|/tnr]|[^\\^$*+?()[\]{}|])/u;

/** What the language's own engine does not know is none. */
function isOne(source: string): boolean {
  try {
    return new RegExp(source, "u") instanceof RegExp;
  } catch {
    return false;
  }
}
