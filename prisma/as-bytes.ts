// Large values that nobody searches in, as bytes: a thousand candidates as jsonb take Postgres eight times as long to store. Knows
// how they are kept; refuses to know what they mean.
import { deflateSync, inflateSync } from "node:zlib";

/** Shorter ones stay JSON, which `convert_from(column, 'UTF8')` shows to whoever looks into the table. */
const deflatedFrom = 2_000;

/** JSON as UTF-8, deflated (RFC 1950) when it is long. */
export function asBytes(value: unknown): Buffer {
  const json = Buffer.from(JSON.stringify(value));
  return json.length < deflatedFrom ? json : deflateSync(json, { level: 1 });
}

export function fromBytes(bytes: Uint8Array): unknown {
  // RFC 1950: what is deflated with a window of 32 KB begins with 0x78, an "x", as no JSON does.
  const json = bytes[0] === 0x78 ? inflateSync(bytes) : Buffer.from(bytes);
  return JSON.parse(json.toString("utf8"));
}
