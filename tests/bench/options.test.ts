// The bench's command line: which parts run, and what they are told.
import { readOptions } from "../../bench/options";
import type { Part } from "../../bench/part";

const measure = async () => ({ figures: {}, text: "" });
const usual: Part = { name: "usual", about: "…", settings: { lanes: [1, 8] }, run: measure };
const long: Part = { name: "long", about: "…", byHand: true, run: measure };
const read = (...args: string[]) => readOptions(args, [usual, long]);
const names = (chosen: readonly Part[]) => chosen.map(({ name }) => name);

test("all parts run by default, save those that are by hand", () => {
  expect(names(read().chosen)).toEqual(["usual"]);
});

test("--only names parts, those by hand too, in the order given", () => {
  expect(names(read("--only", "long,usual").chosen)).toEqual(["long", "usual"]);
});

test("a setting is a list of numbers, and the part's own when it is not given", () => {
  expect(read().settings.get("usual")).toEqual({ lanes: [1, 8] });
  expect(read("--lanes", "4,32").settings.get("usual")).toEqual({ lanes: [4, 32] });
});

test.each([
  [["--only", "none"], "The bench has no part none."],
  [["--lanes", "many"], "--lanes wants numbers above 0"],
  [["--lanes", ""], "--lanes wants numbers above 0"],
  [["--speed", "8"], "--speed"],
])("%j is refused, with the reason", (args, reason) => {
  expect(() => read(...args)).toThrow(reason);
});
