// A disk of a part's own, so small that it can be filled: a tmpfs, which only root may mount. It is gone with the last
// word of its run, or swept by the next one.
import { execFileSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, rmdirSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Null where a disk can be had. */
export function whyNoDisk(): string | null {
  const dir = mkdtempSync(join(tmpdir(), "perdura-disk-"));
  try {
    mountDisk(dir, 1);
    unmountDisk(dir);
    return null;
  } catch {
    return "a disk that may be filled takes Linux and root";
  } finally {
    rmdirSync(dir);
  }
}

export function mountDisk(dir: string, megabytes: number): void {
  mkdirSync(dir, { recursive: true });
  const args = ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=755`, "perdura-chaos", dir];
  execFileSync("mount", args, { stdio: "ignore" });
}

/** Harmless where none is mounted. */
export function unmountDisk(dir: string): void {
  if (process.platform !== "linux" || !readFileSync("/proc/self/mounts", "utf8").includes(` ${dir} `)) return;
  // What is still open there goes with its process.
  execFileSync("umount", ["--lazy", dir], { stdio: "ignore" });
}

/** Leaves no byte free. */
export function fillDisk(dir: string): void {
  const file = openSync(join(dir, "ballast"), "a");
  try {
    for (const size of [1_048_576, 4_096]) writeUntilFull(file, Buffer.alloc(size));
  } finally {
    closeSync(file);
  }
}

export function emptyDisk(dir: string): void {
  rmSync(join(dir, "ballast"), { force: true });
}

function writeUntilFull(file: number, block: Buffer): void {
  try {
    while (writeSync(file, block) === block.length);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  }
}
