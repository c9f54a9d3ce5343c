// The real parts that all test files share: one Postgres with a template database, one Temporal, one bundle of the workflows.
// Each file then takes a database and a namespace of its own from them, so that no two share a row or a workflow.
import { mkdtempSync, readdirSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPrisma } from "../../prisma/client";
import { migrate } from "../../prisma/migrate";
import { seed } from "../../prisma/seed";
import { bundleWorkflows } from "../../stack/bundle";
import { identify } from "../../stack/identity";
import { stopOrphan } from "../../stack/orphans";
import { freePort } from "../../stack/ports";
import { startPostgres, type Postgres } from "../../stack/postgres";
import { startTemporal, type Temporal } from "../../stack/temporal";
import { TEMPLATE } from "./database";
import { TEST_KEYS } from "./keys";

/** So that a test can live through continue-as-new: a standard life stays far below it. */
const LIVES_SOON_LONG = { "limit.historyCount.suggestContinueAsNew": 200 };

const PREFIX = "perdura-tests-";

export interface SharedParts {
  readonly dir: string;
  readonly postgres: Postgres;
  readonly temporal: Temporal;
}

declare global {
  // Where Jest lets setup and teardown of one run meet.
  var sharedParts: SharedParts | undefined;
}

export default async function setUp(): Promise<void> {
  await sweepDeadRuns();
  const dir = mkdtempSync(join(tmpdir(), PREFIX));
  await writeFile(join(dir, "owner"), `${process.pid}\n${identify(process.pid)}`);
  const [postgres, temporal, bundle] = await Promise.all([
    startPostgres({ dir: join(dir, "postgres"), port: await freePort(), database: TEMPLATE, durable: false, maxConnections: 300 }),
    startTemporal({ dir: join(dir, "temporal"), port: await freePort(), inMemory: true, settings: LIVES_SOON_LONG }),
    bundleWorkflows(join(__dirname, "../../node_modules/.cache/perdura-tests")),
  ]);
  globalThis.sharedParts = { dir, postgres, temporal };
  await fillTemplate(postgres.url);
  process.env.TEST_POSTGRES = postgres.url.replace(`/${TEMPLATE}`, "/postgres");
  process.env.TEST_TEMPORAL = temporal.address;
  process.env.TEST_BUNDLE = bundle;
}

async function fillTemplate(url: string): Promise<void> {
  await migrate(url);
  const prisma = createPrisma(url);
  try {
    await seed(prisma, { demoKeys: TEST_KEYS });
    // Who is on leave from the first start on is no errand of any test.
    await prisma.outbox.deleteMany();
  } finally {
    // Postgres copies a database only while nobody is connected to it.
    await prisma.$disconnect();
  }
}

/** Ends what earlier runs left that were killed before they could tidy up. */
async function sweepDeadRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const dir = join(tmpdir(), name);
    const [pid, identity] = (await readFile(join(dir, "owner"), "utf8").catch(() => "")).split("\n");
    if (pid === undefined || identity === undefined || identify(Number(pid)) === identity) continue;
    await Promise.all(["postgres", "temporal"].map((part) => stopOrphan(join(dir, part))));
    await rm(dir, { recursive: true, force: true });
  }
}
