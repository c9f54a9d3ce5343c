// The way to the mail server. Knows connections and their limits; refuses to try again by itself.
import { createTransport as createPool } from "nodemailer";
import type { SendMailOptions } from "nodemailer";
import type { Result } from "./ledger";
import { answerOf, inDoubt, troubleOf } from "./trouble";

export interface MailTransport {
  sendMail(mail: SendMailOptions): Promise<unknown>;
  /** Ends idle connections now and busy ones after their mail. */
  close(): void;
}

/**
 * Pools of connections to `smtp(s)://[user:password@]host:port`, one for each address that mails leave from: no mailbox takes
 * another's connections. They connect when first asked. An error that came when the server had the whole mail is in doubt.
 */
export function createTransport(smtpUrl: string): MailTransport {
  const pools = new Map<string, ReturnType<typeof createMailboxPool>>();
  return {
    async sendMail(mail) {
      const mailbox = mailboxOf(mail);
      const pool = pools.get(mailbox) ?? createMailboxPool(smtpUrl);
      pools.set(mailbox, pool);
      const progress: Progress = { isOut: false };
      try {
        return await pool.sendMail({ ...mail, progress } as SendMailOptions);
      } catch (error) {
        throw progress.isOut ? inDoubt(error) : error;
      }
    },
    close() {
      for (const pool of pools.values()) pool.close();
    },
  };
}

/** One attempt, told as the ledger has it. Never rejects. */
export async function handOver(transport: MailTransport, mail: SendMailOptions): Promise<Result> {
  try {
    return { state: "sent", ...answerOf(await transport.sendMail(mail)), sentAt: Date.now() };
  } catch (error) {
    return troubleOf(error);
  }
}

/** Whether all of a mail is on its way, its final dot included: from then on only the server's answer tells. */
interface Progress {
  isOut: boolean;
}

function mailboxOf({ from }: SendMailOptions): string {
  return typeof from === "string" ? from : ((from as { address?: string } | undefined)?.address ?? "");
}

function createMailboxPool(smtpUrl: string) {
  const pool = createPool({
    url: smtpUrl,
    pool: true,
    maxConnections: 5,
    maxMessages: 100,
    // One attempt here, the next by Temporal, where it is seen: a broken connection may have delivered its mail.
    maxRequeues: 0,
    dnsTimeout: 10_000,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    // A server that looks into mails takes its time over the last answer; to end before it would be to send twice.
    socketTimeout: 100_000,
    // A mail is made of what we pass; it never names a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // The connection reads to the end only once the server has asked for the text (354).
  pool.use("stream", ({ message, data }, done) => {
    const create = message.createReadStream.bind(message);
    message.createReadStream = (options) =>
      create(options).once("end", () => {
        (data as { progress?: Progress }).progress!.isOut = true;
      });
    done();
  });
  return pool;
}
