// The simulated day is the same for the same seed, its measures say what they claim, and overflow shortens its waits.
import { gini, simulateDay } from "../../bench/dispatch/day";
import { promisedOver } from "../../bench/dispatch/promised";
import type { Strategy } from "../../domain/dispatch/rules";

const day = (strategy: Strategy, seed: number, overflowMinutes: number | null = null) => simulateDay({ strategy, seed, overflowMinutes }).day;

test("the same seed, the same day", () => {
  expect(day("best-score", 7)).toEqual(day("best-score", 7));
  expect(day("best-score", 7)).not.toEqual(day("best-score", 8));
});

test("round robin spreads no worse than best score where everybody's capacity is the same", () => {
  expect(day("round-robin", 7).gini).toBeLessThan(day("best-score", 7).gini);
});

test("overflow to the other team shortens the mean wait and breaches less", () => {
  const [without, withIt] = [day("spare-capacity", 7), day("spare-capacity", 7, 15)];
  expect(withIt.overflowed).toBeGreaterThan(0);
  expect(withIt.meanWaitMinutes).toBeLessThan(without.meanWaitMinutes);
  expect(withIt.breachedPercent).toBeLessThanOrEqual(without.breachedPercent);
});

test.each([null, 15])("over simulated weeks 80 to 90 % are answered by the time that they were told, overflow after %p min", (overflowMinutes) => {
  const { tickets, told, keptPercent } = promisedOver([21, 22, 23, 24, 25, 26], overflowMinutes);
  expect(told).toBeGreaterThan(tickets * 0.8);
  expect(keptPercent).toBeGreaterThanOrEqual(80);
  expect(keptPercent).toBeLessThanOrEqual(90);
});

test.each([[[1, 1, 1], 0], [[0, 0, 3], 2 / 3], [[], 0], [[0, 0], 0]])("the Gini coefficient of %j is %d", (amounts, expected) => {
  expect(gini(amounts)).toBeCloseTo(expected);
});
