// Brings a database to the newest schema. Applies the files of `prisma/migrations` as Prisma's own `migrate deploy` would and
// keeps the same record of it, so that either may go on where the other stopped.
import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";

/** Any number that nobody else locks; Prisma uses 72707369 for the same purpose, so that both wait for each other. */
const LOCK = 72707369;
const MIGRATIONS = join(__dirname, "migrations");

interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, hex. */
  readonly checksum: string;
}

/**
 * Applies what is not yet applied, each migration in a transaction of its own; several callers take turns.
 * Answers the names of those applied now. Rejects when one fails, or when an applied file was changed since.
 */
export async function migrate(url: string, folder = MIGRATIONS): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    await client.query(RECORDS);
    const applied = await readApplied(client);
    migrations.forEach((migration) => mustBeUnchanged(migration, applied));
    const missing = migrations.filter(({ name }) => !applied.has(name));
    for (const migration of missing) await apply(client, migration);
    return missing.map(({ name }) => name);
  } finally {
    // Ending the session gives back the lock.
    await client.end();
  }
}

/** The names of all migrations of this release, in order. */
export async function knownMigrations(folder = MIGRATIONS): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
}

/** The migrations that a database lacks, by name. */
export async function pendingMigrations(url: string, folder = MIGRATIONS): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ known: boolean }>("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS known");
    const applied = rows[0]?.known ? await readApplied(client) : new Map<string, string>();
    return (await knownMigrations(folder)).filter((name) => !applied.has(name));
  } finally {
    await client.end();
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = await knownMigrations(folder);
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

/** Checksum by name of what has been applied in full. */
async function readApplied(client: Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
    "SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL",
  );
  const unfinished = rows.find(({ finished_at }) => finished_at === null);
  if (unfinished !== undefined) {
    throw new Error(`Migration ${unfinished.migration_name} was begun by another tool and never finished; resolve it first.`);
  }
  return new Map(rows.map(({ migration_name, checksum }) => [migration_name, checksum]));
}

function mustBeUnchanged({ name, checksum }: Migration, applied: Map<string, string>): void {
  const known = applied.get(name);
  if (known === undefined || known === checksum) return;
  throw new Error(`Migration ${name} was changed after it had been applied: undo the change and write a new migration.`);
}

async function apply(client: Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (cause) {
    await client.query("ROLLBACK");
    throw new Error(`Migration ${name} failed and was undone: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** As Prisma itself creates it. */
const RECORDS = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;
