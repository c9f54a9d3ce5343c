// Mails that come in, and the mailboxes they come to.
import { z } from "zod";
import { languages, ticketTypes } from "../domain/words";
import { attachmentView } from "./attachment";
import { email, id, storable, words } from "./text";

/** Which mailbox a mail is for. */
export const inboundQuery = z.strictObject({ mailbox: id });

/** `known`: the same bytes had come to this mailbox before. */
export const inboundReceipt = z.strictObject({ mail: z.uuid(), known: z.boolean() });
export type InboundReceipt = z.infer<typeof inboundReceipt>;

const address = email.transform((text) => text.toLowerCase());
const host = z.string().max(253).regex(/^[A-Za-z0-9.:-]+$/u, "A host name or an IP address.");

const password = storable(1_000).min(1);
const oauth = z.strictObject({
  tokenUrl: z.url({ protocol: /^https$/u, error: "Not an address that begins with https." }),
  clientId: words(500),
  clientSecret: storable(1_000).nullable().default(null),
  refreshToken: storable(8_000).min(1),
  scope: words(1_000).nullable().default(null),
});

/** With `oauth` the secret is a refresh token and `user` the account; else `password` is needed. */
const imap = z.strictObject({
  host,
  port: z.int().min(1).max(65_535).default(993),
  security: z.enum(["tls", "starttls", "none"]).default("tls"),
  user: words(254),
  password: password.optional(),
  oauth: oauth.optional(),
  folder: words(200).default("INBOX"),
  history: z.enum(["unseen", "all", "none"]).default("unseen"),
  moveTo: words(200).nullable().default(null),
});

/** Either a password or OAuth2, never both. */
const imapSource = imap.refine(({ password, oauth }) => (password === undefined) !== (oauth === undefined), {
  message: "Either password or oauth.",
  params: { code: "one_of" },
});
export type ImapSource = z.infer<typeof imapSource>;

/** How its mails leave: by `user` with a password or OAuth2, or unasked in a network of your own. */
const smtp = z.strictObject({
  host,
  port: z.int().min(1).max(65_535).default(465),
  security: z.enum(["tls", "starttls", "none"]).default("tls"),
  user: words(254).nullable().default(null),
  password: password.optional(),
  oauth: oauth.optional(),
  /** Mails per second; null: as for all. */
  perSecond: z.number().positive().max(1_000).nullable().default(null),
});

const smtpServer = smtp.refine(({ user, password: secret, oauth: grant }) => [secret, grant].filter((one) => one !== undefined).length === (user === null ? 0 : 1), {
  message: "A user with either password or oauth, or none of them.",
  params: { code: "one_of" },
});
export type SmtpServer = z.infer<typeof smtpServer>;

const httpSecret = z.string().regex(/^whsec_[A-Za-z0-9+/]{32,88}=*$/u, "whsec_ and 24 to 64 bytes in base64.");

const mailboxFields = {
  name: words(200),
  team: id,
  addresses: z.array(address).min(1).max(50),
  type: z.enum(ticketTypes).nullable(),
  language: z.enum(languages),
  trustReplyTo: z.boolean(),
  enabled: z.boolean(),
  imap: imapSource.nullable(),
  smtp: smtpServer.nullable(),
  httpSecret: z.union([z.literal("new"), httpSecret]).nullable(),
};

/**
 * `imap` null: mails are brought to it. `smtp` null: its mails leave by the server of all. `httpSecret` `"new"`: one is made,
 * for `POST /inbound/mail`.
 */
export const newMailbox = z.strictObject({
  id,
  ...mailboxFields,
  type: mailboxFields.type.default(null),
  language: mailboxFields.language.default("en"),
  trustReplyTo: mailboxFields.trustReplyTo.default(false),
  enabled: mailboxFields.enabled.default(true),
  imap: mailboxFields.imap.default(null),
  smtp: mailboxFields.smtp.default(null),
  httpSecret: mailboxFields.httpSecret.default(null),
});

/** What is left out stays. A new `imap` or `smtp` replaces the whole of it, with its secret. */
export const mailboxChange = z.strictObject(mailboxFields).partial();
export type MailboxChange = z.infer<typeof mailboxChange>;

const at = z.iso.datetime();

/** `status`: `passive` mails are brought to it; `connecting` it has not been fetched yet; `stale` not for too long. */
export const mailboxView = z.strictObject({
  id,
  name: z.string(),
  team: z.string(),
  addresses: z.array(z.string()),
  type: z.string().nullable(),
  language: z.string(),
  trustReplyTo: z.boolean(),
  enabled: z.boolean(),
  imap: imap.omit({ password: true, oauth: true }).extend({ oauth: z.boolean() }).nullable(),
  smtp: smtp.omit({ password: true, oauth: true }).extend({ oauth: z.boolean() }).nullable(),
  /** Whether `POST /inbound/mail` takes mails for it. */
  http: z.boolean(),
  /** There once: in the answer to the command that made it. */
  httpSecret: z.string().optional(),
  status: z.enum(["off", "passive", "connecting", "ok", "failing", "stale"]),
  lastConnectedAt: at.nullable(),
  lastFetchedAt: at.nullable(),
  /** What keeps it from being fetched, in plain words, and since when. */
  error: z.strictObject({ code: z.string(), text: z.string(), since: at }).nullable(),
});
export type MailboxView = z.infer<typeof mailboxView>;

const party = z.strictObject({ name: z.string().nullable(), address: z.string().nullable() });

/** A mail that is held. `reason` is a code: `dmarc`, `malware`, or why it could not be read. */
export const quarantineView = z.strictObject({
  mail: z.uuid(),
  mailbox: z.string(),
  receivedAt: at,
  reason: z.string(),
  from: party,
  subject: z.string().nullable(),
  size: z.int(),
  verdict: z.record(z.string(), z.unknown()).nullable(),
});
export type QuarantineView = z.infer<typeof quarantineView>;

/** The mail that a message came in. `text` is the whole of it; the message has what is new. `html` is sanitised. */
export const mailView = z.strictObject({
  mail: z.uuid(),
  mailbox: z.string(),
  receivedAt: at,
  from: party,
  to: z.array(party),
  cc: z.array(party),
  subject: z.string().nullable(),
  messageId: z.string().nullable(),
  text: z.string(),
  html: z.string().nullable(),
  verdict: z.record(z.string(), z.unknown()).nullable(),
  /** Whether the source is still kept. */
  source: z.boolean(),
  attachments: z.array(attachmentView),
});
export type MailView = z.infer<typeof mailView>;
