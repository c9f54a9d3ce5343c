// Business-hours cases, as many libraries would put them, through the product's own expansion and arithmetic.
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { judge } from "../../bin/score-hours/judge";
import { readCase } from "../../bin/score-hours/read-case";

const week = { mon: [["09:00", "17:00"]], tue: [["09:00", "17:00"]], wed: [["09:00", "17:00"]], thu: [["09:00", "17:00"]], fri: [["09:00", "17:00"]] };
const score = (given: object) => judge(readCase(JSON.stringify({ src: "here", tz: "UTC", hours: week, holidays: [], ...given })));

describe("a case passes when the product's answer is the one expected", () => {
  test.each<[string, object]>([
    ["time that ends with the day", { op: "add", start: "2026-11-23T09:00:00Z", seconds: 28_800, expected: "2026-11-23T17:00:00Z" }],
    ["nothing, outside hours", { op: "add", start: "2026-11-23T17:00:00Z", seconds: 0, expected: "2026-11-24T09:00:00Z" }],
    ["subtracting by a negative amount", { op: "add", start: "2026-11-24T10:00:00Z", seconds: -7_200, expected: "2026-11-23T16:00:00Z" }],
    ["subtracting by name", { op: "subtract", start: "2026-11-24T09:00:00Z", seconds: 28_800, expected: "2026-11-23T09:00:00Z" }],
    ["backwards", { op: "between", start: "2026-11-24T10:00:00Z", end: "2026-11-23T16:00:00Z", expectedSeconds: -7_200 }],
    ["fractions of seconds", { op: "between", start: "2026-11-23T10:00:00.100Z", end: "2026-11-23T10:00:00.655Z", expectedSeconds: 0.555 }],
    ["a start with an offset", { op: "add", start: "2026-11-23T10:00:00+01:00", seconds: 60, expected: "2026-11-23T10:01:00+01:00" }],
    ["a start on the zone's own clock", { op: "add", tz: "Asia/Seoul", start: "2026-11-23 10:00:00", seconds: 60, expected: "2026-11-23T01:01:00Z" }],
    ["years ahead", { op: "add", start: "2026-11-23T09:00:00Z", seconds: 28_800 * 5 * 500, expected: "2036-06-20T17:00:00Z" }],
    ["nearly two hundred years ahead", { op: "add", hours: { mon: [["09:00", "10:00"]] }, start: "2026-11-23T09:00:00Z", seconds: 3_600 * 10_000, expected: "2218-07-13T10:00:00Z" }],
    ["past midnight", { hours: { mon: [["22:00", "26:00"]] }, op: "between", start: "2026-11-23T00:00:00Z", end: "2026-11-25T00:00:00Z", expectedSeconds: 14_400 }],
    ["past midnight, written as an end before the beginning", { hours: { mon: [["22:00", "02:00"]] }, op: "between", start: "2026-11-23T00:00:00Z", end: "2026-11-25T00:00:00Z", expectedSeconds: 14_400 }],
    ["a whole day, from midnight to midnight", { hours: { mon: { "00:00": "00:00" } }, op: "between", start: "2026-11-23T00:00:00Z", end: "2026-11-25T00:00:00Z", expectedSeconds: 86_400 }],
    ["hours as text, days by their whole names", { hours: { Monday: "9:00-12:00, 13:00-17:00" }, op: "between", start: "2026-11-23T00:00:00Z", end: "2026-11-25T00:00:00Z", expectedSeconds: 25_200 }],
    ["hours that end as they begin", { hours: { mon: "09:00-09:00", tue: ["09:00", "09:00"], wed: [["09:00", "10:00"]] }, op: "between", start: "2026-11-23T00:00:00Z", end: "2026-11-26T00:00:00Z", expectedSeconds: 3_600 }],
    ["a holiday with hours", { holidays: [{ date: "2026-11-23", hours: [["10:00", "11:00"]] }], op: "between", start: "2026-11-23T00:00:00Z", end: "2026-11-24T00:00:00Z", expectedSeconds: 3_600 }],
    ["a break on one day", { breaks: { "2026-11-23": [["10:00", "11:00"]] }, op: "between", start: "2026-11-23T00:00:00Z", end: "2026-11-24T00:00:00Z", expectedSeconds: 25_200 }],
  ])("%s", (_, given) => {
    expect(score(given)).toEqual({ passed: true });
  });
});

test("one that fails is told with what came instead", () => {
  const what = (given: object) => (score(given) as { what?: string }).what;
  expect(what({ op: "add", start: "2026-11-23T09:00:00Z", seconds: 60, expected: "2026-11-23T09:02:00Z" })).toBe(
    "here: add came to 2026-11-23T09:01:00.000Z, expected 2026-11-23T09:02:00.000Z",
  );
  expect(what({ op: "between", start: "2026-11-23T09:00:00Z", end: "2026-11-23T09:01:00Z", expectedSeconds: 61 })).toBe("here: between came to 60 s, expected 61 s");
  expect(what({ op: "add", hours: {}, start: "2026-11-23T09:00:00Z", seconds: 60, expected: "2026-11-23T09:02:00Z" })).toMatch("it never opens for that long");
});

test.each([
  ["no JSON", "{"],
  ["no object", "[]"],
  ["no zone of this world", JSON.stringify({ tz: "Mars/Base", hours: {} })],
  ["no hours", JSON.stringify({ op: "add", hours: { mon: 5 } })],
  ["no instant", JSON.stringify({ op: "add", hours: week, start: "soon", seconds: 1, expected: "later" })],
  ["no number", JSON.stringify({ op: "add", hours: week, start: "2026-11-23T09:00:00Z", seconds: "many", expected: "2026-11-23T09:00:00Z" })],
  ["no operation that we know", JSON.stringify({ op: "multiply", hours: week })],
])("a line with %s is told and ends nothing", (_, line) => {
  expect(judge(readCase(line))).toMatchObject({ passed: false, what: expect.stringMatching(/^unreadable: /) as unknown });
});

const file = resolve(__dirname, "../../../shared/data/business-hours.jsonl");
const given = existsSync(file) ? readFileSync(file, "utf8").split("\n").filter((line) => line !== "") : [];
if (given.length === 0) console.log(`Skipped: the cases of ${file} are not there.`);

(given.length === 0 ? test.skip : test)("every case of six libraries passes", () => {
  expect(given.map((line) => judge(readCase(line))).filter(({ passed }) => !passed)).toEqual([]);
});
