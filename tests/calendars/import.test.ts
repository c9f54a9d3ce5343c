import { merge } from "../../calendars/import/closure";
import { BadIcalendar, readIcalendar } from "../../calendars/import/icalendar";
import { publicHolidays } from "../../calendars/import/public-holidays";
import type { Years } from "../../calendars/import/public-holidays";
import { anEdition } from "./a-calendar";

const years: Years = [2026, 2028];

function file(...events: string[][]): string {
  const lines = events.flatMap((event, at) => ["BEGIN:VEVENT", ...(event.some((line) => line.startsWith("UID")) ? [] : [`UID:${at}`]), ...event, "END:VEVENT"]);
  return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", ...lines, "END:VCALENDAR"].join("\r\n");
}

/** `date from–to`, or the date alone for whole days. */
function closed(text: string, timeZone = "Europe/Oslo"): string[] {
  const { closures } = readIcalendar(text, { timeZone }, years);
  return closures.map(({ date, from, to }) => (from === "00:00" && to === "24:00" ? date : `${date} ${from}–${to}`));
}

describe("an iCalendar file", () => {
  test.each<[string, string[][], string[]]>([
    ["a day", [["SUMMARY:Constitution Day", "DTSTART;VALUE=DATE:20260517", "DTEND;VALUE=DATE:20260518"]], ["2026-05-17"]],
    ["a day without an end", [["DTSTART;VALUE=DATE:20260517"]], ["2026-05-17"]],
    ["a day that ends on itself", [["DTSTART;VALUE=DATE:20260517", "DTEND;VALUE=DATE:20260517"]], ["2026-05-17"]],
    ["several days", [["DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261227"]], ["2026-12-24", "2026-12-25", "2026-12-26"]],
    ["days by duration", [["DTSTART;VALUE=DATE:20261224", "DURATION:P2D"]], ["2026-12-24", "2026-12-25"]],
    ["every year", [["DTSTART;VALUE=DATE:19900517", "RRULE:FREQ=YEARLY"]], ["05-17"]],
    ["every year for a while", [["DTSTART;VALUE=DATE:20200517", "RRULE:FREQ=YEARLY;UNTIL=20270517"]], ["2026-05-17", "2027-05-17"]],
    ["every year, counted", [["DTSTART;VALUE=DATE:20250517", "RRULE:FREQ=YEARLY;COUNT=2"]], ["2026-05-17"]],
    ["every year but one", [["DTSTART;VALUE=DATE:20200517", "RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:20270517"]], ["2026-05-17", "2028-05-17"]],
    ["the fourth Thursday of November", [["DTSTART;VALUE=DATE:20251127", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"]], ["2026-11-26", "2027-11-25", "2028-11-23"]],
    ["leap days", [["DTSTART;VALUE=DATE:20240229", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"]], ["2028-02-29"]],
    ["a rule that is never true", [["DTSTART;VALUE=DATE:20200101", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"]], []],
    ["dates of its own", [["DTSTART;VALUE=DATE:20260101", "RDATE;VALUE=DATE:20270102,20280103"]], ["2026-01-01", "2027-01-02", "2028-01-03"]],
    ["cancelled", [["DTSTART;VALUE=DATE:20260517", "STATUS:CANCELLED"]], []],
    ["out of these years", [["DTSTART;VALUE=DATE:20250517"]], []],
    [
      "one of a series moved",
      [
        ["UID:a", "DTSTART;VALUE=DATE:20250101", "RRULE:FREQ=YEARLY;UNTIL=20280101"],
        ["UID:a", "RECURRENCE-ID;VALUE=DATE:20270101", "DTSTART;VALUE=DATE:20270104"],
      ],
      ["2026-01-01", "2028-01-01", "2027-01-04"],
    ],
    [
      "one of a series cancelled",
      [
        ["UID:a", "DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=YEARLY"],
        ["UID:a", "RECURRENCE-ID;VALUE=DATE:20270101", "DTSTART;VALUE=DATE:20270101", "STATUS:CANCELLED"],
      ],
      ["2026-01-01", "2028-01-01"],
    ],
    ["some hours, in UTC", [["DTSTART:20260101T110000Z", "DTEND:20260101T120000Z"]], ["2026-01-01 12:00–13:00"]],
    ["some hours, where the calendar is", [["DTSTART:20260701T110000", "DTEND:20260701T120000"]], ["2026-07-01 11:00–12:00"]],
    ["some hours, elsewhere", [["DTSTART;TZID=Asia/Seoul:20260101T190000", "DTEND;TZID=Asia/Seoul:20260101T210000"]], ["2026-01-01 11:00–13:00"]],
    ["hours over midnight", [["DTSTART:20261224T150000", "DTEND:20261225T100000"]], ["2026-12-24 15:00–24:00", "2026-12-25 00:00–10:00"]],
    ["hours every year, on the clock of another zone in summer", [["DTSTART;TZID=America/New_York:20260701T080000", "DTEND;TZID=America/New_York:20260701T090000", "RRULE:FREQ=YEARLY;COUNT=2"]], ["2026-07-01 14:00–15:00", "2027-07-01 14:00–15:00"]],
  ])("%s", (_, events, expected) => {
    expect(closed(file(...events))).toEqual(expected);
  });

  test("what is no holiday is told with its reason", () => {
    const text = file(
      ["SUMMARY:Meeting point", "DTSTART:20260101T110000Z"],
      ["SUMMARY:Redmond", "DTSTART;TZID=Pacific Standard Time:20260101T110000", "DTEND;TZID=Pacific Standard Time:20260101T120000"],
      ["SUMMARY:Heartbeat", "DTSTART:20260101T110000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY"],
    );
    expect(readIcalendar(text, { timeZone: "UTC" }, years).skipped).toEqual([
      { name: "Meeting point", why: "It takes no time." },
      { name: "Redmond", why: "Its time zone is not an IANA name." },
      { name: "Heartbeat", why: "It comes more often than daily." },
    ]);
  });

  test.each([
    ["no iCalendar", "<html>"],
    ["empty", ""],
    ["another component", "BEGIN:VCARD\r\nEND:VCARD"],
    ["broken off", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART"],
    ["every day for years", file(["DTSTART;VALUE=DATE:20250101", "RRULE:FREQ=DAILY"])],
  ])("%s is refused", (_, text) => {
    expect(() => readIcalendar(text, { timeZone: "UTC" }, years)).toThrow(BadIcalendar);
  });
});

describe("public holidays", () => {
  const dates = async (country: string, state?: string) => (await publicHolidays({ country, state }, [2026, 2026]))?.closures.map(({ date }) => date);

  test("Norway's days are those of its law", async () => {
    expect(await dates("NO")).toEqual(
      ["01-01", "04-02", "04-03", "04-05", "04-06", "05-01", "05-14", "05-17", "05-24", "05-25", "12-25", "12-26"].map((date) => `2026-${date}`),
    );
  });

  // As published by the Korea Astronomy and Space Science Institute, which Korea's law refers to.
  test.each([
    [2024, ["02-09", "02-10", "02-11", "02-12"], ["09-16", "09-17", "09-18"]],
    [2025, ["01-28", "01-29", "01-30"], ["10-05", "10-06", "10-07", "10-08"]],
    [2026, ["02-16", "02-17", "02-18"], ["09-24", "09-25", "09-26"]],
  ])("Seollal and Chuseok of %d close three days from their eves, and a day more for a Sunday", async (year, seollal, chuseok) => {
    const closures = (await publicHolidays({ country: "KR" }, [year, year]))?.closures ?? [];
    const named = (name: RegExp) => closures.filter((closure) => name.test(closure.name)).map(({ date }) => date.slice(5));
    expect([named(/설날/), named(/추석/)]).toEqual([seollal, chuseok]);
  });

  test("a day on which clocks are changed is a whole day", async () => {
    const closures = (await publicHolidays({ country: "NO" }, [2027, 2027]))?.closures ?? [];
    expect(closures.filter(({ date }) => date.startsWith("2027-03"))).toHaveLength(4);
    expect(closures.filter(({ from, to }) => from !== "00:00" || to !== "24:00")).toEqual([]);
  });

  test("a state has its own", async () => {
    expect(await dates("DE", "BY")).toContain("2026-01-06");
    expect(await dates("DE", "BE")).not.toContain("2026-01-06");
  });

  test("a place that nobody knows is none", async () => {
    expect([await dates("XX"), await dates("DE", "XX"), await dates("NO", "constructor"), await dates("constructor")]).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe("joining what is imported", () => {
  const rules = anEdition({ holidays: [{ date: "12-25", name: "Ours", hours: [["10:00", "11:00"]] }] });
  const closure = (date: string, from = "00:00", to = "24:00") => ({ name: "Theirs", date, from, to });

  test("what somebody has written stays as it is", () => {
    expect(merge(rules, [closure("2026-12-25"), closure("12-25")])).toEqual({ holidays: rules.holidays, added: [], kept: ["2026-12-25", "12-25"] });
  });

  test("a part of a day is taken out of the day's hours, and no more than that", () => {
    expect(merge(rules, [closure("2026-11-23", "12:00", "13:00"), closure("2026-11-23", "16:00", "24:00")]).added).toEqual([
      { date: "2026-11-23", name: "Theirs", hours: [["09:00", "12:00"], ["13:00", "16:00"]] },
    ]);
    expect(merge(rules, [closure("2026-11-22", "12:00", "13:00"), closure("2026-11-23", "18:00", "19:00")]).added).toEqual([]);
  });

  test("a part of a night is taken out of the hours of the day that the night began on", () => {
    const nights = { ...rules, hours: { mon: [["22:00", "26:00"]] }, holidays: [] } as const;
    expect(merge(nights, [closure("2026-11-23", "23:00", "24:00"), closure("2026-11-24", "00:00", "01:00")]).added).toEqual([
      { date: "2026-11-23", name: "Theirs", hours: [["22:00", "23:00"], ["25:00", "26:00"]] },
    ]);
    expect(merge(nights, [closure("2026-11-24", "09:00", "10:00")])).toEqual({ holidays: [], added: [], kept: [] });
  });

  test("again it adds nothing", () => {
    const once = merge(rules, [closure("2026-11-23"), closure("2026-01-01")]);
    expect(once.holidays.map(({ date }) => date)).toEqual(["12-25", "2026-01-01", "2026-11-23"]);
    expect(merge({ ...rules, holidays: once.holidays }, [closure("2026-11-23"), closure("2026-01-01")]).added).toEqual([]);
  });
});
