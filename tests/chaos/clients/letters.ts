// What people remember of every mail they wrote: its bytes, by which way it was brought and how often, and what it has to
// become.
import type { QuarantineReason } from "../../../mail/reading";

export const routes = ["smtp", "http", "imap"] as const;
export type Route = (typeof routes)[number];

/** What becomes of a mail, told by that of another one: that which opened the ticket it is about. */
export type Expected =
  /** A ticket of its own; `near`: one that looks related to that letter's. */
  | { readonly is: "apart"; readonly near: Letter | null }
  /** On the ticket: heard as the requester's or a colleague's words, held back inside it, or kept for staff to see. */
  | { readonly is: "heard" | "said" | "held" | "doubted" | "kept"; readonly on: Letter }
  /** About a mail of ours. */
  | { readonly is: "bounced" | "delayed" }
  | { readonly is: "quarantined"; readonly why: QuarantineReason | "dmarc" };

export interface Letter {
  readonly life: number;
  /** What it is, for whoever reads of an offence. */
  readonly what: string;
  readonly route: Route;
  /** Of the envelope; null: nobody, as bounces have it. */
  readonly from: string | null;
  readonly to: string;
  readonly messageId: string;
  readonly raw: Buffer;
  readonly sha256: string;
  readonly expected: Expected;
  /** The same mail, which came by another route. */
  readonly copyOf: Letter | null;
}

/** `taken`: 250, 2xx, or it lies in the folder. `unknown`: no answer, or one that says to come again. */
export type Reception = "taken" | "refused" | "unknown";

/** One try to bring a letter. */
export interface Bringing {
  readonly letter: Letter;
  readonly reception: Reception;
}

/** Those that were taken at least once: from then on the desk answers for them. */
export function acceptedOf(bringings: readonly Bringing[]): readonly Letter[] {
  return [...new Set(bringings.flatMap(({ letter, reception }) => (reception === "taken" ? [letter] : [])))];
}
