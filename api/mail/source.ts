// Bytes from outside, handed out so that no browser shows or runs them.
import type { Response } from "express";
import { Problem } from "../problem";

/** The mail as it came. 404 once the retention policy has taken it. */
export function sendSource(response: Response, raw: Uint8Array | null): void {
  if (raw === null) throw new Problem("not_found", "The source is not kept any more.");
  sendFile(response, { name: "mail.eml", type: "message/rfc822", bytes: raw });
}

export interface SentFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Always to be saved, never shown: what a browser would run says nothing of its type. */
export function sendFile(response: Response, { name, type, bytes }: SentFile): void {
  const isHarmless = /^(?:image\/(?:png|jpeg|gif|webp)|application\/pdf|text\/plain|message\/rfc822)$/u.test(type);
  response.set({
    "Content-Type": isHarmless ? type : "application/octet-stream",
    "Content-Disposition": `attachment; filename="${asciiName(name)}"; filename*=UTF-8''${encoded(name)}`,
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
  });
  response.end(bytes);
}

function asciiName(name: string): string {
  return name.replace(/[^\x20-\x7e]|["\\%]/gu, "_");
}

/** As RFC 8187 has it. */
function encoded(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/gu, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
