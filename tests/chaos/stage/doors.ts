// The doors that mails come in by, as the stage has them: the worker's SMTP listener, the API, and a real IMAP server that the
// worker fetches from; each behind a stretch of network of its own.
import { Dovecot, hasDovecot } from "../../support/dovecot";
import { TEST_KEYS } from "../../support/keys";
import type { Route } from "../clients/letters";
import { Proxy } from "./proxy";

/** smtpIn: from those who bring mails to our listener. httpIn: to the API. workerImap: from the worker to the IMAP server. */
export type MailLink = "smtpIn" | "httpIn" | "workerImap";

export interface Doors {
  /** The mailbox of each route. */
  readonly addresses: Readonly<Record<Route, string>>;
  readonly smtpPort: number;
  /** Where to POST a mail, and with what it is signed. */
  readonly httpUrl: string;
  readonly httpKey: Buffer;
  /** Null: this machine has no IMAP server. */
  readonly imap: { readonly server: Dovecot; readonly user: string } | null;
  /** Our own mail server's name in Authentication-Results. */
  readonly authservId: string;
}

export const authservId = "mx.chaos.example";

const user = "imap";
const addresses = { smtp: "support@perdura.localhost", http: "web@perdura.localhost", imap: "imap@perdura.localhost" };

/** What stands before the product is up: the IMAP server, and the ways. */
export class DoorFrames {
  private constructor(
    readonly links: Readonly<Partial<Record<MailLink, Proxy>>>,
    private readonly server: Dovecot | null,
  ) {}

  /** To the ports of the worker's listener and of the API. */
  static async build(smtp: number, api: number): Promise<DoorFrames> {
    const server = hasDovecot() ? await Dovecot.start() : null;
    const ways = { smtpIn: await Proxy.start(smtp), httpIn: await Proxy.start(api) };
    const links = server === null ? ways : { ...ways, workerImap: await Proxy.start(server.port) };
    return new DoorFrames(links, server);
  }

  /** Makes the mailboxes, as an admin does it. */
  async open(apiUrl: string): Promise<Doors> {
    const { smtpIn, httpIn, workerImap } = this.links;
    if (smtpIn === undefined || httpIn === undefined) throw new Error("There are no ways to the doors.");
    const { httpSecret } = await make(apiUrl, { id: "web", name: "Web", team: "support", addresses: [addresses.http], httpSecret: "new" });
    const { server } = this;
    if (server !== null && workerImap !== undefined) {
      const imap = { host: "127.0.0.1", port: workerImap.port, security: "none", user, password: server.password };
      await make(apiUrl, { id: "imap", name: "Fetched", team: "support", addresses: [addresses.imap], imap });
    }
    return {
      addresses,
      authservId,
      smtpPort: smtpIn.port,
      httpUrl: `http://127.0.0.1:${httpIn.port}/api/v1/inbound/mail?mailbox=web`,
      httpKey: Buffer.from((httpSecret ?? "").replace(/^whsec_/u, ""), "base64"),
      imap: server === null ? null : { server, user },
    };
  }

  async stop(): Promise<void> {
    await Promise.allSettled([...Object.values(this.links).map((link) => link.stop()), this.server?.stop()]);
  }
}

async function make(apiUrl: string, mailbox: object): Promise<{ httpSecret?: string }> {
  const headers = { authorization: `Bearer ${TEST_KEYS.admin}`, "content-type": "application/json" };
  const response = await fetch(`${apiUrl}/api/v1/mailboxes`, { method: "POST", headers, body: JSON.stringify(mailbox) });
  if (response.status !== 201) throw new Error(`A mailbox could not be made: ${response.status} ${await response.text()}`);
  return (await response.json()) as { httpSecret?: string };
}
