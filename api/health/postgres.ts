// Whether Postgres can take what is to be accepted, and what it says of everything that waits in it.
import type { Trouble } from "../../contract/directory";
import { knownMigrations } from "../../prisma/migrate";
import type { Db, Parts } from "../parts";
import { backlogTroubles } from "./backlog";
import { trouble } from "./trouble";

const patienceMs = 1_500;

/** Resolves in 2 s, whatever Postgres does. */
export async function postgresTroubles({ prisma, log }: Parts): Promise<readonly Trouble[]> {
  const asked = ask(prisma).catch((cause: unknown) => {
    log.debug({ cause }, "Postgres did not answer");
    return away;
  });
  return await Promise.race([asked, silence()]);
}

const away: readonly Trouble[] = [
  trouble(
    "postgres_away",
    "Postgres does not answer: nothing is accepted.",
    "See that it runs and that DATABASE_URL leads to it.",
  ),
];

async function ask(prisma: Db): Promise<readonly Trouble[]> {
  const missing = await pendingMigrations(prisma);
  // What waits can't be asked of tables that are not there yet.
  if (missing > 0) {
    const wrong = `Postgres lacks ${missing} of this release's migrations.`;
    return [trouble("migrations_pending", wrong, "Run npm run migrate.")];
  }
  const [readOnly, waiting] = await Promise.all([readOnlyTrouble(prisma), backlogTroubles(prisma)]);
  return [...readOnly, ...waiting];
}

async function pendingMigrations(prisma: Db): Promise<number> {
  const [known, [record]] = await Promise.all([
    knownMigrations(),
    prisma.$queryRaw<{ exists: boolean }[]>`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists`,
  ]);
  if (record?.exists !== true) return known.length;
  const applied = await prisma.$queryRaw<{ name: string }[]>`
    SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;
  return known.filter((migration) => !applied.some(({ name }) => name === migration)).length;
}

/** A standby, or a server that was set so because its disk is full. */
async function readOnlyTrouble(prisma: Db): Promise<readonly Trouble[]> {
  const [row] = await prisma.$queryRaw<{ value: string }[]>`SELECT current_setting('transaction_read_only') AS value`;
  if (row?.value !== "on") return [];
  return [
    trouble(
      "postgres_read_only",
      "Postgres can only be read: nothing is accepted.",
      "See that DATABASE_URL leads to the primary, and that its disk is not full.",
    ),
  ];
}

function silence(): Promise<readonly Trouble[]> {
  return new Promise((resolve) => setTimeout(() => resolve(away), patienceMs).unref());
}
