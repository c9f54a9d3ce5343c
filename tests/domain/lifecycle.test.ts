// The table, cell by cell: what is allowed in which status, and where it leads.
import { isRefusal } from "../../domain/refusal";
import { transitions } from "../../domain/lifecycle";
import type { Verb } from "../../domain/lifecycle";
import { decide } from "../../domain/decide";
import type { Ticket } from "../../domain/ticket";
import { statuses } from "../../domain/words";
import type { Status } from "../../domain/words";
import { aTicket, held, outgoing, policy, start, stepsTaken } from "./a-ticket";
import { aCommand, actorFor, plain, verbNames } from "./lives";

// What else a verb asks for, besides the status.
const late = start + 10_000;
const patient = { ...policy, pending: { remindAfterMs: 50, solveAfterMs: 50 } };
const waiting = { version: 7, from: start, undelivered: false };
const onOffer = (): Partial<Ticket> => ({
  assignee: null,
  routing: "offered",
  offer: { agent: "ingrid", decision: "d1", endsAt: start + 5, atClosing: false, mostDeclines: 3, answered: false },
});
const ready: Partial<Record<Verb, (ticket: Ticket) => Partial<Ticket>>> = {
  unassign: () => ({ assignee: "ingrid" }),
  queue: () => ({ assignee: null, routing: "wanted" }),
  route: () => ({ assignee: null, routing: "waiting" }),
  offer: () => ({ assignee: null, routing: "waiting" }),
  acceptOffer: onOffer,
  declineOffer: onOffer,
  lapseOffer: onOffer,
  withdrawOffer: onOffer,
  acknowledge: () => ({ acknowledgement: "due" }),
  overflow: ({ team }) => ({ routing: "waiting", assignee: null, team: team ?? "billing" }),
  expectLater: () => ({ acknowledgement: "sent" }),
  breach: (ticket) => stepsTaken(ticket, 1),
  nextLevel: (ticket) => stepsTaken(ticket, 2),
  acknowledgeEscalation: (ticket) => stepsTaken(ticket, 3),
  wake: () => ({ resumeAt: start + 5 }),
  autoClose: () => ({ solution: { version: 5, sentAt: start + 5, undelivered: false } }),
  noteSent: ({ solution, version }) => (solution === null ? { policy: patient, waiting: { ...waiting, stage: "asked", version, from: null } } : {}),
  remindRequester: () => ({ policy: patient, askBack: "waiting", waiting: { ...waiting, stage: "asked" } }),
  waiveAskBack: () => ({ askBack: "waiting" }),
  acceptMessage: () => ({ heldMessages: [held] }),
  rejectMessage: () => ({ heldMessages: [held] }),
  sendReply: () => ({ outgoing: [outgoing] }),
  withdrawReply: () => ({ outgoing: [outgoing] }),
  unmerge: (ticket) => ({ aside: asideOf(ticket, "merged") }),
  unmarkSpam: (ticket) => ({ aside: asideOf(ticket, "spam") }),
  release: () => ({ absorbed: [{ ticket: 9, waitingSince: null }] }),
  solveUnanswered: () => ({ policy: patient, askBack: "waiting", waiting: { ...waiting, stage: "reminded" } }),
};
function asideOf(ticket: Ticket, as: "merged" | "spam"): Ticket["aside"] {
  const { routing, acknowledgement, resumeAt, solution, waiting: wait, askBack, orders } = ticket;
  return { as, into: as === "merged" ? 8 : null, at: start, was: { status: "open", routing, acknowledgement, resumeAt, solution, waiting: wait, askBack, orders } };
}

const toReopenClosed = { ...plain, role: "lead" } as const;

function tryVerb(verb: Verb, status: Status) {
  const given = aTicket({ status });
  const ticket = { ...given, ...ready[verb]?.(given) };
  const actor = actorFor(verb, toReopenClosed);
  return decide(ticket, aCommand(verb, ticket, late), { by: actor, at: late, cause: "test" });
}

describe.each(verbNames)("%s", (verb) => {
  const row: Partial<Record<Status, Status>> = transitions[verb];
  test.each(statuses)("when %s: as the table says", (status) => {
    const decided = tryVerb(verb, status);
    const to = row[status];
    if (to === undefined) {
      const code = status === "closed" ? "ticket_closed" : "not_allowed_now";
      expect(decided).toMatchObject({ refused: code, details: { status } });
    } else {
      if (isRefusal(decided)) throw new Error(decided.message);
      expect(decided.ticket.status).toBe(to);
      if (to !== status) expect(decided.event.facts).toMatchObject({ status: to });
    }
  });
});

// The same table once more, written by hand: a change of one cell must be meant.
const meant: Record<Verb, string> = {
  //                 new       open     pending   on-hold   solved    closed
  assign: "          open      open     pending   on-hold   solved    -",
  transfer: "        new       open     pending   on-hold   solved    -",
  unassign: "        new       open     pending   on-hold   solved    -",
  reply: "           open      open     pending   on-hold   solved    -",
  sendReply: "       open      open     pending   on-hold   solved    -",
  withdrawReply: "   new       open     pending   on-hold   solved    -",
  note: "            new       open     pending   on-hold   solved    -",
  categorise: "      new       open     pending   on-hold   solved    -",
  prioritise: "      new       open     pending   on-hold   solved    -",
  wait: "            pending   pending  pending   pending   -         -",
  hold: "            on-hold   on-hold  on-hold   on-hold   -         -",
  resume: "          -         -        open      open      -         -",
  resolve: "         solved    solved   solved    solved    -         -",
  close: "           -         -        -         -         closed    -",
  reopen: "          -         -        -         -         open      open",
  retryNotice: "     new       open     pending   on-hold   solved    -",
  requesterReply: "  new       open     open      on-hold   open      -",
  confirm: "         -         -        -         -         closed    -",
  reject: "          -         -        -         -         open      -",
  sort: "            new       open     pending   on-hold   -         -",
  queue: "           new       open     -         -         -         -",
  offer: "           new       open      -         -         -         -",
  acceptOffer: "     open      open      -         -         -         -",
  declineOffer: "    new       open      -         -         -         -",
  lapseOffer: "      new       open      -         -         -         -",
  withdrawOffer: "   new       open      -         -         -         -",
  route: "           open      open     -         -         -         -",
  acknowledge: "     new       open     pending   on-hold   -         -",
  remind: "          new       open     pending   on-hold   -         -",
  breach: "          new       open     pending   on-hold   -         -",
  nextLevel: "       new       open     pending   on-hold   -         -",
  escalate: "        new       open     pending   on-hold   -         -",
  acknowledgeEscalation: "new open pending on-hold - -",
  applyPolicy: "     new       open     pending   on-hold   solved    -",
  measure: "         new       open     pending   on-hold   solved    -",
  extendCalendar: "  new       open     pending   on-hold   solved    closed",
  correct: "         new       open     pending   on-hold   solved    closed",
  overflow: "        new       open     -         -         -         -",
  expectLater: "     new       open     -         -         -         -",
  askBack: "         new       open     -         -         -         -",
  waiveAskBack: "    new       open     pending   on-hold   -         -",
  remindRequester: " new       open     pending   -         -         -",
  solveUnanswered: " solved    solved   solved    -         -         -",
  wake: "            -         -        open      open      -         -",
  autoClose: "       -         -        -         -         closed    -",
  noteSent: "        new       open     pending   -         solved    -",
  noteUndelivered: "new open pending on-hold solved -",
  holdMessage: "     new       open     pending   on-hold   solved    -",
  acceptMessage: "   new       open     open      on-hold   open      -",
  rejectMessage: "   new       open     pending   on-hold   solved    -",
  attachAutoReply: " new       open     pending   on-hold   solved    -",
  merge: "           closed    closed   closed    closed    closed    -",
  unmerge: "         -         -        -         -         -         open",
  markSpam: "        closed    closed   closed    closed    closed    -",
  unmarkSpam: "      -         -        -         -         -         open",
  changeRequester: " new       open     pending   on-hold   solved    -",
  absorb: "          new       open     open      on-hold   open      -",
  release: "         new       open     pending   on-hold   solved    closed",
};

test.each(verbNames)("%s leads where it was meant to", (verb) => {
  const row: Partial<Record<Status, Status>> = transitions[verb];
  expect(statuses.map((status) => row[status] ?? "-")).toEqual(meant[verb].trim().split(/\s+/));
});

test("a policy's shortest clock ends before `late`", () => {
  const { targetMs, escalation } = policy.targets.resolution ?? { targetMs: { low: null }, escalation: [] };
  const chain = escalation.reduce((sum, { afterMs }) => sum + afterMs, 0);
  expect(start + (targetMs.low ?? Infinity) + chain).toBeLessThan(late);
});
