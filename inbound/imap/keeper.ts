// Keeps one mailbox fetched, for ever: connects, fetches, marks, waits to be told of more (IDLE) or until it is time to look;
// when anything breaks it notes why, waits a growing while, and connects again.
import { setTimeout as sleep } from "node:timers/promises";
import { ImapFlow } from "imapflow";
import type { PrismaClient } from "../../prisma/client";
import { fetchNew } from "./fetch";
import { markSettled } from "./mark";
import { AccessTokens, OAuthRefused } from "./oauth";
import { imapSeal } from "./settings";
import type { ImapSecret, ImapSettings } from "./settings";
import { NoFolder, SealBroken, troubleOf } from "./trouble";

export interface KeeperDeps {
  readonly prisma: PrismaClient;
  readonly log: { info(facts: object, message: string): void; warn(facts: object, message: string): void };
  /** Opens what is sealed about something. */
  readonly open: (sealed: string, about: string) => string;
  /** How often it looks without being told, ms. Default one minute. */
  readonly lookEveryMs?: number;
  /** The first wait after a failure, ms; it doubles up to five minutes. Default one second. */
  readonly firstWaitMs?: number;
}

const longestWaitMs = 300_000;
/** A server that says nothing for so long is gone; longer than it is left alone. ms */
const silentMs = 90_000;
const connectMs = 20_000;

export class Keeper {
  private readonly stopping = new AbortController();
  private readonly tokens = new AccessTokens();
  private nudged: () => void = () => undefined;
  private wasNudged = false;
  private readonly running: Promise<void>;

  constructor(
    private readonly deps: KeeperDeps,
    readonly mailbox: string,
  ) {
    this.running = this.run();
  }

  /** Something is to be marked, or looked at. */
  nudge(): void {
    this.wasNudged = true;
    this.nudged();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.nudge();
    await this.running;
  }

  private async run(): Promise<void> {
    const { firstWaitMs = 1_000 } = this.deps;
    let waitMs = firstWaitMs;
    while (!this.stopping.signal.aborted) {
      try {
        await this.connected(() => {
          waitMs = firstWaitMs;
        });
      } catch (error) {
        await this.noteTrouble(error);
      }
      // Not all at the same moment when a server that many mailboxes are on comes back.
      await this.pause(waitMs * (0.5 + Math.random() / 2));
      waitMs = Math.min(2 * waitMs, longestWaitMs);
    }
  }

  /** One connection, until it breaks or we stop. */
  private async connected(onFetched: () => void): Promise<void> {
    const { prisma, lookEveryMs = 60_000 } = this.deps;
    const settings = await this.settings();
    const client = await this.connect(settings);
    let isOver = false;
    const closed = new Promise<void>((resolve) => client.once("close", resolve)).then(() => {
      isOver = true;
    });
    client.on("exists", () => this.nudge());
    try {
      await prisma.mailbox.update({ where: { id: this.mailbox }, data: { connectedAt: new Date() } });
      await client.mailboxOpen(settings.folder).catch((error: { responseStatus?: string }) => {
        throw error.responseStatus === "NO" ? new NoFolder(settings.folder) : error;
      });
      while (!this.stopping.signal.aborted && !isOver) {
        this.wasNudged = false;
        await fetchNew(prisma, client, this.mailbox, settings);
        await markSettled(prisma, client, this.mailbox, settings);
        await this.noteFetched();
        onFetched();
        await this.untilTold(client, closed, lookEveryMs);
      }
      if (isOver && !this.stopping.signal.aborted) throw new Error("The server has ended the connection.");
    } finally {
      await Promise.race([client.logout().catch(() => undefined), sleep(1_000, undefined, { ref: false })]);
      client.close();
    }
  }

  private async connect(settings: ImapSettings): Promise<ImapFlow> {
    const { host, port, security, user } = settings;
    const client = new ImapFlow({
      host,
      port,
      secure: security === "tls",
      doSTARTTLS: security === "starttls",
      auth: { user, ...(await this.credentials(settings)) },
      logger: false,
      disableAutoIdle: true,
      connectionTimeout: connectMs,
      greetingTimeout: connectMs,
      socketTimeout: silentMs,
      clientInfo: { name: "Perdura" },
    });
    // What fails fails the command under way as well.
    client.on("error", () => undefined);
    await client.connect().catch((error: unknown) => {
      this.tokens.forget(this.mailbox);
      client.close();
      throw error;
    });
    return client;
  }

  private async settings(): Promise<ImapSettings> {
    const { imap } = await this.deps.prisma.mailbox.findUniqueOrThrow({ where: { id: this.mailbox }, select: { imap: true } });
    return imap as unknown as ImapSettings;
  }

  private async credentials({ oauth }: ImapSettings): Promise<{ pass: string } | { accessToken: string }> {
    const { imapSecret } = await this.deps.prisma.mailbox.findUniqueOrThrow({ where: { id: this.mailbox }, select: { imapSecret: true } });
    const secret = this.unsealed(imapSecret ?? "");
    if ("password" in secret) return { pass: secret.password };
    if (oauth === null) throw new OAuthRefused("no token server is set");
    return { accessToken: await this.tokens.tokenFor(this.mailbox, oauth, secret) };
  }

  private unsealed(sealed: string): ImapSecret {
    try {
      return JSON.parse(this.deps.open(sealed, imapSeal(this.mailbox))) as ImapSecret;
    } catch (cause) {
      throw new SealBroken("It does not open.", { cause });
    }
  }

  /** New mail, a nudge, the end, or time to look: servers without IDLE, and those that forget to tell, are looked at. */
  private async untilTold(client: ImapFlow, closed: Promise<void>, atMostMs: number): Promise<void> {
    if (this.wasNudged) return;
    const done = new AbortController();
    const told = new Promise<void>((resolve) => {
      this.nudged = resolve;
    });
    // The next command ends it.
    void client.idle().catch(() => undefined);
    const timer = sleep(atMostMs, undefined, { signal: done.signal }).catch(() => undefined);
    await Promise.race([told, closed, timer]);
    done.abort();
  }

  private async noteFetched(): Promise<void> {
    const well = { fetchedAt: new Date(), failingSince: null, errorCode: null, errorText: null };
    await this.deps.prisma.mailbox.update({ where: { id: this.mailbox }, data: well });
  }

  private async noteTrouble(error: unknown): Promise<void> {
    if (this.stopping.signal.aborted) return;
    const { code, text } = troubleOf(error);
    this.deps.log.warn({ mailbox: this.mailbox, error: code }, "A mailbox can't be fetched; it is tried again");
    const { prisma, mailbox: id } = { ...this.deps, mailbox: this.mailbox };
    await prisma.$executeRaw`
      UPDATE mailboxes SET failing_since = coalesce(failing_since, clock_timestamp()), error_code = ${code}, error_text = ${text}
      WHERE id = ${id}`.catch(() => undefined);
  }

  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
