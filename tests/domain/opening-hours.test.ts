import fc from "fast-check";
import { calendarFaults, isAroundTheClock, isDate, wallMs, wallText, without } from "../../domain/opening-hours";
import type { CalendarRules, Hours } from "../../domain/opening-hours";

const desk = (given: Partial<CalendarRules>): CalendarRules => ({ timeZone: "UTC", hours: { mon: [["09:00", "17:00"]] }, holidays: [], ...given });
const holiday = (date: string, hours: Hours = []) => ({ date, name: "A holiday", hours });

describe("what can't be is named", () => {
  test.each<[string, Partial<CalendarRules>, string, string, string]>([
    ["an overlap", { hours: { mon: [["09:00", "13:00"], ["12:00", "17:00"]] } }, "hours.mon.1", "interval_overlap", "mon 12:00–17:00 overlaps mon 09:00–13:00."],
    ["the same twice", { hours: { mon: [["09:00", "13:00"], ["09:00", "13:00"]] } }, "hours.mon.1", "interval_overlap", "mon 09:00–13:00 overlaps mon 09:00–13:00."],
    ["a night into the next morning", { hours: { mon: [["22:00", "30:00"]], tue: [["05:00", "09:00"]] } }, "hours.tue.0", "interval_overlap", "tue 05:00–09:00 overlaps mon 22:00–30:00."],
    ["Sunday's night into Monday", { hours: { sun: [["22:00", "26:00"]], mon: [["01:00", "09:00"]] } }, "hours.mon.0", "interval_overlap", "mon 01:00–09:00 overlaps sun 22:00–26:00."],
    ["within a holiday", { holidays: [holiday("12-24", [["09:00", "12:00"], ["11:00", "13:00"]])] }, "holidays.0.hours.1", "interval_overlap", "12-24 11:00–13:00 overlaps 12-24 09:00–12:00."],
    ["an end before its beginning", { hours: { fri: [["22:00", "06:00"]] } }, "hours.fri.0", "interval_order", "fri 22:00–06:00 ends before it begins: what goes past midnight counts on, as in 22:00–26:00."],
    ["nothing between", { hours: { fri: [["09:00", "09:00"]] } }, "hours.fri.0", "interval_order", "fri 09:00–09:00 ends before it begins: what goes past midnight counts on, as in 22:00–26:00."],
    ["a beginning on the next day", { hours: { fri: [["25:00", "26:00"]] } }, "hours.fri.0", "interval_too_long", "fri 25:00–26:00 begins on the next day: write it there."],
    ["a day that does not exist", { holidays: [holiday("2026-02-29")] }, "holidays.0.date", "date_unknown", "There is no day 2026-02-29."],
    ["a day twice", { holidays: [holiday("12-25"), holiday("12-24"), holiday("12-25")] }, "holidays.2.date", "date_twice", "12-25 is named twice: give it its hours once."],
    ["a desk that never opens", { hours: { mon: [] }, holidays: [holiday("12-25")] }, "hours", "never_opens", "A calendar must open at some time: clocks that count its hours would never end."],
  ])("%s", (_, given, path, code, message) => {
    const faults = calendarFaults(desk(given)).map((fault) => ({ ...fault, path: fault.path.join(".") }));
    expect(faults).toEqual([{ path, code, message }]);
  });

  test.each<[string, Partial<CalendarRules>]>([
    ["a lunch break", { hours: { mon: [["13:00", "17:00"], ["09:00", "12:00"]] } }],
    ["what touches", { hours: { mon: [["09:00", "12:00"], ["12:00", "24:00"]], tue: [["00:00", "01:00"]] } }],
    ["a night that touches Monday", { hours: { sun: [["22:00", "26:00"]], mon: [["02:00", "09:00"]] } }],
    ["open on holidays alone", { hours: {}, holidays: [holiday("12-24", [["09:00", "12:00"]])] }],
    ["a date beside its yearly one", { holidays: [holiday("12-25"), holiday("2026-12-25", [["09:00", "10:00"]])] }],
  ])("%s is sound", (_, given) => {
    expect(calendarFaults(desk(given))).toEqual([]);
  });
});

test("wall times are read and told alike", () => {
  expect(["09:00", "26:00", "48:00", "00:00", "09:00:30", "09:00:00.250"].map(wallMs)).toEqual([32_400_000, 93_600_000, 172_800_000, 0, 32_430_000, 32_400_250]);
  expect(["9:00", "09:60", "48:01", "09.00", "", "-1:00", "09:00:61"].map(wallMs)).toEqual(Array(7).fill(undefined));
  fc.assert(fc.property(fc.integer({ min: 0, max: 172_800_000 }), (ms) => expect(wallMs(wallText(ms))).toBe(ms)));
});

test("a closure takes its part out of a day's hours", () => {
  const day: Hours = [["09:00", "12:00"], ["13:00", "17:00"]];
  expect(without(day, ["11:00", "14:00"])).toEqual([["09:00", "11:00"], ["14:00", "17:00"]]);
  expect(without(day, ["10:00", "10:30"])).toEqual([["09:00", "10:00"], ["10:30", "12:00"], ["13:00", "17:00"]]);
  expect(without(day, ["00:00", "24:00"])).toEqual([]);
  expect(without(day, ["17:00", "24:00"])).toEqual(day);
});

test("around the clock is every day and every holiday, whole", () => {
  const whole: Hours = [["12:00", "24:00"], ["00:00", "12:00"]];
  const hours = { mon: whole, tue: whole, wed: whole, thu: whole, fri: whole, sat: whole, sun: whole };
  expect(isAroundTheClock(desk({ hours }))).toBe(true);
  expect(isAroundTheClock(desk({ hours, holidays: [holiday("12-25", whole)] }))).toBe(true);
  expect(isAroundTheClock(desk({ hours, holidays: [holiday("12-25")] }))).toBe(false);
  expect(isAroundTheClock(desk({ hours: { ...hours, sun: [["00:00", "23:59"]] } }))).toBe(false);
});

test("a date is a day that exists", () => {
  expect(["2026-02-28", "2028-02-29", "2000-02-29", "02-29", "12-31"].every(isDate)).toBe(true);
  expect(["2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "02-30", "2026-1-1", "00-01"].some(isDate)).toBe(false);
});
