import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { aDatabase } from "./support/database";
import type { TestDatabase } from "./support/database";

let database: TestDatabase;
beforeAll(async () => {
  database = await aDatabase();
});
afterAll(async () => await database.drop());

async function mint(...args: string[]): Promise<string> {
  const env = { ...process.env, DATABASE_URL: database.url };
  const command = ["-r", "./bin/typescript.cjs", join(__dirname, "../bin/key.ts"), ...args];
  const { stdout } = await promisify(execFile)(process.execPath, command, { env, cwd: join(__dirname, "..") });
  return stdout.trim();
}

test("a key is shown once, and kept as a hash", async () => {
  const key = await mint("sofia", "first");
  const hash = createHash("sha256").update(key).digest("hex");
  expect(await database.prisma.apiKey.findUnique({ where: { hash } })).toMatchObject({ agentId: "sofia", label: "first" });
});

test("nobody who is not of staff gets one", async () => {
  await expect(mint("nobody")).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("no agent nobody") });
});
