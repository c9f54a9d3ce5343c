// Tickets that are merged, spam, or somebody else's; and thanks. What each means to the ticket and to its clocks.
import fc from "fast-check";
import { abilities } from "../../domain/access";
import { audience } from "../../domain/audience";
import { elapsed } from "../../domain/cycle";
import type { Decision } from "../../domain/decide";
import type { TicketEvent } from "../../domain/event";
import { historyOf } from "../../domain/history";
import { nextDue } from "../../domain/due";
import { counterpart, objectionOf } from "../../domain/merging";
import { unopened } from "../../domain/opening";
import { metrics } from "../../domain/policy";
import { deadline } from "../../domain/deadline";
import type { Ticket } from "../../domain/ticket";
import { aTarget, aTicket, anIntake, attempt, does, part, policy, requester, roundTheClock, staff, start, text } from "./a-ticket";
import { lives } from "./lives";

const merging = { into: 8, otherRequester: false, reason: null };
const because = { reason: text("why") };
const answering = { ...policy, targets: { ...policy.targets, nextResponse: aTarget({ low: 90, normal: 90, high: 90, urgent: 90 }) } };
const absorbing = (waitingSince: number | null) => ({ source: 9, requester: "kim", waitingSince, otherRequester: false });
const nextResponse = (ticket: Ticket) => ticket.clocks.nextResponse.ongoing;

/** As it stands, whatever only tells when. */
function standing({ version: _version, updatedAt: _updatedAt, clocks: _clocks, ...rest }: Ticket) {
  return rest;
}

test("a merged ticket is closed without a word, and nothing happens on it by itself any more", () => {
  for (const status of ["open", "pending", "on-hold", "solved"] as const) {
    const before = aTicket({ status });
    const { ticket, event } = does(before, "merge", merging);
    expect([ticket.status, ticket.aside?.into, nextDue(ticket), deadline(ticket)]).toEqual(["closed", 8, null, null]);
    expect(audience(event, before, ticket)).toEqual([]);
  }
});

test("merging and spam cancel every clock: neither met nor missed", () => {
  for (const [verb, args] of [["merge", merging], ["markSpam", { reason: null }]] as const) {
    const { clocks } = does(aTicket(), verb, args as never, staff(), start + 30).ticket;
    for (const metric of ["firstResponse", "resolution"] as const) {
      const { ongoing, past, firstBreached } = clocks[metric];
      expect([ongoing, past.at(-1)?.ended?.how, firstBreached]).toEqual([null, "cancelled", null]);
    }
  }
});

test("undone, a merge leaves the ticket as it was, its clocks as counted: whatever had happened to it", () => {
  fc.assert(
    fc.property(lives({ punctual: true }), fc.integer({ min: 1, max: 5_000 }), ({ ticket, now }, gap) => {
      fc.pre(ticket.status !== "closed" && ticket.heldMessages.length === 0 && ticket.outgoing.length === 0);
      const merged = does(ticket, "merge", merging, staff(), now).ticket;
      const back = does(merged, "unmerge", { reason: null }, staff(), now + gap).ticket;
      const { routing, solution, waiting, offer, ...same } = standing(back);
      const { routing: wasRouting, solution: wasSolution, waiting: wasWaiting, offer: _wasOffer, ...was } = standing(ticket);
      expect(same).toEqual(was);
      expect([routing, offer]).toEqual([wasRouting === "none" ? "none" : "wanted", null]);
      // Windows that waited for the requester have not run meanwhile.
      const later = (from: number | null | undefined) => (typeof from === "number" ? from + gap : (from ?? null));
      expect([solution?.sentAt ?? null, waiting?.from ?? null]).toEqual([later(wasSolution?.sentAt), later(wasWaiting?.from)]);
      for (const metric of metrics) {
        const [cycle, before] = [back.clocks[metric].ongoing, ticket.clocks[metric].ongoing];
        expect([cycle?.number, cycle?.since === null]).toEqual([before?.number, before === null ? false : before.since === null]);
        if (cycle === null || before === null) continue;
        expect(elapsed(cycle, now + gap, back.calendars)).toBe(elapsed(before, now, ticket.calendars));
      }
    }),
    { numRuns: 300 },
  );
});

test("what was merged for a while stood still meanwhile, and the ledger says why", () => {
  const merged = does(aTicket(), "merge", merging, staff(), start + 30).ticket;
  const { ticket } = does(merged, "unmerge", { reason: null }, staff(), start + 130);
  expect(ticket.clocks.resolution.ongoing?.pausedMs.merged).toBe(100);
  expect(deadline(ticket)).toEqual({ at: start + 80 + 100, metric: "firstResponse" });
});

test("no spam after all: it is sought somebody for anew, and its clocks have run since it was accepted", () => {
  const spam = does(aTicket(), "markSpam", { reason: null }, staff(), start + 30).ticket;
  const { ticket, event } = does(spam, "unmarkSpam", { reason: null }, staff(), start + 70);
  expect([ticket.status, ticket.assignee, ticket.routing, ticket.aside]).toEqual(["open", null, "wanted", null]);
  expect(deadline(ticket)).toEqual({ at: start + 80, metric: "firstResponse" });
  expect(event.facts).toMatchObject({ formerAssignee: "ingrid" });
  expect(ticket.clocks.assignment.ongoing?.startedAt).toBe(start + 70);
});

test("the ledger counts the time that it passed for spam", () => {
  const intake = anIntake();
  const first = does(aTicket(), "markSpam", { reason: null }, staff(), start + 30);
  const second = does(first.ticket, "unmarkSpam", { reason: null }, staff(), start + 70);
  const { ledger } = historyOf(intake, [...eventsToOpen(), first.event, second.event]);
  const last = ledger.filter(({ metric }) => metric === "firstResponse").at(-1);
  expect([last?.counted, last?.to]).toEqual([[[start + 30, start + 70]], start + 80]);
});

test("the words of a merged ticket that wait for an answer start the target's next response when they were said", () => {
  const answered = does(aTicket({}, {}, answering), "reply", { message: text() }, staff(), start + 50).ticket;
  const { ticket } = does(answered, "absorb", absorbing(start + 10), staff(), start + 60);
  expect([nextResponse(ticket)?.startedAt, deadline(ticket)]).toEqual([start + 10, { at: start + 100, metric: "nextResponse" }]);
  expect(ticket.clocks.resolution.ongoing?.startedAt).toBe(start);
});

test("the oldest words count: later ones make way, and have their own clock again once the tickets are parted", () => {
  const answered = does(aTicket({}, {}, answering), "reply", { message: text() }, staff(), start + 5).ticket;
  const asked = does(answered, "requesterReply", { message: text() }, requester, start + 40).ticket;
  const both = does(asked, "absorb", absorbing(start + 10), staff(), start + 60).ticket;
  expect(nextResponse(both)?.startedAt).toBe(start + 10);
  const parted = does(both, "release", { source: 9 }, staff(), start + 70).ticket;
  expect([nextResponse(parted)?.startedAt, deadline(parted)?.at]).toEqual([start + 40, start + 130]);
  const later = does(asked, "absorb", absorbing(start + 50), staff(), start + 60).ticket;
  expect(nextResponse(later)?.startedAt).toBe(start + 40);
});

test("answered in between, nothing is owed to either when they are parted", () => {
  const asked = does(aTicket({}, {}, answering), "reply", { message: text() }, staff(), start + 5).ticket;
  const both = does(asked, "absorb", absorbing(start + 10), staff(), start + 20).ticket;
  const answered = does(both, "reply", { message: text() }, staff(), start + 30).ticket;
  expect(nextResponse(does(answered, "release", { source: 9 }, staff(), start + 40).ticket)).toBeNull();
});

test("while nobody has answered the target, its first response is the answer, unless the other's words are older than it", () => {
  expect(nextResponse(does(aTicket({}, {}, answering), "absorb", absorbing(start + 10)).ticket)).toBeNull();
  expect(nextResponse(does(aTicket({}, {}, answering), "absorb", absorbing(start - 10)).ticket)?.startedAt).toBe(start - 10);
});

test("words that wait move the target as its requester's own would; none move nothing", () => {
  const after = (status: "pending" | "on-hold" | "solved", since: number | null) => does(aTicket({ status }), "absorb", absorbing(since)).ticket.status;
  expect([after("pending", start), after("on-hold", start), after("solved", start)]).toEqual(["open", "on-hold", "open"]);
  expect([after("pending", null), after("on-hold", null), after("solved", null)]).toEqual(["pending", "on-hold", "solved"]);
});

test("the target's assignee is told, or its lead where words wait; who merged is not", () => {
  const target = aTicket();
  const told = (ticket: Ticket, by = staff("ola")) => {
    const { event, ticket: after } = does(ticket, "absorb", absorbing(start), by);
    return audience(event, ticket, after).map(({ recipient }) => recipient);
  };
  expect(told(target)).toEqual([{ to: "agent", agent: "ingrid" }]);
  expect(told(target, staff("ingrid"))).toEqual([]);
  expect(told({ ...target, assignee: null })).toEqual([{ to: "lead" }]);
});

test("refused: into itself; while a message is held on it; into one of somebody else's unless that is known; to be parted twice", () => {
  expect(attempt(aTicket(), "merge", { ...merging, into: 7 })).toMatchObject({ refused: "merge_into_itself" });
  const writer = { kind: "participant", id: "p1" } as const;
  const held = { id: "m1", text: text(), because: "unknown-sender", writer, as: "requesterReply", occurredAt: start } as const;
  expect(attempt({ ...aTicket(), heldMessages: [held] }, "merge", merging)).toMatchObject({ refused: "not_allowed_now" });
  const foreign = { ...absorbing(null), requester: "ida" };
  expect(attempt(aTicket(), "absorb", foreign)).toMatchObject({ refused: "other_requester" });
  expect(attempt(aTicket(), "absorb", { ...foreign, otherRequester: true })).toMatchObject({ event: { kind: "absorbed" } });
  expect(attempt(aTicket(), "release", { source: 9 })).toMatchObject({ refused: "not_allowed_now" });
  expect(attempt(aTicket({ status: "closed" }), "unmerge", { reason: null })).toMatchObject({ refused: "not_allowed_now" });
  expect(attempt(aTicket({ status: "closed" }), "unmarkSpam", { reason: null })).toMatchObject({ refused: "not_allowed_now" });
});

test("the other ticket must be open to be merged into, and a ticket of its own to be parted from", () => {
  const source = aTicket();
  const merged = does(source, "merge", merging);
  const target = aTicket({ number: 8 });
  expect(objectionOf(target, merged.event)).toBeNull();
  expect(objectionOf({ ...target, status: "closed" }, merged.event)).toMatchObject({ refused: "target_closed" });
  const parted = does(merged.ticket, "unmerge", { reason: null });
  expect(objectionOf({ ...target, status: "closed" }, parted.event)).toBeNull();
  expect(objectionOf(does(target, "merge", { ...merging, into: 9 }).ticket, parted.event)).toMatchObject({ refused: "target_merged" });
  expect(counterpart(merged.event, source)).toMatchObject({ number: 8, command: { verb: "absorb", args: { source: 7, waitingSince: start } } });
  expect(counterpart(parted.event, merged.ticket)).toMatchObject({ number: 8, command: { verb: "release", args: { source: 7 } } });
});

test("what is set aside is brought back by undoing that, not by reopening", () => {
  const lead = staff("ida", "lead");
  const merged = does(aTicket(), "merge", merging).ticket;
  expect(attempt(merged, "reopen", because, lead)).toMatchObject({ refused: "not_allowed_now", details: { as: "merged" } });
  expect(abilities(lead, merged)).toEqual(expect.arrayContaining(["unmerge"]));
  expect(abilities(lead, merged)).not.toEqual(expect.arrayContaining(["reopen"]));
  expect(abilities(lead, does(aTicket(), "markSpam", { reason: null }).ticket)).toEqual(expect.arrayContaining(["unmarkSpam"]));
});

test("thanks leave a solved ticket solved and flagged, its auto-close included; on any other they are a reply", () => {
  const solved = aTicket({ status: "solved", solution: { version: 6, sentAt: start, undelivered: false } });
  const { ticket, event } = does(solved, "requesterReply", { message: text(), thanks: true }, requester);
  expect([ticket.status, ticket.thanked, ticket.solution, nextDue(ticket)?.command.verb]).toEqual(["solved", true, solved.solution, "autoClose"]);
  expect(audience(event, solved, ticket)).toEqual([{ recipient: { to: "agent", agent: "ingrid" }, template: "requester-thanked" }]);
  expect(does(ticket, "reopen", because).ticket).toMatchObject({ status: "open", thanked: false });
  expect(does(ticket, "requesterReply", { message: text() }, requester).ticket).toMatchObject({ status: "open", thanked: false });
  const pending = does(aTicket({ status: "pending" }), "requesterReply", { message: text(), thanks: true }, requester);
  expect([pending.ticket.status, pending.ticket.thanked, "thanks" in pending.event.facts]).toEqual(["open", false, false]);
});

test("another requester: the policy is looked for anew, and earlier links open nothing", () => {
  const { ticket } = does(aTicket(), "changeRequester", { requester: "ida", ...because });
  expect(ticket).toMatchObject({ requester: "ida", formerRequesters: 1, matching: { policy: null }, status: "open", assignee: "ingrid" });
  expect(attempt(ticket, "changeRequester", { requester: "ida", ...because })).toMatchObject({ refused: "not_allowed_now" });
});

/** The events by which `aTicket` comes to be open. */
function eventsToOpen() {
  const intake = anIntake();
  const sorted = { category: "billing", type: "question", team: "billing", rule: "r1" } as const;
  const steps: TicketEvent[] = [];
  const after = (ticket: Ticket, decide: (ticket: Ticket) => Decision): Ticket => {
    const { ticket: next, event } = decide(ticket);
    steps.push(event);
    return next;
  };
  let ticket = after(unopened(intake), (one) => does(one, "open", { intake }, part("intake")));
  ticket = after(ticket, (one) => does(one, "sort", sorted, part("rules")));
  ticket = after(ticket, (one) => does(one, "measure", { policy, windowsIn: null, calendars: [roundTheClock] }, part("rules")));
  ticket = after(ticket, (one) => does(one, "prioritise", { priority: "normal", impact: null, urgency: null, reason: null }, part("rules")));
  after(ticket, (one) => does(one, "assign", { agent: "ingrid", overCapacity: false }));
  return steps;
}
