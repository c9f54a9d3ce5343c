// How a receiver knows that a call is ours and fresh: as https://www.standardwebhooks.com has it, symmetric signatures (v1).
import { createHmac } from "node:crypto";

export interface SignedCall {
  readonly "webhook-id": string;
  /** Seconds since 1970. */
  readonly "webhook-timestamp": string;
  readonly "webhook-signature": string;
}

/**
 * @param id the same for every attempt, so that the receiver can tell a repetition
 * @param secret `whsec_` and the key in base64
 * @param now epoch ms
 */
export function sign(id: string, body: string, secret: string, now: number): SignedCall {
  const timestamp = String(Math.floor(now / 1_000));
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
}
