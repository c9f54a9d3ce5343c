import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Random } from "../random";
import { arm, armAgain, disarm, hits, prepare, take } from "./armed";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "perdura-points-"));
  prepare(dir);
});
afterEach(() => rmSync(dir, { recursive: true }));

test("an armed point is hit once, by whoever comes first, and told with its process", () => {
  arm(dir, "record.after.resolve", { kind: "stall", ms: 5 });
  expect(hits(dir)).toEqual([]);
  expect(take(dir, "record.after.resolve")).toEqual({ kind: "stall", ms: 5 });
  expect(take(dir, "record.after.resolve")).toBeNull();
  expect(hits(dir)).toEqual([{ point: "record.after.resolve", pid: process.pid, at: expect.any(Number) as number }]);
});

test("a point that is not armed, or no longer, is passed", () => {
  arm(dir, "mail.taken", { kind: "kill" });
  disarm(dir, "mail.taken");
  expect(take(dir, "mail.taken")).toBeNull();
  expect(take(dir, "mail.before")).toBeNull();
  expect(hits(dir)).toEqual([]);
});

test("a point is armed again when its latest hit is old enough, and only then", () => {
  armAgain(dir, "intake.after", 0);
  expect(take(dir, "intake.after")).toBeNull();
  arm(dir, "intake.after", { kind: "kill" });
  expect(take(dir, "intake.after")).toEqual({ kind: "kill" });
  armAgain(dir, "intake.after", 60_000);
  expect(take(dir, "intake.after")).toBeNull();
  armAgain(dir, "intake.after", 0);
  expect(take(dir, "intake.after")).toEqual({ kind: "kill" });
});

test("one seed gives one sequence, whoever draws beside it", () => {
  const draw = (random: Random): number[] => Array.from({ length: 5 }, () => random.between(1, 1_000));
  const [one, same, other] = [new Random(7), new Random(7), new Random(8)];
  expect(draw(one.fork(1))).toEqual(draw(same.fork(1)));
  expect(draw(one)).toEqual(draw(same));
  expect(draw(other)).not.toEqual(draw(new Random(7)));
});
