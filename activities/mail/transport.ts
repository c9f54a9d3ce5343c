// The way to the mail server. Knows connections and their limits; refuses to try again by itself.
import { createTransport as createPool } from "nodemailer";
import type { SendMailOptions } from "nodemailer";

export interface MailTransport {
  sendMail(mail: SendMailOptions): Promise<unknown>;
  /** Ends idle connections now and busy ones after their mail. */
  close(): void;
}

/** A pool of connections to `smtp(s)://[user:password@]host:port`. It connects when first asked. */
export function createTransport(smtpUrl: string): MailTransport {
  return createPool({
    url: smtpUrl,
    pool: true,
    maxConnections: 5,
    maxMessages: 100,
    // One attempt here, the next by Temporal, where it is seen: a broken connection may have delivered its mail.
    maxRequeues: 0,
    dnsTimeout: 10_000,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    // A mail is made of what we pass; it never names a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}
