// Confidence that can be believed: what is stated, what is right, and when to be silent.
import fc from "fast-check";
import { confidenceOf, fitCalibration, fitThreshold, lowerBound } from "../../learning/confidence";
import { judge } from "../../learning/quality";
import { createRandom } from "../../learning/random";

const judgedOnes = fc.array(fc.record({ confidence: fc.double({ min: 0, max: 1, noNaN: true }), right: fc.boolean() }), { maxLength: 400 });

test("what lies above the threshold is right often enough; or nothing does", () => {
  fc.assert(
    fc.property(judgedOnes, (judged) => {
      const threshold = fitThreshold(judged, 0.95);
      const given = judged.filter(({ confidence }) => confidence >= threshold);
      if (threshold === 2) expect(given).toEqual([]);
      else expect(given.filter(({ right }) => right).length / given.length).toBeGreaterThanOrEqual(0.95);
    }),
  );
});

test.each([
  [20, 2],
  [200, 0.9],
])("%i right answers of as many, all at .9: the threshold is %d", (count, threshold) => {
  expect(fitThreshold(Array.from({ length: count }, () => ({ confidence: 0.9, right: true })), 0.95)).toBe(threshold);
});

test("the lower bound lies below the share and nears it with more texts", () => {
  for (const texts of [10, 100, 1_000, 100_000]) expect(lowerBound(texts * 0.9, texts)).toBeLessThan(0.9);
  expect(lowerBound(90_000, 100_000)).toBeGreaterThan(0.898);
});

test("shares of all classes make one, and the best has the confidence that is stated", () => {
  const scores = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 2, maxLength: 20 });
  const line = fc.record({ temperature: fc.double({ min: 0.05, max: 5, noNaN: true }), slope: fc.double({ min: 0.1, max: 2, noNaN: true }), offset: fc.double({ min: -1, max: 1, noNaN: true }) });
  fc.assert(
    fc.property(scores, line, (given, calibration) => {
      const { best, confidence, rest } = confidenceOf(Float64Array.from(given), calibration);
      expect(rest[best]).toBe(confidence);
      expect(given[best]).toBeCloseTo(Math.max(...given), 9);
      expect(rest.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 5);
    }),
  );
});

test("scores of a known sharpness: the stated confidence is right", () => {
  const random = createRandom(5);
  const temperature = 0.3;
  const scores = Array.from({ length: 4_000 }, () => Float64Array.from({ length: 5 }, () => random() * 2 - 1));
  const drawn = scores.map((each) => {
    const { rest } = confidenceOf(each, { temperature, slope: 1, offset: 0 });
    let left = random();
    const chosen = rest.findIndex((share) => (left -= share) < 0);
    return Math.max(0, chosen);
  });
  const calibration = fitCalibration(scores, drawn);
  expect(calibration.temperature).toBeGreaterThan(0.27);
  expect(calibration.temperature).toBeLessThan(0.33);
  const answers = scores.map((each, at) => {
    const { best, confidence } = confidenceOf(each, calibration);
    return { confidence, right: best === drawn[at], label: String(best), truth: String(drawn[at]), given: true };
  });
  expect(judge(answers).calibrationError).toBeLessThan(0.04);
});

test("figures on answers counted by hand", () => {
  const answer = (label: string, truth: string, confidence: number, given: boolean) => ({ label, truth, confidence, given, right: label === truth });
  const quality = judge([answer("a", "a", 1, true), answer("a", "b", 0.5, false), answer("b", "b", 0.9, true), answer("b", "b", 0.8, false)]);
  expect(quality).toMatchObject({ texts: 4, accuracy: 0.75, coverage: 0.5, precision: 1, coverageAt95: 0.75 });
  // F1 of a: 2/3; of b: 2·2/(2+3) = 4/5.
  expect(quality.macroF1).toBeCloseTo((2 / 3 + 4 / 5) / 2);
  expect(quality.calibrationError).toBeCloseTo((0 + 0.5 + 0.1 + 0.2) / 4);
});
