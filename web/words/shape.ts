// What the requester's page must be able to say in every language. Never our own terms: no category, priority or hold.
import type { TicketView } from "../../contract/ticket";

export type Language = TicketView["requester"]["language"];
export type Status = TicketView["status"];

export type Flash = "reply-received" | "closed-thanks" | "reopened" | "follow-up" | "rated" | "try-again" | "refused";

interface Said {
  readonly title: string;
  readonly says: string;
}

export interface PortalWords {
  /** Names the language to browsers and screen readers. */
  readonly tag: string;
  readonly request: string;
  readonly statuses: Readonly<Record<Status, Said>>;
  readonly conversation: string;
  /** Names the list of what came with a message. */
  readonly files: string;
  readonly you: string;
  readonly team: string;
  readonly solvedQuestion: string;
  readonly solved: string;
  readonly notSolved: string;
  /** Above the fields that the requester was asked for. */
  readonly lacking: Said;
  /** How a solution is rated, from the best to the worst; `comment` labels what may be written beside it. */
  readonly rating: Said & { readonly stars: Readonly<Record<1 | 2 | 3 | 4 | 5, string>>; readonly comment: string; readonly send: string };
  readonly reply: {
    readonly title: string;
    readonly label: string;
    /** On a closed request, where a reply opens a new one. */
    readonly whenClosed: string;
    readonly send: string;
  };
  readonly privacy: string;
  /** `followUp` is the new request as people write it: `#1043`. */
  readonly flashes: { readonly [F in Flash]: (followUp: string) => string };
  readonly expired: Said & { readonly send: string; readonly sentTitle: string; readonly sent: string };
  readonly notFound: Said;
}
