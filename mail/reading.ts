// What a mail says, once read: the one shape that everything behind the reader works with. It knows no parser, no
// ticket and no mailbox.

import type { Unanswered } from "./machine/unanswered";

/** A person or place in From, To or Cc. A part that is absent is null: `From: Whomever` has no address. */
export interface Address {
  readonly name: string | null;
  readonly address: string | null;
}

/** A file that came with a mail. Its bytes lie in `Read.files`, in the same order. */
export interface Attachment {
  /** Safe to show and to save: no path, no control characters, never empty. */
  readonly name: string;
  /** By its first bytes where these tell; else as declared; never trusted for display in a browser. */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** The Content-ID without brackets, by which the HTML names an inline image. */
  readonly contentId: string | null;
}

/** What a bounce says (RFC 3464, or what could be found in an untidy one). */
export interface Bounce {
  /** The address that could not be reached, in small letters; null when the bounce names none. */
  readonly recipient: string | null;
  /** Enhanced status code (RFC 3463), for example "5.1.1"; null when none is given or can be concluded. */
  readonly status: string | null;
  /** False: the server still tries, or may accept it another time. */
  readonly permanent: boolean;
  /** Nothing is lost yet: its server says that it goes on trying. Left out otherwise. */
  readonly delayed?: true;
}

/** quarantined: it could not be read within the limits, or not at all; `reason` says why. */
export type Kind = "message" | "bounce" | "auto-reply" | "complaint" | "quarantined";

export interface Reading {
  readonly kind: Kind;
  readonly from: Address;
  /** Left out where the mail has none. */
  readonly replyTo?: Address;
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly subject: string | null;
  /** ISO instant; null when absent or senseless. */
  readonly date: string | null;
  /** Without angle brackets. */
  readonly messageId: string | null;
  /** Without angle brackets. */
  readonly inReplyTo: string | null;
  /** Without angle brackets, oldest first. */
  readonly references: readonly string[];
  /** All of it, line ends as "\n": the plain part, or what the HTML says. */
  readonly text: string;
  /** What its author newly wrote: without quoted history, signature and footers. Never empty when `text` isn't. */
  readonly newText: string;
  /** Sanitised; remote images held back (`data-held-src`). Null when the mail has none. */
  readonly html: string | null;
  readonly attachments: readonly Attachment[];
  readonly bounce?: Bounce;
  /** Tags in small letters of the languages its writer seems to read, the surest first; left out where nothing tells. */
  readonly languages?: readonly string[];
  /** Why nothing automatic may answer it; left out: a person may be waiting for a word. */
  readonly unanswered?: Unanswered;
  /** Of a quarantined mail: a stable code. */
  readonly reason?: QuarantineReason;
}

/** too_*: a limit was met. timeout, memory: the thread was ended. unparseable: the parser gave up. */
export type QuarantineReason =
  | "too_large"
  | "too_deep"
  | "too_many_parts"
  | "headers_too_large"
  | "timeout"
  | "memory"
  | "unparseable";

/** A reading with the bytes of its attachments, in their order. */
export interface Read {
  readonly reading: Reading;
  readonly files: readonly Uint8Array[];
}

export interface Limits {
  /** For one mail, from hand-over to answer. */
  readonly timeoutMs: number;
  /** Heap of the thread that reads. */
  readonly memoryMb: number;
  /** Bytes of the raw mail. */
  readonly maxBytes: number;
  /** How deep parts may lie in parts. */
  readonly maxDepth: number;
  readonly maxParts: number;
  /** Bytes of all headers, those of the parts included. */
  readonly maxHeaderBytes: number;
}

export const usualLimits: Limits = {
  timeoutMs: 5_000,
  memoryMb: 256,
  maxBytes: 50 * 1024 * 1024,
  maxDepth: 50,
  maxParts: 1_000,
  maxHeaderBytes: 1024 * 1024,
};

/** The reading of a mail of which nothing more can be said. */
export function quarantined(reason: QuarantineReason): Reading {
  const nobody = { name: null, address: null };
  return {
    kind: "quarantined",
    from: nobody,
    to: [],
    cc: [],
    subject: null,
    date: null,
    messageId: null,
    inReplyTo: null,
    references: [],
    text: "",
    newText: "",
    html: null,
    attachments: [],
    reason,
  };
}
