// What waits, as gauges. Every worker reads the same rows: take the maximum over workers, never the sum.
import { Gauge } from "prom-client";
import type { Registry } from "prom-client";
import type { Backlog, Pile } from "../prisma/backlog";

/** However many ask at once, Postgres is asked once in this time, ms. */
const freshForMs = 5_000;
const patienceMs = 2_000;

/** While Postgres does not answer, the gauges are absent, and `perdura_postgres_up` is 0. */
export function gaugeBacklog(registry: Registry, read: () => Promise<Backlog>): void {
  const backlog = shared(() => Promise.race([read().catch(() => null), silence()]));
  const gauge = (name: string, help: string, value: (backlog: Backlog) => number) => {
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        const present = await backlog();
        this.remove();
        if (present !== null) this.set(value(present));
      },
    });
  };
  const pile = (name: string, unit: string, help: string, which: (backlog: Backlog) => Pile) => {
    gauge(`${name}${unit}`, help, (present) => which(present).count);
    const oldest = "Age of the oldest of them, 0 when there is none.";
    gauge(`${name}_oldest_age_seconds`, oldest, (present) => which(present).oldestSeconds);
  };
  pile("perdura_outbox", "_rows", "Messages that the relay has to deliver to Temporal.", ({ outbox }) => outbox);
  pile("perdura_tickets_unstarted", "", "Accepted tickets whose life has not begun.", ({ unstarted }) => unstarted);
  pile("perdura_notices_unsettled", "", "Mails that are owed, neither sent nor failed.", ({ unsettled }) => unsettled);
  gauge("perdura_notices_held", "Mails to staff that wait for quiet hours to end or to leave together.", ({ held }) => held);
  gauge("perdura_tickets_stuck", "Tickets that wait for an operator.", ({ stuck }) => stuck);
  pile("perdura_mails_quarantined", "", "Mails that are held and wait for staff.", ({ quarantined }) => quarantined);
  gauge("perdura_mailboxes_stale", "Mailboxes that should be fetched and have not been for a quarter of an hour.", ({ staleMailboxes }) => staleMailboxes.length);
  new Gauge({
    name: "perdura_tickets_waiting",
    help: "Tickets in their team's queue, for somebody to become free.",
    labelNames: ["team"],
    registers: [registry],
    async collect() {
      this.reset();
      for (const [team, count] of Object.entries((await backlog())?.waiting ?? {})) this.set({ team }, count);
    },
  });
  new Gauge({
    name: "perdura_postgres_up",
    help: "Whether Postgres answered this worker.",
    registers: [registry],
    async collect() {
      this.set((await backlog()) === null ? 0 : 1);
    },
  });
}

function silence(): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), patienceMs).unref());
}

function shared<T>(read: () => Promise<T>): () => Promise<T> {
  let last: { readonly at: number; readonly value: Promise<T> } | null = null;
  return () => {
    if (last === null || performance.now() - last.at > freshForMs) last = { at: performance.now(), value: read() };
    return last.value;
  };
}
