// The product to show: the one that runs, or one that is started for the occasion and ended after it.
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { StartConfig } from "../../config";
import type { Readiness } from "../../contract/directory";
import { startEverything } from "../../stack/everything";
import type { Urls } from "../../stack/everything";
import { claimHome } from "../../stack/home";
import type { Say } from "../../stack/progress";
import { whenEnded } from "../ending";

export interface Product {
  readonly urls: Urls;
  /** Ends what was started; leaves what was found running. */
  stop(): Promise<void>;
}

/** Rejects when one is there and not well, or when none can be started. */
export async function findOrStart(config: StartConfig, say: Say): Promise<Product> {
  const home = resolve(config.home);
  const urls = await readUrls(home);
  const health = urls === null ? null : await healthOf(urls);
  if (urls !== null && health !== null) {
    for (const { detail } of health.troubles) say(`Perdura is not quite well: ${detail}`);
    say(`Perdura runs at ${urls.api}`);
    return { urls, stop: async () => undefined };
  }
  return await start(config, home, say);
}

async function start(config: StartConfig, home: string, say: Say): Promise<Product> {
  say(`Perdura doesn't run: starting it in ${home}`);
  const giveUp = new AbortController();
  const release = await claimHome(home, say);
  const started = startEverything(config, process.env, say, giveUp.signal);
  const end = async (): Promise<void> => {
    giveUp.abort();
    try {
      await (await started).stop();
    } finally {
      await release();
    }
  };
  const forget = whenEnded(end);
  const stop = async (): Promise<void> => await end().finally(forget);
  try {
    const { urls } = await started;
    return { urls, stop };
  } catch (error) {
    // What had started has ended by itself.
    await stop().catch(() => undefined);
    throw error;
  }
}

/** What the starter wrote down; null when there is nothing, or nothing that can be read. */
async function readUrls(home: string): Promise<Urls | null> {
  try {
    return JSON.parse(await readFile(join(home, "urls.json"), "utf8")) as Urls;
  } catch {
    return null;
  }
}

/** Null when nobody answers: a starter that was killed leaves its addresses behind. */
async function healthOf({ api }: Urls): Promise<Readiness | null> {
  try {
    const response = await fetch(new URL("/health/ready", api), { signal: AbortSignal.timeout(5_000) });
    return (await response.json()) as Readiness;
  } catch {
    return null;
  }
}
