// Turns bytes into text by the label they came with, and by what they are where the label is missing or wrong. It knows
// encodings; it refuses to know what the text is for.
import { detect } from "chardet";
import { decode as decodeByTable, encodingExists } from "iconv-lite";
import { fromShifted, isShifted } from "./shifted";

/**
 * Never fails: what can't be decoded shows as U+FFFD. A label that contradicts the bytes loses: "us-ascii" on 8-bit
 * text, "utf-8" on Latin-1, "iso-8859-1" on UTF-8 all occur daily.
 * @param label as in `charset=`; null when there is none
 */
export function decodeText(bytes: Uint8Array, label: string | null): string {
  const marked = byMark(bytes);
  if (marked !== null) return marked;
  const charset = normalise(label);
  if (isShifted(charset)) return fromShifted(bytes, charset);
  if (isAscii(bytes)) return decodeAscii(bytes, charset);
  if (/^utf-?(16|32)/.test(charset) || charset === "ucs-2") return decodeWide(bytes, charset);
  return decodeEightBit(bytes, charset);
}

/** The labels of one sort of mail program, in the words of the standard. Small letters. */
export function normalise(label: string | null): string {
  const plain = (label ?? "").trim().toLowerCase().replace(/^["']+|["']+$/g, "").replace(/^x-(?!user|mac|sjis|gbk|euc|cp)/, "");
  const page = /^(?:windows|cp|ms|ibm|ansi_x3\.4|dos)?[-_]?(?<number>\d{3,5})$/.exec(plain)?.groups?.number;
  if (page !== undefined) return pages[page] ?? `cp${page}`;
  return aliases[plain] ?? plain;
}

const pages: Record<string, string> = {
  "1252": "windows-1252",
  "932": "shift_jis",
  "936": "gb18030",
  "949": "euc-kr",
  "950": "big5",
  "20127": "us-ascii",
  "28591": "iso-8859-1",
  "50220": "iso-2022-jp",
  "50221": "iso-2022-jp",
  "50225": "iso-2022-kr",
  "51949": "euc-kr",
  "54936": "gb18030",
  "65000": "utf-7",
  "65001": "utf-8",
};

const aliases: Record<string, string> = {
  utf8: "utf-8",
  utf7: "utf-7",
  "unicode-1-1-utf-7": "utf-7",
  "unicode-1-1-utf-8": "utf-8",
  ascii: "us-ascii",
  "ansi_x3.4-1968": "us-ascii",
  "unknown-8bit": "",
  unknown: "",
  "8bit": "",
  "7bit": "",
  binary: "",
  default_charset: "",
  gb2312: "gb18030",
  gbk: "gb18030",
  hz: "hz-gb-2312",
  "iso-2022-jp-1": "iso-2022-jp",
  "iso-2022-jp-2": "iso-2022-jp",
  "iso-2022-jp-ms": "iso-2022-jp",
  cp50221: "iso-2022-jp",
  "ks_c_5601-1987": "euc-kr",
  ms949: "euc-kr",
  uhc: "euc-kr",
  koi8r: "koi8-r",
  "iso8859-1": "iso-8859-1",
  latin1: "iso-8859-1",
  "latin-1": "iso-8859-1",
  utf16: "utf-16",
  utf32: "utf-32",
};

function byMark(bytes: Uint8Array): string | null {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return decodeAs(bytes.subarray(3), "utf-8");
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return decodeByTable(bytes, "utf-32le");
  if (a === 0xff && b === 0xfe) return decodeAs(bytes, "utf-16le");
  if (a === 0xfe && b === 0xff) return decodeAs(bytes, "utf-16be");
  return null;
}

/** Seven bits: plain, unless their label or their escapes say that they stand for something else. */
function decodeAscii(bytes: Uint8Array, charset: string): string {
  if (charset === "utf-7") return decodeByTable(bytes, "utf-7");
  if (isEscaped(bytes)) return decodeAs(bytes, "iso-2022-jp");
  if (bytes.includes(0) && /^utf-?(16|32)/.test(charset)) return decodeWide(bytes, charset);
  return decodeAs(bytes, "utf-8");
}

/** UTF-16 and UTF-32 without a mark: the zeros of their Latin letters tell the order of bytes. */
function decodeWide(bytes: Uint8Array, charset: string): string {
  if (!bytes.includes(0) && isUtf8(bytes)) return decodeAs(bytes, "utf-8");
  const isLittle = charset.endsWith("le") || (!charset.endsWith("be") && zerosAt(bytes, 1) >= zerosAt(bytes, 0));
  if (charset.includes("32")) return decodeByTable(bytes, isLittle ? "utf-32le" : "utf-32be");
  return decodeAs(bytes, isLittle ? "utf-16le" : "utf-16be");
}

function zerosAt(bytes: Uint8Array, parity: number): number {
  return bytes.subarray(0, 2_000).filter((byte, index) => index % 2 === parity && byte === 0).length;
}

function decodeEightBit(bytes: Uint8Array, charset: string): string {
  const isVague = charset === "" || charset === "us-ascii" || !isKnown(charset);
  if (isUtf8(bytes) && (isVague || charset === "utf-8" || singleByte.test(charset))) return decodeAs(bytes, "utf-8");
  if (isVague) return decodeAs(bytes, guess(bytes));
  const text = decodeAs(bytes, charset);
  if (strayShare(text) < 0.02) return text;
  if (isUtf8(bytes)) return decodeAs(bytes, "utf-8");
  const guessed = decodeAs(bytes, guess(bytes));
  return strayShare(guessed) < strayShare(text) / 2 ? guessed : text;
}

/** In these every run of bytes is text, so that they can't contradict their label: valid UTF-8 in them is UTF-8. */
const singleByte = /^(iso-?8859|windows-125|cp125|cp1252|macintosh|latin|koi8|cp850|cp437)/;

function guess(bytes: Uint8Array): string {
  // A few letters say too little: a wrong guess turns "Müller" into Chinese.
  const foreign = bytes.reduce((sum, byte) => sum + (byte >= 0x80 ? 1 : 0), 0);
  const isDense = foreign * 2 >= bytes.length;
  const found = foreign < 8 && !isDense ? "" : normalise(detect(bytes) ?? "");
  const isFit = isKnown(found) && found !== "utf-8" && found !== "us-ascii" && strayShare(decodeAs(bytes, found)) < 0.02;
  return isFit ? found : "windows-1252";
}

function isKnown(charset: string): boolean {
  return decoderFor(charset) !== null || encodingExists(charset);
}

function decodeAs(bytes: Uint8Array, charset: string): string {
  const table = /^(?:iso-8859-1|us-ascii)$/.test(charset) || !encodingExists(charset) ? "windows-1252" : charset;
  return decoderFor(charset)?.decode(bytes) ?? decodeByTable(bytes, table);
}

function decoderFor(charset: string): InstanceType<typeof TextDecoder> | null {
  // Node before 23 decodes windows-1252 as if it were Latin-1, and loses its quotes, dashes and the euro.
  if (charset === "" || charset === "replacement" || /^(?:windows-1252|iso-8859-1|us-ascii)$/.test(charset)) return null;
  try {
    return new TextDecoder(charset);
  } catch {
    return null;
  }
}

export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

export function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80);
}

/** ESC $ or ESC (: the switches of ISO-2022-JP. */
export function isEscaped(bytes: Uint8Array): boolean {
  return bytes.some((byte, index) => byte === 0x1b && (bytes[index + 1] === 0x24 || bytes[index + 1] === 0x28));
}

function strayShare(text: string): number {
  return text.length === 0 ? 0 : (text.split("\uFFFD").length - 1) / text.length;
}
