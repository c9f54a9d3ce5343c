// Who keeps which mailbox: one worker each, by a lock in Postgres that goes with its connection. Hears of new and changed
// mailboxes by NOTIFY, and looks now and then.
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { Keeper } from "./keeper";
import type { KeeperDeps } from "./keeper";

export interface Keepers {
  stop(): Promise<void>;
}

export interface KeepersDeps extends KeeperDeps {
  readonly databaseUrl: string;
}

const lookEveryMs = 15_000;

export function keepMailboxes(deps: KeepersDeps): Keepers {
  const stopping = new AbortController();
  const running = repeat(deps, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

async function repeat(deps: KeepersDeps, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const turn = new Turn(deps);
    // Postgres is away: the relay says so. Without it nothing could be committed either.
    await turn.run(stop).catch(() => undefined);
    await turn.end();
    await sleep(1_000, undefined, { signal: stop }).catch(() => undefined);
  }
}

/** From a connection's beginning to its end: with it go the locks, and so the keepers. */
class Turn {
  private readonly keepers = new Map<string, { readonly keeper: Keeper; readonly settings: string }>();
  private readonly client: Client;
  private wake: () => void = () => undefined;

  constructor(private readonly deps: KeepersDeps) {
    this.client = new Client({ connectionString: deps.databaseUrl, keepAlive: true, application_name: "perdura mailboxes" });
  }

  async run(stop: AbortSignal): Promise<void> {
    let isLost = false;
    const over = (): void => {
      isLost = true;
      this.wake();
    };
    this.client.on("error", over).on("end", over);
    this.client.on("notification", ({ payload = "" }) => {
      this.keepers.get(payload)?.keeper.nudge();
      this.wake();
    });
    stop.addEventListener("abort", () => this.wake(), { once: true });
    await this.client.connect();
    await this.client.query("LISTEN perdura_mailbox");
    while (!stop.aborted && !isLost) {
      const woken = new Promise<void>((resolve) => {
        this.wake = resolve;
      });
      await this.look();
      const done = new AbortController();
      await Promise.race([woken, sleep(lookEveryMs, undefined, { signal: done.signal }).catch(() => undefined)]);
      done.abort();
    }
  }

  async end(): Promise<void> {
    await Promise.all([...this.keepers.values()].map(({ keeper }) => keeper.stop()));
    await this.client.end().catch(() => undefined);
  }

  private async look(): Promise<void> {
    const { rows } = await this.client.query<{ id: string; settings: string }>(
      `SELECT id, md5(imap::text || coalesce(imap_secret, '')) AS settings FROM mailboxes
       WHERE imap IS NOT NULL AND enabled AND retired_at IS NULL ORDER BY id`,
    );
    for (const [id, { keeper, settings }] of this.keepers) {
      if (rows.some((row) => row.id === id && row.settings === settings)) continue;
      this.keepers.delete(id);
      await keeper.stop();
      await this.client.query("SELECT pg_advisory_unlock(hashtext('perdura mailbox'), hashtext($1))", [id]);
    }
    for (const { id, settings } of rows) {
      if (this.keepers.has(id) || !(await this.lock(id))) continue;
      this.keepers.set(id, { keeper: new Keeper(this.deps, id), settings });
    }
  }

  private async lock(id: string): Promise<boolean> {
    const { rows } = await this.client.query<{ ours: boolean }>("SELECT pg_try_advisory_lock(hashtext('perdura mailbox'), hashtext($1)) AS ours", [id]);
    return rows[0]?.ours === true;
  }
}
