// What the recognition of machines' mail looks at: one mail's parts and text. It knows no ticket and no notice.
import type { Envelope } from "../read/envelope";
import { decodeText } from "../read/charset";
import { headerOf, partsOf, type Part } from "../read/tree";

export interface Mail {
  readonly root: Part;
  readonly envelope: Envelope;
  /** The whole text, plain or from HTML. */
  readonly text: string;
}

/** A header's value in small letters; "" when absent. */
export function saidIn({ root }: Mail, key: string): string {
  return (headerOf(root, key) ?? "").trim().toLowerCase();
}

/** The texts of all parts of a type, for example "message/delivery-status". */
export function textsOf({ root }: Mail, types: readonly string[]): string[] {
  return [...partsOf(root)]
    .filter(({ type }) => types.includes(type))
    .map(({ bytes, parameters }) => decodeText(bytes, parameters["charset"] ?? null).replace(/\r\n?/g, "\n"));
}

/** Return-Path says that nobody wants to hear of a failure of this mail: how machines answer (RFC 5321). */
export function hasNullSender(mail: Mail): boolean {
  return saidIn(mail, "return-path") === "<>";
}
