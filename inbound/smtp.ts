// Mails brought by SMTP, by a mail server that forwards them: `250` is said when they are committed, never before. It takes
// mails for addresses of mailboxes alone, and sends nothing on.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import type { SMTPServerDataStream, SMTPServerSession } from "smtp-server";
import type { PrismaClient } from "../prisma/client";
import { acceptMail } from "./accept";
import { mailboxAt } from "./mailbox-at";

export interface SmtpDoor {
  readonly prisma: PrismaClient;
  readonly log: { info(facts: object, message: string): void; warn(facts: object, message: string): void };
  readonly host: string;
  /** 0: one that is free. */
  readonly port: number;
  /** Announced as SIZE, in bytes; larger mails are refused with 552. */
  readonly maxBytes: number;
  /** As it calls itself. */
  readonly name?: string;
  /** In PEM; with both, STARTTLS is offered. */
  readonly tls?: { readonly key: Buffer; readonly cert: Buffer };
}

export interface SmtpListener {
  readonly port: number;
  /** Takes no more connections, and ends those there are within a second: what isn't acknowledged is brought again. */
  close(): Promise<void>;
}

/** How many senders are served at once; one more is told to come again. */
const maxClients = 50;
const idleMs = 60_000;

/** Resolves when it listens, rejects when it can't. */
export async function listenForMails(door: SmtpDoor): Promise<SmtpListener> {
  const { tls } = door;
  const server = new SMTPServer({
    name: door.name ?? "perdura",
    banner: "Perdura",
    size: door.maxBytes,
    maxClients,
    socketTimeout: idleMs,
    closeTimeout: 1_000,
    authOptional: true,
    disabledCommands: tls === undefined ? ["AUTH", "STARTTLS"] : ["AUTH"],
    ...tls,
    // Looking up the client's name would ask the network.
    disableReverseLookup: true,
    onRcptTo: ({ address }, _session, done) => settle(done, () => mustBeOurs(door, address)),
    onData: (stream, session, done) => settle(done, () => take(door, stream, session)),
  });
  // A connection that breaks is its sender's business, who comes again.
  server.on("error", (error: Error & { code?: string }) => door.log.info({ error: error.code ?? error.name }, "An SMTP connection broke"));
  const listening = once(server.server, "listening");
  server.listen(door.port, door.host);
  await listening;
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** An answer to the sender: 4xx to come again, 5xx to give up. */
class Refused extends Error {
  constructor(
    readonly responseCode: number,
    message: string,
  ) {
    super(message);
  }
}

function settle(done: (error?: Error | null) => void, work: () => Promise<void>): void {
  work().then(
    () => done(),
    (error: unknown) => done(error instanceof Refused ? error : new Refused(451, "4.3.0 Not now: try again")),
  );
}

async function mustBeOurs({ prisma }: SmtpDoor, address: string): Promise<void> {
  if ((await mailboxAt(prisma, address)) === null) throw new Refused(550, "5.1.1 There is no such mailbox here");
}

async function take(door: SmtpDoor, stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
  const raw = await collect(stream, door.maxBytes);
  if (raw === null) throw new Refused(552, `5.3.4 At most ${door.maxBytes} bytes`);
  if (isSmuggling(raw)) throw new Refused(550, "5.6.0 A dot between bare line ends: end lines with CR LF");
  const { mailFrom, rcptTo } = session.envelope;
  const to = rcptTo.map(({ address }) => address);
  const envelope = {
    from: mailFrom === false || mailFrom.address === "" ? null : mailFrom.address,
    remote: session.remoteAddress,
    ...(session.hostNameAppearsAs !== "" && { helo: session.hostNameAppearsAs }),
  };
  const receivedAt = new Date();
  for (const [mailbox, addresses] of await byMailbox(door.prisma, to)) {
    await acceptMail(door.prisma, { mailbox, source: "smtp", raw, receivedAt, envelope: { ...envelope, to: addresses } }).catch((error: unknown) => {
      door.log.warn({ mailbox, error: error instanceof Error ? error.name : typeof error }, "A mail could not be committed");
      throw error;
    });
  }
}

/** Null when it is too large; it is read to its end all the same, or the sender would not hear the answer. */
async function collect(stream: SMTPServerDataStream, maxBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
  }
  return size > maxBytes || stream.sizeExceeded ? null : Buffer.concat(chunks);
}

/** What a server that takes bare line ends for real ones would read as the mail's end, and all behind it as commands. */
function isSmuggling(raw: Buffer): boolean {
  return /(?:^|[^\r])\n\.\r?\n|\r\n\.\n|\r\.\r(?!\n)/u.test(raw.toString("latin1"));
}

async function byMailbox(prisma: PrismaClient, addresses: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>();
  for (const address of addresses) {
    const mailbox = await mailboxAt(prisma, address);
    // It was there when the address was given: it has been taken away in between.
    if (mailbox === null) throw new Refused(451, "4.2.1 The mailbox is not there now");
    found.set(mailbox, [...(found.get(mailbox) ?? []), address]);
  }
  return found;
}
