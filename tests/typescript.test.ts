// How TypeScript is loaded by processes and threads: compiled once, until the file changes.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./support/sources";

/** A project of its own, with our packages but a place of its own for what is kept. */
const project = mkdtempSync(join(tmpdir(), "perdura-typescript-"));
const kept = join(project, "node_modules", ".cache", "perdura", "main.ts.js");
beforeAll(() => {
  mkdirSync(join(project, "bin"));
  mkdirSync(join(project, "node_modules"));
  symlinkSync(join(ROOT, "node_modules", "esbuild"), join(project, "node_modules", "esbuild"));
  copyFileSync(join(ROOT, "bin", "typescript.cjs"), join(project, "bin", "typescript.cjs"));
});
afterAll(() => rmSync(project, { recursive: true }));

function run(source: string) {
  writeFileSync(join(project, "main.ts"), source);
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--require", "./bin/typescript.cjs", "main.ts"], { cwd: project, encoding: "utf8" });
  return { stdout, stderr, status };
}

const said = (text: string): string => `const said: string = "${text}";\nconsole.log(said);\n`;

test("what a file compiles to is kept as long as the file is the same", () => {
  expect(run(said("one"))).toEqual({ stdout: "one\n", stderr: "", status: 0 });
  const { ino } = statSync(kept);
  expect(run(said("one")).stdout).toBe("one\n");
  expect(statSync(kept).ino).toBe(ino);
  expect(run(said("two")).stdout).toBe("two\n");
  expect(run(said("one")).stdout).toBe("one\n");
});

test("what is kept by half is compiled anew", () => {
  run(said("one"));
  const whole = readFileSync(kept, "utf8");
  writeFileSync(kept, whole.slice(0, whole.length / 2));
  expect(run(said("one")).stdout).toBe("one\n");
  expect(readFileSync(kept, "utf8")).toBe(whole);
});

const throwing = `
interface Late {
  readonly by: number;
}

function fail({ by }: Late): never {
  throw new Error(\`late by \${by}\`);
}

try {
  fail({ by: 3 });
} catch (error) {
  console.log((error as Error).stack);
}
`;

test.each(["compiled just now", "kept"])("an error tells the source's own lines, %s", () => {
  const frames = run(throwing).stdout.split("\n").slice(0, 3);
  expect(frames).toEqual(["Error: late by 3", `    at fail (${join(project, "main.ts")}:7:9)`, expect.stringContaining("main.ts:11:3)")]);
});

test("threads of such a process load TypeScript, too", () => {
  const thread = 'import { isMainThread, Worker } from "node:worker_threads";\nif (isMainThread) new Worker(__filename);\nelse console.log("there" as string);\n';
  expect(run(thread)).toEqual({ stdout: "there\n", stderr: "", status: 0 });
});

test("where nothing can be kept it is compiled each time", () => {
  const cache = join(project, "node_modules", ".cache");
  rmSync(cache, { recursive: true });
  writeFileSync(cache, "Not a folder.");
  expect(run(said("one"))).toEqual({ stdout: "one\n", stderr: "", status: 0 });
  expect(existsSync(kept)).toBe(false);
});
