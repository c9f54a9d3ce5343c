// Secrets that must be read again, as they are stored: sealed, so that a copy of the database alone gives none away.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

export interface Seals {
  /** `about` names whose secret it is: a seal that is moved to another row does not open. */
  seal(text: string, about: string): string;
  /** Throws when it was sealed with another key, about something else, or was changed. */
  open(sealed: string, about: string): string;
}

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/** @param secret PERDURA_SECRET: with another one, what was sealed can't be opened */
export function createSeals(secret: string): Seals {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "perdura seals", 32));
  return {
    seal: (text, about) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(about));
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64url");
    },
    open: (sealed, about) => {
      const bytes = Buffer.from(sealed, "base64url");
      const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(about)).setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString("utf8");
    },
  };
}
