// Decodes header text: RFC 2047 words by the library, after those in charsets or forms that it doesn't know were
// turned into ones that it does.
import PostalMime from "postal-mime";
import { decodeText } from "./charset";

/** A header's text as people read it: decoded, on one line, without control characters. */
export function decodeHeader(value: string): string {
  return PostalMime.decodeWords(knownWords(value))
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
}

/** The same header, all of its encoded words in forms that every decoder knows. */
export function knownWords(value: string): string {
  return joined(closed(value)).replace(word, (whole, charset: string, kind: string, text: string) => {
    const label = charset.replace(/\*.*$/, "");
    return isPlain(label) ? whole : asUtf8(decodeText(bytesOf(kind, text), label));
  });
}

const word = /=\?([^?\s]+)\?([bq])\?([^?]*)\?=/gi;

/** Charsets whose words the library decodes as well as we, and which carry no wrong label worth a look. */
function isPlain(label: string): boolean {
  return /^utf-?8$/i.test(label);
}

/** A word that somebody cut off: "=?utf-8?Q?Hello" at the end. */
function closed(value: string): string {
  return value.replace(/(=\?[^?\s]+\?[bq]\?[^?\s]*)\??$/i, (_, open: string) => `${open}?=`).replace(/\?=\?=$/, "?=");
}

/** Neighbours in one charset are one text: a character may be cut between them. */
function joined(value: string): string {
  const pair = /=\?([^?\s]+)\?(b|q)\?([^?]*)\?=\s+=\?\1\?\2\?([^?]*)\?=/gi;
  let last: string;
  let text = value;
  do {
    last = text;
    text = last.replace(pair, (whole, charset: string, kind: string, one: string, two: string) =>
      isPlain(charset) || (/b/i.test(kind) && /=$|^(?:.{4})*.{1,3}$/.test(one)) ? whole : `=?${charset}?${kind}?${one}${two}?=`,
    );
  } while (text !== last);
  return text;
}

function bytesOf(kind: string, text: string): Uint8Array {
  if (/b/i.test(kind)) return Buffer.from(text, "base64");
  const latin = text.replaceAll("_", " ").replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return /[\u0100-\uffff]/.test(latin) ? Buffer.from(latin, "utf8") : Buffer.from(latin, "latin1");
}

function asUtf8(text: string): string {
  return `=?utf-8?B?${Buffer.from(text, "utf8").toString("base64")}?=`;
}
