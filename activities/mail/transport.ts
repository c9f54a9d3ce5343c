// The way to the mail server. Knows connections and their limits; refuses to try again by itself.
import { createTransport as createPool } from "nodemailer";
import type { SendMailOptions } from "nodemailer";
import type SMTPPool from "nodemailer/lib/smtp-pool";
import type { Result } from "./ledger";
import { answerOf, inDoubt, troubleOf } from "./trouble";
import { authOf } from "./way-out";
import type { OwnServer } from "./way-out";

export interface MailTransport {
  /** `server`: of the mailbox that it leaves from; null or left out: the one of all. */
  sendMail(mail: SendMailOptions, server?: OwnServer | null): Promise<unknown>;
  /** Ends idle connections now and busy ones after their mail. */
  close(): void;
}

/**
 * Pools of connections to `smtp(s)://[user:password@]host:port`, or to a mailbox's own server, whose secret `open` opens; one
 * for each address that mails leave from: no mailbox takes another's connections. They connect when first asked. An error
 * that came when the server had the whole mail is in doubt.
 */
export function createTransport(smtpUrl: string, open: Open = cannotOpen): MailTransport {
  const pools = new Map<string, Pool>();
  const poolFor = (mail: SendMailOptions, server: OwnServer | null): Pool => {
    const [mailbox, settings] = [`${mailboxOf(mail)} ${server?.mailbox ?? ""}`, JSON.stringify(server)];
    const before = pools.get(mailbox);
    if (before?.settings === settings) return before;
    const pool = Object.assign(createMailboxPool(server === null ? { url: smtpUrl } : optionsOf(server, open)), { settings });
    pools.set(mailbox, pool);
    before?.close();
    return pool;
  };
  return {
    async sendMail(mail, server = null) {
      const pool = poolFor(mail, server);
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
export async function handOver(transport: MailTransport, mail: SendMailOptions, server: OwnServer | null = null): Promise<Result> {
  try {
    return { state: "sent", ...answerOf(await transport.sendMail(mail, server)), sentAt: Date.now() };
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

/** `settings`: by which it was made; a mailbox whose server was changed gets another. */
type Pool = ReturnType<typeof createMailboxPool> & { readonly settings: string };

type Open = (sealed: string, about: string) => string;

const cannotOpen: Open = () => {
  throw new Error("Nothing here opens a mailbox's secret.");
};

function optionsOf(server: OwnServer, open: Open): SMTPPool.Options {
  const { host, port, security } = server;
  const auth = authOf(server, open);
  return { host, port, secure: security === "tls", requireTLS: security === "starttls", ignoreTLS: security === "none", ...(auth === undefined ? {} : { auth }) };
}

function createMailboxPool(server: SMTPPool.Options) {
  const pool = createPool({
    ...server,
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
