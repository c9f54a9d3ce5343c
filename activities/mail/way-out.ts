// By which server a mail leaves: that of the mailbox whose address it leaves from, where it has one; else the one of all.
import { smtpSeal } from "../../mail/outgoing";
import type { SmtpSecret, SmtpSettings } from "../../mail/outgoing";

export interface WayOut {
  /** The name of the gate before it: one server that is away holds up no other's mails. */
  readonly gate: string;
  /** Mails per second from each address; null: as for all. */
  readonly perSecond: number | null;
  /** The mailbox's own server; null: the one of all. */
  readonly server: OwnServer | null;
}

export interface OwnServer extends SmtpSettings {
  readonly mailbox: string;
  /** Sealed; null: it needs none. */
  readonly secret: string | null;
}

/** By the server of all. */
export const usualWay: WayOut = { gate: "server", perSecond: null, server: null };

/** A mailbox's row, as far as it is about its way out. */
export interface WayRow {
  readonly mailbox: string;
  readonly smtp: SmtpSettings;
  readonly secret: string | null;
}

/** As it is set now: a change takes effect with the next mail. Null: the mailbox has none of its own. */
export function wayOf(row: WayRow | null): WayOut {
  if (row === null) return usualWay;
  const { mailbox, smtp, secret } = row;
  return { gate: `server of ${mailbox}`, perSecond: smtp.perSecond, server: { ...smtp, mailbox, secret } };
}

/** What nodemailer needs to sign in. Throws when the secret was sealed with another key. */
export function authOf({ mailbox, user, oauth, secret }: OwnServer, open: (sealed: string, about: string) => string) {
  if (user === null || secret === null) return undefined;
  const opened = JSON.parse(open(secret, smtpSeal(mailbox))) as SmtpSecret;
  if ("password" in opened) return { user, pass: opened.password };
  if (oauth === null) throw new Error("A grant without its client.");
  const { refreshToken, clientSecret } = opened;
  const { tokenUrl: accessUrl, clientId, scope } = oauth;
  const more = { ...(clientSecret !== null && { clientSecret }), ...(scope !== null && { customParams: { scope } }) };
  return { type: "OAuth2" as const, user, clientId, refreshToken, accessUrl, ...more };
}
