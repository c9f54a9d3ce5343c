// One of Perdura's own mains as a process: the API, the worker.
import { join, resolve } from "node:path";
import type { StartConfig } from "../config";
import type { Parts } from "./parts";
import { startProcess, type Child } from "./process";
import { saidReady } from "./ready";

const ROOT = resolve(__dirname, "..");

export interface ServiceOptions {
  /** "API", for people. */
  readonly name: string;
  /** "bin/api.ts" */
  readonly main: string;
  /** Holds the log. */
  readonly dir: string;
  /** The whole environment. */
  readonly env: NodeJS.ProcessEnv;
  /** How long it may take to end what it is doing, in ms. */
  readonly graceMs: number;
}

/** Starts a main and waits until it says that it is ready. It ends by itself when we are gone. */
export async function startService({ name, main, dir, env, graceMs }: ServiceOptions): Promise<{ child: Child; stop(): Promise<void> }> {
  const child = await startProcess({
    name,
    dir,
    command: process.execPath,
    args: [...["typescript.cjs", "workflow-threads.cjs"].flatMap((first) => ["--require", join(ROOT, "bin", first)]), join(ROOT, main)],
    cwd: ROOT,
    env,
    graceMs,
    ipc: true,
  });
  try {
    await saidReady(child);
  } catch (error) {
    await child.stop();
    throw error;
  }
  return { child, stop: () => child.stop() };
}

/** What API and worker find in their environment: ours, with the places of everything that was started. */
export function serviceEnvironment(
  config: StartConfig,
  env: NodeJS.ProcessEnv,
  found: Parts & { readonly port: number; readonly mailIn: number; readonly home: string; readonly bundle: string; readonly secret: string },
): NodeJS.ProcessEnv {
  // Keys and certificates meant for somebody's Temporal elsewhere are of no use for the one we started.
  const isOurs = config.temporal === undefined;
  const inherited = Object.entries(env).filter(([name]) => !(isOurs && /^TEMPORAL_(TLS|API_KEY)/.test(name)));
  return {
    ...Object.fromEntries(inherited),
    DATABASE_URL: found.database,
    TEMPORAL_ADDRESS: found.temporal,
    TEMPORAL_NAMESPACE: config.namespace,
    SMTP_URL: found.smtp,
    PERDURA_SECRET: found.secret,
    PERDURA_HOME: found.home,
    PERDURA_BUNDLE: found.bundle,
    HOST: config.host,
    PORT: String(found.port),
    MAIL_IN_PORT: String(found.mailIn),
  };
}
