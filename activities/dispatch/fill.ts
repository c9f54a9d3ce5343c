// Who gets a place that became free: the ticket whose turn it is among those that this agent may have. Refuses to know why
// the place became free.
import { randomUUID } from "node:crypto";
import { choose } from "../../domain/dispatch/choose";
import { exclusions } from "../../domain/dispatch/requirements";
import { rulesOf } from "../../domain/dispatch/rules";
import type { TeamRules } from "../../domain/dispatch/rules";
import { figuresOf } from "./figures";
import type { Figures, Wish } from "./figures";
import { reserve } from "./places";
import type { Transaction } from "./places";

interface Waiter {
  readonly ticket: number;
  readonly team: string;
  readonly turn: Date;
  readonly sought: Wish;
  readonly waitedMs: number;
  readonly set: Partial<TeamRules>;
}

/** So many waiters are looked at in one go: nearly always the first one fits. */
const page = 20;

/**
 * Gives every free place of a (locked) agent to the waiter it fits: whose turn is the earliest. The place is reserved here; the
 * signal that the outbox carries only tells the ticket of it.
 */
export async function fill(tx: Transaction, agent: string): Promise<void> {
  let given = true;
  while (given) given = await fillOne(tx, agent);
}

/** Whether anybody got a place. */
async function fillOne(tx: Transaction, agent: string): Promise<boolean> {
  let waiters = await waitersFor(tx, agent, null);
  while (waiters.length > 0) {
    for (const waiter of waiters) {
      const outcome = await offerTo(tx, agent, waiter);
      if (outcome !== "unfit") return outcome === "taken";
    }
    waiters = waiters.length < page ? [] : await waitersFor(tx, agent, waiters.at(-1) ?? null);
  }
  return false;
}

/** `never`: whatever else waits, this agent can have nothing now. */
async function offerTo(tx: Transaction, agent: string, waiter: Waiter): Promise<"taken" | "unfit" | "never"> {
  const rules = rulesOf(waiter.set);
  if (rules.strategy === "manual") return "unfit";
  const { relaxSkillsAfterMs } = rules;
  const relaxed = waiter.sought.relaxed || (relaxSkillsAfterMs !== null && waiter.waitedMs >= relaxSkillsAfterMs);
  const figures = await figuresOf(tx, { ...waiter.sought, number: waiter.ticket, team: waiter.team, relaxed }, agent);
  const [candidate] = figures.candidates;
  if (candidate === undefined || isOutOfReach(candidate)) return "never";
  if (exclusions(candidate, figures.need, rules).length > 0) return "unfit";
  return (await take(tx, waiter, figures)) ? "taken" : "unfit";
}

function isOutOfReach({ present, onDuty, onLeave, load, capacity }: Figures["candidates"][number]): boolean {
  return !present || !onDuty || onLeave || load >= capacity;
}

async function take(tx: Transaction, { ticket, team }: Waiter, { candidates, need, rules, at }: Figures): Promise<boolean> {
  const left = await tx.$executeRaw`
    DELETE FROM waiters WHERE ticket = (SELECT ticket FROM waiters WHERE ticket = ${ticket} FOR UPDATE SKIP LOCKED)`;
  const { agent, considered } = choose(candidates, need, rules, at);
  if (left === 0 || agent === null) return false;
  const decision = { id: `${ticket}-${randomUUID()}`, ticket, team, asked: "one" as const, need, rules, considered, agent };
  await reserve(tx, decision);
  await tx.$queryRaw`
    WITH told AS (
      INSERT INTO outbox (kind, subject, payload)
      VALUES ('capacityFreed', ${String(ticket)}, ${JSON.stringify({ agent, team, decision: decision.id })}::jsonb))
    SELECT pg_notify('perdura_outbox', '')::text`;
  return true;
}

/** In the order of their turns, after the one given. */
async function waitersFor(tx: Transaction, agent: string, after: Waiter | null): Promise<readonly Waiter[]> {
  const turn = after?.turn ?? null;
  return await tx.$queryRaw<Waiter[]>`
    SELECT w.ticket, w.team_id AS team, w.turn, w.sought, g.dispatch AS set,
           (extract(epoch FROM clock_timestamp() - w.queued_at) * 1000)::float8 AS "waitedMs"
    FROM waiters w
    JOIN team_members m ON m.team_id = w.team_id AND m.agent_id = ${agent}
    JOIN agents a ON a.id = m.agent_id AND a.active
    JOIN teams g ON g.id = w.team_id
    WHERE ${turn}::timestamptz IS NULL OR (w.turn, w.ticket) > (${turn}, ${after?.ticket ?? 0})
    ORDER BY w.turn, w.ticket LIMIT ${page}`;
}
