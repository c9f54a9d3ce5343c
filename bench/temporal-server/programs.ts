// The programs of a real Temporal server, as production runs them: from our cache, or built by Go once.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { CannotStart } from "../../stack/cannot-start";
import type { Say } from "../../stack/progress";

const run = promisify(execFile);

/** The server inside the command line program that `npm start` uses. */
const version = "1.29.1";
/** By the name that Go gives the program: where it comes from, and what we call it. */
const modules = {
  server: { module: `go.temporal.io/server/cmd/server@v${version}`, name: "temporal-server" },
  sql: { module: `go.temporal.io/server/cmd/tools/sql@v${version}`, name: "temporal-sql-tool" },
} as const;
const buildWithinMs = 30 * 60_000;

export interface Programs {
  readonly server: string;
  /** Prepares its databases. */
  readonly sql: string;
}

/** Whether both are there already: building them takes minutes. */
export function areBuilt(): boolean {
  return Object.values(programs()).every((path) => existsSync(path));
}

/** Finds them, or builds them. Throws `CannotStart` where there is no Go, or no way to its modules. */
export async function findPrograms(say: Say): Promise<Programs> {
  if (!areBuilt()) await build(say);
  return programs();
}

function programs(): Programs {
  const cache = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "perdura", `temporal-server-${version}`);
  return { server: join(cache, modules.server.name), sql: join(cache, modules.sql.name) };
}

async function build(say: Say): Promise<void> {
  say(`Building a Temporal server ${version} with Go (once; about 5 minutes on 2 cores, 2 GB of memory) …`);
  const found = programs();
  const folder = `${found.server}.${process.pid}.build`;
  await mkdir(folder, { recursive: true });
  try {
    const all = Object.values(modules).map(({ module }) => module);
    const env = { ...process.env, GOBIN: folder };
    await run("go", ["install", "-ldflags", "-s -w", ...all], { env, timeout: buildWithinMs, maxBuffer: 64 * 1024 * 1024 });
    for (const name of ["server", "sql"] as const) await rename(join(folder, name), found[name]);
  } catch (error) {
    throw new CannotStart(`No Temporal server could be built: ${(error as Error).message.split("\n")[0]}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
