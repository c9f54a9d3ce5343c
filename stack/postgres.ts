// A real Postgres on this machine, from the binaries that npm brought. Knows its folder and its port, nothing of our tables.
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chown, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import { commandLine } from "./identity";
import { end } from "./orphans";
import { startProcess, type Child } from "./process";
import { answered } from "./ready";
import { postgresAccount, type Account } from "./postgres-account";

const run = promisify(execFile);
const USER = "perdura";

export interface PostgresOptions {
  /** Holds `data/`, the password and the log; made when missing. */
  readonly dir: string;
  readonly port: number;
  /** Default "perdura"; created when missing. */
  readonly database?: string;
  /** False only for tests: a power cut may then lose what was committed. Default true. */
  readonly durable?: boolean;
  /** Default 100. */
  readonly maxConnections?: number;
}

export interface Postgres {
  /** Connection string of the database, with the password in it. */
  readonly url: string;
  readonly child: Child;
  stop(): Promise<void>;
}

/** Creates the cluster at the first time, starts it and waits until it answers. Rejects with its last words otherwise. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const dir = resolve(options.dir);
  await mkdir(dir, { recursive: true });
  const account = await postgresAccount(dir);
  const password = await keptPassword(dir);
  await initialise(dir, account, password);
  await clearStaleLock(join(dir, "data"));
  const child = await startProcess({
    name: "Postgres",
    dir,
    ...account.launch("postgres", ["-D", join(dir, "data"), ...settings(options).flatMap((setting) => ["-c", setting])]),
    env: { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" },
    // "Fast shutdown": ends sessions, writes everything, leaves.
    stopSignal: "SIGINT",
  });
  try {
    const url = `postgresql://${USER}:${password}@127.0.0.1:${options.port}`;
    await answered(child, () => connects(`${url}/postgres`));
    await createDatabase(`${url}/postgres`, options.database ?? USER);
    return { url: `${url}/${options.database ?? USER}`, child, stop: () => child.stop() };
  } catch (error) {
    await child.stop();
    throw error;
  }
}

function settings({ port, durable = true, maxConnections = 100 }: PostgresOptions): string[] {
  return [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    `max_connections=${maxConnections}`,
    "timezone=UTC",
    "log_timezone=UTC",
    ...(durable ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]),
  ];
}

async function keptPassword(dir: string): Promise<string> {
  const file = join(dir, "password");
  if (!existsSync(file)) await writeFile(file, randomBytes(24).toString("hex"), { mode: 0o600 });
  return readFile(file, "utf8");
}

/** Prepares the data beside its place and moves it there whole, so that a crash midway can't leave half a cluster. */
async function initialise(dir: string, account: Account, password: string): Promise<void> {
  const data = join(dir, "data");
  if (existsSync(join(data, "PG_VERSION"))) return;
  const draft = join(dir, "data.draft");
  const secret = join(dir, "password.initdb");
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await writeFile(secret, password, { mode: 0o600 });
  const { owner } = account;
  if (owner !== undefined) await Promise.all([draft, secret].map((path) => chown(path, owner.uid, owner.gid)));
  const initdb = account.launch("initdb", [
    `--pgdata=${draft}`,
    `--username=${USER}`,
    `--pwfile=${secret}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    // Postgres's own C.UTF-8: the same order and case on every machine, whatever locales it has.
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
  ]);
  try {
    await run(initdb.command, [...initdb.args], { ...initdb.user });
  } finally {
    await rm(secret, { force: true });
  }
  await rename(draft, data);
}

/** A crash leaves `postmaster.pid`: ends the Postgres it names if that one serves this very folder, else drops the file. */
async function clearStaleLock(data: string): Promise<void> {
  const lock = join(data, "postmaster.pid");
  if (!existsSync(lock)) return;
  const pid = Number.parseInt(await readFile(lock, "utf8"), 10);
  if (commandLine(pid)?.includes(data)) await end(pid, "SIGINT");
  await rm(lock, { force: true });
}

async function connects(url: string): Promise<true | undefined> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function createDatabase(url: string, name: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
