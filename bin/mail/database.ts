// Which database a command on this machine means: the one that is named, or that of the `npm start` that runs here.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readMigrateConfig } from "../../config";

/** @throws a `ConfigError` when neither is there */
export function databaseOf(env: NodeJS.ProcessEnv): string {
  const file = join(env["PERDURA_HOME"] ?? ".perdura", "urls.json");
  if ((env["DATABASE_URL"] ?? "") !== "" || !existsSync(file)) return readMigrateConfig(env).databaseUrl;
  return (JSON.parse(readFileSync(file, "utf8")) as { database: string }).database;
}
