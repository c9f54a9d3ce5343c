// The clocks' laws one by one, each in the smallest story that shows it. What ms count is open time of an office here.
import fc from "fast-check";
import { elapsed } from "../../domain/cycle";
import type { Cycle } from "../../domain/cycle";
import { nextDue, nextNeed } from "../../domain/due";
import { unopened } from "../../domain/opening";
import type { Metric, Policy } from "../../domain/policy";
import { breachesUnder, deadline, stepOf } from "../../domain/sla";
import type { Instant, Ticket } from "../../domain/ticket";
import { priorities } from "../../domain/words";
import type { Priority } from "../../domain/words";
import { anIntake, aSortedTicket, aTarget, aTicket, does, part, policy, requester, roundTheClock, start, staff, text } from "./a-ticket";
import { lives } from "./lives";

const message = text();
const none = { low: null, normal: null, high: null, urgent: null };
const always = (ms: number) => ({ low: ms, normal: ms, high: ms, urgent: ms });

function ongoing(ticket: Ticket, metric: Metric): Cycle {
  const cycle = ticket.clocks[metric].ongoing;
  if (cycle === null) throw new Error(`No ${metric} is running.`);
  return cycle;
}
const ended = (ticket: Ticket, metric: Metric) => ticket.clocks[metric].past.at(-1)?.ended ?? null;
const spent = (ticket: Ticket, metric: Metric, at: Instant) => elapsed(ongoing(ticket, metric), at, ticket.calendars);
const pend = (ticket: Ticket, at: Instant) => does(ticket, "wait", { message: null, reason: null, until: null }, staff(), at).ticket;
const hold = (ticket: Ticket, at: Instant) => does(ticket, "hold", { reason: null, until: null }, staff(), at).ticket;
const resume = (ticket: Ticket, at: Instant) => does(ticket, "resume", {}, staff(), at).ticket;
const reply = (ticket: Ticket, at: Instant) => does(ticket, "reply", { message }, staff(), at).ticket;
const hears = (ticket: Ticket, at: Instant) => does(ticket, "requesterReply", { message }, requester, at).ticket;
const resolve = (ticket: Ticket, at: Instant, worded = false) => does(ticket, "resolve", { message: worded ? message : null }, staff(), at).ticket;
const assign = (ticket: Ticket, agent: string, at: Instant) => does(ticket, "assign", { agent, overCapacity: false }, staff(), at).ticket;
const prioritise = (ticket: Ticket, priority: Priority, at: Instant) =>
  does(ticket, "prioritise", { priority, impact: null, urgency: null, reason: message }, staff(), at).ticket;
const measure = (ticket: Ticket, by: Policy, at: Instant, calendars = [roundTheClock]) =>
  does(ticket, "measure", { policy: by, windowsIn: null, calendars }, part("rules"), at).ticket;

/** With the calendar known to its end, as a worker would have it. */
const sighted = (ticket: Ticket): Ticket => ({ ...ticket, calendars: { "always@1": roundTheClock } });
/** The deadline without that of the first response. */
const due = (ticket: Ticket) => deadline({ ...ticket, clocks: { ...ticket.clocks, firstResponse: aTicket({ status: "solved" }).clocks.firstResponse } });

/** Every metric measured, by far targets. */
const full: Policy = {
  ...policy,
  targets: Object.fromEntries(
    (["firstResponse", "nextResponse", "periodicUpdate", "assignment", "resolution"] as const).map((metric) => [metric, aTarget(always(100_000))]),
  ),
};
const watched = (intake = {}) => aTicket({}, intake, full);

describe("what starts, meets and cancels each metric", () => {
  test("all that counts from the acceptance counts from there, however late the rules speak", () => {
    const intake = anIntake();
    const opened = does(unopened(intake), "open", { intake }, part("intake")).ticket;
    const measured = measure(opened, full, start + 500);
    for (const metric of ["firstResponse", "assignment", "resolution"] as const) {
      expect(ongoing(measured, metric).startedAt).toBe(start);
      expect(spent(measured, metric, start + 500)).toBe(500);
    }
  });

  test("a target that was missed before the rules could speak was missed at its true instant", () => {
    const intake = anIntake();
    const opened = does(unopened(intake), "open", { intake }, part("intake")).ticket;
    const measured = measure(opened, policy, start + 500);
    expect(ongoing(measured, "firstResponse").breach?.at).toBe(start + 80);
  });

  test.each([
    ["a reply", (ticket: Ticket) => reply(ticket, start + 3)],
    ["a question", (ticket: Ticket) => does(ticket, "wait", { message, reason: null, until: null }, staff(), start + 3).ticket],
    ["a solution with words", (ticket: Ticket) => resolve(ticket, start + 3, true)],
  ])("%s meets the first response", (_, answer) => {
    expect(ended(answer(watched()), "firstResponse")).toEqual({ at: start + 3, how: "met", by: "publicReply" });
  });

  test.each([
    ["a note", (ticket: Ticket) => does(ticket, "note", { message }).ticket],
    ["an assignment", (ticket: Ticket) => assign(ticket, "ola", start)],
    ["the requester's words", (ticket: Ticket) => hears(ticket, start)],
    ["waiting without a word", (ticket: Ticket) => pend(ticket, start)],
    ["the automatic acknowledgement", () => does(aSortedTicket({}, full), "acknowledge", {}, part()).ticket],
  ])("%s answers nobody", (_, act) => expect(act(watched()).clocks.firstResponse.ongoing).not.toBeNull());

  test("solved without a word, the first response is given up, and told apart from one that was met", () => {
    expect(ended(resolve(watched(), start + 3), "firstResponse")).toEqual({ at: start + 3, how: "cancelled", by: "resolved" });
  });

  test("the next response counts from the oldest words that nobody has answered, and from none before the first response", () => {
    expect(hears(watched(), start + 3).clocks.nextResponse.begun).toBe(0);
    const asked = hears(hears(reply(watched(), start + 1), start + 4), start + 9);
    expect(ongoing(asked, "nextResponse").startedAt).toBe(start + 4);
    expect(ended(reply(asked, start + 12), "nextResponse")).toEqual({ at: start + 12, how: "met", by: "publicReply" });
    expect(ended(resolve(asked, start + 12), "nextResponse")?.how).toBe("cancelled");
  });

  test("a periodic update is promised by each reply, and met by the next", () => {
    const twice = reply(reply(watched(), start + 1), start + 5);
    expect(twice.clocks.periodicUpdate.begun).toBe(2);
    expect(ended(twice, "periodicUpdate")).toMatchObject({ at: start + 5, how: "met" });
    const solved = resolve(twice, start + 7, true).clocks.periodicUpdate;
    expect([solved.begun, solved.ongoing]).toEqual([2, null]);
  });

  test("the assignment counts while nobody has it: from the opening, an unassignment, a transfer", () => {
    const given = assign(aSortedTicket({}, full), "ingrid", start + 2);
    expect(ended(given, "assignment")).toMatchObject({ at: start + 2, how: "met" });
    expect(assign(given, "ola", start + 3).clocks.assignment.begun).toBe(1);
    expect(ongoing(does(given, "unassign", {}, staff(), start + 4).ticket, "assignment").startedAt).toBe(start + 4);
    const moved = does(given, "transfer", { team: "network" }, staff(), start + 5).ticket;
    expect(ongoing(moved, "assignment").startedAt).toBe(start + 5);
    expect(ended(resolve(moved, start + 6), "assignment")?.how).toBe("cancelled");
  });

  test("a policy may name other occasions", () => {
    const target = { ...aTarget(always(500)), startedBy: ["assigned"] as const, metBy: ["publicReply"] as const };
    const other = aSortedTicket({}, { ...policy, targets: { periodicUpdate: target } });
    expect(ongoing(assign(other, "ola", start + 5), "periodicUpdate").startedAt).toBe(start + 5);
  });
});

describe("what stops each metric", () => {
  const stopped = { firstResponse: [], nextResponse: ["on-hold"], periodicUpdate: ["pending"], assignment: [], resolution: ["pending", "on-hold"] };
  const metrics = Object.keys(stopped) as Metric[];
  const all = does(hears(reply(watched(), start), start), "unassign", {}).ticket;
  const counting = { ...all, clocks: { ...all.clocks, firstResponse: watched().clocks.firstResponse } };

  test.each([["pending", pend], ["on-hold", hold]] as const)("%s", (status, stop) => {
    const still = stop(counting, start + 5);
    const standing = metrics.filter((metric) => ongoing(still, metric).since === null);
    expect(standing).toEqual(metrics.filter((metric) => (stopped[metric] as string[]).includes(status)));
  });

  test("a policy may name other statuses", () => {
    const other = aTicket({}, {}, { ...policy, targets: { resolution: { ...aTarget(always(500)), pausedIn: ["on-hold"] } } });
    expect(ongoing(pend(other, start + 5), "resolution").since).not.toBeNull();
    expect(ongoing(hold(other, start + 5), "resolution").since).toBeNull();
  });
});

describe("pauses", () => {
  test.each([["pending", pend], ["on-hold", hold]] as const)("%s moves the resolution by its length", (_, stop) => {
    fc.assert(
      fc.property(fc.nat(150), fc.nat(500), (after, length) => {
        const back = resume(stop(aTicket(), start + after), start + after + length);
        expect(due(back)?.at).toBe(start + 160 + length);
      }),
    );
  });

  test("none moves a deadline earlier", () => {
    fc.assert(
      fc.property(lives(), fc.nat(60), fc.nat(60), (life, after, length) => {
        const ticket = sighted(life.ticket);
        fc.pre(ticket.status === "open" && ticket.clocks.resolution.ongoing !== null);
        const before = due(ticket)?.at ?? Infinity;
        const from = ticket.updatedAt + after;
        fc.pre(before > from);
        const back = resume(pend(ticket, from), from + length);
        expect(due(back)?.at ?? Infinity).toBe(before + length);
      }),
    );
  });

  test("one that is split in two, or changed from pending to on-hold in its middle, stops as long", () => {
    fc.assert(
      fc.property(lives(), fc.nat(50), fc.nat(50), (life, first, second) => {
        const ticket = sighted(life.ticket);
        fc.pre(ticket.status === "open");
        const from = ticket.updatedAt + 1;
        const [middle, to] = [from + first, from + first + second];
        const whole = resume(pend(ticket, from), to);
        expect(resume(pend(resume(pend(ticket, from), middle), middle), to).clocks).toEqual(whole.clocks);
        expect(deadline(resume(hold(pend(ticket, from), middle), to))).toEqual(deadline(whole));
      }),
    );
  });

  test("what has elapsed and what remains make the goal, at every moment of a running clock", () => {
    fc.assert(
      fc.property(lives(), fc.nat(200), (life, later) => {
        const ticket = sighted(life.ticket);
        const { ongoing: cycle } = ticket.clocks.resolution;
        fc.pre(cycle !== null && cycle.since !== null && cycle.breach === null && cycle.targetMs !== null);
        const at = ticket.updatedAt + later;
        const remaining = (due(ticket)?.at ?? NaN) - at;
        expect((elapsed(cycle, at, ticket.calendars) ?? NaN) + remaining).toBe(cycle.targetMs);
      }),
    );
  });
});

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

describe("reopening", () => {
  const solved = resolve(aTicket(), start + 30);

  test("goes on with the cycle, without the time between", () => {
    const back = does(solved, "reject", {}, requester, start + 1_000).ticket;
    expect([spent(back, "resolution", start + 1_007), back.clocks.resolution.begun]).toEqual([37, 1]);
    expect(ongoing(back, "resolution").pausedMs.solved).toBe(970);
    expect(spent(back, "firstResponse", start + 1_007)).toBe(37);
  });

  test("or starts a new one, by policy, with the earlier one kept", () => {
    const restart = { ...policy, reopening: "restart" } as const;
    const back = does(resolve(aTicket({}, {}, restart), start + 30), "reject", {}, requester, start + 1_000).ticket;
    expect([spent(back, "resolution", start + 1_007), back.clocks.resolution.begun]).toEqual([7, 2]);
    expect(back.clocks.resolution.past.at(-1)).toMatchObject({ number: 1, ended: { at: start + 30, how: "met" } });
  });

  test("what was breached stays breached, and takes no step again", () => {
    const late = resolve(aTicket(), start + 300);
    const back = does(late, "reject", {}, requester, start + 1_000).ticket;
    expect(ongoing(back, "resolution").breach?.at).toBe(start + 160);
  });
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
