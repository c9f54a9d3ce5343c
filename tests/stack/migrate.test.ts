import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { migrate, pendingMigrations } from "../../prisma/migrate";
import { prepareDatabase } from "../../stack/stores";
import { anEmptyDatabase, type TestDatabase } from "../support/database";

let database: TestDatabase;
let folder: string;
beforeEach(async () => {
  database = await anEmptyDatabase();
  folder = await mkdtemp(join(tmpdir(), "perdura-migrations-"));
});
afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

async function write(name: string, sql: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, "migration.sql"), sql);
}

async function query(sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test("applies what is missing, in the order of names, and nothing twice", async () => {
  await write("2_fill", "INSERT INTO cups VALUES (1)");
  await write("1_cups", "CREATE TABLE cups (size int); CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;");
  expect(await pendingMigrations(database.url, folder)).toEqual(["1_cups", "2_fill"]);
  expect(await migrate(database.url, folder)).toEqual(["1_cups", "2_fill"]);
  expect(await migrate(database.url, folder)).toEqual([]);
  expect(await query("SELECT * FROM cups")).toEqual([{ size: 1 }]);
});

test("several at once take turns: each migration is applied once", async () => {
  await write("1_cups", "CREATE TABLE cups (size int)");
  await write("2_fill", "INSERT INTO cups VALUES (1)");
  const applied = await Promise.all(Array.from({ length: 5 }, () => migrate(database.url, folder)));
  expect(applied.flat().sort()).toEqual(["1_cups", "2_fill"]);
  expect(await query("SELECT count(*)::int AS n FROM cups")).toEqual([{ n: 1 }]);
});

test("one that fails is undone whole, named, and may be mended", async () => {
  await write("1_cups", "CREATE TABLE cups (size int); SELECT 1/0;");
  await expect(migrate(database.url, folder)).rejects.toThrow("Migration 1_cups failed and was undone: division by zero");
  await write("1_cups", "CREATE TABLE cups (size int)");
  expect(await migrate(database.url, folder)).toEqual(["1_cups"]);
});

test("one changed after it was applied is refused", async () => {
  await write("1_cups", "CREATE TABLE cups (size int)");
  await migrate(database.url, folder);
  await write("1_cups", "CREATE TABLE cups (size bigint)");
  await expect(migrate(database.url, folder)).rejects.toThrow("Migration 1_cups was changed after it had been applied");
});

test("keeps the record that Prisma's own command reads", async () => {
  await write("1_cups", "CREATE TABLE cups (size int)");
  await migrate(database.url, folder);
  expect(await query("SELECT migration_name, length(checksum) AS checksum, finished_at IS NOT NULL AS finished, applied_steps_count FROM _prisma_migrations")).toEqual(
    [{ migration_name: "1_cups", checksum: 64, finished: true, applied_steps_count: 1 }],
  );
});

test("the product's own migrations and seed may be run by several at once, and again", async () => {
  await Promise.all([prepareDatabase(database.url), prepareDatabase(database.url)]);
  const teams = await database.prisma.team.count();
  await prepareDatabase(database.url);
  expect(teams).toBeGreaterThan(0);
  expect(await database.prisma.team.count()).toBe(teams);
});
