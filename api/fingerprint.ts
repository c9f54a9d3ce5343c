// Hashes: of requests, so that a key used again with another one is noticed; of texts and secrets.
import { createHash } from "node:crypto";

/** SHA-256 (hex) of a JSON value; the order of an object's keys makes no difference. */
export function fingerprint(json: unknown): string {
  return sha256(JSON.stringify(sorted(json)));
}

/** SHA-256 (hex) of a text's UTF-8 bytes. */
export function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

function sorted(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(sorted);
  if (typeof json !== "object" || json === null) return json;
  const entries = Object.entries(json).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, value]) => [key, sorted(value)]));
}
