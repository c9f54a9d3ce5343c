// Mends the bytes of headers before the parser sees them: raw 8-bit text, a missing semicolon, mbox lines, lone
// carriage returns. It changes no body and knows nothing of MIME's tree.
import { decodeText, isAscii, isEscaped, isUtf8 } from "./charset";

const LF = 0x0a;
const CR = 0x0d;

/** The same mail with headers that a strict parser can read. */
export function repair(raw: Uint8Array): Uint8Array {
  const bytes = withBlankLine(withLineFeeds(withoutEnvelope(raw)));
  const fallback = labelIn(bytes);
  return Buffer.concat([...linesOf(bytes)].map(({ line, isHeader }) => (isHeader ? mend(line, fallback) : line)));
}

/** Archives put "From address date" or blank lines before the headers; some write ">From" for it. */
function withoutEnvelope(raw: Uint8Array): Uint8Array {
  let start = 0;
  if (raw[0] === 0xef && raw[1] === 0xbb && raw[2] === 0xbf) start = 3;
  while (raw[start] === LF || raw[start] === CR) start++;
  // "From : Ada" is a field with a space too many.
  while (/^>?From +[^\s:]/.test(ascii(raw, start, 40))) {
    const end = nextLine(raw, start);
    if (end >= raw.length) break;
    start = end;
  }
  return raw.subarray(start);
}

/** A mail whose lines end with CR alone (an old Mac's) has no lines at all for everybody else. */
function withLineFeeds(bytes: Uint8Array): Uint8Array {
  return bytes.includes(LF) || !bytes.includes(CR) ? bytes : bytes.map((byte) => (byte === CR ? LF : byte));
}

/**
 * Without an empty line, or without any header, a text would be lost as headers that nobody knows: it begins with the first
 * line that is none, if no field that makes a mail follows. A mere line of rubbish among headers stays what it is.
 */
function withBlankLine(bytes: Uint8Array): Uint8Array {
  let at = 0;
  let body = -1;
  for (; at < bytes.length && !isBlank(bytes, at, nextLine(bytes, at)); at = nextLine(bytes, at)) {
    const line = ascii(bytes, at, 100);
    const goesOn = at > 0 && isFold(bytes, at) && !/^\s*$/.test(line);
    if (body < 0 && !field.test(line) && !parameter.test(line) && !goesOn) body = at;
    else if (body >= 0 && known.test(line)) body = -1;
  }
  return body < 0 ? bytes : Buffer.concat([bytes.subarray(0, body), Buffer.from("\n"), bytes.subarray(body)]);
}

const field = /^[!-9;-~]+[ \t]*:/;
const known = /^(?:from|to|cc|date|subject|received|sender|references|precedence|[a-z]+(?:-[a-z\d]+)+)[ \t]*:/i;
const parameter = /^(?:boundary|charset|name|filename|type|format)\b[*\d]*=/i;

interface Line {
  readonly line: Uint8Array;
  readonly isHeader: boolean;
}

/**
 * The mail's headers as whole unfolded fields, those of parts too as far as they are Content fields behind a boundary;
 * all else in as large pieces as possible.
 */
function* linesOf(bytes: Uint8Array): Generator<Line> {
  let region: "top" | "part" | "body" = "top";
  let kept = 0;
  for (let at = 0; at < bytes.length; ) {
    let end = nextLine(bytes, at);
    if (isBlank(bytes, at, end)) region = "body";
    else if (region !== "top" && bytes[at] === 0x2d && bytes[at + 1] === 0x2d) region = "part";
    else if (region !== "body") {
      while (end < bytes.length && (isFold(bytes, end) || isParameter(bytes, at, end))) end = nextLine(bytes, end);
      if (region === "top" || /^content-/i.test(ascii(bytes, at, 8))) {
        if (kept < at) yield { line: bytes.subarray(kept, at), isHeader: false };
        yield { line: bytes.subarray(at, end), isHeader: true };
        kept = end;
      }
    }
    at = end;
  }
  if (kept < bytes.length) yield { line: bytes.subarray(kept), isHeader: false };
}

function mend(field: Uint8Array, fallback: string | null): Uint8Array {
  const isPlain = isAscii(field) && !isEscaped(field);
  const text = isPlain ? Buffer.from(field).toString("latin1") : asText(field, fallback);
  const mended = /^content-/i.test(text) ? withFolds(withSemicolon(text)) : text;
  return isPlain && mended === text ? field : Buffer.from(mended, "utf8");
}

/** Bytes within an encoded word belong to its charset, so they are encoded as it should have been. */
function asText(field: Uint8Array, fallback: string | null): string {
  const latin = Buffer.from(field).toString("latin1");
  const quoted = latin.replace(/=\?[^?\s]+\?q\?[^?]*\?=/gi, (word) =>
    word.replace(/[\x80-\xff]/g, (char) => `=${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`),
  );
  const bytes = Buffer.from(quoted, "latin1");
  if (isEscaped(bytes)) return decodeText(bytes, "iso-2022-jp");
  const label = isUtf8(bytes) ? "utf-8" : (/=\?(?<word>[^?*\s]+)[^?\s]*\?[bq]\?/i.exec(quoted)?.groups?.word ?? fallback);
  return decodeText(bytes, label);
}

/** `multipart/mixed boundary="x"`: without the semicolon the whole mail would be one part. */
function withSemicolon(text: string): string {
  return text.replace(/^(content-type:\s*[\w.+-]+\/[\w.+-]+)(\s+(?:boundary|charset|name)\s*=)/i, "$1;$2");
}

/** `Content-Type: multipart/mixed;` and `boundary="x"` at the very start of the next line. */
function isParameter(bytes: Uint8Array, from: number, at: number): boolean {
  return parameter.test(ascii(bytes, at, 20)) && /^content-[^:]+:[\s\S]*;\s*$/i.test(ascii(bytes, from, at - from));
}

function withFolds(text: string): string {
  return text.replace(/\n(?=\w+[*\d]*=)/g, "\n ");
}

/** The first charset that the mail names: raw 8-bit headers are mostly written in the charset of the body. */
function labelIn(bytes: Uint8Array): string | null {
  const head = ascii(bytes, 0, 20_000);
  return /charset\s*=\s*"?(?<label>[\w.:-]+)/i.exec(head)?.groups?.label ?? null;
}

function nextLine(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(LF, from);
  return end < 0 ? bytes.length : end + 1;
}

function isBlank(bytes: Uint8Array, from: number, end: number): boolean {
  return end - from <= 2 && (bytes[from] === LF || (bytes[from] === CR && bytes[from + 1] === LF));
}

function isFold(bytes: Uint8Array, at: number): boolean {
  return (bytes[at] === 0x20 || bytes[at] === 0x09) && !isBlank(bytes, at, nextLine(bytes, at));
}

function ascii(bytes: Uint8Array, from: number, length: number): string {
  return Buffer.from(bytes.subarray(from, from + length)).toString("latin1");
}
