// Words that came by mail and are heard late: what counts is when they arrived. And what is held back until staff accept it.
import fc from "fast-check";
import { isRefusal } from "../../domain/refusal";
import type { Ticket } from "../../domain/ticket";
import { aTicket, attempt, does, held, part, requester, staff, start, text } from "./a-ticket";

const mail = part("mail");
const said = (occurredAt: number) => ({ message: text(), occurredAt });
const first = (ticket: Ticket) => ticket.clocks.firstResponse.past.at(-1);
const next = (ticket: Ticket) => ticket.clocks.nextResponse;

/** The clock has noticed the breach of the first response, due at `start` + 80, by `at`. */
function late(at: number): Ticket {
  const reminded = does(aTicket(), "remind", { metric: "firstResponse", cycle: 1, dueAt: start + 60, reminder: 1 }, part(), at).ticket;
  return does(reminded, "breach", { metric: "firstResponse", cycle: 1, dueAt: start + 80 }, part(), at).ticket;
}

describe("a colleague's answer by mail", () => {
  test("is the first response at its arrival", () => {
    const { ticket } = does(aTicket(), "reply", said(start + 30), staff(), start + 50);
    expect(first(ticket)).toMatchObject({ elapsedMs: 30, ended: { at: start + 30, how: "met" }, breach: null });
    expect(ticket.answeredAt).toBe(start + 30);
  });

  test("that arrived in time takes back a breach noted meanwhile", () => {
    const breached = late(start + 100);
    expect(breached.clocks.firstResponse.firstBreached).toBe(1);
    const { ticket } = does(breached, "reply", said(start + 79), staff(), start + 120);
    expect(first(ticket)).toMatchObject({ elapsedMs: 79, breach: null });
    expect(ticket.clocks.firstResponse.firstBreached).toBeNull();
  });

  test("that arrived too late leaves it", () => {
    const { ticket } = does(late(start + 100), "reply", said(start + 81), staff(), start + 120);
    expect(first(ticket)).toMatchObject({ elapsedMs: 81, breach: { at: start + 80 } });
    expect(ticket.clocks.firstResponse.firstBreached).toBe(1);
  });

  test("answers nothing that the requester wrote after it", () => {
    const answered = does(aTicket(), "reply", { message: text() }, staff(), start + 10).ticket;
    const asked = does(answered, "requesterReply", said(start + 40), requester, start + 41).ticket;
    const { ticket } = does(asked, "reply", said(start + 30), staff(), start + 50);
    expect(next(ticket)).toMatchObject({ begun: 1, ongoing: { startedAt: start + 40 } });
  });

  test("counts at the event when its arrival lies after it", () => {
    const { ticket } = does(aTicket(), "reply", said(start + 90), staff(), start + 50);
    expect(first(ticket)?.ended).toMatchObject({ at: start + 50 });
  });
});

describe("the requester's words by mail", () => {
  test("begin the next response at their arrival", () => {
    const answered = does(aTicket(), "reply", { message: text() }, staff(), start + 10).ticket;
    const { ticket } = does(answered, "requesterReply", said(start + 20), requester, start + 70);
    expect(next(ticket).ongoing).toMatchObject({ startedAt: start + 20, since: start + 20 });
  });

  test("end a pause at their arrival", () => {
    const pended = does(aTicket(), "wait", { message: null, reason: null, until: null }, staff(), start + 10).ticket;
    const { ticket } = does(pended, "requesterReply", said(start + 25), requester, start + 60);
    expect(ticket.clocks.resolution.ongoing).toMatchObject({ since: start + 25, pausedMs: { pending: 15 } });
  });

  test("that came before the pause end it as it began", () => {
    const pended = does(aTicket(), "wait", { message: null, reason: null, until: null }, staff(), start + 30).ticket;
    const { ticket } = does(pended, "requesterReply", said(start + 25), requester, start + 60);
    expect(ticket.clocks.resolution.ongoing).toMatchObject({ since: start + 30, pausedMs: { pending: 0 } });
    expect(ticket).toMatchObject({ status: "open", waiting: null });
  });

  test("that came before the ticket was closed reopen it; those that came after it are refused", () => {
    const closed = aTicket({ status: "closed", closedAt: start + 50, updatedAt: start + 50 });
    const { ticket, event } = does(closed, "requesterReply", said(start + 49), requester, start + 70);
    expect(event.facts).toMatchObject({ from: "closed", status: "open" });
    expect(ticket).toMatchObject({ status: "open", closedAt: null });
    expect(ticket.clocks.resolution.ongoing?.ended).toBeNull();
    for (const occurredAt of [start + 50, start + 60]) {
      expect(attempt(closed, "requesterReply", said(occurredAt), requester, start + 70)).toMatchObject({ refused: "ticket_closed" });
    }
    expect(attempt(closed, "requesterReply", { message: text() }, requester, start + 70)).toMatchObject({ refused: "ticket_closed" });
  });

  test("count as theirs when somebody else wrote them who takes part", () => {
    const { event } = does(aTicket(), "requesterReply", said(start), { kind: "participant", id: "uma" }, start + 1);
    expect(event).toMatchObject({ by: { kind: "participant", id: "uma" }, facts: { writtenDownBy: null } });
  });
});

test("an automatic reply moves nothing: neither status, nor waiting, nor clocks", () => {
  for (const status of ["new", "open", "pending", "on-hold", "solved"] as const) {
    const before = aTicket({ status });
    const { ticket } = does(before, "attachAutoReply", said(start), mail, before.updatedAt);
    expect(ticket).toEqual({ ...before, version: before.version + 1 });
  }
});

describe("a message that is held", () => {
  const withHeld = (given: Partial<typeof held> = {}, ticket = aTicket()) => does(ticket, "holdMessage", { ...held, ...given }, mail).ticket;
  const colleague = { writer: { kind: "staff", id: "ola", role: "agent" }, because: "unproven-staff", as: "reply" } as const;

  test("reopens nothing and begins no clock", () => {
    const solved = aTicket({ status: "solved" });
    expect(withHeld({}, solved)).toEqual({ ...solved, version: solved.version + 1, heldMessages: [held] });
  });

  test("accepted, it is the requester's side that wrote, when it arrived", () => {
    const answered = does(aTicket(), "reply", { message: text() }, staff(), start + 10).ticket;
    const { event, ticket } = does(withHeld({ occurredAt: start + 20 }, answered), "acceptMessage", { held: held.id }, staff(), start + 90);
    expect(event).toMatchObject({ kind: "requesterReplied", facts: { message: held.text, accepted: held.id, writtenDownBy: null } });
    expect(next(ticket).ongoing).toMatchObject({ startedAt: start + 20 });
    expect(ticket.heldMessages).toEqual([]);
  });

  test("rejected, it is gone, and nothing has happened", () => {
    const before = withHeld();
    const { ticket } = does(before, "rejectMessage", { held: held.id });
    expect(ticket).toEqual({ ...before, version: before.version + 1, heldMessages: [] });
  });

  test("once decided on, can't be decided on again", () => {
    const { ticket } = does(withHeld(), "rejectMessage", { held: held.id });
    expect(attempt(ticket, "acceptMessage", { held: held.id })).toMatchObject({ refused: "no_such_message" });
    expect(attempt(ticket, "rejectMessage", { held: held.id })).toMatchObject({ refused: "no_such_message" });
  });

  test("in a colleague's name is accepted by nobody else, and then their answer", () => {
    const before = withHeld(colleague);
    expect(attempt(before, "acceptMessage", { held: held.id }, staff("ingrid", "admin"))).toMatchObject({ refused: "not_allowed_now" });
    const { event } = does(before, "acceptMessage", { held: held.id }, staff("ola"), start + 5);
    expect(event).toMatchObject({ kind: "replied", by: { id: "ola" }, facts: { occurredAt: held.occurredAt } });
  });

  test("goes with the ticket's end", () => {
    const solved = withHeld({}, aTicket({ status: "solved" }));
    expect(does(solved, "close", {}).ticket.heldMessages).toEqual([]);
  });
});

test("however late it is heard of, an answer counts as it would have at its arrival", () => {
  fc.assert(
    fc.property(fc.nat(200), fc.nat(200), (arrives, delay) => {
      const at = start + arrives;
      const inTime = does(aTicket(), "reply", { message: text() }, staff(), at).ticket;
      const heard = attempt(arrives + delay < 80 ? aTicket() : late(start + arrives + delay), "reply", said(at), staff(), at + delay);
      if (isRefusal(heard)) throw new Error(heard.message);
      const [ours, theirs] = [first(heard.ticket), first(inTime)];
      expect(ours).toMatchObject({ ended: theirs?.ended, elapsedMs: theirs?.elapsedMs });
      if (arrives < 80) expect(heard.ticket.clocks.firstResponse.firstBreached).toBeNull();
    }),
  );
});
