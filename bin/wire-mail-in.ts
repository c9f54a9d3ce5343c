// What takes mails in, put together: the steps of their life, and the doors that they come through.
import { createInboundActivities } from "../inbound/activities";
import type { InboundDeps } from "../inbound/deps";
import { listenForMails } from "../inbound/smtp";
import type { SmtpDoor, SmtpListener } from "../inbound/smtp";
import type { VerdictSettings } from "../inbound/verdict";
import { Reader } from "../mail/reader";
import { createSignedAddresses } from "../mail/signed/addresses";
import { CannotStart } from "../stack/cannot-start";

export interface MailInSettings {
  /** Undefined: nothing listens. */
  readonly smtp?: Pick<SmtpDoor, "host" | "port" | "name" | "maxBytes" | "tls"> | undefined;
  readonly verdicts: VerdictSettings;
}

/** Without settings: no door, and no header is believed. */
const closed: MailInSettings = { verdicts: { authservId: null, trustedSealers: [] } };

type Parts = Omit<InboundDeps, "reader" | "verdicts" | "signed"> &
  Pick<SmtpDoor, "log"> & {
    readonly mailIn?: MailInSettings | undefined;
    /** They sign reply addresses and Message-IDs: the first; all are believed. */
    readonly mailKeys: readonly [string, ...string[]];
  };

export interface MailIn {
  readonly activities: ReturnType<typeof createInboundActivities>;
  /** Where the SMTP listener stands; null: there is none. */
  readonly smtpPort: number | null;
  /** Takes nothing more in. */
  shut(): Promise<void>;
  /** After the last activity. */
  close(): Promise<void>;
}

export async function wireMailIn(parts: Parts): Promise<MailIn> {
  const { smtp, verdicts } = parts.mailIn ?? closed;
  const reader = new Reader();
  const listener = smtp && (await listen({ ...smtp, prisma: parts.prisma, log: parts.log }));
  return {
    activities: createInboundActivities({ ...parts, reader, verdicts, signed: createSignedAddresses(parts.mailKeys) }),
    smtpPort: listener?.port ?? null,
    shut: async () => await listener?.close(),
    close: async () => await reader.close(),
  };
}

async function listen(door: SmtpDoor): Promise<SmtpListener> {
  return await listenForMails(door).catch((cause: Error) => {
    throw new CannotStart(`Can't listen for mails on ${door.host}:${door.port}: ${cause.message}`, { cause });
  });
}
