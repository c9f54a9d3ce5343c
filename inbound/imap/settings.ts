// How a mailbox is fetched by IMAP: what its row's `imap` holds, and its secret once opened.

export interface ImapSettings {
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte, `starttls`, or `none`: on this machine or in a network of your own. */
  readonly security: "tls" | "starttls" | "none";
  readonly user: string;
  readonly folder: string;
  /** Of what lies there when it is first connected: what nobody has read, all of it, or nothing. */
  readonly history: "unseen" | "all" | "none";
  /** Where mails go that have been taken in; null: they stay, marked as seen. */
  readonly moveTo: string | null;
  /** Null: the secret is the password. Else it is the refresh token, with the client's secret. */
  readonly oauth: { readonly tokenUrl: string; readonly clientId: string; readonly scope: string | null } | null;
}

/** As sealed in the row. */
export type ImapSecret = { readonly password: string } | { readonly refreshToken: string; readonly clientSecret: string | null };

/** What the secret of a mailbox is sealed about. */
export function imapSeal(mailbox: string): string {
  return `mailbox:${mailbox}:imap`;
}
