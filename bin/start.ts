// Everything on one machine, until it is told to stop: `npm start`.
import { resolve } from "node:path";
import { readStartConfig } from "../config";
import { startEverything, type Everything } from "../stack/everything";
import { claimHome } from "../stack/home";
import { seconds } from "../stack/progress";
import { describeUrls, writeUrls } from "../stack/urls";
import { main } from "./main";

const say = (line: string): void => console.log(line);

void main(async () => {
  const startedAt = performance.now();
  const config = readStartConfig(process.env);
  const home = resolve(config.home);
  const stop = stopSignal();
  say(`Perdura starts; its data is in ${home}`);
  const release = await claimHome(home, say);
  try {
    const everything = await startEverything(config, process.env, say, stop);
    const removeUrls = await writeUrls(home, everything.urls);
    say(`Perdura is up after ${seconds(startedAt)}. Ctrl-C ends it.\n\n${describeUrls(everything.urls, config.home, everything.keysAreNew)}\n`);
    await aborted(stop);
    await end(everything, removeUrls);
  } catch (error) {
    if (!stop.aborted) throw error;
    say("Stopped before it was up.");
  } finally {
    await release();
  }
});

async function end(everything: Everything, removeUrls: () => Promise<void>): Promise<void> {
  const startedAt = performance.now();
  say("Stopping …");
  await removeUrls();
  await everything.stop();
  say(`Stopped after ${seconds(startedAt)}.`);
}

/** Aborted by Ctrl-C, by SIGTERM, or when the terminal is closed; a second time changes nothing. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => controller.abort());
  return controller.signal;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
