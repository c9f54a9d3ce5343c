// Who a process is. Knows pids, start times and command lines; refuses to trust a pid alone, since a system uses them again.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** What tells this process from any other that has had or will have its pid; undefined when no such process lives. */
export function identify(pid: number): string | undefined {
  try {
    return process.platform === "linux" ? startOnLinux(pid) : ps(pid, "lstart=");
  } catch {
    return undefined;
  }
}

/** The command line of a living process, its arguments separated by blanks; undefined when there is none. */
export function commandLine(pid: number): string | undefined {
  try {
    if (process.platform !== "linux") return ps(pid, "command=");
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  } catch {
    return undefined;
  }
}

/** Boot and start time in clock ticks since then. */
function startOnLinux(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The second field is a name in brackets that may itself hold blanks and brackets: count from the last one.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, startedAt] = [fields[0], fields[19]];
  // A zombie has ended; only its parent hasn't noticed yet.
  if (state === "Z" || state === "X") return undefined;
  return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${startedAt}`;
}

function ps(pid: number, column: string): string | undefined {
  const line = execFileSync("ps", ["-o", column, "-p", String(pid)], { encoding: "utf8" }).trim();
  return line === "" ? undefined : line;
}
