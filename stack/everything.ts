// All of Perdura on one machine: starts in parallel what doesn't need each other, and ends everything in order.
import { join, resolve } from "node:path";
import type { StartConfig } from "../config";
import { bundleWorkflows } from "./bundle";
import { chooseMetricsPorts, choosePorts } from "./choose-ports";
import { PARTS, type PartName } from "./home";
import { startParts, type Keep } from "./parts";
import { step, type Say } from "./progress";
import { keptKeys, keptSecret, type DemoKeys } from "./secrets";
import { serviceEnvironment, startService } from "./service";
import { settled } from "./settled";
import { prepareDatabase } from "./stores";
import { supervise } from "./supervise";

/** Where everything answers; null where it is somebody else's and we don't know. */
export interface Urls {
  readonly api: string;
  readonly temporal: string;
  readonly temporalUi: string | null;
  readonly database: string;
  readonly smtp: string;
  readonly mail: string | null;
  /** Where mails to the desk are taken in, by SMTP. */
  readonly mailIn: string;
  /** Where Prometheus reads; left out when it is not asked for. */
  readonly metrics?: { readonly api: string; readonly worker: string };
  readonly keys: DemoKeys;
}

export interface Everything {
  readonly urls: Urls;
  /** True when the keys were minted at this start. */
  readonly keysAreNew: boolean;
  /** Ends the parts in order: API, worker, mail catcher, Temporal, Postgres. */
  stop(): Promise<void>;
}

/**
 * Starts all parts and waits until they answer. When one doesn't start, the others are ended and the promise rejects.
 * @param env what API and worker inherit
 * @param signal gives up the start: what runs is ended, and the promise rejects
 * @param say told of slow steps, changed ports, and parts that ended unasked
 */
export async function startEverything(config: StartConfig, env: NodeJS.ProcessEnv, say: Say, signal?: AbortSignal): Promise<Everything> {
  const home = resolve(config.home);
  const stops = new Map<PartName, () => Promise<void>>();
  const keep: Keep<PartName> = async (name, title, start) => {
    signal?.throwIfAborted();
    const { part, stop } = await supervise(title, start, say);
    stops.set(name, stop);
    signal?.throwIfAborted();
    return part;
  };
  const stop = async (): Promise<void> => {
    for (const name of PARTS) await stops.get(name)?.();
  };
  try {
    return { ...(await start(config, env, home, keep, say, signal)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(config: StartConfig, env: NodeJS.ProcessEnv, home: string, keep: Keep<PartName>, say: Say, signal?: AbortSignal): Promise<Omit<Everything, "stop">> {
  const ports = await choosePorts(config, say);
  const metrics = await chooseMetricsPorts(config, ports);
  const [parts, bundle, { keys, minted }, secret] = await settled([
    startParts(config, home, ports, keep, say, signal),
    step(say, "Bundling the workflows", () => bundleWorkflows(home)),
    keptKeys(home),
    config.secret ?? keptSecret(home),
  ]);
  await step(say, "Preparing the database", () => prepareDatabase(parts.database, keys));
  const inherited = serviceEnvironment(config, env, { ...parts, port: ports.api, mailIn: ports.mailIn, home, bundle, secret });
  const service = (name: "api" | "worker", title: string, graceMs: number) => {
    const env = { ...inherited, METRICS_PORT: metrics === null ? undefined : String(metrics[name]) };
    return keep(name, title, () => startService({ name: title, main: `bin/${name}.ts`, dir: join(home, name), env, graceMs }));
  };
  await step(say, "Starting the API and the worker", () => settled([service("api", "The API", 2_000), service("worker", "The worker", 4_500)]));
  const reached = `http://${config.host === "0.0.0.0" || config.host === "::" ? "127.0.0.1" : config.host}`;
  const pages = metrics && { metrics: { api: `${reached}:${metrics.api}/metrics`, worker: `${reached}:${metrics.worker}/metrics` } };
  return { urls: { api: `${reached}:${ports.api}/api/v1`, mailIn: `smtp://127.0.0.1:${ports.mailIn}`, ...parts, ...pages, keys }, keysAreNew: minted };
}
