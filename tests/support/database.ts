// A database for one test file: migrated, seeded, real, and nobody else's.
import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { createPrisma, type PrismaClient } from "../../prisma/client";

/** The database that the others are copies of. */
export const TEMPLATE = "perdura_template";

export interface TestDatabase {
  readonly url: string;
  readonly prisma: PrismaClient;
  /** Keeps a copy of it as it is now; answers how to put that in its place. Whoever is connected loses the connection. */
  backUp(): Promise<() => Promise<void>>;
  /** Ends every connection to it and removes it. */
  drop(): Promise<void>;
}

/** Copies the template (about 40 ms). Call it in `beforeAll`, and `drop` in `afterAll`. */
export async function aDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await asAdmin(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  return opened(name);
}

/** One without any table, for tests of the migrations themselves. */
export async function anEmptyDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await asAdmin(`CREATE DATABASE ${name}`);
  return opened(name);
}

function opened(name: string): TestDatabase {
  const url = adminUrl().replace(/\/postgres$/, `/${name}`);
  const prisma = createPrisma(url, { max: 20 });
  return {
    url,
    prisma,
    backUp: async () => {
      const copy = `${name}_copy`;
      await replace(copy, name);
      return async () => await replace(name, copy);
    },
    drop: async () => {
      await prisma.$disconnect();
      await asAdmin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await asAdmin(`DROP DATABASE IF EXISTS ${name}_copy`);
    },
  };
}

/** Postgres copies a database only while nobody is connected to it. */
async function replace(target: string, source: string): Promise<void> {
  await asAdmin(`DROP DATABASE IF EXISTS ${target} WITH (FORCE)`);
  await asAdmin(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${source}'`);
  await asAdmin(`CREATE DATABASE ${target} TEMPLATE ${source}`);
}

function adminUrl(): string {
  const url = process.env.TEST_POSTGRES;
  if (url === undefined) throw new Error("No shared Postgres: this test must belong to the project 'parts' of jest.config.js");
  return url;
}

async function asAdmin(sql: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
