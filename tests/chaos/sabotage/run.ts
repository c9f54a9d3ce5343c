// Proves the harness: each sabotaged build must break a law in its schedule, and the table says which.
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { whenEnded } from "../../../bin/ending";
import type { Outcome } from "../perform";
import { sabotages } from "./builds";
import type { Sabotage } from "./builds";

const ROOT = resolve(__dirname, "../../..");
const PREFIX = "perdura-sabotage-";
const leftOut = ["node_modules", ".git", ".perdura", "coverage", "docs", "bench", join("tests", "histories")];
/** A desk that is broken does not become quiet: it is not waited for long, s. */
const patience = 25;
/** Whoever has played for so long hangs, ms. */
const withinMs = 900_000;

/** True when every one was caught, by a law that is meant to. */
export async function sabotageAll(only: readonly string[]): Promise<boolean> {
  let caught = 0;
  const chosen = sabotages.filter(({ name }) => only.length === 0 || only.some((part) => name.includes(part)));
  for (const sabotage of chosen) {
    const laws = await lawsBroken(sabotage).catch((error: unknown) => [`the harness itself: ${String(error)}`]);
    const by = laws.filter((law) => sabotage.by.includes(law));
    const others = laws.filter((law) => !by.includes(law));
    if (by.length > 0) caught += 1;
    console.log(
      `${by.length > 0 ? "caught" : "MISSED"}  ${sabotage.name}\n        by ${by.join(", ") || "nothing"}${others.length > 0 ? `; also broken: ${others.join(", ")}` : ""}`,
    );
  }
  console.log(`\n${caught} of ${chosen.length} caught`);
  return caught === chosen.length;
}

async function lawsBroken(sabotage: Sabotage): Promise<readonly string[]> {
  const copy = mkdtempSync(join(tmpdir(), PREFIX));
  const playing: { child?: ChildProcess } = {};
  const forget = whenEnded(async () => {
    playing.child?.kill("SIGTERM");
    if (playing.child?.exitCode === null) await once(playing.child, "exit");
    rmSync(copy, { recursive: true, force: true });
  });
  try {
    build(sabotage, copy);
    const { outcomes } = JSON.parse(await play(sabotage, copy, playing)) as { outcomes: Outcome[] };
    for (const { kept } of outcomes) if (kept !== null) rmSync(kept, { recursive: true, force: true });
    return outcomes.flatMap(({ violations }) => Object.keys(violations));
  } finally {
    forget();
    rmSync(copy, { recursive: true, force: true });
  }
}

/** The sources with the patches in, and our packages by a link: nothing may be installed there. */
function build({ name, patches }: Sabotage, copy: string): void {
  cpSync(ROOT, copy, { recursive: true, filter: (path) => !leftOut.includes(relative(ROOT, path)) });
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  for (const { file, from, to } of patches) {
    const parts = readFileSync(join(copy, file), "utf8").split(from);
    if (parts.length !== 2) throw new Error(`"${name}" no longer fits ${file}: found ${parts.length - 1} times.`);
    writeFileSync(join(copy, file), parts.join(to));
  }
}

/** In a process of its own; without `run.mjs`, which would install packages. */
async function play({ only, lives }: Sabotage, copy: string, playing: { child?: ChildProcess }): Promise<string> {
  const args = ["--only", only, "--lives", String(lives), "--patience", String(patience), "--json"];
  const child = spawn(process.execPath, ["--require", "./bin/typescript.cjs", "tests/chaos/main.ts", ...args], {
    cwd: copy,
    stdio: ["ignore", "pipe", "pipe"],
  });
  playing.child = child;
  let [told, said] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (told += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  // Asked to end, it ends its processes first.
  const timer = setTimeout(() => child.kill("SIGTERM"), withinMs);
  await new Promise((ended) => child.once("close", ended));
  clearTimeout(timer);
  if (!told.startsWith("{")) throw new Error(`The harness itself has failed:\n${said.slice(-2_000)}`);
  return told;
}
