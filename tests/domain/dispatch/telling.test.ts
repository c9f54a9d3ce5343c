// What requesters are told of the wait: a bound that most keep, or nothing where it would be a guess.
import fc from "fast-check";
import { openIntervals } from "../../../domain/calendar";
import type { Coverage } from "../../../domain/coverage";
import { boundFor, leastSamples, wouldWait } from "../../../domain/dispatch/expectation";
import type { Sample } from "../../../domain/dispatch/expectation";
import { openMs, toldOf } from "../../../domain/dispatch/telling";
import type { Standing } from "../../../domain/dispatch/telling";
import { isRefusal } from "../../../domain/refusal";
import { aSortedTicket, aTicket, attempt, does, part, roundTheClock, start, text } from "../a-ticket";

const calm = { ahead: 0, people: 2 };
const many = (count: number, waitedMs: (at: number) => number = (at) => at + 1): Sample[] =>
  Array.from({ length: count }, (_, at) => ({ ...calm, waitedMs: waitedMs(at) }));
const standing = (given: Partial<Standing> = {}): Standing => ({
  ...calm,
  tells: { wait: true, position: false, resolution: false },
  waits: many(40, () => 30),
  solutions: [],
  ...given,
});

describe("the bound", () => {
  test("below 30 samples there is none", () => {
    expect(boundFor(many(leastSamples - 1), calm)).toBe("few-samples");
    expect(boundFor(many(leastSamples), calm)).toEqual(expect.any(Number));
  });

  test("nobody there, or a crowd far beyond any before: none", () => {
    expect(boundFor(many(50), { ahead: 0, people: 0 })).toBe("nobody-there");
    expect(boundFor(many(50), { ahead: 9, people: 2 })).toBe("unusual-load");
  });

  test("for overflow an unusual crowd is a long wait, and nobody there an endless one", () => {
    expect(wouldWait(many(50, () => 10), { ahead: 9, people: 1 })).toBe(100);
    expect(wouldWait([], { ahead: 0, people: 0 })).toBe(Infinity);
    expect(wouldWait(many(5), calm)).toBeNull();
  });

  test("answers outside opening hours took no open time, and count", () => {
    expect(boundFor(many(40, () => 0), calm)).toBe(0);
  });

  test("only the newest hundred count", () => {
    const samples = [...many(100, () => 10), ...many(500, () => 1_000)];
    expect(boundFor(samples, calm)).toBe(10);
  });

  test("whoever has waited already is compared with those who waited as long", () => {
    expect(boundFor(many(100), calm, 90)).toBe(100);
    expect(boundFor(many(100), calm, 100)).toBe("few-samples");
  });

  test("a longer line, or fewer people, never makes it earlier; order of samples changes nothing", () => {
    const aSample = fc.record({ ahead: fc.nat(20), people: fc.integer({ min: 1, max: 9 }), waitedMs: fc.nat(10_000) });
    fc.assert(
      fc.property(fc.array(aSample, { minLength: leastSamples, maxLength: 100 }), fc.nat(5), fc.integer({ min: 1, max: 9 }), (samples, ahead, people) => {
        const [bound, longer, reversed] = [{ ahead, people }, { ahead: ahead + 1, people }].flatMap((now) => [boundFor(samples, now)]).concat(boundFor([...samples].reverse(), { ahead, people }));
        expect(reversed).toEqual(bound);
        if (typeof bound === "number" && typeof longer === "number") expect(longer).toBeGreaterThanOrEqual(bound);
      }),
    );
  });

  test("of tickets that are alike, 80 to 90 of a hundred keep it", () => {
    let state = 1;
    const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    const all = Array.from({ length: 3_000 }, (): Sample => {
      const crowding = { ahead: Math.floor(random() * 12), people: 3 + Math.floor(random() * 3) };
      return { ...crowding, waitedMs: (1 + crowding.ahead / crowding.people) * -Math.log(1 - random()) * 1_000 };
    });
    const kept = all.slice(100).filter((one, at) => {
      const bound = boundFor(all.slice(at, at + 100), one);
      return typeof bound === "number" && one.waitedMs <= bound;
    });
    expect(kept.length / 2_900).toBeGreaterThan(0.8);
    expect(kept.length / 2_900).toBeLessThan(0.9);
  });
});

describe("what is told", () => {
  const halves: Coverage = { ...roundTheClock, ...openIntervals([[start - 500, start + 20], [start + 100, start + 400]], 0, 10_000_000) };

  test("a bound in opening hours: what is closed between does not count", () => {
    const ticket = aSortedTicket({}, undefined, [halves]);
    expect(toldOf(ticket, standing(), start)).toMatchObject({ until: start + 110, silence: null, opensAt: null, calendar: "always@1" });
    expect(openMs(ticket, start + 110)).toBe(30);
  });

  test("outside opening hours it says when the team opens", () => {
    const night: Coverage = { ...roundTheClock, ...openIntervals([[start + 100, start + 400]], 0, 10_000_000) };
    expect(toldOf(aSortedTicket({}, undefined, [night]), standing(), start)).toMatchObject({ opensAt: start + 100, until: start + 130 });
  });

  test("a bound beyond the target is left out", () => {
    expect(toldOf(aSortedTicket(), standing({ waits: many(40, () => 81) }), start)).toMatchObject({ until: null, silence: "beyond-target" });
    expect(toldOf(aSortedTicket(), standing({ waits: many(40, () => 80) }), start)).toMatchObject({ until: start + 80 });
  });

  test("position and solution are told only where the team wants it, and nothing where it does not", () => {
    const quiet = toldOf(aSortedTicket(), standing({ tells: { wait: false, position: false, resolution: false } }), start);
    expect(quiet).toMatchObject({ until: null, silence: "not-wanted", position: null, solvedBy: null });
    const open = standing({ ahead: 1, tells: { wait: true, position: true, resolution: true }, solutions: many(40, () => 50) });
    expect(toldOf(aSortedTicket(), open, start)).toMatchObject({ position: 2, solvedBy: start + 75 });
  });
});

describe("the correction", () => {
  const told = () => does(aSortedTicket(), "acknowledge", {}, part("clock")).ticket;

  test("is told once", () => {
    const { ticket, event } = does(told(), "expectLater", { until: start + 99 }, part("dispatch"));
    expect(event).toMatchObject({ kind: "expectedLater", facts: { until: start + 99 } });
    expect(isRefusal(attempt(ticket, "expectLater", { until: start + 200 }, part("dispatch")))).toBe(true);
  });

  test("never after the first response, and never before the acknowledgement", () => {
    const answered = does(told(), "reply", { message: text() }).ticket;
    expect(isRefusal(attempt(answered, "expectLater", { until: null }, part("dispatch")))).toBe(true);
    expect(isRefusal(attempt(aSortedTicket(), "expectLater", { until: null }, part("dispatch")))).toBe(true);
  });
});

describe("overflow", () => {
  const waiting = () => does(aSortedTicket(), "queue", { team: "billing", decision: "d" }, part("dispatch")).ticket;

  test("takes a waiting ticket to the other team, where somebody is sought anew; once", () => {
    const { ticket, event } = does(waiting(), "overflow", { from: "billing", to: "support" }, part("dispatch"));
    expect(event).toMatchObject({ kind: "transferred", facts: { team: "support", from: "billing", overflow: true } });
    expect(ticket).toMatchObject({ team: "support", routing: "wanted", assignee: null });
    const again = does(ticket, "queue", { team: "support", decision: "e" }, part("dispatch")).ticket;
    expect(isRefusal(attempt(again, "overflow", { from: "support", to: "billing" }, part("dispatch")))).toBe(true);
  });

  test("is refused once somebody has it, or it waits elsewhere", () => {
    expect(isRefusal(attempt(aTicket(), "overflow", { from: "billing", to: "support" }, part("dispatch")))).toBe(true);
    expect(isRefusal(attempt(waiting(), "overflow", { from: "accounts", to: "support" }, part("dispatch")))).toBe(true);
  });
});
