import { highestUnverified, priorityOf } from "../../domain/priority";
import { degrees, priorityRank } from "../../domain/words";
import { policy } from "./a-ticket";

const { matrix } = policy;
const stated = [null, ...degrees].flatMap((impact) => [null, ...degrees].map((urgency) => ({ impact, urgency })));

test.each(stated)("$impact impact × $urgency urgency: the matrix speaks for staff", ({ impact, urgency }) => {
  const found = matrix[impact ?? "medium"][urgency ?? "medium"];
  expect(priorityOf(matrix, { impact, urgency }, true)).toBe(found);
});

test.each(stated)("$impact impact × $urgency urgency: unverified it is never urgent, else the same", (given) => {
  const verified = priorityOf(matrix, given, true);
  expect(priorityOf(matrix, given, false)).toBe(verified === "urgent" ? "high" : verified);
});

test("an unverified statement stays below urgent under any matrix", () => {
  const row = { low: "urgent", medium: "urgent", high: "urgent" } as const;
  const alarming = { low: row, medium: row, high: row };
  for (const given of stated) expect(priorityOf(alarming, given, false)).toBe("high");
  expect(priorityRank(highestUnverified)).toBeLessThan(priorityRank("urgent"));
});
