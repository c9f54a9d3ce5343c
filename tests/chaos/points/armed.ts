// Fault points as files: a point is armed by a file of its name, and hit by moving that file away. One move is one hit,
// whoever comes first of several processes, and it stands even if the process ends in the next moment.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What happens at a point: the process dies, the call fails, or everything there waits. */
export interface Deed {
  readonly kind: "kill" | "throw" | "stall";
  /** How long a stall lasts, and how much later than its point a death comes; ms. */
  readonly ms?: number;
  /** Other processes that die a moment earlier. */
  readonly also?: readonly number[];
}

export interface PointHit {
  readonly point: string;
  /** Of the process that came by. */
  readonly pid: number;
  /** Epoch ms. */
  readonly at: number;
}

export function prepare(dir: string): void {
  for (const part of ["armed", "hit"]) mkdirSync(join(dir, part), { recursive: true });
}

export function arm(dir: string, point: string, deed: Deed): void {
  const draft = join(dir, `${point}.draft`);
  writeFileSync(draft, JSON.stringify(deed));
  renameSync(draft, join(dir, "armed", point));
}

/** Arms a point with the deed of its latest hit, once that is so long ago; ms. Nothing, as long as it is armed or was never hit. */
export function armAgain(dir: string, point: string, afterMs: number): void {
  const latest = hits(dir).findLast((hit) => hit.point === point);
  if (latest === undefined || existsSync(join(dir, "armed", point)) || Date.now() < latest.at + afterMs) return;
  arm(dir, point, JSON.parse(readFileSync(join(dir, "hit", `${point}~${latest.pid}~${latest.at}`), "utf8")) as Deed);
}

export function disarm(dir: string, point: string): void {
  rmSync(join(dir, "armed", point), { force: true });
}

/** The deed of an armed point, which is thereby hit; null when it is not armed, or somebody else has hit it. */
export function take(dir: string, point: string): Deed | null {
  const hit = join(dir, "hit", `${point}~${process.pid}~${Date.now()}`);
  try {
    renameSync(join(dir, "armed", point), hit);
  } catch {
    return null;
  }
  return JSON.parse(readFileSync(hit, "utf8")) as Deed;
}

/** All hits so far, oldest first. */
export function hits(dir: string): readonly PointHit[] {
  return readdirSync(join(dir, "hit"))
    .map((name) => name.split("~"))
    .map(([point = "", pid, at]) => ({ point, pid: Number(pid), at: Number(at) }))
    .sort((a, b) => a.at - b.at);
}
