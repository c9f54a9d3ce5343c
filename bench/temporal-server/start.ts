// A real Temporal server on a Postgres of its own, started for a part of the bench.
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { Connection } from "@temporalio/client";
import { msToTs } from "@temporalio/common/lib/time";
import { findPort, freePort } from "../../stack/ports";
import { startPostgres } from "../../stack/postgres";
import { startProcess } from "../../stack/process";
import { answered } from "../../stack/ready";
import type { Stage } from "../part";
import { configFile } from "./config";
import { findPrograms } from "./programs";
import type { Programs } from "./programs";

const run = promisify(execFile);
const retentionMs = 24 * 60 * 60 * 1_000;

export interface TemporalOnPostgres {
  readonly address: string;
  readonly pids: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

/** Resolves once the namespace `default` is there. What was started is ended when it rejects. */
export async function startTemporalOnPostgres({ home, say }: Stage): Promise<TemporalOnPostgres> {
  const programs = await findPrograms(say);
  const postgres = await startPostgres({ dir: join(home, "temporal-postgres"), port: await freePort() });
  try {
    const database = new URL(postgres.url);
    await prepare(programs, database);
    const { address, child } = await startServer(programs, database, join(home, "temporal-server"));
    const pids = new Map([["temporal", child.pid], ["temporalPostgres", postgres.child.pid]]);
    const stop = async (): Promise<void> => {
      await child.stop();
      await postgres.stop();
    };
    return { address, pids, stop };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** Both databases with the tables of this version. */
async function prepare({ sql }: Programs, { hostname, port, username, password }: URL): Promise<void> {
  const common = ["--plugin", "postgres12", "--endpoint", hostname, "--port", port, "--user", username, "--password", password];
  for (const [database, schema] of [["temporal", "temporal"], ["temporal_visibility", "visibility"]] as const) {
    const tool = (...args: string[]) => run(sql, [...common, "--database", database, ...args]);
    await tool("create-database");
    await tool("setup-schema", "--version", "0.0");
    await tool("update-schema", "--schema-name", `postgresql/v12/${schema}`);
  }
}

async function startServer({ server }: Programs, database: URL, dir: string) {
  const [frontendPort = 0, ...ports] = await freePorts(8);
  await mkdir(join(dir, "config"), { recursive: true });
  await writeFile(join(dir, "config", "bench.yaml"), configFile({ database, frontendPort, ports }), { mode: 0o600 });
  const args = ["--root", dir, "--config", "config", "--env", "bench", "--allow-no-auth", "start"];
  const child = await startProcess({ name: "Temporal on Postgres", dir, command: server, args });
  const address = `127.0.0.1:${frontendPort}`;
  try {
    await answered(child, () => registered(address));
    return { address, child };
  } catch (error) {
    await child.stop();
    throw error;
  }
}

/** A server keeps the ports of its cluster's members as numbers up to 32,767: the system's own free ones lie above. */
async function freePorts(count: number): Promise<number[]> {
  const taken = new Set<number>();
  while (taken.size < count) {
    const { port } = await findPort({ variable: "a port for Temporal", port: 17_233, asked: false }, taken);
    taken.add(port);
  }
  return [...taken];
}

/** True once the namespace can be used; undefined while it can't. */
async function registered(address: string): Promise<true | undefined> {
  let connection: Connection | undefined;
  try {
    connection = await Connection.connect({ address, connectTimeout: 1_000 });
    const { workflowService } = connection;
    const workflowExecutionRetentionPeriod = msToTs(retentionMs);
    await workflowService.registerNamespace({ namespace: "default", workflowExecutionRetentionPeriod }).catch(() => undefined);
    await workflowService.describeNamespace({ namespace: "default" });
    return true;
  } catch {
    return undefined;
  } finally {
    await connection?.close();
  }
}
