// What somebody makes of their offers: two in a row that lapse set them away, an answer begins the count anew. It happens with
// the record of it, so once.
import { lockAgents } from "../dispatch/places";
import type { Transaction } from "../dispatch/places";
import type { Step } from "./shapes";

/** After so many in a row that they let lapse they are taken not to be there. */
const mostLapses = 2;

/** Answers whether an offer has ended in these steps. Everybody concerned is locked then. */
export async function keepAnswers(tx: Transaction, steps: readonly Step[]): Promise<boolean> {
  const ended = steps.flatMap(({ before, after }) => (before.offer !== null && after.offer === null ? [before.offer.agent] : []));
  if (ended.length === 0) return false;
  const assignee = steps[steps.length - 1]?.after.assignee ?? null;
  await lockAgents(tx, assignee === null ? ended : [...ended, assignee]);
  for (const { event } of steps) {
    if (event.kind === "offerLapsed" && !event.facts.atClosing) await miss(tx, event.facts.agent);
    if (event.kind === "offerDeclined") await beginAnew(tx, event.facts.agent);
    if (event.kind === "assigned" && event.facts.accepted !== undefined) await beginAnew(tx, event.facts.assignee);
  }
  return true;
}

async function miss(tx: Transaction, agent: string): Promise<void> {
  await tx.$queryRaw`
    WITH
    missed AS (
      UPDATE agents SET lapses = (lapses + 1) % ${mostLapses}, present = present AND lapses + 1 < ${mostLapses},
        present_since = CASE WHEN present AND lapses + 1 >= ${mostLapses} THEN clock_timestamp() ELSE present_since END
      WHERE id = ${agent} RETURNING id, present),
    told AS (INSERT INTO outbox (kind, subject, payload) SELECT 'presence', id, '{}' FROM missed WHERE NOT present RETURNING id)
    SELECT pg_notify('perdura_outbox', '')::text FROM told`;
}

async function beginAnew(tx: Transaction, agent: string): Promise<void> {
  await tx.$executeRaw`UPDATE agents SET lapses = 0 WHERE id = ${agent} AND lapses > 0`;
}
