// The classifier on a public collection of customers' questions: 77 categories, told apart by a word or two. By the command
// itself: within jest the same arithmetic takes ten times as long.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const root = join(__dirname, "..");
const file = join(root, "../shared/data/text/banking77-train.csv");
const there = existsSync(file);
if (!there) console.log(`Skipped: ${file} is not there.`);

const bench = join(root, "bench/categories/main.ts");
const run = async (...args: string[]) => await promisify(execFile)(process.execPath, ["--require", "./bin/typescript.cjs", bench, ...args], { cwd: root });

(there ? test : test.skip)("a fifth held back: .90 right, and .95 of what it answers", async () => {
  const { stdout } = await run(file);
  const figure = (name: string): number => Number(new RegExp(`^${name} +([0-9.]+)`, "m").exec(stdout)?.[1]);
  expect(figure("accuracy")).toBeGreaterThanOrEqual(0.9);
  expect(figure("macro-F1")).toBeGreaterThanOrEqual(0.9);
  expect(figure("coverage at precision .95")).toBeGreaterThanOrEqual(0.85);
  expect(figure("answered by its own threshold")).toBeGreaterThanOrEqual(0.8);
  expect(Number(/([0-9.]+) of them right/.exec(stdout)?.[1])).toBeGreaterThanOrEqual(0.95);
  expect(figure("calibration error")).toBeLessThanOrEqual(0.03);
}, 180_000);

test("a file that can't be used ends it with 1 and one line that says why", async () => {
  await expect(run(join(root, "none.csv"))).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(/^[^\n]*none\.csv can't be read[^\n]*\n$/) });
});
