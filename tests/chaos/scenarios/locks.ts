// A Postgres that others use as well: no connection is free, a table is locked, transactions meet in a deadlock.
import { setTimeout as sleep } from "node:timers/promises";
import { Client, DatabaseError } from "pg";
import type { Scenario } from "../play";
import type { Stage } from "../stage/stage";

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
  what: "another session locks people first and tickets after, as records do the other way round",
  // Enough of them that a record always wants somebody's place.
  lanes: 14,
  play: async (play) => {
    await play.progress(30);
    for (let round = 0; round < 3; round += 1) {
      await play.seen("a deadlock", 0, () => collide(play.stage));
      await play.progress(10, 15_000);
    }
  },
};

/** Waits until a record, with its ticket in hand, waits for somebody whom we hold; then asks for its ticket. */
async function collide({ databaseUrl }: Stage): Promise<boolean> {
  const client = await connected(databaseUrl());
  if (client === null) throw new Error("No connection is free.");
  try {
    const before = await deadlocks(client);
    // Whoever looks first gives in: that is to be the record.
    await client.query("SET deadlock_timeout = '20s'");
    await client.query("BEGIN");
    await client.query("SELECT 1 FROM agents ORDER BY id FOR UPDATE");
    if (!(await someoneWaits(client))) {
      // People must get on meanwhile, or nobody ever comes.
      await client.query("ROLLBACK");
      await sleep(1_000);
      return false;
    }
    await client.query("SELECT 1 FROM tickets ORDER BY number FOR UPDATE");
    await client.query("ROLLBACK");
    for (let tries = 0; tries < 50; tries += 1, await sleep(100)) if ((await deadlocks(client)) > before) return true;
    return false;
  } finally {
    await client.end();
  }
}

/** Perhaps behind somebody who chooses an assignee, and waits for us. */
async function someoneWaits(client: Client): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1, await sleep(20)) {
    const { rowCount } = await client.query(
      `SELECT 1 FROM pg_stat_activity
       WHERE wait_event_type = 'Lock' AND query LIKE '%FROM agents WHERE id = ANY%'`,
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
