// Another priority, policy or calendar: what is counted stays, and what comes is measured anew. Each law in the smallest
// story that shows it; ms of open time.
import fc from "fast-check";
import { elapsed } from "../../domain/cycle";
import { duesBy, nextDue, nextNeed } from "../../domain/due";
import { deadline, stepOf } from "../../domain/deadline";
import { breachesUnder } from "../../domain/sla";
import type { Ticket } from "../../domain/ticket";
import { priorities } from "../../domain/words";
import { aSortedTicket, aTarget, aTicket, does, part, policy, requester, roundTheClock, start, staff } from "./a-ticket";
import { lives } from "./lives";
import { message, none, always, ongoing, spent, pend, resume, reply, resolve, prioritise, measure, sighted, due } from "./measured";

describe("another target", () => {
  test("a priority that makes it overdue breaches at the moment of the change", () => {
    const urgent = prioritise(aTicket(), "urgent", start + 35);
    expect(ongoing(urgent, "firstResponse").breach?.at).toBe(start + 35);
    expect(nextDue(urgent)?.at).toBeLessThanOrEqual(start + 35);
  });

  test("also while it stands still: the breach is noted then, its chain waits until it runs", () => {
    const waiting = pend(reply(aTicket(), start), start + 60);
    const urgent = prioritise(waiting, "urgent", start + 61);
    expect(nextDue(urgent)).toMatchObject({ at: start + 61, command: { verb: "breach" } });
    const noted = does(urgent, "breach", { metric: "resolution", cycle: 1, dueAt: start + 61 }, part()).ticket;
    expect(nextDue(noted)).toBeNull();
    expect(nextDue(resume(noted, start + 90))).toMatchObject({ at: start + 90, command: { verb: "nextLevel" } });
  });

  test("nor does the chain of a cycle that outlives the solution: its breach is told of once the ticket is open again", () => {
    const stubborn = aTarget(always(80), { metBy: ["publicReply"], cancelledBy: [], reminders: [] });
    const solved = resolve(aTicket({}, {}, { ...policy, targets: { firstResponse: stubborn } }), start + 30);
    const stricter = { ...policy, edition: 2, targets: { firstResponse: { ...stubborn, targetMs: always(20) } } };
    const overdue = measure(solved, stricter, start + 50);
    expect(ongoing(overdue, "firstResponse").breach?.at).toBe(start + 50);
    expect(nextDue(overdue)).toBeNull();
    const back = does(overdue, "reject", {}, requester, start + 60).ticket;
    expect(nextDue(back)).toMatchObject({ command: { verb: "breach" }, at: start + 50 });
  });

  test("a cycle that was met or breached stays as it was", () => {
    const met = prioritise(reply(aTicket(), start + 3), "urgent", start + 5);
    expect(met.clocks.firstResponse.past.at(-1)?.targetMs).toBe(80);
    const missed = reply(aTicket(), start + 100);
    expect(missed.clocks.firstResponse).toMatchObject({ firstBreached: 1, past: [{ targetMs: 80, breach: { at: start + 80 } }] });
    const late = prioritise(pend(reply(aTicket(), start + 3), start + 170), "low", start + 175);
    expect(ongoing(late, "resolution")).toMatchObject({ targetMs: 160, breach: { at: start + 160 } });
  });

  test("what is counted stays through any change of priority; back again it is as before", () => {
    fc.assert(
      fc.property(lives(), fc.constantFrom(...priorities), (life, other) => {
        const ticket = sighted(life.ticket);
        const { ongoing: cycle } = ticket.clocks.resolution;
        fc.pre(ticket.status !== "closed" && ticket.status !== "solved" && cycle !== null && cycle.breach === null);
        const there = prioritise(ticket, other, ticket.updatedAt);
        expect(elapsed(ongoing(there, "resolution"), ticket.updatedAt, ticket.calendars)).toBe(elapsed(cycle, ticket.updatedAt, ticket.calendars));
        fc.pre(ongoing(there, "resolution").breach === null);
        expect(due(prioritise(there, ticket.priority, ticket.updatedAt))).toEqual(due(ticket));
      }),
    );
  });

  test("a reminder is not given again when the target moves away and comes back", () => {
    const reminded = does(aTicket(), "remind", { metric: "firstResponse", cycle: 1, dueAt: start + 60, reminder: 1 }, part(), start + 60).ticket;
    const back = prioritise(prioritise(reminded, "low", start + 61), "normal", start + 62);
    expect(stepOf(back, "firstResponse")?.step).toEqual({ kind: "breach" });
  });

  test("another policy's reminders are its own: one that stands elsewhere is given, one that stands alike is not given again", () => {
    const under = (ticket: Ticket, edition: number, ...percents: number[]) => {
      const reminders = percents.map((percent) => ({ at: { percent }, tell: [{ to: "lead" } as const] }));
      return measure(ticket, { ...policy, edition, targets: { firstResponse: aTarget(always(100), { reminders }) } }, start + 61);
    };
    const steps = (ticket: Ticket) => duesBy(ticket, start + 100).dues.map(({ at, cause }) => [at - start, cause]);
    const reminded = does(aTicket({ acknowledgement: "none" }), "remind", { metric: "firstResponse", cycle: 1, dueAt: start + 60, reminder: 1 }, part(), start + 60).ticket;
    const [ninety, breach] = [[90, "clock:firstResponse:1:reminder-90%"], [100, "clock:firstResponse:1:breach"]];
    expect(steps(under(reminded, 2, 90)).slice(0, 2)).toEqual([ninety, breach]);
    expect(steps(under(reminded, 2, 90, 75)).slice(0, 2)).toEqual([ninety, breach]);
    expect(steps(under(under(reminded, 2, 80), 3, 75))[0]).toEqual(breach);
  });

  test("a priority without a target has none; the time goes on being counted", () => {
    const promise = { ...policy, targets: { resolution: aTarget({ ...none, urgent: 40 }) } };
    const calm = aTicket({}, {}, promise);
    expect(deadline(calm)).toBeNull();
    expect(ongoing(prioritise(calm, "urgent", start + 50), "resolution").breach?.at).toBe(start + 50);
  });

  test("a priority change stays within the edition that was pinned; another policy is another event", () => {
    const later = { ...policy, edition: 2, targets: { resolution: aTarget(always(1_000)) } };
    expect(ongoing(prioritise(aTicket(), "high", start + 5), "resolution").under).toBe("standard@1");
    const moved = measure(aTicket(), later, start + 5);
    expect(ongoing(moved, "resolution")).toMatchObject({ under: "standard@2", targetMs: 1_000 });
    expect(deadline(moved)?.at).toBe(start + 1_000);
  });

  test("time stays as counted under the calendar then in force; the rest is counted by the new one", () => {
    const nights = { ...roundTheClock, calendar: "nights", until: 1_000_000, intervals: [[start + 500, start + 5_000]] as const };
    const later = { ...policy, edition: 2, targets: { resolution: aTarget(always(160), { calendar: "nights@1" }) } };
    const moved = measure(aTicket(), later, start + 60, [roundTheClock, nights]);
    expect(spent(moved, "resolution", start + 400)).toBe(60);
    expect(deadline(moved)?.at).toBe(start + 600);
  });

  test("a metric that is measured only from now on counts from its own past", () => {
    const unmeasured = aTicket({}, {}, { ...policy, targets: {} });
    const paused = resume(pend(unmeasured, start + 50), start + 80);
    expect(deadline(measure(paused, policy, start + 100))?.metric).toBe("firstResponse");
    expect(spent(measure(paused, policy, start + 100), "resolution", start + 100)).toBe(70);
  });

  test("the preview names what a policy would breach at once, and changes nothing", () => {
    const strict = { ...policy, edition: 2, targets: { resolution: aTarget(always(10)) } };
    const ticket = reply(aTicket(), start + 1);
    expect(breachesUnder(ticket, strict, {}, start + 30)).toEqual(["resolution"]);
    expect(breachesUnder(ticket, strict, {}, start + 5)).toEqual([]);
  });

  test.each([
    ["another team", (ticket: Ticket) => does(ticket, "transfer", { team: "network" }).ticket],
    ["another category", (ticket: Ticket) => does(ticket, "categorise", { category: "vpn", type: null, team: null }).ticket],
    ["another type", (ticket: Ticket) => does(ticket, "categorise", { category: "vpn", type: "incident", team: null }).ticket],
    ["staff's word", (ticket: Ticket) => does(ticket, "applyPolicy", { policy: null, reason: null }, staff("lea", "lead")).ticket],
  ])("%s: the policy is looked for anew", (_, act) => expect(act(aTicket()).matching).toEqual({ policy: null }));
});

describe("what must be known of a calendar", () => {
  const office = { ...roundTheClock, calendar: "office", until: start + 50, intervals: [[start, start + 50]] as const };
  const promise = { ...policy, targets: { resolution: aTarget(always(160), { calendar: "office@1" }) } };
  const shortSighted = aSortedTicket({}, promise, [office]);

  test("as far as the target, and not known so far there is no deadline", () => {
    expect(nextNeed(shortSighted)).toMatchObject({ key: "office@1", from: start, enoughMs: 160 });
    expect(deadline(shortSighted)).toBeNull();
    const coverage = { ...office, until: start + 900, intervals: [[start, start + 50], [start + 100, start + 900]] as const };
    const known = does(shortSighted, "extendCalendar", { coverage }, part("rules")).ticket;
    expect([deadline(known)?.at, nextNeed(known)]).toEqual([start + 210, null]);
  });

  test("nothing while it stands still: a paused ticket asks for nothing and does nothing", () => {
    const still = reply(pend(shortSighted, start + 10), start + 20);
    expect([nextNeed(still), nextDue({ ...still, acknowledgement: "none" })]).toEqual([null, null]);
  });

  test("what ran unseen is counted when it is known, and its breach has its true instant", () => {
    const away = resume(pend(resume(pend(shortSighted, start + 10), start + 300), start + 600), start + 900);
    const coverage = { ...office, until: start + 2_000, intervals: [[start, start + 50], [start + 100, start + 2_000]] as const };
    const known = does(away, "extendCalendar", { coverage }, part("rules")).ticket;
    expect(ongoing(known, "resolution")).toMatchObject({ elapsedMs: 310, breach: { at: start + 450 } });
  });

  test("a calendar that opens no more gives no deadline, and is not asked for ever", () => {
    const shut = { ...office, until: start + 9_000_000, exhausted: true };
    const hopeless = aSortedTicket({}, promise, [shut]);
    expect([nextNeed(hopeless), deadline(hopeless)]).toEqual([null, null]);
  });
});

test("a correction gives time back, and leaves what was counted", () => {
  const args = { metric: "resolution", cycle: 1, creditMs: 40, of: { from: start, to: start + 40 }, reason: message } as const;
  const corrected = does(aTicket(), "correct", args, staff("lea", "lead"), start + 50).ticket;
  expect(ongoing(corrected, "resolution")).toMatchObject({ elapsedMs: 50, creditMs: 40 });
  expect(spent(corrected, "resolution", start + 50)).toBe(10);
  const late = resolve(aTicket(), start + 300);
  expect(does(late, "correct", args, staff("lea", "lead")).ticket.clocks.resolution).toEqual(late.clocks.resolution);
});
