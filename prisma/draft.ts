// Drafts the next migration, and tells where the migrations and `schema.prisma` disagree.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sqlFrom } from "./engine";
import { migrate } from "./migrate";

const SCHEMA = join(__dirname, "schema.prisma");
const MIGRATIONS = join(__dirname, "migrations");
/** Statements that the schema's language can't say the contrary of: GIN and partial indexes, generated columns, triggers. */
const EXPECTED = join(MIGRATIONS, "expected-drift.sql");

/**
 * Writes `migrations/<time>_<name>/migration.sql` with what leads from the migrations so far to the schema.
 * Answers its path, or undefined when there is nothing to do.
 * @param url an empty database that may be used up
 */
export async function draftMigration(url: string, name: string, now: Date): Promise<string | undefined> {
  await mkdir(MIGRATIONS, { recursive: true });
  const statements = await drift(url);
  if (statements.length === 0) return undefined;
  const folder = join(MIGRATIONS, `${now.toISOString().replace(/\D/g, "").slice(0, 14)}_${name}`);
  await mkdir(folder);
  const file = join(folder, "migration.sql");
  await writeFile(file, `${statements.join("\n\n")}\n`);
  await writeFile(join(MIGRATIONS, "migration_lock.toml"), 'provider = "postgresql"\n');
  return file;
}

/** The statements, with their comments, that would lead from the migrations to the schema, save the expected ones. */
export async function drift(url: string): Promise<string[]> {
  await migrate(url, MIGRATIONS);
  const expected = new Set((await statementsOf(EXPECTED)).map(withoutComments));
  return split(await sqlFrom(url, SCHEMA)).filter((statement) => !expected.has(withoutComments(statement)));
}

async function statementsOf(file: string): Promise<string[]> {
  return split(await readFile(file, "utf8").catch(() => ""));
}

/** The engine sets a comment before each statement. */
function split(sql: string): string[] {
  return sql.split(/^(?=-- )/m).map((statement) => statement.trim()).filter((statement) => withoutComments(statement) !== "");
}

function withoutComments(statement: string): string {
  return statement.replace(/^--.*$/gm, "").trim();
}
