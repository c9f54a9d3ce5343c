// Every verb by name, every event by kind. `decide` is the only way a ticket changes; `fold` is the only way it is rebuilt.
// Neither knows a clock: the instant is given, and never runs backwards.
import type { Actor } from "./actor";
import * as aside from "./aside";
import * as assignment from "./assignment";
import * as completeness from "./completeness";
import * as classification from "./classification";
import * as telling from "./dispatch/telling";
import * as conversation from "./conversation";
import * as escalation from "./escalation";
import * as heldMessages from "./held-messages";
import * as opening from "./opening";
import * as outgoing from "./outgoing";
import * as ownership from "./ownership";
import { isRefusal, refuse } from "./refusal";
import type { Refusal } from "./refusal";
import * as resolution from "./resolution";
import * as measuring from "./measuring";
import * as merging from "./merging";
import * as offers from "./offers";
import type { EventKind, TicketEvent } from "./event";
import type { Instant, Ticket } from "./ticket";
import type { Decided, FoldOf, VerbOf } from "./verb";
import { follow } from "./sla";
import * as waiting from "./waiting";
import * as windows from "./windows";

const verbs = {
  open: opening.open,
  sort: opening.sort,
  acknowledge: opening.acknowledge,
  categorise: classification.categorise,
  prioritise: classification.prioritise,
  assign: assignment.assign,
  route: assignment.route,
  transfer: assignment.transfer,
  overflow: assignment.overflow,
  unassign: assignment.unassign,
  queue: assignment.queue,
  offer: offers.offer,
  acceptOffer: offers.acceptOffer,
  declineOffer: offers.declineOffer,
  lapseOffer: offers.lapseOffer,
  withdrawOffer: offers.withdrawOffer,
  reply: outgoing.reply,
  sendReply: outgoing.sendReply,
  withdrawReply: outgoing.withdrawReply,
  note: conversation.note,
  requesterReply: conversation.requesterReply,
  wait: waiting.wait,
  hold: waiting.hold,
  resume: waiting.resume,
  wake: waiting.wake,
  resolve: resolution.resolve,
  close: resolution.close,
  confirm: resolution.confirm,
  autoClose: resolution.autoClose,
  reopen: resolution.reopen,
  reject: resolution.reject,
  retryNotice: resolution.retryNotice,
  remind: escalation.remind,
  breach: escalation.breach,
  nextLevel: escalation.nextLevel,
  escalate: escalation.escalate,
  acknowledgeEscalation: escalation.acknowledgeEscalation,
  applyPolicy: measuring.applyPolicy,
  measure: measuring.measure,
  extendCalendar: measuring.extendCalendar,
  correct: measuring.correct,
  noteSent: windows.noteSent,
  noteUndelivered: windows.noteUndelivered,
  remindRequester: windows.remindRequester,
  solveUnanswered: windows.solveUnanswered,
  expectLater: telling.expectLater,
  askBack: completeness.askBack,
  waiveAskBack: completeness.waiveAskBack,
  holdMessage: heldMessages.holdMessage,
  acceptMessage: heldMessages.acceptMessage,
  rejectMessage: heldMessages.rejectMessage,
  attachAutoReply: conversation.attachAutoReply,
  merge: merging.merge,
  unmerge: merging.unmerge,
  absorb: merging.absorb,
  release: merging.release,
  markSpam: aside.markSpam,
  unmarkSpam: aside.unmarkSpam,
  changeRequester: ownership.changeRequester,
};

const folds: { readonly [K in EventKind]: FoldOf<K> } = {
  opened: opening.opened,
  acknowledged: opening.acknowledged,
  categorised: classification.categorised,
  prioritised: classification.prioritised,
  assigned: assignment.assigned,
  transferred: assignment.transferred,
  unassigned: assignment.unassigned,
  queued: assignment.queued,
  offered: offers.offered,
  offerDeclined: offers.offerDeclined,
  offerLapsed: offers.offerLapsed,
  offerWithdrawn: offers.offerWithdrawn,
  replied: outgoing.replied,
  replyDelayed: outgoing.replyDelayed,
  replyWithdrawn: outgoing.replyWithdrawn,
  noted: conversation.noted,
  requesterReplied: conversation.requesterReplied,
  pended: waiting.pended,
  held: waiting.held,
  resumed: waiting.resumed,
  resolved: resolution.resolved,
  closed: resolution.closed,
  reopened: resolution.reopened,
  reminded: escalation.reminded,
  breached: escalation.breached,
  escalated: escalation.escalated,
  escalationAcknowledged: escalation.escalationAcknowledged,
  policyRequested: measuring.policyRequested,
  policyApplied: measuring.policyApplied,
  calendarExtended: measuring.calendarExtended,
  corrected: measuring.corrected,
  noticeSent: windows.noticeSent,
  undelivered: windows.undelivered,
  requesterReminded: windows.requesterReminded,
  noticeRetried: resolution.noticeRetried,
  expectedLater: telling.expectedLater,
  askedBack: completeness.askedBack,
  askBackWaived: completeness.askBackWaived,
  messageHeld: heldMessages.messageHeld,
  messageRejected: heldMessages.messageRejected,
  autoReplied: conversation.autoReplied,
  merged: merging.merged,
  unmerged: merging.unmerged,
  absorbed: merging.absorbed,
  released: merging.released,
  markedSpam: aside.markedSpam,
  unmarkedSpam: aside.unmarkedSpam,
  requesterChanged: ownership.requesterChanged,
};

type Verbs = typeof verbs;
export type VerbName = keyof Verbs;
/** A verb's arguments: ids, codes, instants; never a text. */
export type ArgsOf<V extends VerbName> = Verbs[V] extends VerbOf<infer Args> ? Args : never;
/** Anything that can be asked of a ticket. */
export type Command = { [V in VerbName]: { readonly verb: V; readonly args: ArgsOf<V> } }[VerbName];

/** Who asks, when, and because of what. `ifVersion`: refuse when the requester has written since that version. */
export interface Asked {
  readonly by: Actor;
  readonly at: Instant;
  readonly cause: string;
  readonly ifVersion?: number | undefined;
}

export interface Decision {
  readonly ticket: Ticket;
  readonly event: TicketEvent;
}

/** Runs a verb: the changed ticket with its one event, or a refusal that changes nothing. */
export function decide(ticket: Ticket, command: Command, asked: Asked): Decision | Refusal {
  if (asked.ifVersion !== undefined && ticket.requesterWroteAt > asked.ifVersion) {
    return refuse("requester_wrote", "The requester has written since; read that first.", {
      ifVersion: asked.ifVersion,
      requesterWroteAt: ticket.requesterWroteAt,
      version: ticket.version,
    });
  }
  const at = Math.max(asked.at, ticket.updatedAt);
  const verb = verbs[command.verb] as VerbOf<Command["args"]>;
  const decided: Decided | Refusal = verb(ticket, command.args, asked.by, at);
  if (isRefusal(decided)) return decided;
  const event = { ...decided, version: ticket.version + 1, at, by: asked.by, cause: asked.cause } as TicketEvent;
  return { ticket: fold(ticket, event), event };
}

/** The ticket after an event. The event is believed: this is how rows, histories and carried states are read again. */
export function fold(ticket: Ticket, event: TicketEvent): Ticket {
  const status = "status" in event.facts ? event.facts.status : ticket.status;
  const moved: Ticket = { ...ticket, version: event.version, updatedAt: event.at, status, ...(status === "closed" && outgoing.unsent) };
  const folded = (folds[event.kind] as FoldOf<EventKind>)(moved, event);
  const sought = assignment.requeue(offers.offerAfter(ticket, completeness.askBackEnded(folded, event), event));
  const settled = escalation.carriedOut(sought, event.cause);
  const followed = { ...settled, clocks: follow(ticket, settled, event) };
  return event.kind === "policyApplied" ? measuring.tidied(followed) : followed;
}
