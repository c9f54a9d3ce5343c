// What a calendar's hours are in UTC: by tables where a zone or a date is peculiar, and beside a naive desk on any calendar.
import fc from "fast-check";
import { ask, everOpens } from "../../calendars/ask";
import { expand } from "../../calendars/expand";
import { isTimeZone } from "../../calendars/zone";
import { always, beyond, join, nextOpening, openIntervals } from "../../domain/calendar";
import type { OpenInterval } from "../../domain/calendar";
import { weekdays } from "../../domain/opening-hours";
import type { CalendarEdition, Hours } from "../../domain/opening-hours";
import { anEdition, daily } from "./a-calendar";
import { naiveMinutes } from "./naive-desk";

const day = 86_400_000;
const at = (text: string) => Date.parse(text);

/** Open intervals of the span, as ISO without seconds. */
function told(editions: readonly CalendarEdition[], from: string, to: string): string[] {
  const iso = (ms: number) => new Date(ms).toISOString().slice(0, 16);
  return expand(editions, at(from), at(to)).intervals.map(([opens, closes]) => `${iso(opens)} ${iso(closes)}`);
}

describe("a day in a zone", () => {
  const inZone = (timeZone: string, ...hours: (readonly [string, string])[]) => [anEdition({ timeZone, hours: daily(...hours) })];
  test.each<[string, CalendarEdition[], string, string, string[]]>([
    ["nine to five in Seoul", inZone("Asia/Seoul", ["09:00", "17:00"]), "2026-11-23", "2026-11-24", ["2026-11-23T00:00 2026-11-23T08:00"]],
    ["a lunch break", inZone("UTC", ["09:00", "12:00"], ["13:00", "17:00"]), "2026-11-23", "2026-11-24", ["2026-11-23T09:00 2026-11-23T12:00", "2026-11-23T13:00 2026-11-23T17:00"]],
    ["a zone with 45 minutes", inZone("Asia/Kathmandu", ["09:00", "10:00"]), "2026-11-23", "2026-11-24", ["2026-11-23T03:15 2026-11-23T04:15"]],
    ["past midnight", [anEdition({ hours: { mon: [["22:00", "26:00"]] } })], "2026-11-22", "2026-11-26", ["2026-11-23T22:00 2026-11-24T02:00"]],
    ["past midnight, asked in the middle", [anEdition({ hours: { mon: [["22:00", "26:00"]] } })], "2026-11-24T01:00Z", "2026-11-26", ["2026-11-24T01:00 2026-11-24T02:00"]],
    ["two whole days from one", [anEdition({ hours: { mon: [["00:00", "48:00"]] } })], "2026-11-25T00:00Z", "2026-11-26", []],
    ["spring: an hour is skipped", inZone("Europe/Oslo", ["01:00", "04:00"]), "2026-03-29", "2026-03-30", ["2026-03-29T00:00 2026-03-29T02:00", "2026-03-29T23:00 2026-03-30T00:00"]],
    ["spring: hours wholly within the skipped one are none", inZone("Europe/Oslo", ["02:00", "03:00"]), "2026-03-29", "2026-03-30", []],
    ["spring: opening within the skipped hour is the instant of the jump", inZone("Europe/Oslo", ["02:30", "04:00"]), "2026-03-29", "2026-03-30", ["2026-03-29T01:00 2026-03-29T02:00"]],
    ["autumn: an hour comes twice", inZone("Europe/Oslo", ["01:00", "04:00"]), "2026-10-24T22:00Z", "2026-10-25T12:00Z", ["2026-10-24T23:00 2026-10-25T03:00"]],
    ["autumn: a time that comes twice is the first", inZone("Europe/Oslo", ["02:15", "02:45"]), "2026-10-24T22:00Z", "2026-10-25T12:00Z", ["2026-10-25T00:15 2026-10-25T00:45"]],
    ["autumn: a whole day has 25 hours", inZone("Europe/Oslo", ["00:00", "24:00"]).map((edition) => ({ ...edition, hours: { sun: edition.hours.sun } })), "2026-10-24", "2026-10-27", ["2026-10-24T22:00 2026-10-25T23:00"]],
    ["a midnight that does not exist", [anEdition({ timeZone: "America/Santiago", hours: { sun: [["00:00", "02:00"]] } })], "2026-09-05", "2026-09-08", ["2026-09-06T04:00 2026-09-06T05:00"]],
    ["half an hour of summer time", inZone("Australia/Lord_Howe", ["01:00", "03:00"]), "2026-10-03T12:00Z", "2026-10-04T12:00Z", ["2026-10-03T14:30 2026-10-03T16:00"]],
    ["Samoa's 30 December 2011 did not take place", inZone("Pacific/Apia", ["09:00", "17:00"]), "2011-12-29T12:00Z", "2011-12-31T12:00Z", ["2011-12-29T19:00 2011-12-30T03:00", "2011-12-30T19:00 2011-12-31T03:00"]],
    ["offsets of seconds", inZone("Africa/Monrovia", ["09:00", "09:01"]), "1971-06-01", "1971-06-02", ["1971-06-01T09:44 1971-06-01T09:45"]],
    ["long ago", inZone("UTC", ["09:00", "10:00"]), "1900-02-28", "1900-03-02", ["1900-02-28T09:00 1900-02-28T10:00", "1900-03-01T09:00 1900-03-01T10:00"]],
  ])("%s", (_, editions, from, to, expected) => {
    expect(told(editions, from, to)).toEqual(expected);
  });
});

describe("holidays", () => {
  const christmas = { date: "12-25", name: "Christmas", hours: [] };
  const shortEve = { date: "2026-12-24", name: "Christmas Eve", hours: [["09:00", "12:00"]] as Hours };
  const from = "2026-12-24";

  test("a yearly one closes every year, a single one may have hours of its own", () => {
    const editions = [anEdition({ holidays: [christmas, shortEve] })];
    expect(told(editions, from, "2026-12-28")).toEqual(["2026-12-24T09:00 2026-12-24T12:00"]);
    expect(told(editions, "2031-12-24", "2031-12-27")).toEqual(["2031-12-24T09:00 2031-12-24T17:00", "2031-12-26T09:00 2031-12-26T17:00"]);
  });

  test("a single date goes before a yearly one", () => {
    const open = { date: "2026-12-25", name: "Stocktaking", hours: [["10:00", "11:00"]] as Hours };
    expect(told([anEdition({ holidays: [christmas, open] })], "2026-12-25", "2026-12-26")).toEqual(["2026-12-25T10:00 2026-12-25T11:00"]);
  });

  test("29 February is a holiday in leap years alone", () => {
    const editions = [anEdition({ hours: daily(["09:00", "10:00"]), holidays: [{ date: "02-29", name: "Leap day", hours: [] }] })];
    expect(told(editions, "2028-02-28", "2028-03-02")).toEqual(["2028-02-28T09:00 2028-02-28T10:00", "2028-03-01T09:00 2028-03-01T10:00"]);
    expect(told(editions, "2027-02-28", "2027-03-02")).toHaveLength(2);
  });

  test("a holiday may be open on a weekday that is not", () => {
    const sunday = { date: "2026-11-29", name: "Sale", hours: [["10:00", "14:00"]] as Hours };
    expect(told([anEdition({ holidays: [sunday] })], "2026-11-28", "2026-11-30")).toEqual(["2026-11-29T10:00 2026-11-29T14:00"]);
  });

  test("a night that began before a holiday ends as planned, and the holiday's own night does not begin", () => {
    const editions = [anEdition({ hours: daily(["22:00", "26:00"]), holidays: [christmas] })];
    expect(told(editions, "2026-12-24T12:00Z", "2026-12-27")).toEqual(["2026-12-24T22:00 2026-12-25T02:00", "2026-12-26T22:00 2026-12-27T00:00"]);
  });
});

describe("editions", () => {
  const early = anEdition({ hours: daily(["08:00", "09:00"]) });
  const later = anEdition({ edition: 2, validFrom: "2027-01-01", hours: daily(["10:00", "11:00"]) });

  test("each day follows the edition that is in force on it", () => {
    expect(told([later, early], "2026-12-31", "2027-01-02")).toEqual(["2026-12-31T08:00 2026-12-31T09:00", "2027-01-01T10:00 2027-01-01T11:00"]);
  });

  test("one that is valid from the same day replaces it, one that is valid earlier does not", () => {
    const corrected = { ...later, edition: 3, hours: daily(["12:00", "13:00"]) };
    const meanwhile = { ...later, edition: 4, validFrom: "2026-12-31", hours: daily(["14:00", "15:00"]) };
    expect(told([early, later, corrected, meanwhile], "2026-12-30", "2027-01-02")).toEqual([
      "2026-12-30T08:00 2026-12-30T09:00",
      "2026-12-31T14:00 2026-12-31T15:00",
      "2027-01-01T12:00 2027-01-01T13:00",
    ]);
  });

  test("before the first one nothing is open", () => {
    expect(told([later], "2026-12-30", "2027-01-02")).toEqual(["2027-01-01T10:00 2027-01-01T11:00"]);
  });
});

describe("around the clock", () => {
  const whole = anEdition({ hours: daily(["00:00", "12:00"], ["12:00", "24:00"]) });

  test("is one interval for ever, however it is written", () => {
    expect(expand([whole], 0, day)).toBe(always);
    expect(expand([{ ...whole, holidays: [{ date: "12-25", name: "Christmas", hours: [["00:00", "24:00"]] }] }], 0, day)).toBe(always);
  });

  test("ends with a holiday or an edition that closes", () => {
    expect(expand([{ ...whole, holidays: [{ date: "12-25", name: "Christmas", hours: [] }] }], 0, 365 * day).intervals).toHaveLength(2);
    expect(expand([whole, anEdition({ edition: 2, validFrom: "1970-01-04" })], 0, 10 * day).intervals[0]).toEqual([0, 3 * day]);
  });
});

describe("asking", () => {
  test("expands until the answer is known", () => {
    const leapDay = anEdition({ hours: {}, holidays: [{ date: "02-29", name: "Leap day", hours: [["09:00", "10:00"]] }] });
    const from = at("2097-01-01");
    expect(ask([leapDay], [from, from], (open) => nextOpening(open, from))).toBe(at("2104-02-29T09:00Z"));
    expect(everOpens([leapDay], from)).toBe(true);
  });

  test("gives up on a calendar that never opens, and says so", () => {
    const past = anEdition({ hours: {}, holidays: [{ date: "2020-01-01", name: "Once", hours: [["09:00", "10:00"]] }] });
    const from = at("2026-01-01");
    expect(everOpens([past], from)).toBe(false);
    expect(ask([past], [from, from], (open) => nextOpening(open, from))).toBe(beyond);
  });
});

test("a zone is one that this Node knows", () => {
  expect(["Europe/Oslo", "UTC", "Etc/GMT+5"].map(isTimeZone)).toEqual([true, true, true]);
  expect(["Mars/Base", "", "Europe/", "CEST!"].map(isTimeZone)).toEqual([false, false, false, false]);
});

// Where and when clocks have done strange things; each span is looked at minute by minute.
const strange: readonly (readonly [zone: string, from: string])[] = [
  ["Europe/Oslo", "2026-03-27"],
  ["Europe/Oslo", "2026-10-23"],
  ["America/New_York", "2026-11-01"],
  ["America/Santiago", "2026-09-04"],
  ["America/Santiago", "2026-04-03"],
  ["Australia/Lord_Howe", "2026-04-03"],
  ["Australia/Lord_Howe", "2026-10-02"],
  ["Pacific/Apia", "2011-12-28"],
  ["Pacific/Kwajalein", "1993-08-19"],
  ["Pacific/Kiritimati", "1994-12-30"],
  ["Africa/Casablanca", "2026-02-14"],
  ["Africa/Cairo", "2010-08-09"],
  ["Antarctica/Troll", "2026-03-28"],
  ["Asia/Pyongyang", "2018-05-03"],
  ["America/Caracas", "2016-04-30"],
  ["Europe/Dublin", "1968-10-26"],
  ["Asia/Kathmandu", "1985-12-30"],
  ["America/Sao_Paulo", "2018-11-03"],
  ["UTC", "2028-02-27"],
];

const anyMinute = fc.integer({ min: 0, max: 1_439 });
const text = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
const anyHours: fc.Arbitrary<Hours> = fc.array(
  fc.tuple(anyMinute, fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 1_440 }))).map(([from, length]) => [text(from), text(from + length)] as const),
  { maxLength: 3 },
);
const anyWeek = fc.record(Object.fromEntries(weekdays.map((weekday) => [weekday, anyHours])), { requiredKeys: [] }) as fc.Arbitrary<CalendarEdition["hours"]>;

const anyCase = fc.constantFrom(...strange).chain(([timeZone, from]) => {
  const since = at(from);
  const someDay = fc.integer({ min: -1, max: 4 }).map((ahead) => new Date(since + ahead * day).toISOString().slice(0, 10));
  const holiday = fc.tuple(someDay, fc.boolean(), anyHours).map(([date, yearly, hours]) => ({ date: yearly ? date.slice(5) : date, name: "", hours }));
  const edition = fc.record({
    validFrom: fc.oneof(fc.constant(null), someDay),
    timeZone: fc.constant(timeZone),
    hours: anyWeek,
    holidays: fc.uniqueArray(holiday, { maxLength: 2, selector: ({ date }) => date }),
  });
  const editions = fc.array(edition, { minLength: 1, maxLength: 3 }).map((all) => all.map((each, index) => ({ ...each, edition: index + 1 })));
  return fc.record({ editions, since: fc.constant(since), cut: fc.integer({ min: 0, max: 4 * 1_440 }) });
});

test("on any calendar in any zone, an instant is open exactly when the naive desk is", () => {
  fc.assert(
    fc.property(anyCase, ({ editions, since }) => {
      const until = since + 4 * day;
      const minutes = naiveMinutes(editions, since, until).map((from): OpenInterval => [from, from + 60_000]);
      const { intervals } = expand(editions, since, until);
      // 24×7 is told beyond the span as well.
      expect(openIntervals(intervals, since, until)).toEqual(openIntervals(minutes, since, until));
    }),
    { numRuns: 40 },
  );
}, 60_000);

test("a span expanded in two parts is the span", () => {
  fc.assert(
    fc.property(anyCase, ({ editions, since, cut }) => {
      const [middle, until] = [since + cut * 60_000, since + 4 * day];
      expect(join(expand(editions, since, middle), expand(editions, middle, until))).toEqual(expand(editions, since, until));
    }),
    { numRuns: 100 },
  );
});
