import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findTemporal } from "../../stack/find-temporal";

let dir: string;
let cached: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "perdura-find-"));
  cached = join(dir, "cache", "perdura", "temporal-1.5.1", "temporal");
});
afterEach(() => rm(dir, { recursive: true, force: true }));

function find(): Promise<string> {
  const env = { PATH: `${join(dir, "bin")}:/bin:/usr/bin`, XDG_CACHE_HOME: join(dir, "cache") };
  return findTemporal(() => undefined, undefined, env);
}

async function aProgram(path: string, server: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\necho "temporal version 1.0.0 (Server ${server}, UI 2.42.1)"\n`);
  await chmod(path, 0o755);
}

test("temporal on PATH comes first", async () => {
  await aProgram(join(dir, "bin", "temporal"), "1.29.1");
  await aProgram(cached, "1.29.1");
  expect(await find()).toBe("temporal");
});

test.each(["1.28.9", "0.30.0"])("one on PATH whose server is %s is too old: the cache is next", async (server) => {
  await aProgram(join(dir, "bin", "temporal"), server);
  await aProgram(cached, "1.29.1");
  expect(await find()).toBe(cached);
});

test("a newer one is new enough", async () => {
  await aProgram(join(dir, "bin", "temporal"), "2.0.0");
  expect(await find()).toBe("temporal");
});
