// What takes mails in, put together: the steps of their life, and the doors that they come through.
import { createTransport } from "../activities/mail/transport";
import type { MailTransport } from "../activities/mail/transport";
import { createAlertActivities, createInboundActivities } from "../inbound/activities";
import type { AlertActivities } from "../inbound/activities";
import type { AlertMail } from "../inbound/alert";
import type { InboundDeps } from "../inbound/deps";
import { keepMailboxes } from "../inbound/imap/keepers";
import { listenForMails } from "../inbound/smtp";
import type { SmtpDoor, SmtpListener } from "../inbound/smtp";
import type { VerdictSettings } from "../inbound/verdict";
import { createSeals } from "../contract/seal";
import { Reader } from "../mail/reader";
import { createSignedAddresses } from "../mail/signed/addresses";
import { CannotStart } from "../stack/cannot-start";

export interface MailInSettings {
  /** Undefined: nothing listens. */
  readonly smtp?: Pick<SmtpDoor, "host" | "port" | "name" | "maxBytes" | "tls"> | undefined;
  readonly verdicts: VerdictSettings;
  /** How many days sources are kept; 0 or left out: for ever. */
  readonly sourceDays?: number;
  /** How often a mailbox is looked at without being told, and the first wait after a failure, ms. */
  readonly imap?: { readonly lookEveryMs?: number; readonly firstWaitMs?: number };
}

/** Without settings: no door, and no header is believed. */
const closed: MailInSettings = { verdicts: { authservId: null, trustedSealers: [] } };

interface Parts extends Omit<InboundDeps, "reader" | "verdicts" | "signed"> {
  readonly mailIn?: MailInSettings | undefined;
  readonly databaseUrl: string;
  readonly smtpUrl: string;
  readonly mailFrom: string;
  readonly publicUrl: string;
  readonly transport?: MailTransport;
  /** Opens what is sealed. */
  readonly secret: string;
  /** They sign reply addresses and Message-IDs: the first; all are believed. */
  readonly mailKeys: readonly [string, ...string[]];
}

export interface MailIn {
  readonly activities: ReturnType<typeof createInboundActivities> & AlertActivities;
  /** Where the SMTP listener stands; null: there is none. */
  readonly smtpPort: number | null;
  /** Takes nothing more in. */
  shut(): Promise<void>;
  /** After the last activity. */
  close(): Promise<void>;
}

export async function wireMailIn(parts: Parts): Promise<MailIn> {
  const { smtp, verdicts, imap = {} } = parts.mailIn ?? closed;
  const reader = new Reader();
  const listener = smtp && (await listen({ ...smtp, prisma: parts.prisma, log: parts.log }));
  const { open } = createSeals(parts.secret);
  const keepers = keepMailboxes({ ...parts, ...imap, open });
  const transport = parts.transport ?? createTransport(parts.smtpUrl);
  const send = async (mail: AlertMail) => await transport.sendMail({ ...mail, headers: { ...mail.headers } });
  const alerts = createAlertActivities({ prisma: parts.prisma, from: parts.mailFrom, publicUrl: parts.publicUrl, send });
  return {
    activities: { ...alerts, ...createInboundActivities({ ...parts, reader, verdicts, signed: createSignedAddresses(parts.mailKeys) }) },
    smtpPort: listener?.port ?? null,
    shut: async () => {
      await Promise.all([listener?.close(), keepers.stop()]);
    },
    close: async () => {
      if (parts.transport === undefined) transport.close();
      await reader.close();
    },
  };
}

async function listen(door: SmtpDoor): Promise<SmtpListener> {
  return await listenForMails(door).catch((cause: Error) => {
    throw new CannotStart(`Can't listen for mails on ${door.host}:${door.port}: ${cause.message}`, { cause });
  });
}
