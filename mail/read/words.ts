// Decodes header text: RFC 2047 words, with what a label, a cut or a missing end has broken, turned into plain ones for the
// library, which knows where in a header they may stand.
import PostalMime from "postal-mime";
import { decodeText } from "./charset";

/** A header's text as people read it: decoded, on one line, without control characters. */
export function decodeHeader(value: string): string {
  return PostalMime.decodeWords(knownWords(value))
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
}

/** The same header, all of its encoded words in a form that every decoder knows. */
export function knownWords(value: string): string {
  return closed(value).replace(words, (run) => {
    const parts = [...run.matchAll(word)].map(([, charset = "", kind = "", text = ""]) => ({ label: charset.replace(/\*.*$/, ""), bytes: bytesOf(kind, text) }));
    return joined(parts).map(({ label, bytes }) => asUtf8(decodeText(bytes, label))).join(" ");
  });
}

const word = /=\?([^?\s]+)\?([bq])\?([^?]*)\?=/gi;
/** A run of them: the space between two is none of the text's. */
const words = new RegExp(`${word.source}(?:\\s+${word.source})*`, "gi");

/** A word that somebody cut off: "=?utf-8?Q?Hello" at the end. */
function closed(value: string): string {
  return value.replace(/(=\?[^?\s]+\?[bq]\?[^?\s]*)\??$/i, (_, open: string) => `${open}?=`).replace(/\?=\?=$/, "?=");
}

interface Word {
  readonly label: string;
  readonly bytes: Uint8Array;
}

/** Neighbours in one charset are one text: a character may be cut between them. */
function joined(parts: readonly Word[]): Word[] {
  const runs: Word[] = [];
  for (const part of parts) {
    const last = runs.at(-1);
    const goesOn = last !== undefined && last.label.toLowerCase() === part.label.toLowerCase();
    if (goesOn) runs[runs.length - 1] = { ...last, bytes: Buffer.concat([last.bytes, part.bytes]) };
    else runs.push(part);
  }
  return runs;
}

function bytesOf(kind: string, text: string): Uint8Array {
  if (/b/i.test(kind)) return Buffer.from(text, "base64");
  const latin = text.replaceAll("_", " ").replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return /[\u0100-\uffff]/.test(latin) ? Buffer.from(latin, "utf8") : Buffer.from(latin, "latin1");
}

function asUtf8(text: string): string {
  return `=?utf-8?B?${Buffer.from(text, "utf8").toString("base64")}?=`;
}
