// A Postgres that answers and takes nothing: its disk is full, or it may only be read.
import type { Scenario } from "../play";
import { emptyDisk, fillDisk, whyNoDisk } from "../stage/disk";
import { postgresHome } from "../stage/parts";
import type { Stage } from "../stage/stage";

export const postgresFull: Scenario = {
  what: "Postgres's disk is full: tables can't grow, then it stops altogether; then there is room again",
  stage: { postgresDiskMb: 320 },
  hindrance: whyNoDisk,
  play: async (play) => {
    await play.progress(40);
    const { stage } = play;
    const disk = postgresHome(stage.home);
    await stage.prisma.$executeRaw`CREATE TABLE chaos_ballast (text text)`;
    fillDisk(disk);
    await play.seen("disk full: tables can't grow", 5_000, async () => (await grow(stage)) === "53100");
    const starts = stage.postgres.starts;
    await play.seen("disk full: Postgres has stopped", 10_000, async () => {
      await log(stage).catch(() => undefined);
      return stage.postgres.pid === null || stage.postgres.starts > starts;
    });
    emptyDisk(disk);
    await stage.postgres.isUp();
    await play.progress(20, 30_000);
  },
};

/** Writes a table further; the SQLSTATE with which that fails. */
async function grow({ prisma }: Stage): Promise<string | null> {
  try {
    await prisma.$executeRaw`INSERT INTO chaos_ballast SELECT repeat('x', 1000) FROM generate_series(1, 2000)`;
    return null;
  } catch (error) {
    return /\b(53100)\b/u.exec(String(error))?.[1] ?? null;
  }
}

/** Writes its log of changes further, without any table. */
async function log({ prisma }: Stage): Promise<void> {
  await prisma.$queryRaw`SELECT pg_logical_emit_message(false, 'chaos', repeat('x', 4000000))::text`;
}

export const postgresReadOnly: Scenario = {
  what: "Postgres can only be read: the health page says so, nothing is accepted, and all goes on after",
  play: async (play) => {
    await play.progress(40);
    const { stage } = play;
    await setReadOnly(stage, "on");
    const isTold = async (): Promise<boolean> =>
      (await (await fetch(`${stage.urls[0]}/health/ready`)).text()).includes("postgres_read_only");
    await play.seen("Postgres is read-only", 12_000, isTold);
    await setReadOnly(stage, "off");
    await play.progress(20, 30_000);
  },
};

/** For all sessions, at once. */
async function setReadOnly({ prisma }: Stage, value: "on" | "off"): Promise<void> {
  await prisma.$executeRawUnsafe(`ALTER SYSTEM SET default_transaction_read_only = ${value}`);
  await prisma.$queryRaw`SELECT pg_reload_conf()`;
}
