// The folder in which everything on this machine lives, and who may use it: one starter at a time.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CannotStart } from "./cannot-start";
import { identify } from "./identity";
import { end, stopOrphan } from "./orphans";
import type { Say } from "./progress";

/** Each part has a folder of its name. In the order in which they end. */
export const PARTS = ["api", "worker", "mail", "temporal", "postgres"] as const;
export type PartName = (typeof PARTS)[number];

const STOPS_WITHIN_MS = 12_000;

/** Who started, and under whom: `npm` when it was `npm start`. */
interface Starter {
  readonly pid: number;
  readonly identity: string;
  readonly parent: number;
  readonly parentIdentity: string;
}

/**
 * Makes the home ours: ends what an earlier starter left behind, and writes down who we are. Answers how to give it back.
 * Rejects with `CannotStart` when another starter uses it.
 */
export async function claimHome(home: string, say: Say): Promise<() => Promise<void>> {
  await mkdir(home, { recursive: true });
  const file = join(home, "starter.json");
  await endForsaken(file, home, say);
  const ended = [];
  for (const part of PARTS) if (await stopOrphan(join(home, part))) ended.push(part);
  if (ended.length > 0) say(`  Ended what the last start left running: ${ended.join(", ")}`);
  const us: Starter = {
    pid: process.pid,
    identity: identify(process.pid) ?? "",
    parent: process.ppid,
    parentIdentity: identify(process.ppid) ?? "",
  };
  await writeFile(file, JSON.stringify(us));
  return () => rm(file, { force: true });
}

/** A starter whose own parent was killed runs on with nobody to end it: it has to go. Any other was wanted. */
async function endForsaken(file: string, home: string, say: Say): Promise<void> {
  const other = await readStarter(file);
  if (other === undefined || identify(other.pid) !== other.identity) return;
  if (identify(other.parent) === other.parentIdentity) {
    throw new CannotStart(`Perdura already runs in ${home} (process ${other.pid}). End that one first, or set PERDURA_HOME to another folder.`);
  }
  say(`  Ending an earlier start whose terminal is gone (process ${other.pid}) …`);
  await end(other.pid, "SIGTERM", STOPS_WITHIN_MS);
}

async function readStarter(file: string): Promise<Starter | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Starter;
  } catch {
    return undefined;
  }
}
