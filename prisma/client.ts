// The one way to Postgres. Knows connections and their limits; refuses to know what is asked over them.
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/client";
import { statementNames } from "./statement-names";

export { Prisma } from "./generated/client";
export type { PrismaClient } from "./generated/client";

export interface PrismaOptions {
  /** Connections at most. Default 10. */
  readonly max?: number;
  /** After how long a statement is given up, in ms. Default 10,000. */
  readonly statementTimeoutMs?: number;
  /** After how long the client stops waiting for a Postgres that has gone silent, in ms. Default 15,000. */
  readonly queryTimeoutMs?: number;
  /** After how long waiting for a lock is given up, in ms. Default 5,000. */
  readonly lockTimeoutMs?: number;
  /** After how long getting a connection is given up, in ms. Default 5,000. */
  readonly connectTimeoutMs?: number;
  /** Shown by Postgres in `pg_stat_activity`. Default "perdura". */
  readonly name?: string;
}

/** A client of the database at `url`. It connects when first asked and ends with `$disconnect()`. */
export function createPrisma(url: string, options: PrismaOptions = {}): PrismaClient {
  const { max = 10, statementTimeoutMs = 10_000, lockTimeoutMs = 5_000, connectTimeoutMs = 5_000, name = "perdura" } = options;
  const { queryTimeoutMs = 15_000 } = options;
  const adapter = new PrismaPg(
    {
      connectionString: url,
      max,
      connectionTimeoutMillis: connectTimeoutMs,
      statement_timeout: statementTimeoutMs,
      lock_timeout: lockTimeoutMs,
      query_timeout: queryTimeoutMs,
      // A transaction whose process hangs must not hold its locks for ever.
      idle_in_transaction_session_timeout: 2 * statementTimeoutMs,
      application_name: name,
      keepAlive: true,
    },
    // Without a listener a connection that Postgres ends while idle would end the whole process.
    { statementNameGenerator: statementNames(), onPoolError: () => undefined, onConnectionError: () => undefined },
  );
  return new PrismaClient({ adapter });
}
