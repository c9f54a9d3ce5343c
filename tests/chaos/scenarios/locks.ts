// A Postgres that others use as well: no connection is free, a table is locked, transactions meet in a deadlock.
import { setTimeout as sleep } from "node:timers/promises";
import { Client, DatabaseError } from "pg";
import type { Play, Scenario } from "../play";
import type { Stage } from "../stage/stage";
import { once } from "./once";

export const connections: Scenario = {
  what: "others hold every connection of Postgres; then a lock holds every connection of ours",
  play: async (play) => {
    await play.progress(40);
    const { stage } = play;
    const from = Date.now();
    const held = await takeAll(stage);
    await sleep(12_000);
    play.note("no connection is free", from, Date.now());
    await Promise.all(held.map((client) => client.end()));
    await play.progress(20, 20_000);
    for (const table of ["tickets", "agents", "notices", "outbox"]) {
      await lockedFor(stage, table, () => play.lasting(`${table} are locked`, 7_000));
      await play.progress(10, 15_000);
    }
  },
};

/** Takes one after the other and ends ours in between, until there is none left and nobody else has one. */
async function takeAll(stage: Stage): Promise<Client[]> {
  const held: Client[] = [];
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    const client = await connected(stage.databaseUrl());
    if (client !== null) held.push(client);
    else if ((await endOurs(held[0] as Client)) === 0) return held;
  }
  throw new Error("There is always one more connection.");
}

/** Null when there is none left. */
async function connected(connectionString: string): Promise<Client | null> {
  const client = new Client({ connectionString, application_name: "chaos, holding" });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    if (error instanceof DatabaseError && error.code === "53300") return null;
    throw error;
  }
}

async function endOurs(client: Client): Promise<number> {
  const { rowCount } = await client.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'perdura%'",
  );
  return rowCount ?? 0;
}

/** Nobody else reads or writes the table meanwhile. */
async function lockedFor({ databaseUrl }: Stage, table: string, meanwhile: () => Promise<void>): Promise<void> {
  const client = await connected(databaseUrl());
  if (client === null) throw new Error("No connection is free.");
  await client.query("BEGIN");
  await client.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
  await meanwhile();
  await client.end();
}

export const deadlock: Scenario = {
  what: "another session locks a person first and a ticket after, as the ticket's record does the other way round",
  play: async (play) => {
    await play.progress(30);
    for (let round = 0; round < 4; round += 1) {
      await play.seen("a deadlock", 0, () => collide(play));
      await play.progress(10, 15_000);
    }
  },
};

/** Whoever has a ticket is locked; its record, with the ticket in hand, waits for them; then we ask for the ticket. */
async function collide(play: Play): Promise<boolean> {
  const { databaseUrl, prisma } = play.stage;
  const taken = await prisma.reservation.findMany({ where: { confirmed: true } });
  const client = taken.length === 0 ? null : await connected(databaseUrl());
  if (client === null) return false;
  try {
    const before = await deadlocks(client);
    // Whoever looks first gives in: that is to be the record.
    await client.query("SET deadlock_timeout = '20s'");
    await client.query("BEGIN");
    const { ticket, agentId } = play.random.pick(taken);
    await client.query("SELECT 1 FROM agents WHERE id = $1 FOR UPDATE", [agentId]);
    const asked = once(play, ticket, "resolve");
    if (await someoneWaits(client)) await client.query("SELECT 1 FROM tickets WHERE number = $1 FOR UPDATE", [ticket]);
    await client.query("ROLLBACK");
    await asked;
    for (let tries = 0; tries < 20; tries += 1, await sleep(100)) if ((await deadlocks(client)) > before) return true;
    return false;
  } finally {
    await client.end();
  }
}

/** For a person. Just now: who waits looks for a deadlock once, after a second. */
async function someoneWaits(client: Client): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1, await sleep(20)) {
    // A transaction sees the sessions as it first saw them.
    await client.query("SELECT pg_stat_clear_snapshot()");
    const { rowCount } = await client.query(
      `SELECT 1 FROM pg_stat_activity
       WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid)) AND query LIKE '%FROM agents WHERE id = ANY%'
         AND clock_timestamp() - query_start < interval '600 ms'`,
    );
    if ((rowCount ?? 0) > 0) return true;
  }
  return false;
}

async function deadlocks(client: Client): Promise<number> {
  await client.query("SELECT pg_stat_clear_snapshot()");
  const { rows } = await client.query<{ deadlocks: string }>(
    "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()",
  );
  return Number(rows[0]?.deadlocks);
}
