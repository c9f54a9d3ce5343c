// One child process: started in a group of its own, so that a Ctrl-C reaches only the starter, who ends all in order.
// Its folder holds `pid.json` (who it is, for a starter that comes after a crash) and `log` (what it printed).
import { spawn, type ChildProcess, type StdioOptions } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { identify } from "./identity";

/** A log over this many bytes is begun anew at the next start. */
const LOG_AT_MOST = 20_000_000;
/** A package may print a whole minified file in one line. */
const LINE_AT_MOST = 400;

export interface ProcessSpec {
  /** Shown to people: "Postgres". */
  readonly name: string;
  /** The part's own folder; made when missing. */
  readonly dir: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment of the child. Default: ours. */
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Whom to run as, when not as ourselves. */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** What asks it to end in peace. Default SIGTERM. */
  readonly stopSignal?: NodeJS.Signals;
  /** How long it may take to end before it is killed. Default 5,000 ms. */
  readonly graceMs?: number;
  /** Opens a channel for messages; its loss tells the child that the starter is gone. */
  readonly ipc?: boolean;
}

export interface Child {
  readonly name: string;
  readonly pid: number;
  readonly process: ChildProcess;
  /** Resolves, never rejects, with the way it ended: "exit code 1", "signal SIGKILL". */
  readonly exited: Promise<string>;
  /** Ends it: asks, waits the grace period, then kills. Harmless when it has ended. */
  stop(): Promise<void>;
  /** The last lines it printed, for an error message. */
  lastWords(): string;
}

/** What `pid.json` holds. */
export interface PidFile {
  readonly pid: number;
  readonly identity: string;
  readonly stopSignal: NodeJS.Signals;
}

/** Starts a process; rejects when the command can't be run at all. */
export async function startProcess(spec: ProcessSpec): Promise<Child> {
  mkdirSync(spec.dir, { recursive: true });
  const logFile = join(spec.dir, "log");
  const child = spawnLogged(spec, logFile);
  await new Promise<void>((resolve, reject) => child.once("spawn", resolve).once("error", reject));
  const pid = child.pid ?? 0;
  const pidFile = writePidFile(spec, pid);
  const exited = new Promise<string>((resolve) =>
    child.once("exit", (code, signal) => {
      rmSync(pidFile, { force: true });
      resolve(signal === null ? `exit code ${code}` : `signal ${signal}`);
    }),
  );
  return {
    name: spec.name,
    pid,
    process: child,
    exited,
    stop: () => stopChild(child, exited, spec),
    lastWords: () => tail(logFile, 15),
  };
}

function spawnLogged(spec: ProcessSpec, logFile: string): ChildProcess {
  const isLong = (statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > LOG_AT_MOST;
  const log = openSync(logFile, isLong ? "w" : "a", 0o600);
  const stdio: StdioOptions = spec.ipc ? ["ignore", log, log, "ipc"] : ["ignore", log, log];
  try {
    return spawn(spec.command, [...spec.args], {
      detached: true,
      stdio,
      env: spec.env ?? process.env,
      ...(spec.cwd === undefined ? {} : { cwd: spec.cwd }),
      ...spec.user,
    });
  } finally {
    closeSync(log);
  }
}

function writePidFile(spec: ProcessSpec, pid: number): string {
  const path = join(spec.dir, "pid.json");
  const content: PidFile = { pid, identity: identify(pid) ?? "", stopSignal: spec.stopSignal ?? "SIGTERM" };
  writeFileSync(path, JSON.stringify(content));
  return path;
}

async function stopChild(child: ChildProcess, exited: Promise<string>, spec: ProcessSpec): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(spec.stopSignal ?? "SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), spec.graceMs ?? 5_000);
  await exited;
  clearTimeout(timer);
}

function tail(file: string, lines: number): string {
  try {
    const last = readFileSync(file, "utf8").trimEnd().split("\n").slice(-lines);
    return last.map((line) => (line.length > LINE_AT_MOST ? `${line.slice(0, LINE_AT_MOST)}…` : line)).join("\n");
  } catch {
    return "";
  }
}
