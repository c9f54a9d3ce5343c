// What processes have used, as Linux counts it. Elsewhere nothing is known, and nothing is shown.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** CPU time used so far, ms, by name: each process with all its descendants, living or ended; and our own as `driver`. */
export function cpuMs(pids: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const all = stats();
  const { user, system } = process.cpuUsage();
  const used = [...pids].map(([name, pid]) => [name, withDescendants(all, pid)] as const);
  return new Map([...used.filter(([, ms]) => ms > 0), ["driver", (user + system) / 1_000]]);
}

/** How much of `before` to `after` falls to each of `shares`. */
export function perShare(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  shares: number,
): Readonly<Record<string, number>> {
  return Object.fromEntries([...after].map(([name, ms]) => [name, (ms - (before.get(name) ?? 0)) / shares]));
}

/** Memory that a process and its descendants hold for themselves, MB: what they share is counted once (PSS). */
export function memoryMb(pid: number): number {
  const all = stats();
  const kb = [pid, ...descendants(all, pid)].map((each) => {
    const rollup = read(`/proc/${each}/smaps_rollup`) ?? "";
    return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
  });
  return kb.reduce((sum, each) => sum + each, 0) / 1_024;
}

interface Stat {
  readonly pid: number;
  readonly parent: number;
  /** Its own time, and that of children which have ended and were waited for. */
  readonly ms: number;
}

function withDescendants(all: readonly Stat[], pid: number): number {
  const family = new Set([pid, ...descendants(all, pid)]);
  return all.filter((stat) => family.has(stat.pid)).reduce((sum, { ms }) => sum + ms, 0);
}

function descendants(all: readonly Stat[], pid: number): number[] {
  return all.filter(({ parent }) => parent === pid).flatMap((child) => [child.pid, ...descendants(all, child.pid)]);
}

function stats(): Stat[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((name) => statOf(Number(name)));
}

function statOf(pid: number): Stat[] {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === null) return [];
  // The second field is a name in brackets that may itself hold blanks and brackets: count from the last one.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ").map(Number);
  const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + (fields[at] ?? 0), 0);
  return [{ pid, parent: fields[1] ?? 0, ms: ticks * msPerTick() }];
}

/** Null: the process has ended in the meantime, or is not ours to look at. */
function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

let knownMsPerTick: number | undefined;

function msPerTick(): number {
  knownMsPerTick ??= 1_000 / Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
  return knownMsPerTick;
}
