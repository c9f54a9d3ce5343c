// How the mails of one mailbox leave by a server of its own: what its row's `smtp` holds, and its secret once opened.

export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte, `starttls`, or `none`: on this machine or in a network of your own. */
  readonly security: "tls" | "starttls" | "none";
  /** Null: the server asks nobody who they are. */
  readonly user: string | null;
  /** Mails per second; null: as SMTP_PER_SECOND has it. */
  readonly perSecond: number | null;
  /** Null: the secret is the password. Else it is the refresh token, with the client's secret. */
  readonly oauth: { readonly tokenUrl: string; readonly clientId: string; readonly scope: string | null } | null;
}

/** As sealed in the row. */
export type SmtpSecret = { readonly password: string } | { readonly refreshToken: string; readonly clientSecret: string | null };

/** What the secret of a mailbox is sealed about. */
export function smtpSeal(mailbox: string): string {
  return `mailbox:${mailbox}:smtp`;
}
