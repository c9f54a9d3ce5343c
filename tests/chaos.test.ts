// A few minutes of `npm run chaos` in less than one: real processes, a few faults that are really hit, all ledgers compared.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Outcome } from "./chaos/perform";
import { ROOT } from "./support/sources";

const run = promisify(execFile);

test("under a little of everything no promise is broken, and every fault was really hit", async () => {
  const args = ["bin/run.mjs", "tests/chaos/main.ts", "--only", "small", "--lives", "6", "--seed", "7", "--json"];
  const { stdout } = await run(process.execPath, args, { cwd: ROOT }).catch((failed: { stdout: string }) => failed);
  const { outcomes } = JSON.parse(stdout) as { outcomes: Outcome[] };
  expect(outcomes).toHaveLength(1);
  for (const { violations, missed, hits } of outcomes) {
    expect(violations).toEqual({});
    expect(missed).toEqual([]);
    expect(Object.keys(hits).length).toBeGreaterThanOrEqual(7);
  }
}, 180_000);
