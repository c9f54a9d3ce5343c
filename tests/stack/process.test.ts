// What happens to processes when their starter dies, or they do.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { identify } from "../../stack/identity";
import { claimHome } from "../../stack/home";
import { stopOrphan } from "../../stack/orphans";
import { startProcess, type Child } from "../../stack/process";
import { answered } from "../../stack/ready";
import { supervise } from "../../stack/supervise";

const forEver = "setInterval(() => undefined, 1000)";
let dir: string;
const started: Child[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "perdura-process-"));
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((child) => child.stop()));
  await rm(dir, { recursive: true, force: true });
});

async function aProcess(script: string, options: { graceMs?: number } = {}): Promise<Child> {
  const child = await startProcess({ name: "Part", dir, command: process.execPath, args: ["-e", script], ...options });
  started.push(child);
  return child;
}

describe("a process of ours", () => {
  test("leaves no pid file when it ends", async () => {
    const child = await aProcess(forEver);
    expect(JSON.parse(await readFile(join(dir, "pid.json"), "utf8"))).toMatchObject({ pid: child.pid });
    await child.stop();
    await expect(readFile(join(dir, "pid.json"))).rejects.toThrow("ENOENT");
  });

  test("that doesn't end when asked is killed after its grace", async () => {
    const child = await aProcess(`process.on("SIGTERM", () => undefined); console.log("deaf"); ${forEver}`, { graceMs: 200 });
    await answered(child, async () => (child.lastWords() === "deaf" ? true : undefined));
    await child.stop();
    expect(await child.exited).toBe("signal SIGKILL");
  });

  test("that ends while starting is reported with its last words", async () => {
    const child = await aProcess('console.error("no such door"); process.exit(3)');
    await expect(answered(child, () => Promise.resolve(undefined))).rejects.toThrow(/Part ended while starting \(exit code 3\):\nno such door/);
  });
});

describe("what a starter killed with -9 left", () => {
  test("is ended by the next start", async () => {
    const orphan = spawn(process.execPath, ["-e", forEver], { stdio: "ignore" });
    const ended = once(orphan, "exit");
    const pid = orphan.pid ?? 0;
    await writeFile(join(dir, "pid.json"), JSON.stringify({ pid, identity: identify(pid), stopSignal: "SIGTERM" }));
    expect(await stopOrphan(dir)).toBe(true);
    await ended;
  });

  test("isn't mistaken for a stranger who has its pid now", async () => {
    const stranger = spawn(process.execPath, ["-e", forEver], { stdio: "ignore" });
    const pid = stranger.pid ?? 0;
    await writeFile(join(dir, "pid.json"), JSON.stringify({ pid, identity: "another boot 12345", stopSignal: "SIGTERM" }));
    expect(await stopOrphan(dir)).toBe(false);
    expect(identify(pid)).toBeDefined();
    stranger.kill();
  });

  test("may be a pid file cut in half", async () => {
    await writeFile(join(dir, "pid.json"), '{"pid": 1');
    expect(await stopOrphan(dir)).toBe(false);
  });
});

describe("a home", () => {
  const say = (): void => undefined;

  test("has one starter at a time", async () => {
    const other = spawn(process.execPath, ["-e", forEver], { stdio: "ignore" });
    const pid = other.pid ?? 0;
    const starter = { pid, identity: identify(pid), parent: process.pid, parentIdentity: identify(process.pid) };
    await writeFile(join(dir, "starter.json"), JSON.stringify(starter));
    await expect(claimHome(dir, say)).rejects.toThrow(`Perdura already runs in ${dir} (process ${pid})`);
    other.kill();
  });

  test("is taken from a starter whose own parent was killed", async () => {
    const forsaken = spawn(process.execPath, ["-e", forEver], { stdio: "ignore" });
    const ended = once(forsaken, "exit");
    const pid = forsaken.pid ?? 0;
    await writeFile(join(dir, "starter.json"), JSON.stringify({ pid, identity: identify(pid), parent: 1, parentIdentity: "gone" }));
    const release = await claimHome(dir, say);
    await ended;
    await release();
    await expect(readFile(join(dir, "starter.json"))).rejects.toThrow("ENOENT");
  });
});

describe("a supervised part", () => {
  test("that ends unasked is started again, and said", async () => {
    const said: string[] = [];
    let back: () => void = () => undefined;
    const isBack = new Promise<void>((resolve) => (back = resolve));
    const starts: Child[] = [];
    const { stop } = await supervise(
      "Part",
      async () => {
        const child = await aProcess(forEver);
        starts.push(child);
        return { child, stop: () => child.stop() };
      },
      (line) => {
        said.push(line);
        if (line === "Part is back.") back();
      },
    );
    starts[0]?.process.kill("SIGKILL");
    await isBack;
    await stop();
    expect(said).toEqual(["Part ended unasked (signal SIGKILL). Starting it again …", "Part is back."]);
    expect(await starts[1]?.exited).toBe("signal SIGTERM");
  });

  test("that runs and gives no answer time after time is ended, said, and started again; one lost answer is none", async () => {
    const said: string[] = [];
    const given = [true, false, true, false, false, false, false, false, true];
    const starts: Child[] = [];
    const { stop } = await supervise(
      "Part",
      async () => {
        const child = await aProcess(forEver);
        starts.push(child);
        const answers = (): Promise<void> => (given.shift() ?? true ? Promise.resolve() : Promise.reject(new Error("shard status unknown")));
        return { child, answers, stop: () => child.stop() };
      },
      (line) => said.push(line),
      5,
    );
    while (starts.length < 2 || given.length > 0) await sleep(5);
    await stop();
    expect(said).toEqual([
      "Part runs and gives no answer any more (shard status unknown). Ending it …",
      "Part ended unasked (signal SIGTERM). Starting it again …",
      "Part is back.",
    ]);
  });
});
