// What the requester's page is made of: all that a requester may see, and nothing of ours.
import type { Flash, Language, Status } from "./words/shape";

export interface PortalMessage {
  /** `another`: somebody else who takes part in it by mail. */
  readonly author: "you" | "staff" | "another";
  /** Whoever it was, save the reader; null shows the team's. */
  readonly name: string | null;
  /** ISO. */
  readonly at: string;
  readonly text: string;
  /** What came with it. Left out: nothing. */
  readonly files?: readonly PortalFile[];
}

export interface PortalFile {
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

export interface PortalView {
  readonly language: Language;
  readonly number: number;
  readonly subject: string;
  readonly status: Status;
  /** Oldest first. */
  readonly messages: readonly PortalMessage[];
  readonly mayReply: boolean;
  readonly mayConfirm: boolean;
  readonly mayReject: boolean;
  /** What was written but could not be taken, to be sent again. */
  readonly draft?: string;
  readonly flash?: Flash;
  /** Whether the solution may be rated now. */
  readonly mayRate?: boolean;
  /** What the requester was asked for and has not said yet. */
  readonly lacking?: readonly LackingField[];
  /** The number of the request that a reply to a closed one opened. */
  readonly followUp?: number;
  readonly token: string;
}

export interface LackingField {
  readonly key: string;
  readonly label: string;
  readonly help: string | null;
  /** One of several: a choice's name is what is sent. Null: to be written. */
  readonly choices: readonly string[] | null;
  readonly lines: "one" | "several";
}

export interface ExpiredView {
  readonly language: Language;
  readonly token: string;
  /** Whether a new link was asked for. */
  readonly sent: boolean;
}
