// Where a Temporal server to run comes from. Knows programs and their versions; refuses to know how one is run.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { CannotStart } from "./cannot-start";
import type { Say } from "./progress";

const run = promisify(execFile);

/** The version of the command line program; the server inside it is the one the project is tested with. */
const VERSION = "1.5.1";
/** The oldest server that does all that Perdura asks of one. */
const OLDEST_SERVER = [1, 29] as const;
const MODULE = `github.com/temporalio/cli/cmd/temporal@v${VERSION}`;
const DOWNLOADS = "https://temporal.download";
const ASK_WITHIN_MS = 5_000;
const DOWNLOAD_WITHIN_MS = 180_000;
const BUILD_WITHIN_MS = 20 * 60_000;

/**
 * The path of a `temporal` program: on PATH, in our cache, by the SDK's own download, or built by Go, in this order.
 * @param signal gives up a download or a build
 * @param say told what a slow step does and how long it usually takes
 * @param env where PATH and XDG_CACHE_HOME are read
 * @throws `CannotStart` with what was tried and how to get one, when there is none
 */
export async function findTemporal(say: Say = console.log, signal?: AbortSignal, env = process.env): Promise<string> {
  const cached = join(cacheFolder(env), "temporal");
  const tried: string[] = [];
  const ways: [string, () => Promise<string>][] = [
    ["temporal on PATH", () => onPath(env)],
    [cached, () => inCache(cached, env)],
    ["download by the Temporal SDK", () => download(cached, say)],
    [`go install ${MODULE}`, () => build(cached, say, env, signal)],
  ];
  for (const [name, way] of ways) {
    try {
      return await way();
    } catch (error) {
      signal?.throwIfAborted();
      tried.push(`  - ${name}: ${firstLine(error)}`);
    }
  }
  throw new CannotStart(`Perdura needs a Temporal server and found none.\nTried:\n${tried.join("\n")}\n${advice(cached)}`);
}

const advice = (cached: string): string => `Any one of these helps:
  - install the Temporal CLI (https://docs.temporal.io/cli) so that \`temporal\` is on PATH
  - install Go 1.23 or newer (https://go.dev/dl), and Perdura builds it
  - put a \`temporal\` program at ${cached}
  - set TEMPORAL_ADDRESS to a Temporal server that runs elsewhere`;

function cacheFolder(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "perdura", `temporal-${VERSION}`);
}

async function onPath(env: NodeJS.ProcessEnv): Promise<string> {
  const version = await serverVersion("temporal", env);
  if (!isNewEnough(version)) throw new Error(`its server is ${version}, older than ${OLDEST_SERVER.join(".")}`);
  return "temporal";
}

async function inCache(path: string, env: NodeJS.ProcessEnv): Promise<string> {
  if (!existsSync(path)) throw new Error("not there");
  await serverVersion(path, env);
  return path;
}

/** The SDK downloads only what it then starts: lets it, in a folder of its own, and keeps the program. */
async function download(target: string, say: Say): Promise<string> {
  await mustBeThere();
  say("Downloading Temporal (about 100 MB, once) …");
  const folder = `${target}.${process.pid}.download`;
  await mkdir(folder, { recursive: true });
  try {
    const { TestWorkflowEnvironment } = await import("@temporalio/testing");
    const executable = { type: "cached-download", version: `v${VERSION}`, downloadDir: folder } as const;
    const environment = await within(DOWNLOAD_WITHIN_MS, TestWorkflowEnvironment.createLocal({ server: { executable } }));
    await environment.teardown();
    const [program] = await readdir(folder);
    if (program === undefined) throw new Error("it left no program");
    return await keep(join(folder, program), target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Asks shortly first: where a firewall swallows the question, the download itself would hang for minutes. */
async function mustBeThere(): Promise<void> {
  const hasProxy = process.env.HTTPS_PROXY ?? process.env.https_proxy;
  // The SDK goes through a proxy, our own question wouldn't.
  if (hasProxy) return;
  try {
    await fetch(DOWNLOADS, { method: "HEAD", signal: AbortSignal.timeout(ASK_WITHIN_MS) });
  } catch {
    throw new Error(`${DOWNLOADS} can't be reached`);
  }
}

async function build(target: string, say: Say, env: NodeJS.ProcessEnv, signal: AbortSignal | undefined): Promise<string> {
  const { stdout } = await run("go", ["version"], { env });
  say(`Building Temporal ${VERSION} with ${stdout.trim()} (once; about 3 minutes on 2 cores, 2 GB of memory) …`);
  const folder = `${target}.${process.pid}.build`;
  await mkdir(folder, { recursive: true });
  try {
    const startedAt = performance.now();
    await run("go", ["install", "-ldflags", "-s -w", MODULE], {
      env: { ...env, GOBIN: folder },
      timeout: BUILD_WITHIN_MS,
      signal,
      maxBuffer: 64 * 1024 * 1024,
    });
    say(`Built Temporal in ${((performance.now() - startedAt) / 1000).toFixed(0)} s.`);
    return await keep(join(folder, "temporal"), target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Moves it to its place in one go, so that another starter never meets half a program. */
async function keep(program: string, target: string): Promise<string> {
  await chmod(program, 0o755);
  await rename(program, target);
  return target;
}

/** For example "1.29.1". A program that can't be run or says nothing of a server is none. */
async function serverVersion(program: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { stdout } = await run(program, ["--version"], { env, timeout: 10_000 });
  const version = /Server (\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  if (version === undefined) throw new Error(`"${stdout.trim()}" names no server version`);
  return version;
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > OLDEST_SERVER[0] || (major === OLDEST_SERVER[0] && minor >= OLDEST_SERVER[1]);
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing within ${ms / 1000} s`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function firstLine(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "ENOENT" ? "not found" : (message.split("\n")[0] ?? "");
}
