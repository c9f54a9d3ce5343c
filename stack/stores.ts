// Prepares the two stores for Perdura, whoever runs them: tables and first rows in Postgres, search attributes in Temporal.
import { Connection } from "@temporalio/client";
import type { TemporalConfig } from "../config";
import { createPrisma } from "../prisma/client";
import { migrate } from "../prisma/migrate";
import { seed } from "../prisma/seed";
import { registerSearchAttributes } from "./search-attributes";
import type { DemoKeys } from "./secrets";

/** Migrates and seeds; answers the names of the migrations applied now. Harmless to repeat. */
export async function prepareDatabase(url: string, demoKeys?: DemoKeys): Promise<string[]> {
  const applied = await migrate(url);
  const prisma = createPrisma(url, { max: 1, name: "perdura migrate" });
  try {
    await seed(prisma, demoKeys === undefined ? {} : { demoKeys });
  } finally {
    await prisma.$disconnect();
  }
  return applied;
}

/** Registers the search attributes of tickets. Rejects when Temporal can't be reached within 10 s. Harmless to repeat. */
export async function prepareTemporal({ connection: access, namespace }: TemporalConfig): Promise<void> {
  const connection = await Connection.connect({ ...access, connectTimeout: 10_000 });
  try {
    await registerSearchAttributes(connection, namespace);
  } finally {
    await connection.close();
  }
}
