// What somebody achieved with a ticket, kept when it is resolved and when it comes back: what dispatch learns from. Knows sums
// that fade (domain/dispatch/performance.ts says how they are read); refuses to know any score.
import { halfLifeMs } from "../../domain/dispatch/performance";
import type { Transaction } from "../dispatch/places";
import type { Step } from "./shapes";

export async function keepResults(tx: Transaction, steps: readonly Step[]): Promise<void> {
  for (const { before, event } of steps) {
    const { assignee, category, number, status } = before;
    if (assignee === null || category === null) continue;
    const at = new Date(event.at);
    if (event.kind === "resolved") await add(tx, { number, assignee, category, at, resolved: 1, reopened: 0 });
    const comesBack = event.kind === "reopened" || (event.kind === "requesterReplied" && event.facts.status !== "solved");
    if (comesBack && status === "solved") await add(tx, { number, assignee, category, at, resolved: 0, reopened: 1 });
  }
}

interface Result {
  readonly number: number;
  readonly assignee: string;
  readonly category: string;
  readonly at: Date;
  readonly resolved: 0 | 1;
  readonly reopened: 0 | 1;
}

/** The time counts from the last assignment. What was there before is faded to the same instant. */
async function add(tx: Transaction, { number, assignee, category, at, resolved, reopened }: Result): Promise<void> {
  await tx.$executeRaw`
    WITH
    assigned AS (
      SELECT greatest(1, extract(epoch FROM ${at}::timestamptz - at) * 1000)::float8 AS ms
      FROM events WHERE ticket = ${number} AND kind = 'assigned' ORDER BY version DESC LIMIT 1)
    INSERT INTO results AS r (agent_id, category_id, at, resolved, log_ms, reopened)
    SELECT ${assignee}, ${category}, ${at}, ${resolved}::int, ${resolved}::int * ln(ms), ${reopened}::int FROM assigned
    ON CONFLICT (agent_id, category_id) DO UPDATE SET
      at = greatest(r.at, excluded.at),
      resolved = r.resolved * power(0.5, extract(epoch FROM greatest(r.at, excluded.at) - r.at) * 1000 / ${halfLifeMs}::float8) + excluded.resolved,
      log_ms = r.log_ms * power(0.5, extract(epoch FROM greatest(r.at, excluded.at) - r.at) * 1000 / ${halfLifeMs}::float8) + excluded.log_ms,
      reopened = r.reopened * power(0.5, extract(epoch FROM greatest(r.at, excluded.at) - r.at) * 1000 / ${halfLifeMs}::float8) + excluded.reopened`;
}
