// The requester's way in: a signed link that opens one ticket until it expires. Knows signatures; refuses to know
// persons.
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

export interface LinkOptions {
  /** Whoever knows it can open any ticket. */
  readonly secret: string;
  /** Where the requester's browser finds the API, e.g. `https://desk.example`. */
  readonly publicUrl: string;
  /** From a link's making to its end, ms. Default 30 days. */
  readonly lifetimeMs?: number;
}

export interface Links {
  /**
   * A fresh link to a ticket; `now` is in epoch ms. `former`: how many requesters it has had before the present one, whose link
   * it is. Throws a RangeError for a number that no ticket has.
   */
  linkTo(number: number, now: number, former?: number): string;
  /**
   * The ticket that a token opens, for which of its requesters, and whether its time is over at `now` (epoch ms); null for a
   * forged one.
   */
  read(token: string, now: number): { number: number; former: number; expired: boolean } | null;
}

const thirtyDaysMs = 30 * 24 * 3_600_000;

// A token is number (4 bytes), expiry in seconds (5), former requesters (3) and signature (18). As 30 is divisible by 3,
// base64url has no spare bits: one token has one spelling, and a change of any character changes what is signed or the signature.
const numberBytes = 4;
const expiryBytes = 5;
const formerBytes = 3;
const signedBytes = numberBytes + expiryBytes + formerBytes;
const signatureBytes = 18;
const spelling = /^[A-Za-z0-9_-]{40}$/;

export function createLinks({ secret, publicUrl, lifetimeMs = thirtyDaysMs }: LinkOptions): Links {
  // A key of its own: a signature made for another purpose with the same secret opens nothing here.
  const key = Buffer.from(hkdfSync("sha256", secret, "", "requester-link:v1", 32));
  const base = publicUrl.replace(/\/+$/u, "");
  return {
    linkTo(number, now, former = 0) {
      const signed = Buffer.alloc(signedBytes);
      signed.writeUInt32BE(number);
      signed.writeUIntBE(Math.ceil((now + lifetimeMs) / 1_000), numberBytes, expiryBytes);
      signed.writeUIntBE(former, numberBytes + expiryBytes, formerBytes);
      return `${base}/r/${Buffer.concat([signed, sign(key, signed)]).toString("base64url")}`;
    },
    read(token, now) {
      if (!spelling.test(token)) return null;
      const bytes = Buffer.from(token, "base64url");
      const signed = bytes.subarray(0, signedBytes);
      if (!timingSafeEqual(bytes.subarray(signedBytes), sign(key, signed))) return null;
      const expiresAt = signed.readUIntBE(numberBytes, expiryBytes) * 1_000;
      const former = signed.readUIntBE(numberBytes + expiryBytes, formerBytes);
      return { number: signed.readUInt32BE(), former, expired: now >= expiresAt };
    },
  };
}

function sign(key: Buffer, signed: Buffer): Buffer {
  return createHmac("sha256", key).update(signed).digest().subarray(0, signatureBytes);
}
