// What every language must be able to say by mail. The types decide which facts a text may hold: an acknowledgement
// knows neither subject nor text, so that nobody can use the open form to send somebody else a message.
import type { requesterTemplates, staffTemplates } from "../../../domain/audience";
import type { Metric } from "../../../domain/policy";
import type { Priority, Status } from "../../../domain/words";

export type RequesterTemplate = (typeof requesterTemplates)[number] | "new-link";
export type StaffTemplate = (typeof staffTemplates)[number];

/** A mail to a requester: what we say, around what a person wrote, and the words on the link to their page. */
export interface Letter {
  readonly subject: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly link: string;
}

/** What a requester is told of the wait. Instants are written out, with the place whose clock shows them; null: not told. */
export interface Wait {
  /** By when most such requests are answered first. */
  readonly expected: string | null;
  /** When the team opens next. */
  readonly opens: string | null;
  /** In the line, from 1. */
  readonly position: number | null;
  /** By when most such requests are solved. */
  readonly solved: string | null;
}

interface LetterFacts {
  readonly acknowledgement: { readonly number: number; readonly assignee: string | null } & Wait;
  readonly "new-assignee": { readonly assignee: string | null };
  readonly "public-reply": { readonly subject: string };
  readonly pending: object;
  /** Each by its name, perhaps with what is meant by it. */
  readonly "ask-back": { readonly missing: readonly string[] };
  readonly "still-waiting": object;
  readonly "later-than-expected": Pick<Wait, "expected">;
  /** `closesIn` reads "in 3 days", in the letter's language. */
  readonly solved: { readonly closesIn: string | null; readonly replied: boolean };
  readonly "new-link": { readonly number: number };
}

export type Letters = { readonly [T in RequesterTemplate]: (facts: LetterFacts[T]) => Letter };

/** A mail to a member of staff: what happened, for the subject line, and one sentence about it. */
export interface Memo {
  readonly what: string;
  readonly says: string;
}

/** Instants and lists are written out, in the reader's language and time zone. */
export interface MemoFacts {
  /** Who did it; null for Perdura itself. */
  readonly by: string | null;
  readonly metric: string;
  /** The share of the time that is used; null where a reminder is not given by it. */
  readonly percent: number | null;
  readonly level: number;
  /** When the target falls due, or fell; null when it is not known. */
  readonly due: string | null;
  /** The lower levels that fell due together with this one, such as "1 and 2"; null: none. */
  readonly also: string | null;
  /** The ticket that was merged into this one; 0 where none was. */
  readonly source: number;
}

/** `escalated` is what a person does; `escalation` what a clock does. */
export type Memos = { readonly [T in StaffTemplate | "escalated"]: (facts: MemoFacts) => Memo };

/** Several notices in one mail: how many, and the first deadline among their tickets. */
export type DigestWords = (facts: { readonly count: number; readonly due: string | null }) => Memo;

export interface MailWords {
  readonly letters: Letters;
  readonly memos: Memos;
  readonly digest: DigestWords;
  /** Below a copy: why its reader gets it, and what becomes of an answer, where replies are read. */
  readonly copy: { readonly because: string; readonly answer: string };
  readonly hello: string;
  readonly team: string;
  /** Below each letter: how to answer, and whose link it is. */
  readonly footer: readonly string[];
  /** The first line of a mail to staff: what a reply to it becomes. */
  readonly answering: { readonly reply: string; readonly note: string };
  /** In place of the footer's first line, where replies are read. */
  readonly answerByMail: string;
  readonly labels: {
    readonly subject: string;
    readonly status: string;
    readonly priority: string;
    readonly deadline: string;
    readonly ticket: string;
  };
  readonly statuses: Readonly<Record<Status, string>>;
  readonly priorities: Readonly<Record<Priority, string>>;
  readonly metrics: Readonly<Record<Metric, string>>;
  /** An instant by the clock of a place: `Tue 24 Nov, 15:00 (Oslo time)`. */
  readonly placed: (time: string, place: string) => string;
  /** In place of "in 0 seconds". */
  readonly shortly: string;
}
