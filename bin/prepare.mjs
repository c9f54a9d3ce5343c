// Brings a clone to where TypeScript can run: installs packages and generates the Prisma client, each only when its input changed.
// Plain JavaScript without packages, for it runs before there are any.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...path) => join(root, ...path);

/** Installs and generates what is missing or stale. Ends the process with the tool's output when a step fails. */
export async function prepare() {
  refuseOldNode();
  if (isPrepared()) return;
  // Two at once would take each other's packages away.
  await alone(async () => {
    await install();
    await generateClient();
  });
}

/** Some packages come as ES modules alone: it has to load those by `require`. */
function refuseOldNode() {
  if (process.features.require_module) return;
  console.error(`Perdura needs Node 20.19, 22.12, 24 or newer; this is ${process.version}.`);
  process.exit(1);
}

function isPrepared() {
  return stampOf(installed.file) === installed.stamp() && stampOf(generated.file) === generated.stamp();
}

const installed = {
  file: at("node_modules", ".perdura-installed"),
  // Packages with native parts differ by Node version and system.
  stamp: () => hashOf(at("package-lock.json"), process.version, process.platform, process.arch),
};

const generated = {
  file: at("prisma", "generated", ".stamp"),
  stamp: () => hashOf(at("prisma", "schema.prisma"), readFileSync(at("node_modules", "prisma", "package.json"))),
};

async function install() {
  const stamp = installed.stamp();
  if (stampOf(installed.file) === stamp) return;
  await step("Installing packages (a minute or two)", npm(), ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  writeFileSync(installed.file, stamp);
}

async function generateClient() {
  const stamp = generated.stamp();
  if (stampOf(generated.file) === stamp) return;
  const cli = at("node_modules", "prisma", "build", "index.js");
  await step("Generating the Prisma client", process.execPath, [cli, "generate"], {
    // Generating runs no schema engine, yet Prisma would download one: naming any program keeps it off the network.
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    CHECKPOINT_DISABLE: "1",
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
  });
  writeFileSync(generated.file, stamp);
}

/** Runs `work` while no other process of this clone does. A lock whose holder is dead is nobody's. */
async function alone(work) {
  const lock = join(tmpdir(), `perdura-prepare-${createHash("sha256").update(root).digest("hex").slice(0, 16)}`);
  while (!take(lock)) await sleep(200);
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    const holder = Number(stampOf(lock));
    if (holder > 0 && !isAlive(holder)) rmSync(lock, { force: true });
    return false;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Runs a command; says so once it has taken a second, and shows what it printed only when it fails. */
async function step(title, command, args, env = {}) {
  const startedAt = performance.now();
  const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(0)} s`;
  let said = false;
  const slow = setTimeout(() => {
    said = true;
    console.log(`  ${title} …`);
  }, 1000);
  const { code, output } = await run(command, args, env);
  clearTimeout(slow);
  if (code !== 0) {
    console.error(`${title} failed after ${seconds()} (${[command, ...args].join(" ")}):\n${output}`);
    process.exit(1);
  }
  if (said) console.log(`  ${title}: ${seconds()}`);
}

function run(command, args, env) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => resolve({ code: 1, output: error.message }));
    child.on("close", (code) => resolve({ code, output }));
  });
}

function npm() {
  return process.platform === "win32" ? "npm.cmd" : "npm";
}

/** SHA-256, hex, of a file and whatever else the result depends on. */
function hashOf(file, ...others) {
  const hash = createHash("sha256").update(readFileSync(file));
  others.forEach((other) => hash.update(other));
  return hash.digest("hex");
}

function stampOf(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await prepare();
