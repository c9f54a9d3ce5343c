// What a ticket does next by itself.
import fc from "fast-check";
import { decide } from "../../domain/decide";
import { nextDue } from "../../domain/due";
import type { Due } from "../../domain/due";
import { isRefusal } from "../../domain/refusal";
import { unopened } from "../../domain/opening";
import { deadline } from "../../domain/deadline";
import type { Instant, Ticket } from "../../domain/ticket";
import { anIntake, aSortedTicket, aTarget, aTicket, does, part, policy, start, text } from "./a-ticket";
import { lives } from "./lives";

/** Taken at its instant, or later. */
function take(ticket: Ticket, due: Due, at: Instant = due.at): Ticket {
  const decided = decide(ticket, due.command, { by: part(), at, cause: due.cause });
  if (isRefusal(decided)) throw new Error(`${due.cause} is refused: ${decided.message}`);
  return decided.ticket;
}

/** What speaks to the requester by itself lets a reply leave first, and is due when that has left. */
const behindReplies: readonly string[] = ["autoClose", "remindRequester", "solveUnanswered"];

function drive(ticket: Ticket): Due[] {
  const taken: Due[] = [];
  let left = -Infinity;
  for (let due = nextDue(ticket); due !== null; due = nextDue(ticket)) {
    if (taken.length > 20) throw new Error("It never comes to rest.");
    taken.push(behindReplies.includes(due.command.verb) ? { ...due, at: Math.max(due.at, left) } : due);
    if (due.command.verb === "sendReply") left = due.at;
    ticket = take(ticket, due);
  }
  return taken;
}

const anyLife = fc.oneof(lives({ sorted: false }), lives(), lives({ punctual: true }));

test("what is due is accepted, at its instant or late, and is then due no more", () => {
  fc.assert(
    fc.property(anyLife, fc.nat(50), ({ turns }, late) => {
      for (const { after } of turns) {
        const due = nextDue(after);
        if (due === null) continue;
        expect(nextDue(take(after, due))?.cause).not.toBe(due.cause);
        expect(nextDue(take(after, due, due.at + late))?.cause).not.toBe(due.cause);
      }
    }),
  );
});

test("a cause that was taken is never due again, whatever people do afterwards", () => {
  fc.assert(
    fc.property(lives({ punctual: true, maxLength: 60 }), ({ turns }) => {
      const taken = new Set<string>();
      for (const { before, event, after } of turns) {
        if (event.cause === nextDue(before)?.cause) taken.add(event.cause);
        expect(taken).not.toContain(nextDue(after)?.cause);
      }
    }),
  );
});

test("a ticket left to its clocks comes to rest after few steps, each with its own cause, in order of time", () => {
  fc.assert(
    fc.property(anyLife, ({ ticket }) => {
      const taken = drive(ticket);
      expect(new Set(taken.map(({ cause }) => cause)).size).toBe(taken.length);
      // What waits behind a reply that may be taken back keeps its own instant, and comes late.
      const instants = taken.filter(({ command }) => command.verb !== "sendReply").map(({ at }) => at);
      expect(instants).toEqual(instants.toSorted((a, b) => a - b));
    }),
  );
});

test("the same ticket says the same", () => {
  fc.assert(fc.property(anyLife, ({ ticket }) => expect(nextDue(ticket)).toEqual(nextDue(structuredClone(ticket)))));
});

test("a life that nobody touches: acknowledged, reminded, escalated, at these instants", () => {
  expect(drive(aSortedTicket()).map(({ cause, at }) => [cause, at - start])).toEqual([
    ["clock:acknowledgement:1:1", 10],
    ["clock:firstResponse:1:reminder-1", 60],
    ["clock:firstResponse:1:breach", 80],
    ["clock:firstResponse:1:1", 80],
    ["clock:firstResponse:1:2", 110],
    ["clock:resolution:1:reminder-1", 120],
    ["clock:resolution:1:breach", 160],
    ["clock:resolution:1:1", 160],
    ["clock:resolution:1:2", 190],
  ]);
});

test("of two at the same instant the first response's comes first", () => {
  const { firstResponse = aTarget({ low: 1, normal: 1, high: 1, urgent: 1 }) } = policy.targets;
  const equal = aTicket({ acknowledgement: "none" }, {}, { ...policy, targets: { firstResponse, resolution: firstResponse } });
  expect(nextDue(equal)?.command).toMatchObject({ args: { metric: "firstResponse" } });
  expect(deadline(equal)?.metric).toBe("firstResponse");
});

test("nothing is due of a ticket without a policy, or closed", () => {
  const intake = anIntake();
  expect(nextDue(does(unopened(intake), "open", { intake }, part("intake")).ticket)).toBeNull();
  expect(nextDue(aTicket({ status: "closed" }))).toBeNull();
});

test("a wait until an instant ends then; until nobody knows when, only its first response is due", () => {
  const until = start + 3;
  const args = { message: text(), reason: null, until };
  const waiting = does(aTicket(), "wait", args).ticket;
  expect(decide(waiting, { verb: "wake", args: {} }, { by: part(), at: until - 1, cause: "early" })).toHaveProperty(
    "refused",
  );
  expect(nextDue(waiting)).toMatchObject({ at: until, cause: `clock:resumption:${until}:1` });
  expect(nextDue(does(waiting, "wait", { ...args, until: null }).ticket)).toBeNull();
});

test("a step decided on an older state is refused: answered, solved or given another target meanwhile", () => {
  const ticket = aTicket();
  const due = nextDue(ticket);
  if (due === null) throw new Error("Nothing is due.");
  const changed = [
    does(ticket, "reply", { message: text() }).ticket,
    does(ticket, "resolve", { message: null }).ticket,
    does(ticket, "prioritise", { priority: "low", impact: null, urgency: null, reason: text() }).ticket,
    take(ticket, due),
  ];
  for (const one of changed) {
    expect(decide(one, due.command, { by: part(), at: due.at, cause: due.cause })).toHaveProperty("refused");
  }
});
