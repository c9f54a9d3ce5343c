// A ticket on offer: who may answer until when, what ends it, and every race between two of these.
import fc from "fast-check";
import { audience } from "../../domain/audience";
import { nextClosing, openIntervals } from "../../domain/calendar";
import { duesBy, nextDue } from "../../domain/due";
import { choose } from "../../domain/dispatch/choose";
import { rulesOf } from "../../domain/dispatch/rules";
import { isRefusal } from "../../domain/refusal";
import type { OfferTerms } from "../../domain/offers";
import { restore } from "../../domain/state";
import type { Ticket } from "../../domain/ticket";
import { aSortedTicket, attempt, does, part, requester, staff, text } from "./a-ticket";
import { aCandidate, aNeed } from "./dispatch/a-candidate";
import { lives } from "./lives";

const [ola, ingrid] = [staff("ola"), staff("ingrid", "lead")];
const dispatch = part("dispatch");
const terms: OfferTerms = { answerWithinMs: 30, closesAt: null, mostDeclines: 2 };
const place = { agent: "ola", team: "billing", decision: "d1", terms };
const wanted = (): Ticket => ({ ...aSortedTicket(), routing: "wanted", acknowledgement: "none" });
const onOffer = (given: Partial<OfferTerms> = {}, ticket = wanted()): Ticket =>
  does(ticket, "offer", { ...place, terms: { ...terms, ...given } }, dispatch).ticket;
const says = { reason: null };

test("it has no assignee and stays new; whom it is on offer to may accept or decline, nobody else", () => {
  const ticket = onOffer();
  expect(ticket).toMatchObject({ status: "new", assignee: null, routing: "offered", offer: { agent: "ola", endsAt: ticket.updatedAt + 30 } });
  for (const verb of ["acceptOffer", "declineOffer"] as const) {
    expect(attempt(ticket, verb, says, ingrid)).toMatchObject({ refused: "not_on_offer", details: { offeredTo: "ola" } });
    expect(isRefusal(attempt(ticket, verb, says, ola))).toBe(false);
  }
});

test("accepted, it is theirs: nobody mails them what they know", () => {
  const ticket = onOffer();
  const { event, ticket: theirs } = does(ticket, "acceptOffer", {}, ola);
  expect(theirs).toMatchObject({ status: "open", assignee: "ola", offer: null, routing: "none" });
  expect(event.facts).toMatchObject({ decision: "d1", accepted: "by saying so" });
  expect(audience(event, ticket, theirs)).toEqual([]);
});

test("their answer to the requester accepts it at once; somebody else's does not", () => {
  const answered = does(onOffer(), "reply", { message: text() }, ola).ticket;
  expect(duesBy(answered, answered.updatedAt).ticket).toMatchObject({ assignee: "ola", offer: null });
  expect(does(onOffer(), "reply", { message: text() }, ingrid).ticket).toMatchObject({ assignee: null, offer: { agent: "ola", answered: false } });
});

test("declined, others are sought and they are asked no more; after the last it waits for the lead, who is told", () => {
  const once = does(onOffer(), "declineOffer", { reason: text() }, ola).ticket;
  expect(once).toMatchObject({ routing: "wanted", offer: null, declinedBy: ["ola"] });
  const again = does(once, "offer", { ...place, agent: "ida", decision: "d2" }, dispatch).ticket;
  const { event, ticket } = does(again, "declineOffer", says, staff("ida"));
  expect(ticket).toMatchObject({ routing: "none", offer: null, assignee: null, declinedBy: ["ola", "ida"] });
  expect(audience(event, again, ticket)).toEqual([{ recipient: { to: "lead" }, template: "declined" }]);
  const moved = does(ticket, "transfer", { team: "billing" }, ingrid).ticket;
  expect(moved).toMatchObject({ routing: "wanted", declines: 0, declinedBy: ["ola", "ida"] });
});

test("when everybody of the team has declined, the lead is told as well", () => {
  const ticket = wanted();
  const { event, ticket: queued } = does(ticket, "queue", { team: "billing", decision: "d", declinedByAll: true }, dispatch);
  expect(audience(event, ticket, queued)).toEqual([{ recipient: { to: "lead" }, template: "declined" }]);
});

test("accept against time-out: until its end it is theirs, from its end on it has lapsed, whatever came first to the worker", () => {
  const ticket = onOffer();
  const endsAt = ticket.offer?.endsAt ?? 0;
  expect(nextDue(ticket)).toMatchObject({ at: endsAt, command: { verb: "lapseOffer" } });
  expect(attempt(ticket, "lapseOffer", {}, part(), endsAt - 1)).toMatchObject({ refused: "not_allowed_now" });
  expect(isRefusal(attempt(duesBy(ticket, endsAt - 1).ticket, "acceptOffer", {}, ola, endsAt - 1))).toBe(false);
  const late = duesBy(ticket, endsAt).ticket;
  expect(late).toMatchObject({ routing: "wanted", offer: null, lapsedWith: ["ola"], declinedBy: [] });
  expect(attempt(late, "acceptOffer", {}, ola, endsAt)).toMatchObject({ refused: "not_on_offer" });
});

test("the end of their working hours ends it, and they have missed nothing", () => {
  const ticket = onOffer({ closesAt: 1_010 });
  expect(ticket.offer).toMatchObject({ endsAt: 1_010, atClosing: true });
  expect(duesBy(ticket, 1_010).ticket).toMatchObject({ routing: "wanted", lapsedWith: [] });
  // Told of late, after closing: over at once.
  const late = onOffer({ closesAt: 900 });
  expect(duesBy(late, late.updatedAt).ticket).toMatchObject({ routing: "wanted", offer: null, lapsedWith: [] });
  expect(onOffer({ closesAt: 1_030 }).offer).toMatchObject({ endsAt: 1_030, atClosing: false });
});

test.each([
  ["a lead gives it to somebody", (ticket: Ticket) => does(ticket, "assign", { agent: "ida", overCapacity: false }, ingrid), { assignee: "ida", routing: "none" }],
  ["a lead gives it to whom it is on offer to", (ticket: Ticket) => does(ticket, "assign", { agent: "ola", overCapacity: false }, ingrid), { assignee: "ola" }],
  ["it goes to another team", (ticket: Ticket) => does(ticket, "transfer", { team: "network" }, ingrid), { routing: "wanted", team: "network" }],
  ["another category belongs to another team", (ticket: Ticket) => does(ticket, "categorise", { category: "lan", type: null, team: "network" }, ingrid), { routing: "wanted" }],
  ["it is resolved", (ticket: Ticket) => does(ticket, "resolve", { message: null }, ingrid), { status: "solved" }],
  ["it is put on hold", (ticket: Ticket) => does(ticket, "hold", { reason: null, until: null }, ingrid), { status: "on-hold", routing: "wanted" }],
  ["they go away", (ticket: Ticket) => does(ticket, "withdrawOffer", { agent: "ola", decision: "d1" }, dispatch), { routing: "wanted", declinedBy: [], lapsedWith: [] }],
])("over when %s: answered after that it is refused, and nothing lapses any more", (_, happens, then) => {
  const { ticket } = happens(onOffer());
  expect(ticket).toMatchObject({ offer: null, ...then });
  for (const verb of ["acceptOffer", "declineOffer"] as const) expect(isRefusal(attempt(ticket, verb, says, ola))).toBe(true);
  expect(nextDue(ticket)?.command.verb).not.toBe("lapseOffer");
});

test("the other way round: what has been accepted or declined is not withdrawn, nor lapses", () => {
  for (const [verb, args] of [["acceptOffer", {}], ["declineOffer", says]] as const) {
    const { ticket } = does(onOffer(), verb, args as never, ola);
    expect(attempt(ticket, "withdrawOffer", { agent: "ola", decision: "d1" }, dispatch)).toMatchObject({ refused: "not_on_offer" });
    expect(isRefusal(attempt(ticket, "lapseOffer", {}, part(), ticket.updatedAt + 1_000))).toBe(true);
  }
});

test("what the requester writes, and another priority, leave it on offer; its clocks run", () => {
  const open = does({ ...aSortedTicket(), routing: "wanted" }, "offer", place, dispatch).ticket;
  const ticket = does(does(open, "requesterReply", { message: text() }, requester).ticket, "prioritise", { priority: "urgent", impact: null, urgency: null, reason: null }, ingrid).ticket;
  expect(ticket.offer).toEqual(open.offer);
  expect(ticket.clocks.firstResponse.ongoing?.since).not.toBeNull();
});

test("two offers at once are impossible, in any life", () => {
  fc.assert(
    fc.property(lives({ punctual: true }), ({ turns }) => {
      for (const { before, event } of turns) if (event.kind === "offered") expect(before.offer).toBeNull();
    }),
    { numRuns: 50 },
  );
});

test("whoever let it lapse comes after everybody who did not, in every strategy", () => {
  const people = [aCandidate("a", { lapsed: true, capacity: 9 }), aCandidate("b", { capacity: 2, load: 1 })];
  for (const strategy of ["spare-capacity", "round-robin", "best-score"] as const) {
    expect(choose(people, aNeed(), rulesOf({ strategy }), 0).agent).toBe("b");
  }
  expect(choose(people.slice(0, 1), aNeed(), rulesOf({}), 0).agent).toBe("a");
});

test("a ticket stored before there were offers is read as never on offer", () => {
  const { offer: _offer, declinedBy: _by, declines: _declines, lapsedWith: _with, ...earlier } = aSortedTicket();
  expect(restore({ schema: 1, ticket: earlier as Ticket })).toEqual(aSortedTicket());
});

test("closing time is the end of what is open now; a calendar that is shut, or open beyond what is known, has none", () => {
  const open = openIntervals([[10, 20], [30, 100]], 0, 100);
  expect([5, 10, 19, 20, 30].map((at) => nextClosing(open, at))).toEqual([null, 20, 20, null, null]);
});
