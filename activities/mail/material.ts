// What a mail may speak of: read by `load`, put into words by `letter`, `memo` and `digest`.
import type { Form } from "../../domain/forms/form";
import type { Metric } from "../../domain/policy";
import type { Instant } from "../../domain/ticket";
import type { Language, Priority, Status } from "../../domain/words";
import type { Content } from "../../mail/template/render";
import type { WayOut } from "./way-out";

/** The facts that some mail speaks of, whichever kind of event they belong to. Instants in epoch ms. */
export interface SpokenFacts {
  readonly assignee?: string;
  /** Null where people escalated. */
  readonly metric?: Metric | null;
  readonly percent?: number | null;
  readonly level?: number;
  readonly dueAt?: Instant;
  /** When the target itself falls due. */
  readonly targetAt?: Instant | null;
  /** The keys of the fields that a requester is asked for. */
  readonly fields?: readonly string[];
  /** The ticket that was merged into this one. */
  readonly source?: number;
  /** The levels below that fell due together with this one. */
  readonly also?: readonly number[];
}

export interface Material {
  readonly number: number;
  /** How many requesters the ticket has had before the present one. */
  readonly formerRequesters: number;
  readonly subject: string;
  readonly status: Status;
  readonly priority: Priority;
  readonly deadline: Date | null;
  /** From the mail that says "solved" to closure, ms; null when nothing was promised. */
  readonly autoCloseMs: number | null;
  readonly facts: SpokenFacts;
  /** The form whose fields the facts name; null: none. */
  readonly form: Pick<Form, "fields"> | null;
  /** What is told of the wait, and the zone in which; null: nothing is known. */
  readonly wait: ToldWait | null;
  /** The member of staff who did it. */
  readonly by: string | null;
  /** Who has the ticket; after an assignment whoever got it then, though it may have moved on. */
  readonly assignee: string | null;
  /** What was written with the event; to a requester only what is public. */
  readonly text: string | null;
  /** Null for a person who can't be written to. */
  readonly address: string | null;
  /** The address of ours that the requester wrote to; null: none. */
  readonly writtenTo: string | null;
  /** By which server a mail leaves from there. */
  readonly way: WayOut;
  /** Message-IDs of the requester's own mails on the ticket, oldest first, without angle brackets. */
  readonly received: readonly string[];
  /** Whether somebody's reply to a mail of ours is taken in. */
  readonly readsReplies: boolean;
  /** Whether the ticket began with a mail of its requester. */
  readonly beganByMail: boolean;
  /**
   * The desk's own words for such a mail in the reader's language: the newest of the team's brand, if it has ever had one
   * that is not taken back, else of all; null: none.
   */
  readonly ownWords: Content | null;
  /** Whether nothing is to be sent to the address any more: it has bounced for good, or its owner has complained. */
  readonly isSuspended: boolean;
  /** What goes out with the words; a member of staff looks at the ticket for it. */
  readonly attachments: readonly AttachedFile[];
  readonly language: Language;
  /** Of the reader: an IANA zone. */
  readonly timeZone: string;
}

export interface ToldWait {
  readonly toldAt: Date;
  readonly until: Date | null;
  readonly opensAt: Date | null;
  readonly position: number | null;
  readonly solvedBy: Date | null;
  readonly timeZone: string;
}

export interface AttachedFile {
  readonly name: string;
  readonly type: string;
  readonly sha256: string;
}
