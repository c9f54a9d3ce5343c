// Drafts a migration from `prisma/schema.prisma`, on a Postgres of its own that is gone afterwards.
//   npm run prisma:draft -- NAME     writes prisma/migrations/<time>_NAME/migration.sql
//   npm run prisma:drift             fails when migrations and schema disagree
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { draftMigration, drift } from "../prisma/draft";
import { freePort } from "../stack/ports";
import { startPostgres } from "../stack/postgres";

async function main(argument: string | undefined): Promise<number> {
  if (argument === undefined || !/^(--check|[a-z0-9_]+)$/.test(argument)) {
    console.error("Say what the migration does, in small letters and underscores: npm run prisma:draft -- add_tags");
    return 2;
  }
  const dir = await mkdtemp(join(tmpdir(), "perdura-draft-"));
  const postgres = await startPostgres({ dir, port: await freePort(), durable: false });
  try {
    return argument === "--check" ? await check(postgres.url) : await draft(postgres.url, argument);
  } finally {
    await postgres.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

async function draft(url: string, name: string): Promise<number> {
  const file = await draftMigration(url, name, new Date());
  console.log(file === undefined ? "The migrations already lead to the schema: nothing to draft." : `Drafted ${file}: read it, then commit it.`);
  return 0;
}

async function check(url: string): Promise<number> {
  const statements = await drift(url);
  console.log(statements.length === 0 ? "Migrations and schema agree." : `Missing in the migrations:\n\n${statements.join("\n\n")}`);
  return statements.length === 0 ? 0 : 1;
}

void main(process.argv[2]).then((code) => (process.exitCode = code));
