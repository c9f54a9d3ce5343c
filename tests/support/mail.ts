// A real SMTP server that keeps what it accepts and misbehaves on demand.
import { randomUUID } from "node:crypto";
import type { AddressInfo, Socket } from "node:net";
import { SMTPServer, type SMTPServerSession } from "smtp-server";
import { parseMail, type ParsedMail } from "./mime";

export interface Mail extends ParsedMail {
  readonly id: string;
  /** The envelope's sender and recipients, which may differ from the headers. */
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  /** Epoch ms. */
  readonly receivedAt: number;
}

export type Stage = "connect" | "from" | "to" | "data" | "accepted";

/** An SMTP code to refuse with, a broken connection, or no answer at all. */
export type Trouble = number | "drop" | "hang";

/**
 * Decides at each stage what goes wrong; undefined: nothing does. "accepted" comes after the mail is kept and before
 * the sender hears of it: "drop" there leaves the sender in doubt. A promise holds the conversation up until it is kept.
 */
export type Fault = (stage: Stage, about: string) => Trouble | undefined | Promise<Trouble | undefined>;

const WAIT_MS = 20_000;

export class MailServer {
  readonly mails: Mail[] = [];
  /** What goes wrong from now on. */
  fault: Fault = () => undefined;
  /** How long it thinks about a mail that it has, ms. */
  slowMs = 0;
  private readonly watchers = new Set<() => void>();
  private readonly server: SMTPServer;

  private constructor() {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS", "AUTH"],
      // Looking up the client's name would ask the network.
      disableReverseLookup: true,
      closeTimeout: 100,
      onConnect: (session, done) => void this.at("connect", session.remoteAddress, session, done),
      onMailFrom: ({ address }, session, done) => void this.at("from", address, session, done),
      onRcptTo: ({ address }, session, done) => void this.at("to", address, session, done),
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", () => {
          const raw = Buffer.concat(chunks).toString("utf8");
          void this.at("data", raw, session, (error) => {
            if (error) return done(error);
            this.keep(raw, session);
            setTimeout(() => void this.at("accepted", raw, session, done), this.slowMs);
          });
        });
      },
    });
    // A connection that a test breaks on purpose is no error of the server.
    this.server.on("error", () => undefined);
  }

  /** Listens, on a free port by default. Call `stop` when done. */
  static async start(port = 0): Promise<MailServer> {
    const mail = new MailServer();
    await new Promise<void>((resolve) => mail.server.listen(port, "127.0.0.1", resolve));
    return mail;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** The mails whose envelope names this recipient, oldest first. */
  to(address: string): Mail[] {
    return this.mails.filter((mail) => mail.to.includes(address));
  }

  /** Resolves as soon as `wanted` finds something among the mails, at once or on arrival. Rejects with what came instead. */
  waitFor<T>(wanted: (mails: readonly Mail[]) => T | undefined | false, what = "the mail", withinMs = WAIT_MS): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        this.watchers.delete(look);
      };
      const look = (): void => {
        const found = wanted(this.mails);
        if (found === undefined || found === false) return;
        settle();
        resolve(found);
      };
      const timer = setTimeout(() => {
        settle();
        reject(new Error(`Waited ${withinMs} ms for ${what}; came:\n${this.describe()}`));
      }, withinMs);
      this.watchers.add(look);
      look();
    });
  }

  /** The first `count` mails to a recipient, once they have come. */
  waitForMailsTo(address: string, count = 1, withinMs = WAIT_MS): Promise<Mail[]> {
    const enough = (): Mail[] | undefined => (this.to(address).length >= count ? this.to(address).slice(0, count) : undefined);
    return this.waitFor(enough, `${count} mail(s) to ${address}`, withinMs);
  }

  /** Ends all connections and the server. */
  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private keep(raw: string, session: SMTPServerSession): void {
    const from = session.envelope.mailFrom;
    this.mails.push({
      ...parseMail(raw),
      id: randomUUID(),
      from: from ? from.address : "",
      to: session.envelope.rcptTo.map(({ address }) => address),
      raw,
      receivedAt: Date.now(),
    });
    this.watchers.forEach((look) => look());
  }

  private async at(stage: Stage, about: string, session: SMTPServerSession, done: (error?: Error | null) => void): Promise<void> {
    const trouble = await this.fault(stage, about);
    if (trouble === undefined) return done();
    if (trouble === "hang") return;
    if (trouble === "drop") this.socketOf(session)?.destroy();
    else done(Object.assign(new Error("As the test wants it"), { responseCode: trouble }));
  }

  private socketOf(session: SMTPServerSession): Socket | undefined {
    const connections = (this.server as unknown as { connections: Set<{ session: SMTPServerSession; _socket: Socket }> }).connections;
    return [...connections].find((connection) => connection.session.id === session.id)?._socket;
  }

  private describe(): string {
    if (this.mails.length === 0) return "  nothing";
    return this.mails.map((mail) => `  to ${mail.to.join(", ")}: ${mail.subject}`).join("\n");
  }
}
