// Who we are to those we write to: the address a mail leaves from, the one that answers come to, and the one it comes back to.
import type { SignedAddresses } from "../../mail/signed/addresses";

/** The sender of mails that answer no other, and what makes their headers. */
export interface Sender {
  readonly from: { readonly name: string; readonly address: string };
  readonly signed: SignedAddresses;
  /** Where people find the API, e.g. `https://desk.example`. */
  readonly publicUrl: string;
  /** A fresh link for the requester of a ticket, who has had so many before them; `now` in epoch ms. */
  readonly linkTo: (number: number, now: number, former: number) => string;
}

/** `Support <support@desk.example>` or a plain address. */
export function readSender(text: string): Sender["from"] {
  const { name = "", address = text.trim() } = /^\s*(?<name>[^<]*?)\s*<(?<address>[^<>]+)>\s*$/u.exec(text)?.groups ?? {};
  return { name: name.replace(/^"|"$/gu, ""), address };
}

/** Replies leave from the address that was written to; all else from our own. */
export function senderAddress({ from }: Sender, writtenTo: string | null): string {
  return writtenTo ?? from.address;
}

/** Of a notice or a digest, without angle brackets. */
export function messageIdOf({ signed }: Sender, mail: string, from: string): string {
  return signed.messageId(mailName(mail), hostOf(from));
}

/** As an address can spell it; ids of ours are spelt so already. */
export function mailName(id: string): string {
  return id.toLowerCase().replace(/[^a-z0-9.-]/g, "-").slice(0, 80);
}

/** All mails about a ticket hang on it, for programs that show conversations. No mail has it itself. */
export function threadOf(number: number, from: string): string {
  return `ticket-${number}@${hostOf(from)}`;
}

function hostOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1).toLowerCase();
}
