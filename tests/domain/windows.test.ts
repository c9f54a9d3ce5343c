// Windows that wait for the requester: what they count from, in which calendar, what stops them.
import { nextDue, nextNeed } from "../../domain/due";
import type { Policy } from "../../domain/policy";
import type { Ticket } from "../../domain/ticket";
import { attempt, aTicket, does, part, policy, requester, roundTheClock, staff, start, text } from "./a-ticket";

const message = text();
const mail = part("mail");
/** No target: nothing but windows falls due. */
const patient: Policy = { ...policy, targets: {}, pending: { remindAfterMs: 100, solveAfterMs: 200 } };
const plain = { message, reason: null, until: null };
const ours = (given: Partial<Ticket> = {}, by = patient) => aTicket({ acknowledgement: "none", ...given }, {}, by);
const asks = (ticket: Ticket) => does(ticket, "wait", plain, staff(), start + 10).ticket;
const sent = (ticket: Ticket, at: number) => does(ticket, "noteSent", { of: ticket.waiting?.version ?? ticket.solution?.version ?? 0, notice: "n", sentAt: at }, mail, at).ticket;
const next = (ticket: Ticket) => {
  const due = nextDue(ticket);
  return due === null ? null : [due.command.verb, due.at - start];
};

test("a question is asked again some time after it really left, and then the ticket is solved, unanswered", () => {
  const asked = asks(ours());
  expect(next(asked)).toBeNull();
  const left = sent(asked, start + 500);
  expect(next(left)).toEqual(["remindRequester", 600]);
  const reminded = does(left, "remindRequester", {}, part(), start + 600).ticket;
  expect([reminded.status, next(reminded)]).toEqual(["pending", null]);
  const again = sent(reminded, start + 700);
  expect(next(again)?.[0]).toBe("solveUnanswered");
  // Up to a fiftieth later, so that thousands don't end at one instant.
  expect(next(again)?.[1]).toBeGreaterThanOrEqual(900);
  expect(next(again)?.[1]).toBeLessThanOrEqual(904);
  const { ticket, event } = does(again, "solveUnanswered", {}, part(), start + 910);
  expect([ticket.status, event.facts]).toEqual(["solved", { message: null, status: "solved", how: "no answer" }]);
});

test("waiting without a question counts at once: nothing was sent", () => {
  expect(next(does(ours(), "wait", { ...plain, message: null }, staff(), start + 10).ticket)).toEqual(["remindRequester", 110]);
});

test("by default pending waits on", () => {
  expect(next(sent2(asks(ours({}, { ...patient, pending: null }))))).toBeNull();
});
const sent2 = (ticket: Ticket) => {
  expect(attempt(ticket, "noteSent", { of: ticket.waiting?.version ?? 0, notice: "n", sentAt: start }, mail)).toHaveProperty("refused");
  return ticket;
};

test("a wait with an end of its own has no window", () => {
  const until = does(ours(), "wait", { ...plain, until: start + 9_000 }, staff(), start + 10).ticket;
  expect(next(sent(until, start + 20))).toEqual(["wake", 9_000]);
});

test.each([
  ["an answer", (ticket: Ticket) => does(ticket, "requesterReply", { message }, requester).ticket],
  ["a resumption", (ticket: Ticket) => does(ticket, "resume", {}).ticket],
  ["on hold", (ticket: Ticket) => does(ticket, "hold", { reason: null, until: null }).ticket],
  ["a solution", (ticket: Ticket) => does(ticket, "resolve", { message: null }).ticket],
])("%s ends it", (_, act) => expect(next(act(sent(asks(ours()), start + 20)))).toBeNull());

test("a question that could not be delivered, or came back, stops it; another try that leaves starts it", () => {
  const left = sent(asks(ours()), start + 20);
  const bounced = does(left, "noteUndelivered", { notice: "n", of: left.waiting?.version ?? 0 }, mail, start + 30).ticket;
  expect([next(bounced), bounced.waiting?.undelivered]).toEqual([null, true]);
  expect(next(sent(bounced, start + 300))).toEqual(["remindRequester", 400]);
});

test("a mail that said solved and came back stops auto-close", () => {
  const solved = does(ours(), "resolve", { message: null }).ticket;
  const left = sent(solved, start + 20);
  expect(next(left)?.[0]).toBe("autoClose");
  expect(next(does(left, "noteUndelivered", { notice: "n", of: solved.solution?.version ?? 0 }, mail).ticket)).toBeNull();
});

test("it counts in the calendar of the organisation or the team, as far as that is known", () => {
  const intervals = [[start, start + 50], [start + 1_000, start + 9_000]] as const;
  const office = { ...roundTheClock, calendar: "office", until: start + 9_000, intervals };
  const known = does(ours(), "measure", { policy: patient, windowsIn: "office@1", calendars: [office] }, part("rules")).ticket;
  expect(next(sent(asks(known), start + 20))).toEqual(["remindRequester", 1_070]);
  const unknown = does(ours(), "measure", { policy: patient, windowsIn: "office@1", calendars: [] }, part("rules")).ticket;
  const waits = sent(asks(unknown), start + 20);
  expect([next(waits), nextNeed(waits)]).toEqual([null, { key: "office@1", from: start + 20, enoughMs: 100, until: start + 20 }]);
});

test("two tickets whose windows end together are told apart by their numbers, the same each time", () => {
  const closing = (number: number) => {
    const solved = does({ ...ours({}, { ...patient, autoCloseMs: 600_000 }), number }, "resolve", { message: null }).ticket;
    return nextDue(sent(solved, start + 20))?.at ?? 0;
  };
  const many = Array.from({ length: 100 }, (_, index) => closing(1_000 + index));
  expect(new Set(many).size).toBeGreaterThan(90);
  expect(Math.max(...many) - Math.min(...many)).toBeLessThanOrEqual(12_000);
  expect(closing(1_007)).toBe(many[7]);
});
