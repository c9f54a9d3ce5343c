// Makes attachments of a mail's files: a name that is safe to show and save, a type by the bytes, a hash. It stores
// nothing and unpacks no archive.
import { createHash } from "node:crypto";
import type { Attachment } from "../reading";

/** A file as it came, from whichever container. */
export interface File {
  readonly name: string | null;
  readonly type: string | null;
  readonly contentId: string | null;
  readonly bytes: Uint8Array;
}

export async function attachmentOf(file: File, index: number): Promise<Attachment> {
  const type = await typeOf(file);
  return {
    name: safeName(file.name) ?? `attachment-${index + 1}${extensions[type] ?? ""}`,
    type,
    size: file.bytes.length,
    sha256: createHash("sha256").update(file.bytes).digest("hex"),
    contentId: file.contentId,
  };
}

const longest = 180;

/** The last part of any path, without what could mislead a file system or an eye; null when nothing is left. */
export function safeName(name: string | null): string | null {
  const last = (name ?? "").split(/[\\/]/).pop() ?? "";
  const plain = last
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu, "")
    .replace(/[<>:"|?*]/g, "_")
    .replace(/\s+/g, " ")
    .replace(/^[. ]+|[. ]+$/g, "");
  if (plain === "") return null;
  const safe = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(plain) ? `_${plain}` : plain;
  if (safe.length <= longest) return safe;
  const extension = /\.[^.]{1,12}$/.exec(safe)?.[0] ?? "";
  return `${Array.from(safe).slice(0, longest - extension.length - 1).join("")}~${extension}`.slice(0, longest + 2);
}

/** Bytes are believed, declarations only where bytes can't speak. A declared image that is none is just bytes. */
async function typeOf({ bytes, type }: File): Promise<string> {
  const declared = (type ?? "").toLowerCase().trim();
  const head = Buffer.from(bytes.subarray(0, 1_000)).toString("latin1").trimStart().toLowerCase();
  const found = isProse(declared, head) ? undefined : await typeByBytes(bytes);
  if (found !== undefined && found !== "application/xml") return found;
  if (svg.test(head)) return "image/svg+xml";
  if (/^(?:<!doctype html|<html|<head|<body|<script)/.test(head)) return "text/html";
  if (found !== undefined) return found;
  return !/^[\w.+-]+\/[\w.+-]+$/.test(declared) || recognisable.test(declared) ? unknown : declared;
}

/** Reports and copies of mails are most of what comes, and no bytes tell their type: to look would be in vain. */
function isProse(declared: string, head: string): boolean {
  return /^(?:text|message)\//.test(declared) && /^[\w<]/.test(head) && !head.includes("\0") && !/^(?:<\?xml|gif8|pk|rar|bz|id3|ftyp|begin:)/.test(head);
}

async function typeByBytes(bytes: Uint8Array): Promise<string | undefined> {
  const { fileTypeFromBuffer } = await import("file-type");
  const found = await fileTypeFromBuffer(bytes.subarray(0, sampleBytes)).catch(() => undefined);
  return found?.mime;
}

const svg = /^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*(?:<!doctype svg[^>]*>\s*)?<svg[\s>]/;
const unknown = "application/octet-stream";
const sampleBytes = 1024 * 1024;
/** Types whose first bytes would have told. */
const recognisable = /^(?:image\/(?!svg)|audio\/|video\/|application\/(?:pdf|zip|gzip|x-7z|x-rar|vnd\.openxml|msword))/;

const extensions: Record<string, string> = {
  "application/pdf": ".pdf",
  "image/png": ".png",
  "image/jpeg": ".jpg",
  "image/gif": ".gif",
  "message/rfc822": ".eml",
  "message/delivery-status": ".txt",
  "text/rfc822-headers": ".txt",
  "text/calendar": ".ics",
  "text/csv": ".csv",
  "text/html": ".html",
  "text/plain": ".txt",
  "text/vcard": ".vcf",
};
