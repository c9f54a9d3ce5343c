import { quietUntil } from "../../activities/mail/quiet-hours";

const nights = { mon: [["22:00", "31:00"]], tue: [["22:00", "31:00"]], fri: [["17:00", "48:00"]], sun: [["00:00", "31:00"]] } as const;
const at = (text: string): number => Date.parse(text);

test.each([
  ["before them", "2026-11-23T20:59:59Z", null],
  ["at their beginning", "2026-11-23T21:00:00Z", "2026-11-24T06:00:00Z"],
  ["past midnight", "2026-11-24T03:00:00Z", "2026-11-24T06:00:00Z"],
  ["at their end", "2026-11-24T06:00:00Z", null],
  ["over a weekend, in one piece", "2026-11-27T18:00:00Z", "2026-11-30T06:00:00Z"],
  ["in summer time", "2026-07-20T20:30:00Z", "2026-07-21T05:00:00Z"],
])("Oslo, %s", (_name, now, until) => {
  expect(quietUntil(nights, "Europe/Oslo", at(now))).toBe(until === null ? null : at(until));
});

test("whoever has none is never quiet", () => {
  expect(quietUntil(null, "Europe/Oslo", at("2026-11-24T03:00:00Z"))).toBeNull();
});
