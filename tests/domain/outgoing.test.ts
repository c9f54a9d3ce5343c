// Replies that may be taken back: nothing has been said until they leave.
import fc from "fast-check";
import { abilities } from "../../domain/access";
import { departureOf, duesBy, nextDue } from "../../domain/due";
import { leavesBefore } from "../../domain/outgoing";
import { aTicket, attempt, does, part, requester, staff, start, text } from "./a-ticket";
import { lives } from "./lives";

const undoMs = 40;
const written = (ticket = aTicket(), id = "reply", at = start + 10) => does(ticket, "reply", { message: text(id), undoMs }, staff(), at);
const departs = (ticket: ReturnType<typeof aTicket>, at: number) => {
  const [first] = ticket.outgoing;
  if (first === undefined) throw new Error("Nothing is on its way.");
  const due = departureOf(first);
  return does(ticket, "sendReply", { text: first.text.id }, due.by, at);
};

test("written, it answers nobody: no clock stops, nothing moves, nobody is told; its leaving is due", () => {
  const before = aTicket();
  const { ticket, event } = written(before);
  expect(event).toMatchObject({ kind: "replyDelayed", facts: { text: text("reply"), leavesAt: start + 50 } });
  expect([ticket.status, ticket.answeredAt, ticket.acknowledgement]).toEqual([before.status, null, before.acknowledgement]);
  expect(ticket.clocks).toEqual(before.clocks);
  expect(nextDue({ ...ticket, acknowledgement: "none" })).toEqual({
    at: start + 50, by: staff(), command: { verb: "sendReply", args: { text: "reply" } }, cause: "clock:reply:reply:1",
  });
});

test("it is the first response when it leaves, by whoever wrote it: that is when the customer has it", () => {
  const { ticket, event } = departs(written().ticket, start + 50);
  expect(event).toMatchObject({ kind: "replied", by: staff(), facts: { message: text("reply") } });
  expect(ticket.clocks.firstResponse.past.at(-1)).toMatchObject({ elapsedMs: 50, ended: { how: "met", at: start + 50 } });
  expect(ticket.outgoing).toEqual([]);
});

test("whoever lets all that is due come first, another ticket's merging too, lets it leave by whoever wrote it", () => {
  const { decisions } = duesBy({ ...written().ticket, acknowledgement: "none" }, start + 50);
  expect(decisions.map(({ event }) => [event.kind, event.by])).toEqual([["replied", staff()]]);
});

test("taken back, it has never been: the ticket is as it was, and its clocks run on", () => {
  const before = aTicket();
  const { ticket, event } = does(written(before).ticket, "withdrawReply", { text: "reply" }, staff("ola"), start + 20);
  expect(event).toMatchObject({ kind: "replyWithdrawn", facts: { text: text("reply") }, by: staff("ola") });
  expect({ ...ticket, version: before.version, updatedAt: before.updatedAt }).toEqual(before);
});

test("409 once it has left, or was taken back before", () => {
  const gone = departs(written().ticket, start + 50).ticket;
  expect(attempt(gone, "withdrawReply", { text: "reply" }, staff(), start + 51)).toMatchObject({ refused: "no_such_message" });
  const withdrawn = does(written().ticket, "withdrawReply", { text: "reply" }, staff(), start + 20).ticket;
  expect(attempt(withdrawn, "withdrawReply", { text: "reply" }, staff(), start + 21)).toMatchObject({ refused: "no_such_message" });
  expect(abilities(staff(), withdrawn)).not.toContain("withdrawReply");
  expect(abilities(staff(), written().ticket)).toContain("withdrawReply");
  expect(abilities(requester, written().ticket)).not.toContain("withdrawReply");
});

test("they leave in the order in which they were written, though the team gives less time by then", () => {
  const first = written().ticket;
  const { ticket } = does(first, "reply", { message: text("second"), undoMs: 1 }, staff(), start + 12);
  expect(ticket.outgoing.map(({ text: { id }, leavesAt }) => [id, leavesAt])).toEqual([["reply", start + 50], ["second", start + 50]]);
});

test("whatever else speaks to the requester, or ends the ticket, lets it leave first; what staff do among themselves does not", () => {
  const { ticket } = written();
  const before = (verb: string, args = {}) => leavesBefore(ticket, { verb, args } as never).length;
  for (const verb of ["reply", "wait", "resolve", "close", "confirm", "merge", "changeRequester", "acceptMessage"]) expect([verb, before(verb)]).toEqual([verb, 1]);
  for (const verb of ["note", "assign", "transfer", "prioritise", "markSpam", "requesterReply"]) expect([verb, before(verb)]).toEqual([verb, 0]);
  expect(before("reply", { undoMs })).toBe(0);
});

test("what closes it by itself, or asks again, waits until it has left", () => {
  const solved = does(aTicket({ assignee: "ingrid" }), "resolve", { message: null }, staff(), start + 1).ticket;
  const sent = does(solved, "noteSent", { of: solved.version, notice: "n", sentAt: start + 2 }, part("mail"), start + 2).ticket;
  const closesAt = nextDue(sent)?.at ?? 0;
  const { ticket } = written(sent, "reply", closesAt - 5);
  expect(nextDue(ticket)).toMatchObject({ at: closesAt + 35, command: { verb: "sendReply" } });
  expect(nextDue(departs(ticket, closesAt + 35).ticket)).toMatchObject({ command: { verb: "autoClose" } });
});

test("of spam nothing leaves any more", () => {
  const { ticket } = does(written().ticket, "markSpam", { reason: null }, staff(), start + 20);
  expect([ticket.outgoing, nextDue(ticket)]).toEqual([[], null]);
});

test("in any life: a reply leaves once or never, and never when it was taken back", () => {
  fc.assert(
    fc.property(lives(), ({ turns, ticket }) => {
      const ids = (kind: string) => turns.filter(({ event }) => event.kind === kind);
      const delayed = ids("replyDelayed").map(({ event }) => (event.facts as { text: { id: string } }).text.id);
      const withdrawn = ids("replyWithdrawn").map(({ event }) => (event.facts as { text: { id: string } }).text.id);
      const said = ids("replied").map(({ event }) => (event.facts as { message: { id: string } }).message.id).filter((id) => id !== "text-1");
      const ends = [...withdrawn, ...said, ...ticket.outgoing.map(({ text: { id } }) => id)];
      for (const id of new Set(delayed)) expect(ends.filter((end) => end === id).length).toBeLessThanOrEqual(delayed.filter((one) => one === id).length);
      expect(ends.every((id) => delayed.includes(id) || id === "held")).toBe(true);
    }),
    { numRuns: 300 },
  );
});
