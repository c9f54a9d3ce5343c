// Results are kept by day and part, so that a later day can be held against an earlier one.
import { execFileSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { arch, cpus, loadavg, platform } from "node:os";
import { join } from "node:path";
import type { Figures, Settings } from "./part";

const results = join(__dirname, "results");

/** Writes `<day>/<part>.json` and `<day>/<part>.txt`; answers their path without the ending. */
export async function keep(part: string, settings: Settings, { figures, text }: Figures): Promise<string> {
  const at = new Date().toISOString();
  const folder = join(results, at.slice(0, 10));
  const path = join(folder, part);
  await mkdir(folder, { recursive: true });
  const found = { at, commit: commit(), machine: machine(), settings, figures };
  await writeFile(`${path}.json`, `${JSON.stringify(found, rounded, 2)}\n`);
  await writeFile(`${path}.txt`, `${at} · ${found.commit} · ${found.machine.cpu}, ${found.machine.cores} cores, load ${found.machine.load}\n\n${text}\n`);
  return path;
}

/** More digits than anybody believes only make two results hard to compare. */
function rounded(_: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(4)) : value;
}

function machine() {
  const [cpu, ...others] = cpus();
  const system = `${platform()} ${arch()}`;
  // How much more than the bench alone was going on, at its end: the mean of five minutes.
  const load = Math.round((loadavg()[1] ?? 0) * 10) / 10;
  return { cpu: cpu?.model ?? "unknown", cores: 1 + others.length, system, node: process.version, load };
}

/** The commit that was measured; with a plus when the sources differ from it. */
function commit(): string {
  try {
    const git = (...args: string[]): string => execFileSync("git", args, { cwd: __dirname, encoding: "utf8" }).trim();
    return `${git("rev-parse", "--short", "HEAD")}${git("status", "--porcelain", "--", ":!results") === "" ? "" : "+"}`;
  } catch {
    return "unknown";
  }
}
