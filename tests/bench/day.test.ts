// The simulated day is the same for the same seed, and its measures say what they claim.
import { gini, simulateDay } from "../../bench/dispatch/day";

test("the same seed, the same day", () => {
  expect(simulateDay("best-score", 7)).toEqual(simulateDay("best-score", 7));
  expect(simulateDay("best-score", 7)).not.toEqual(simulateDay("best-score", 8));
});

test("round robin spreads no worse than spare capacity where everybody's capacity is the same", () => {
  const [even, other] = [simulateDay("round-robin", 7), simulateDay("best-score", 7)];
  expect(even.gini).toBeLessThan(other.gini);
});

test.each([[[1, 1, 1], 0], [[0, 0, 3], 2 / 3], [[], 0], [[0, 0], 0]])("the Gini coefficient of %j is %d", (amounts, expected) => {
  expect(gini(amounts)).toBeCloseTo(expected);
});
