// The one table of what may be done in which status, and where it leads. The workflow's refusals, the abilities shown to a
// client and docs/lifecycle.md all come from it. Refuses to know who is allowed (access) and what else changes (the verbs).
import { refuse } from "./refusal";
import type { Refusal } from "./refusal";
import type { Status } from "./words";

type Row = Readonly<Partial<Record<Status, Status>>>;

const unlessClosed: Row = { new: "new", open: "open", pending: "pending", "on-hold": "on-hold", solved: "solved" };
const always: Row = { ...unlessClosed, closed: "closed" };
const whileOpen: Row = { new: "new", open: "open" };
const whileUnsolved: Row = { new: "new", open: "open", pending: "pending", "on-hold": "on-hold" };

/** Per verb: each status in which it is allowed → the status that follows. A status that is missing refuses the verb. */
export const transitions = {
  // Staff
  assign: { ...unlessClosed, new: "open" },
  transfer: unlessClosed,
  unassign: unlessClosed,
  reply: { ...unlessClosed, new: "open" },
  withdrawReply: unlessClosed,
  note: unlessClosed,
  categorise: unlessClosed,
  prioritise: unlessClosed,
  wait: { new: "pending", open: "pending", pending: "pending", "on-hold": "pending" },
  hold: { new: "on-hold", open: "on-hold", pending: "on-hold", "on-hold": "on-hold" },
  resume: { pending: "open", "on-hold": "open" },
  resolve: { new: "solved", open: "solved", pending: "solved", "on-hold": "solved" },
  close: { solved: "closed" },
  reopen: { solved: "open", closed: "open" },
  retryNotice: unlessClosed,
  escalate: whileUnsolved,
  acknowledgeEscalation: whileUnsolved,
  applyPolicy: unlessClosed,
  correct: always,
  waiveAskBack: whileUnsolved,
  acceptMessage: { new: "new", open: "open", pending: "open", "on-hold": "on-hold", solved: "open" },
  rejectMessage: unlessClosed,
  merge: { new: "closed", open: "closed", pending: "closed", "on-hold": "closed", solved: "closed" },
  unmerge: { closed: "open" },
  markSpam: { new: "closed", open: "closed", pending: "closed", "on-hold": "closed", solved: "closed" },
  unmarkSpam: { closed: "open" },
  changeRequester: unlessClosed,
  acceptOffer: { new: "open", open: "open" },
  declineOffer: whileOpen,
  // Requester
  requesterReply: { new: "new", open: "open", pending: "open", "on-hold": "on-hold", solved: "open" },
  confirm: { solved: "closed" },
  reject: { solved: "open" },
  // System
  sendReply: { ...unlessClosed, new: "open" },
  sort: whileUnsolved,
  queue: whileOpen,
  route: { new: "open", open: "open" },
  offer: whileOpen,
  lapseOffer: whileOpen,
  withdrawOffer: whileOpen,
  acknowledge: whileUnsolved,
  remind: whileUnsolved,
  breach: whileUnsolved,
  nextLevel: whileUnsolved,
  measure: unlessClosed,
  extendCalendar: always,
  overflow: whileOpen,
  expectLater: whileOpen,
  askBack: whileOpen,
  remindRequester: { new: "new", open: "open", pending: "pending" },
  solveUnanswered: { new: "solved", open: "solved", pending: "solved" },
  wake: { pending: "open", "on-hold": "open" },
  autoClose: { solved: "closed" },
  noteSent: { new: "new", open: "open", pending: "pending", solved: "solved" },
  noteUndelivered: unlessClosed,
  holdMessage: unlessClosed,
  attachAutoReply: unlessClosed,
  absorb: { new: "new", open: "open", pending: "open", "on-hold": "on-hold", solved: "open" },
  release: always,
} as const satisfies Record<string, Row>;

export type Verb = keyof typeof transitions;

export const staffVerbs = [
  "assign",
  "transfer",
  "unassign",
  "reply",
  "withdrawReply",
  "note",
  "categorise",
  "prioritise",
  "wait",
  "hold",
  "resume",
  "resolve",
  "close",
  "reopen",
  "retryNotice",
  "escalate",
  "acknowledgeEscalation",
  "applyPolicy",
  "correct",
  "waiveAskBack",
  "acceptMessage",
  "rejectMessage",
  "merge",
  "unmerge",
  "markSpam",
  "unmarkSpam",
  "changeRequester",
  "acceptOffer",
  "declineOffer",
] as const satisfies readonly Verb[];
export type StaffVerb = (typeof staffVerbs)[number];

export const requesterVerbs = ["requesterReply", "confirm", "reject"] as const satisfies readonly Verb[];
export type RequesterVerb = (typeof requesterVerbs)[number];

/** The status that follows, or the refusal with the present status in its details. */
export function next(status: Status, verb: Verb): Status | Refusal {
  const row: Row = transitions[verb];
  const to = row[status];
  if (to !== undefined) return to;
  return status === "closed"
    ? refuse("ticket_closed", "The ticket is closed.", { status, verb })
    : refuse("not_allowed_now", `A ticket that is ${status} does not allow this: ${verb}.`, { status, verb });
}
