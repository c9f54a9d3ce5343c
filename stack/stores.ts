// Prepares the two stores for Perdura, whoever runs them: tables and first rows in Postgres, search attributes in Temporal.
import { Connection } from "@temporalio/client";
import type { TemporalConfig } from "../config";
import { createPrisma } from "../prisma/client";
import { migrate } from "../prisma/migrate";
import { seed } from "../prisma/seed";
import { CannotStart } from "./cannot-start";
import { registerSearchAttributes } from "./search-attributes";
import type { DemoKeys } from "./secrets";

/** Migrates and seeds; answers the names of the migrations applied now. Harmless to repeat. */
export async function prepareDatabase(url: string, demoKeys?: DemoKeys): Promise<string[]> {
  const applied = await migrate(url).catch((error: unknown) => {
    throw isAway(error) ? new CannotStart(`Postgres can't be used: ${error.message}. Check DATABASE_URL.`) : error;
  });
  const prisma = createPrisma(url, { max: 1, name: "perdura migrate" });
  try {
    await seed(prisma, demoKeys === undefined ? {} : { demoKeys });
  } finally {
    await prisma.$disconnect();
  }
  return applied;
}

/** The server can't be reached, or doesn't let us in: no fault of ours, so told without a stack. */
function isAway(error: unknown): error is Error {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  // 28…: a wrong name or password; 3D000: no such database.
  return /^(ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|28|3D000)/.test(code);
}

/** Registers the search attributes of tickets. Rejects when Temporal can't be reached within 10 s. Harmless to repeat. */
export async function prepareTemporal({ connection: access, namespace }: TemporalConfig): Promise<void> {
  const connection = await Connection.connect({ ...access, connectTimeout: 10_000 }).catch((error: unknown) => {
    throw new CannotStart(`No Temporal server answers at ${access.address}: ${String(error)}. Check TEMPORAL_ADDRESS.`);
  });
  try {
    await registerSearchAttributes(connection, namespace);
  } finally {
    await connection.close();
  }
}
