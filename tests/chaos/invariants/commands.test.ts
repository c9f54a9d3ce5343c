// The law of timely answers, kept and broken: calls that end in 503, and what was done to the desk meanwhile.
import type { Evidence, Fault } from "../ledgers/evidence";
import { answeredInTime } from "./commands";

/** A 503 that was asked for at 0 and came at `answeredAt`. */
function offences(answeredAt: number, ...faults: readonly Omit<Fault, "name">[]): number {
  const call = { order: { key: "k" }, status: 503, sentAt: 0, answeredAt };
  return answeredInTime.offences({ calls: { calls: [call] }, faults } as unknown as Evidence).length;
}

test("a 503 after more than ten seconds is an offence, whoever else stood still", () => {
  expect(offences(9_000)).toBe(0);
  expect(offences(11_000)).toBe(1);
  expect(offences(11_000, { from: 1_000, to: 9_000, struck: ["Temporal", "Worker 1"] })).toBe(1);
});

test("while the API itself is frozen it cannot answer: only that time is taken off", () => {
  expect(offences(11_000, { from: 3_000, to: 10_900, struck: ["API 1"] })).toBe(0);
  expect(offences(18_500, { from: 3_000, to: 10_900, struck: ["API 1"] })).toBe(1);
});

test("an API that was killed before or froze after excuses nothing", () => {
  expect(offences(11_000, { from: -5_000, to: 0, struck: ["API 1"] })).toBe(1);
  expect(offences(11_000, { from: 11_000, to: 20_000, struck: ["API 1"] })).toBe(1);
});
