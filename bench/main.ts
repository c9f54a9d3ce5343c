// What Perdura costs on this machine: npm run bench. Runs the parts that are asked for, one after the other, and keeps what
// each found under bench/results/. Knows no part; `parts/all.ts` lists them.
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { toTheEnd, whenEnded } from "../bin/ending";
import { main } from "../bin/main";
import { stopOrphan } from "../stack/orphans";
import { keep } from "./keep";
import { readOptions, usage } from "./options";
import type { Part, Settings } from "./part";
import { parts } from "./parts/all";

const say = (line: string): void => console.log(line);

void main(() => toTheEnd(measure));

async function measure(): Promise<void> {
  const { chosen, settings, help } = readOptions(process.argv.slice(2), parts);
  if (help) return say(usage(parts));
  for (const part of chosen) await runPart(part, settings.get(part.name) ?? {});
}

async function runPart(part: Part, settings: Settings): Promise<void> {
  say(`\n${part.name}: ${part.about}`);
  const home = await mkdtemp(join(tmpdir(), `perdura-bench-${part.name}-`));
  const forget = whenEnded(() => clear(home));
  try {
    const found = await part.run({ home, say }, settings);
    say(`\n${found.text}\n\nKept in ${await keep(part.name, settings, found)}`);
  } finally {
    forget();
    await clear(home);
  }
}

/** Ends whatever still runs in a part's folder, and removes it. */
async function clear(home: string): Promise<void> {
  const files = await readdir(home, { recursive: true });
  await Promise.all(files.flatMap((file) => (basename(file) === "pid.json" ? [stopOrphan(join(home, dirname(file)))] : [])));
  // A Postgres that was killed for its slowness may still have a child that writes.
  await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
}
