// Two machines that answer each other run dry.
import fc from "fast-check";
import { brakeOn } from "../../domain/brakes";

const minute = 60_000;

test("nothing stops the first acknowledgements; the one beyond the hour's number is", () => {
  expect(brakeOn({ acknowledged: [], received: [0] }, 5)).toBeNull();
  expect(brakeOn({ acknowledged: [0, 1, 2, 3], received: [] }, 5)).toBeNull();
  expect(brakeOn({ acknowledged: [0, 1, 2, 3, 4], received: [] }, 5)).toBe("rate");
});

test("three acknowledgements that were answered within a minute are a loop", () => {
  const acknowledged = [0, 10 * minute, 20 * minute];
  expect(brakeOn({ acknowledged, received: acknowledged.map((at) => at + 5_000) }, 50)).toBe("loop");
  expect(brakeOn({ acknowledged, received: [5_000, 10 * minute + 5_000, 25 * minute] }, 50)).toBeNull();
});

test("what a person writes before our acknowledgement, and after a while, is no loop", () => {
  const acknowledged = [0, 10 * minute, 20 * minute, 30 * minute];
  expect(brakeOn({ acknowledged, received: acknowledged.map((at) => at - 1_000) }, 50)).toBeNull();
  expect(brakeOn({ acknowledged, received: acknowledged.map((at) => at + 2 * minute) }, 50)).toBeNull();
});

test("a machine that answers everything, at whatever pace, gets no more than the hour's number within any hour", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 * minute }), fc.integer({ min: 1, max: 20 }), (answersAfterMs, perHour) => {
      const acknowledged: number[] = [];
      const received: number[] = [0];
      for (let now = 0; now < 24 * 60 * minute; now += answersAfterMs) {
        const recent = (times: readonly number[]) => times.filter((at) => at > now - 60 * minute);
        const brake = brakeOn({ acknowledged: recent(acknowledged), received: recent(received) }, perHour);
        if (brake !== null) break;
        acknowledged.push(now);
        received.push(now + answersAfterMs);
        expect(recent(acknowledged).length).toBeLessThanOrEqual(perHour);
        if (acknowledged.length > 200) break;
      }
      // It stops answering when nothing comes any more: the sum is small.
      if (answersAfterMs < minute) expect(acknowledged.length).toBeLessThanOrEqual(Math.min(perHour, 4));
    }),
    { numRuns: 50 },
  );
});
