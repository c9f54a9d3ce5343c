// The folder of one run, and what earlier runs left that were killed before they could tidy up.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { identify } from "../../../stack/identity";
import { stopOrphan } from "../../../stack/orphans";
import { unmountDisk } from "./disk";
import { postgresHome } from "./parts";

const PREFIX = "perdura-chaos-";

export function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), PREFIX));
  writeFileSync(join(home, "owner"), `${process.pid}\n${identify(process.pid) ?? ""}`);
  return home;
}

/** Ends the processes of runs whose starter is gone, and removes their folders. */
export async function sweepDeadRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const home = join(tmpdir(), name);
    if (!existsSync(join(home, "owner"))) continue;
    const [pid, identity] = readFileSync(join(home, "owner"), "utf8").split("\n");
    if (identify(Number(pid)) === identity) continue;
    for (const part of readdirSync(home, { withFileTypes: true })) {
      if (part.isDirectory()) await stopOrphan(join(home, part.name));
    }
    unmountDisk(postgresHome(home));
    rmSync(home, { recursive: true, force: true });
  }
}
