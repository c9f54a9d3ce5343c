// What the starter invents once and keeps under its home, readable by its owner alone.
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** API keys in clear, one for a person of each role. */
export interface DemoKeys {
  readonly agent: string;
  readonly lead: string;
  readonly admin: string;
  readonly auditor: string;
}

/** The secret that signs the requesters' links; minted when missing. */
export async function keptSecret(home: string): Promise<string> {
  const file = join(home, "secret");
  if (!existsSync(file)) await writeSecretly(file, randomBytes(32).toString("base64url"));
  return (await readFile(file, "utf8")).trim();
}

/** The demo keys, and whether they were minted just now. */
export async function keptKeys(home: string): Promise<{ keys: DemoKeys; minted: boolean }> {
  const file = join(home, "keys.json");
  const minted = !existsSync(file);
  if (minted) {
    const key = (role: string): string => `perdura_${role}_${randomBytes(24).toString("base64url")}`;
    const keys: DemoKeys = { agent: key("agent"), lead: key("lead"), admin: key("admin"), auditor: key("auditor") };
    await writeSecretly(file, `${JSON.stringify(keys, null, 2)}\n`);
  }
  return { keys: JSON.parse(await readFile(file, "utf8")) as DemoKeys, minted };
}

/** Writes a file in one go, for its owner's eyes only. */
export async function writeSecretly(file: string, content: string): Promise<void> {
  const draft = `${file}.${process.pid}`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(draft, content, { mode: 0o600 });
  await rename(draft, file);
}
