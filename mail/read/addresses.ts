// Reads the addresses in From, To and their like: RFC 5322 with its obsolete forms, and the slips that mail programs make.
import PostalMime from "postal-mime";
import type { Address } from "../reading";
import { knownWords } from "./words";

/** All addresses in header values; of a group its members. */
export function addressesIn(values: readonly string[]): Address[] {
  return values
    .flatMap((value) => PostalMime.addressParser(tidied(knownWords(value)), { flatten: true }))
    .map(({ name, address }) => ({ name: clean(name), address: addressOf(address ?? "") }))
    .filter(({ name, address }) => name !== null || address !== null);
}

/**
 * Whoever wrote a mail: of several the first; "Byron, Ada <ada@example.com>", whose name lacks its quotes, is one.
 */
export function authorIn(value: string): Address {
  const all = addressesIn([value]);
  const named = all.findIndex(({ address }) => address !== null);
  const name = all.slice(0, named + 1).map((part) => part.name);
  if (named <= 0) return all[0] ?? { name: null, address: null };
  return { name: name.filter((part) => part !== null).join(", "), address: all[named]?.address ?? null };
}

/** Text on one line, without control characters; null when nothing is left. */
export function clean(text: string): string | null {
  return text.replace(/[\s\p{Cc}]+/gu, " ").trim() || null;
}

/** What stands in quotes is left alone: there everything is a name's own. */
function tidied(value: string): string {
  return withPlainComments(value)
    .split(/("(?:[^"\\]|\\.)*")/)
    .map((piece, at) => (at % 2 === 1 ? piece : withPlainBrackets(piece)))
    .join("");
}

/** "<<ada@x>>", "<mailto:ada@x>", the route of RFC 5322's appendix "<@relay,@other:ada@x>", "< ada @ x >". */
function withPlainBrackets(piece: string): string {
  return piece
    .replace(/<{2,}/g, "<")
    .replace(/>{2,}/g, ">")
    .replace(/<\s*(?:mailto:|(?:@[\w.-]+[\s,]*)+:)/gi, "<")
    .replace(/<\s*([^\s<>"]+)\s*@\s*([^\s<>"]+)\s*>/g, "<$1@$2>");
}

/** Comments may lie in comments and hold escaped brackets: the library knows plain ones only. */
function withPlainComments(value: string): string {
  let [depth, isQuoted, text] = [0, false, ""];
  for (let at = 0; at < value.length; at++) {
    const char = value[at] ?? "";
    const isEscaped = char === "\\" && (depth > 0 || isQuoted);
    if (isEscaped) text += depth > 0 ? (value[++at] ?? "").replace(/[()]/, "") : `\\${value[++at] ?? ""}`;
    else if (char === '"' && depth === 0) [isQuoted, text] = [!isQuoted, text + char];
    else if (isQuoted || !"()".includes(char)) text += char;
    else {
      depth = char === "(" ? depth + 1 : Math.max(0, depth - 1);
      if (depth === (char === "(" ? 1 : 0)) text += char;
    }
  }
  return text;
}

/** RFC 5322 lets a comment stand anywhere in an address: "pete(his account)@silly.test". */
const comment = /\([^()"]*\)/g;

/** Quotes of a local part are kept, or come back: without them `"ada@x y"@z` would be another's address. */
function addressOf(written: string): string | null {
  const address = clean(written.replace(comment, ""));
  const at = address?.lastIndexOf("@") ?? -1;
  const local = address?.slice(0, at) ?? "";
  const needsQuotes = at > 0 && /[\s@,;:<>]/.test(local) && !local.startsWith('"');
  return address === null || !needsQuotes ? address : `"${local}"${address.slice(at)}`;
}
