// Chooses among a mail's parts: which are its text, which its HTML, which are files. It reads no header of the mail and
// trims nothing.
import { decodeText } from "./charset";
import { unflow } from "./flowed";
import type { Part } from "./tree";

export interface Body {
  /** The plain parts in their order; null when the mail has none. */
  readonly plain: string | null;
  /** As received, not sanitised; null when the mail has none. */
  readonly html: string | null;
  /** Parts that are files, in the order of the mail. */
  readonly files: readonly Part[];
}

export function bodyOf(root: Part): Body {
  const found: Found = { plain: [], html: [], files: [] };
  collect(root, found, "mixed");
  return {
    plain: found.plain.length === 0 ? null : found.plain.join("\n"),
    html: found.html.length === 0 ? null : found.html.join("\n"),
    files: found.files,
  };
}

interface Found {
  readonly plain: string[];
  readonly html: string[];
  readonly files: Part[];
}

function collect(part: Part, found: Found, within: string): void {
  if (part.parts.length > 0) {
    const kind = part.type.split("/")[1] ?? "mixed";
    for (const child of part.parts) collect(child, found, within === "alternative" && kind !== "mixed" ? within : kind);
  } else if (isBodyText(part, found, within)) collectText(part, found, within);
  else if (isFile(part)) found.files.push(part);
}

/** An empty part is nothing; everything else that is no body text can be fetched as a file. */
function isFile(part: Part): boolean {
  return part.bytes.length > 0 || part.filename !== null;
}

function isBodyText(part: Part, found: Found, within: string): boolean {
  // A multipart without parts has lost its boundary: what is there is all there is to read.
  if (part.type.startsWith("multipart/")) return part.bytes.length > 0;
  // RFC 2045: what can't be understood as a type is plain text.
  if (part.disposition === "attachment" || (!textTypes.has(part.type) && typeForm.test(part.type))) return false;
  // Apple Mail sends text files "inline": they are files once there is a text beside them.
  const isNamed = part.filename !== null && within !== "alternative";
  return !isNamed || (found.plain.length + found.html.length === 0 && part.disposition !== "inline");
}

const typeForm = /^[^\s/]+\/[^\s/]+$/;
const textTypes = new Set(["text/plain", "text/html", "text/enriched", "text/richtext", "text", "", "text/unknown"]);

function collectText(part: Part, found: Found, within: string): void {
  const text = textOf(part);
  if (part.type === "text/html") {
    found.html.push(text);
    return;
  }
  const plain = part.type === "text/enriched" || part.type === "text/richtext" ? withoutCommands(text) : text;
  if (within !== "alternative" || found.plain.length === 0 || plain.trim() !== "") found.plain.push(plain);
}

function textOf(part: Part): string {
  const label = part.parameters["charset"] ?? null;
  const text = decodeText(part.bytes, label ?? (part.type === "text/html" ? declaredInHtml(part.bytes) : null));
  const lines = text.replace(/\r\n?/g, "\n").replaceAll("\u0000", "");
  if (!/^flowed$/i.test(part.parameters["format"] ?? "")) return lines;
  return unflow(lines, /^yes$/i.test(part.parameters["delsp"] ?? ""));
}

function declaredInHtml(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 2_000)).toString("latin1");
  return /<meta[^>]+charset\s*=\s*["']?(?<label>[\w.:-]+)/i.exec(head)?.groups?.label ?? null;
}

/** RFC 1896: commands in angle brackets, "<<" for one, single line ends are spaces. */
function withoutCommands(text: string): string {
  return text
    .replace(/<param>[\s\S]*?<\/param>/gi, "")
    .replace(/<nl>/gi, "\n\n")
    .replace(/<<|<\/?[\w-]{1,60}>/g, (found) => (found === "<<" ? "<" : ""))
    .replace(/(?<!\n)\n(?!\n)/g, " ")
    .replace(/\n(\n+)/g, "$1");
}
