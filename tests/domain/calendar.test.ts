// Business time beside a naive count of single milliseconds, and by tables where the rule is a matter of choice.
import fc from "fast-check";
import { add, always, between, beyond, isOpen, join, latest, nextOpening, openIntervals, subtract } from "../../domain/calendar";
import type { OpenInterval, OpenIntervals } from "../../domain/calendar";

const hour = 3_600_000;
/** 09:00–12:00 and 13:00–17:00 on the first day, 09:00–17:00 on the second, known for three days. */
const week = openIntervals([[9 * hour, 12 * hour], [13 * hour, 17 * hour], [33 * hour, 41 * hour]], 0, 72 * hour);

describe("adding business time", () => {
  test.each([
    ["within an interval", 10, 1, 11],
    ["over a lunch break", 11, 2, 14],
    ["over a night", 16, 2, 34],
    ["from before the opening", 7, 1, 10],
    ["from within a break", 12.5, 1, 14],
    ["what ends with the day ends at closing time", 13, 4, 17],
    ["what ends at a break ends there", 9, 3, 12],
    ["from closing time", 17, 1, 34],
    ["from the opening", 9, 0.5, 9.5],
    ["nothing while open: the same instant", 10, 0, 10],
    ["nothing at the opening: the same instant", 9, 0, 9],
    ["nothing at closing time: the next opening", 17, 0, 33],
    ["nothing outside hours: the next opening", 12.5, 0, 13],
    ["all there is", 0, 15, 41],
  ])("%s", (_, from, hours, expected) => {
    expect(add(week, from * hour, hours * hour)).toBe(expected * hour);
  });

  test("a negative amount goes back", () => {
    expect(add(week, 14 * hour, -2 * hour)).toBe(11 * hour);
  });
});

describe("subtracting business time", () => {
  test.each([
    ["within an interval", 11, 1, 10],
    ["over a lunch break", 14, 2, 11],
    ["over a night", 34, 2, 16],
    ["from after closing time", 20, 1, 16],
    ["a whole day starts at its opening", 41, 8, 33],
    ["from the opening", 33, 1, 16],
    ["nothing at closing time: the same instant", 17, 0, 17],
    ["nothing at the opening: closing time before it", 33, 0, 17],
    ["nothing outside hours: closing time before it", 12.5, 0, 12],
  ])("%s", (_, to, hours, expected) => {
    expect(subtract(week, to * hour, hours * hour)).toBe(expected * hour);
  });
});

describe("business time between two instants", () => {
  test.each([
    ["the same instant", 10, 10, 0],
    ["within an interval", 10, 11.5, 1.5],
    ["over a break", 11, 14, 2],
    ["outside hours at both ends", 0, 72, 15],
    ["wholly outside hours", 18, 30, 0],
    ["backwards is negative", 14, 11, -2],
  ])("%s", (_, from, to, expected) => {
    expect(between(week, from * hour, to * hour)).toBe(expected * hour);
  });
});

describe("beyond the horizon", () => {
  test("more is needed, and no instant is made up", () => {
    expect(add(week, 16 * hour, 9 * hour + 1)).toBe(beyond);
    expect(add(week, -1, 0)).toBe(beyond);
    expect(add(week, 41 * hour, 0)).toBe(beyond);
    expect(add(week, 100 * hour, 1)).toBe(beyond);
    expect(subtract(week, 10 * hour, 1 * hour + 1)).toBe(beyond);
    expect(subtract(week, 73 * hour, 1)).toBe(beyond);
    expect(between(week, 0, 72 * hour + 1)).toBe(beyond);
    expect(between(week, -1, 1)).toBe(beyond);
    expect(between(week, 73 * hour, 0)).toBe(beyond);
    expect(isOpen(week, 72 * hour)).toBe(beyond);
    expect(isOpen(week, -1)).toBe(beyond);
    expect(nextOpening(week, 42 * hour)).toBe(beyond);
  });

  test("a calendar that never opens needs more whatever is asked, and never hangs", () => {
    const closed = openIntervals([], 0, latest);
    expect([add(closed, 1, 0), add(closed, 1, 1), nextOpening(closed, 5)]).toEqual([beyond, beyond, beyond]);
    expect([between(closed, 1, 1e15), isOpen(closed, 5)]).toEqual([0, false]);
  });
});

test("it is open from the opening until just before closing time", () => {
  expect([8, 9, 11, 12, 13, 17].map((at) => isOpen(week, at * hour))).toEqual([false, true, true, false, true, false]);
});

test("around the clock time is just time, for ever and in one interval", () => {
  expect(always.intervals).toHaveLength(1);
  expect([add(always, 5, 7), subtract(always, 5, 7), between(always, -9, 4e14), nextOpening(always, 3)]).toEqual([12, -2, 4e14 + 9, 3]);
  expect(isOpen(always, 0)).toBe(true);
  expect(JSON.parse(JSON.stringify(always))).toEqual(always);
});

test("intervals are sorted, cut to what is known, merged where they touch or overlap; empty ones are left out", () => {
  const { intervals } = openIntervals([[50, 60], [10, 20], [20, 25], [30, 30], [40, 39], [15, 18], [55, 70], [-5, 3], [95, 120]], 0, 100);
  expect(intervals).toEqual([[0, 3], [10, 25], [50, 70], [95, 100]]);
});

test("expansions with a gap between them are not joined", () => {
  expect(() => join(openIntervals([], 0, 10), openIntervals([], 11, 20))).toThrow(RangeError);
});

const horizon = 200;
const anyPairs = fc.array(fc.tuple(fc.integer({ min: -20, max: 220 }), fc.integer({ min: -5, max: 40 })).map(([from, ms]): OpenInterval => [from, from + ms]), {
  maxLength: 12,
});
const anyInstant = fc.integer({ min: 0, max: horizon });
const known = (pairs: readonly OpenInterval[]): OpenIntervals => openIntervals(pairs, 0, horizon);
/** Every open millisecond, told by looking at each. */
function naive(pairs: readonly OpenInterval[]): number[] {
  return Array.from({ length: horizon }, (_, at) => at).filter((at) => pairs.some(([from, to]) => from <= at && at < to));
}

describe("on any intervals", () => {
  test("each answer is that of counting single milliseconds", () => {
    fc.assert(
      fc.property(anyPairs, anyInstant, anyInstant, fc.integer({ min: 0, max: 80 }), (pairs, from, to, ms) => {
        const open = known(pairs);
        const all = naive(pairs);
        const after = all.filter((at) => at >= from);
        const before = all.filter((at) => at < to);
        const last = ms === 0 ? after[0] : after[ms - 1];
        const first = ms === 0 ? before.at(-1) : before.at(-ms);
        expect(add(open, from, ms)).toBe(last === undefined ? beyond : last + (ms === 0 ? 0 : 1));
        expect(subtract(open, to, ms)).toBe(first === undefined ? beyond : first + (ms === 0 ? 1 : 0));
        if (from <= to) expect(between(open, from, to)).toBe(after.filter((at) => at < to).length);
        if (from < horizon) expect(isOpen(open, from)).toBe(all.includes(from));
      }),
      { numRuns: 1_000 },
    );
  });

  test("between undoes add, and add undoes between up to time that is not open", () => {
    fc.assert(
      fc.property(anyPairs, anyInstant, anyInstant, fc.integer({ min: 1, max: 80 }), (pairs, from, to, ms) => {
        const open = known(pairs);
        const reached = add(open, from, ms);
        if (reached !== beyond) {
          expect(between(open, from, reached)).toBe(ms);
          expect(subtract(open, reached, ms)).toBe(add(open, from, 0));
        }
        const passed = between(open, from, Math.max(from, to));
        if (passed === beyond || passed === 0) return;
        const back = add(open, from, passed);
        expect(back).not.toBe(beyond);
        expect(between(open, back as number, Math.max(from, to))).toBe(0);
      }),
      { numRuns: 1_000 },
    );
  });

  test("more time never ends earlier, a later start never does either, and time adds up", () => {
    fc.assert(
      fc.property(anyPairs, anyInstant, fc.nat(20), fc.integer({ min: 1, max: 40 }), fc.nat(40), (pairs, from, later, ms, more) => {
        const open = known(pairs);
        const once = add(open, from, ms);
        const longer = add(open, from, ms + more);
        const started = add(open, from + later, ms);
        if (once !== beyond && longer !== beyond) expect(longer).toBeGreaterThanOrEqual(once);
        if (once !== beyond && started !== beyond) expect(started).toBeGreaterThanOrEqual(once);
        if (once !== beyond && more > 0) expect(add(open, once, more)).toBe(longer);
      }),
      { numRuns: 1_000 },
    );
  });

  test("a span cut anywhere is the span: business time adds up and two expansions join to one", () => {
    fc.assert(
      fc.property(anyPairs, anyInstant, anyInstant, anyInstant, (pairs, a, b, c) => {
        const open = known(pairs);
        const [from, cut, to] = [a, b, c].sort((x, y) => x - y) as [number, number, number];
        expect(between(open, from, to)).toBe((between(open, from, cut) as number) + (between(open, cut, to) as number));
        expect(join(openIntervals(pairs, cut, to), openIntervals(pairs, from, cut))).toEqual(openIntervals(pairs, from, to));
      }),
      { numRuns: 1_000 },
    );
  });
});
