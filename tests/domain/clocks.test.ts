// The clocks' laws one by one, each in the smallest story that shows it.
import fc from "fast-check";
import { nextDue } from "../../domain/due";
import { unopened } from "../../domain/opening";
import { deadline, nextStep, retarget, spent, takeStep } from "../../domain/sla";
import type { Clock, Clocks } from "../../domain/sla";
import type { Instant, Ticket } from "../../domain/ticket";
import { priorities } from "../../domain/words";
import type { Priority } from "../../domain/words";
import { anIntake, aSortedTicket, aTicket, does, part, policy, requester, start, staff, text } from "./a-ticket";
import { lives } from "./lives";

const message = text();

function clocksOf({ clocks }: Ticket): Clocks {
  if (clocks === null) throw new Error("No clocks.");
  return clocks;
}
const pend = (ticket: Ticket, at: Instant) =>
  does(ticket, "wait", { message: null, reason: null, until: null }, staff(), at).ticket;
const hold = (ticket: Ticket, at: Instant) => does(ticket, "hold", { reason: null, until: null }, staff(), at).ticket;
const resume = (ticket: Ticket, at: Instant) => does(ticket, "resume", {}, staff(), at).ticket;
const prioritise = (ticket: Ticket, priority: Priority, at: Instant) => {
  const args = { priority, impact: null, urgency: null, reason: message, policy: null };
  return does(ticket, "prioritise", args, staff(), at).ticket;
};
const remaining = ({ targetMs }: Clock, counted: number) => targetMs - counted;

test("both clocks count from the acceptance, however late the rules speak", () => {
  const { firstResponse, resolution } = clocksOf(aSortedTicket());
  expect([firstResponse.runningSince, resolution.runningSince]).toEqual([start, start]);
});

test.each([["pending", pend], ["on-hold", hold]] as const)("%s moves the resolution by its length", (_, stop) => {
  fc.assert(
    fc.property(fc.nat(500), fc.nat(500), (after, length) => {
      const ticket = aTicket();
      const back = resume(stop(ticket, start + after), start + after + length);
      const [was, is] = [clocksOf(ticket).resolution, clocksOf(back).resolution];
      const now = start + after + length;
      expect(now + remaining(is, spent(is, now))).toBe(start + was.targetMs + length);
      expect(clocksOf(back).firstResponse).toEqual(clocksOf(ticket).firstResponse);
    }),
  );
});

test("a pause split in two, or changed from pending to on-hold in its middle, is the same pause", () => {
  fc.assert(
    fc.property(lives(), fc.nat(50), fc.nat(50), ({ ticket }, first, second) => {
      fc.pre(ticket.status === "open");
      const from = ticket.updatedAt + 1;
      const [middle, to] = [from + first, from + first + second];
      const whole = clocksOf(resume(pend(ticket, from), to));
      expect(clocksOf(resume(pend(resume(pend(ticket, from), middle), middle), to))).toEqual(whole);
      expect(clocksOf(resume(hold(pend(ticket, from), middle), to))).toEqual(whole);
    }),
  );
});

test("waiting for the requester doesn't stop the first response, answering while waiting meets it", () => {
  const waiting = pend(aTicket(), start + 5);
  expect(deadline(waiting)).toEqual({ at: start + policy.firstResponseMs.normal, metric: "firstResponse" });
  const asked = { message, reason: null, until: null };
  expect(clocksOf(does(waiting, "wait", asked, staff(), start + 9).ticket).firstResponse.metAt).toBe(start + 9);
});

test("the first response is met once: a second reply changes no clock", () => {
  const once = does(aTicket(), "reply", { message }, staff(), start + 3).ticket;
  const twice = does(once, "reply", { message }, staff(), start + 9).ticket;
  expect(clocksOf(twice)).toEqual(clocksOf(once));
  expect(clocksOf(once).firstResponse).toMatchObject({ metAt: start + 3, spentMs: 3, runningSince: null });
});

test("an answer before the rules have spoken is the first response, at its own instant", () => {
  const intake = anIntake();
  const opened = does(unopened(intake), "open", { intake }, part("intake")).ticket;
  const answered = does(opened, "reply", { message }, staff(), start + 3).ticket;
  const priority = { priority: "normal", impact: null, urgency: null, reason: null, policy } as const;
  const { ticket } = does(answered, "prioritise", priority, part("rules"), start + 5);
  expect(clocksOf(ticket).firstResponse).toMatchObject({ metAt: start + 3, spentMs: 3, runningSince: null });
});

test("a note, an assignment or the requester's words answer nobody", () => {
  let ticket = does(aTicket(), "note", { message }).ticket;
  ticket = does(ticket, "assign", { agent: "ola", overCapacity: false }).ticket;
  ticket = does(ticket, "requesterReply", { message }, requester).ticket;
  expect(clocksOf(ticket).firstResponse.metAt).toBeNull();
});

test("both clocks stop at the solution and continue at the reopening, without the time between", () => {
  const solved = does(aTicket(), "resolve", { message: null }, staff(), start + 30).ticket;
  expect(deadline(solved)).toBeNull();
  const back = does(solved, "reject", {}, requester, start + 1_000).ticket;
  for (const clock of Object.values(clocksOf(back))) expect(spent(clock, start + 1_007)).toBe(37);
});

test("a breach has its true instant, though the clock came late", () => {
  const { normal } = policy.firstResponseMs;
  const reminder = { metric: "firstResponse", percent: 75, dueAt: start + normal * 0.75 } as const;
  const reminded = does(aTicket(), "remind", reminder, part(), start + 77).ticket;
  const breach = { metric: "firstResponse", level: 1, dueAt: start + normal } as const;
  const { ticket } = does(reminded, "escalate", breach, part(), start + 999);
  expect(clocksOf(ticket).firstResponse.breachedAt).toBe(start + policy.firstResponseMs.normal);
  expect(ticket.updatedAt).toBe(start + 999);
});

test("a priority that makes it overdue is due at once", () => {
  const at = start + policy.firstResponseMs.urgent + 15;
  const urgent = prioritise(aTicket(), "urgent", at);
  expect(nextDue(urgent)?.at).toBeLessThanOrEqual(at);
});

test("made overdue while it waits, the resolution is due at the moment of its resumption", () => {
  const answered = does(aTicket(), "reply", { message }).ticket;
  const urgent = prioritise(pend(answered, start + 60), "urgent", start + 61);
  expect(nextDue(urgent)).toBeNull();
  expect(nextDue(resume(urgent, start + 90))).toMatchObject({ at: start + 90, command: { verb: "remind" } });
});

test("what was counted and taken stays through any change of priority; back again it is as before", () => {
  fc.assert(
    fc.property(lives(), fc.constantFrom(...priorities), ({ ticket }, other) => {
      const clocks = clocksOf(ticket);
      const there = retarget(clocks, policy, other);
      for (const metric of ["firstResponse", "resolution"] as const) {
        const { targetMs: _, ...rest } = there[metric];
        expect(clocks[metric]).toMatchObject(rest);
      }
      if (clocks.firstResponse.metAt === null) expect(retarget(there, policy, ticket.priority)).toEqual(clocks);
    }),
  );
});

test("a first response that was given keeps the target it was given under", () => {
  const answered = does(aTicket(), "reply", { message }).ticket;
  const urgent = prioritise(answered, "urgent", start + 5);
  expect(clocksOf(urgent).firstResponse.targetMs).toBe(policy.firstResponseMs.normal);
});

test("a ticket is measured by the policy edition that it opened with, whatever comes later", () => {
  const later = { ...policy, edition: 2, resolutionMs: { ...policy.resolutionMs, normal: 1 } };
  const args = { priority: "normal", impact: null, urgency: null, reason: message, policy: later } as const;
  const { ticket } = does(aTicket(), "prioritise", args);
  expect(ticket.policy).toEqual(policy);
  expect(clocksOf(ticket).resolution.targetMs).toBe(policy.resolutionMs.normal);
});

test("a reminder is not given again when the target moves away and comes back", () => {
  const clock = clocksOf(aTicket()).resolution;
  const both = takeStep({ firstResponse: clock, resolution: clock }, "resolution", start, false);
  const away = retarget(both, policy, "low");
  expect(nextStep(policy, "resolution", away.resolution)?.step).toMatchObject({ kind: "escalate", level: 1 });
});

test("after the manager's turn a clock has no more steps", () => {
  const clock: Clock = { ...clocksOf(aTicket()).resolution, stepsTaken: 3 };
  expect(nextStep(policy, "resolution", clock)).toBeNull();
});
