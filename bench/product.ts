// The whole product for a part of the bench: real processes of its own, ended after it.
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Client, Connection } from "@temporalio/client";
import { findOrStart } from "../bin/demo/product";
import { readStartConfig, type StartConfig } from "../config";
import { bundleWorkflows } from "../stack/bundle";
import { PARTS } from "../stack/home";
import type { Urls } from "../stack/everything";
import { freePort } from "../stack/ports";
import { keptSecret } from "../stack/secrets";
import { serviceEnvironment, startService } from "../stack/service";
import type { Stage } from "./part";

export interface Product {
  readonly urls: Urls;
  readonly namespace: string;
  /** Where each part has its folder. */
  readonly home: string;
  readonly temporal: Client;
  /** Process ids by part, of those that were started here. */
  readonly pids: ReadonlyMap<string, number>;
  /** Starts one more worker beside the product's own, as an installation that must not stand still has; ended with the product. */
  anotherWorker(): Promise<void>;
}

/**
 * Starts everything in the stage's folder, works with it and ends it. What is measured is this machine: nothing that the
 * environment names is used, save what `env` says, such as another `TEMPORAL_ADDRESS`.
 */
export async function withProduct<T>(
  { home, say }: Stage,
  work: (product: Product) => Promise<T>,
  env: Readonly<Record<string, string>> = {},
): Promise<T> {
  const config = readStartConfig({ ...(await ports()), ...env, PERDURA_HOME: join(home, "product") });
  const { urls, stop } = await findOrStart(config, say);
  const connection = await Connection.connect({ address: urls.temporal });
  const { namespace, home: folder } = config;
  const temporal = new Client({ connection, namespace });
  const more: { stop(): Promise<void> }[] = [];
  const anotherWorker = async (): Promise<void> => void more.push(await startWorker(config, urls, more.length + 2));
  try {
    return await work({ urls, namespace, home: folder, temporal, pids: await pidsIn(folder), anotherWorker });
  } finally {
    await connection.close();
    await Promise.all(more.map((worker) => worker.stop()));
    await stop();
  }
}

async function startWorker(config: StartConfig, urls: Urls, number: number): Promise<{ stop(): Promise<void> }> {
  const home = resolve(config.home);
  const [bundle, secret] = await Promise.all([bundleWorkflows(home), config.secret ?? keptSecret(home)]);
  const [port, mailIn] = [await freePort(), await freePort()];
  const env = { ...serviceEnvironment(config, process.env, { ...urls, port, mailIn, home, bundle, secret }), METRICS_PORT: undefined };
  return await startService({ name: `Worker ${number}`, main: "bin/worker.ts", dir: join(home, `worker-${number}`), env, graceMs: 4_500 });
}

/** Free ones, so that it stands beside whatever else runs here. */
async function ports(): Promise<Record<string, string>> {
  const names = ["PORT", "TEMPORAL_PORT", "TEMPORAL_UI_PORT", "POSTGRES_PORT", "SMTP_PORT", "MAIL_PORT", "MAIL_IN_PORT"];
  const found = await Promise.all(names.map(() => freePort()));
  return Object.fromEntries(names.map((name, at) => [name, String(found[at])]));
}

async function pidsIn(home: string): Promise<ReadonlyMap<string, number>> {
  const found = PARTS.map(async (part) => [part, await pidIn(resolve(home, part))] as const);
  return new Map((await Promise.all(found)).flatMap(([part, pid]) => (pid === null ? [] : [[part, pid] as const])));
}

/** What a process that we started left in its folder; null when the part is somebody else's. */
async function pidIn(folder: string): Promise<number | null> {
  try {
    return (JSON.parse(await readFile(join(folder, "pid.json"), "utf8")) as { pid: number }).pid;
  } catch {
    return null;
  }
}
