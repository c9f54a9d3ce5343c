// Addresses and Message-IDs that prove to be ours when they come back: where a reply belongs, which mail was returned. Knows
// keys and spelling; refuses to know tickets' and notices' rows, and who may join what.
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

/** Where a reply to a mail belongs. */
export interface ReplyTarget {
  readonly ticket: number;
  /** The notice that is answered, which names its reader: for staff. Null: the ticket's requester and who takes part. */
  readonly notice: string | null;
}

export interface SignedAddresses {
  /**
   * `support+1042.<hmac>@desk.example`, for staff `support+1042.7.2.<hmac>@…`; the mailbox itself when that would be longer
   * than an address may be. Throws a RangeError for what is neither a ticket nor one of its notices.
   */
  replyTo(mailbox: string, target: ReplyTarget): string;
  /** The target of a reply address, whatever its case; null for any other address, and for a forged one. */
  readReplyTo(address: string): ReplyTarget | null;
  /** `1042.7.2.<hmac>@desk.example`, without angle brackets: `mail` names a notice or a digest. */
  messageId(mail: string, domain: string): string;
  /** The mail that a Message-ID names, with or without angle brackets; null when it isn't ours. */
  readMessageId(messageId: string): string | null;
  /**
   * The envelope's sender, `support+b.1042.7.2.<hmac>@desk.example`, to which a mail comes back (VERP); the mailbox itself
   * when that would be too long.
   */
  returnPath(mailbox: string, mail: string): string;
  /** The mail that came back to an address; null for any other address, and for a forged one. */
  readReturnPath(address: string): string | null;
}

// 80 bits, the least that RFC 2104 recommends: a forger can only guess by sending a mail for each guess, and 2^79 of them
// are out of reach. More would leave the mailbox's own name too little of an address's 64 characters.
const signatureBytes = 10;
/** RFC 5321, 4.5.3.1.1. */
const longestLocalPart = 64;

// Mail servers and people change the case of addresses: everything is in small letters and read without regard to case.
// 80 bits are 16 letters of base32 with none to spare, so one signature has one spelling.
const signature = "[a-z2-7]{16}";
const reply = new RegExp(`\\+(?<ticket>[1-9]\\d{0,9})(?<rest>\\.\\d{1,9}\\.\\d{1,9}(?:\\.[a-z-]{1,20})?)?\\.(?<signature>${signature})@[^@]+$`);
const returned = new RegExp(`\\+b\\.(?<mail>[a-z0-9.-]{1,80})\\.(?<signature>${signature})@[^@]+$`);
const identified = new RegExp(`^<?(?<mail>[a-z0-9.-]{1,80})\\.(?<signature>${signature})@(?<domain>[^@<>]+?)>?$`);
const mailName = /^[a-z0-9.-]{1,80}$/;
const noticeName = /^\d{1,10}\.\d{1,9}\.\d{1,9}(?:\.[a-z-]{1,20})?$/;

type Purpose = "reply" | "return" | "message-id";

/** @param keys the first signs, all are accepted: a new key goes to the front, an old one stays until nobody answers old mails */
export function createSignedAddresses(keys: readonly [string, ...string[]]): SignedAddresses {
  // A key for each purpose: a Message-ID, which anybody may see, makes no address.
  const derived = (purpose: Purpose): readonly Buffer[] =>
    keys.map((key) => Buffer.from(hkdfSync("sha256", key, "", `mail ${purpose} v1`, 32)));
  const signers = { reply: derived("reply"), return: derived("return"), "message-id": derived("message-id") };
  const sign = (purpose: Purpose, text: string): string => signed(signers[purpose][0], text);
  const isSigned = (purpose: Purpose, text: string, by: string): boolean => isSignedByAny(signers[purpose], text, by);
  return {
    replyTo(mailbox, target) {
      const text = nameOf(target);
      return tagged(mailbox, `${text}.${sign("reply", text)}`);
    },
    readReplyTo(address) {
      const { ticket, rest = "", signature: by } = reply.exec(address.toLowerCase())?.groups ?? {};
      if (ticket === undefined || by === undefined || !isSigned("reply", ticket + rest, by)) return null;
      return { ticket: Number(ticket), notice: rest === "" ? null : ticket + rest };
    },
    messageId(mail, domain) {
      const host = domain.toLowerCase();
      return `${named(mail)}.${sign("message-id", `${mail}@${host}`)}@${host}`;
    },
    readMessageId(messageId) {
      const { mail, domain, signature: by } = identified.exec(messageId.trim().toLowerCase())?.groups ?? {};
      if (mail === undefined || by === undefined) return null;
      return isSigned("message-id", `${mail}@${domain}`, by) ? mail : null;
    },
    returnPath: (mailbox, mail) => tagged(mailbox, `b.${named(mail)}.${sign("return", mail)}`),
    readReturnPath(address) {
      const { mail, signature: by } = returned.exec(address.toLowerCase())?.groups ?? {};
      return mail !== undefined && by !== undefined && isSigned("return", mail, by) ? mail : null;
    },
  };
}

/** The ticket that a mail is about, by its name: a notice's id, or a link's. Null for a digest, which may be about several. */
export function ticketOf(mail: string): number | null {
  const number = /^(?<ticket>[1-9]\d{0,9})\./.exec(mail)?.groups?.["ticket"];
  return number === undefined ? null : Number(number);
}

/** Whether a reply address can name it. */
export function isNoticeOf(ticket: number, notice: string): boolean {
  return noticeName.test(notice) && notice.startsWith(`${ticket}.`);
}

function nameOf({ ticket, notice }: ReplyTarget): string {
  if (!Number.isInteger(ticket) || ticket < 1 || ticket > 9_999_999_999) throw new RangeError("no ticket's number");
  if (notice === null) return String(ticket);
  if (!isNoticeOf(ticket, notice)) throw new RangeError("no notice of this ticket");
  return notice;
}

function named(mail: string): string {
  if (!mailName.test(mail)) throw new RangeError("no mail's name");
  return mail;
}

function tagged(mailbox: string, tag: string): string {
  const at = mailbox.lastIndexOf("@");
  const local = `${mailbox.slice(0, at)}+${tag}`;
  return local.length > longestLocalPart ? mailbox : local + mailbox.slice(at);
}

/** All keys are tried whatever the first ones say, so that the time tells nothing. */
function isSignedByAny(keys: readonly Buffer[], text: string, by: string): boolean {
  const given = Buffer.from(by);
  return keys.map((key) => timingSafeEqual(Buffer.from(signed(key, text)), given)).includes(true);
}

function signed(key: Buffer | undefined, text: string): string {
  if (key === undefined) throw new RangeError("no key");
  return base32(createHmac("sha256", key).update(text).digest().subarray(0, signatureBytes));
}

/** RFC 4648 in small letters; `bytes` in fives. */
function base32(bytes: Buffer): string {
  const letters = "abcdefghijklmnopqrstuvwxyz234567";
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{5}/g) ?? []).map((five) => letters[Number.parseInt(five, 2)]).join("");
}
