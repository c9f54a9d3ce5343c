// Who gets a place that became free: the ticket whose turn it is among those that this agent may have. Refuses to know why
// the place became free.
import { randomUUID } from "node:crypto";
import { choose } from "../../domain/dispatch/choose";
import { nextPortion } from "../../domain/dispatch/queue";
import { exclusions } from "../../domain/dispatch/requirements";
import { rulesOf } from "../../domain/dispatch/rules";
import type { TeamRules } from "../../domain/dispatch/rules";
import type { Instant } from "../../domain/ticket";
import { figuresOf } from "./figures";
import type { Figures, Wish } from "./figures";
import { termsFor } from "./offers";
import { drawOver } from "./overflow";
import { reserve } from "./places";
import type { Transaction } from "./places";

interface Waiter {
  readonly ticket: number;
  readonly team: string;
  readonly turn: Date;
  readonly sought: Wish;
  readonly waitedMs: number;
  readonly set: Partial<TeamRules>;
  /** Of the agent: since when the queue comes in portions, and how much has come. */
  readonly pacedSince: Date | null;
  readonly pacedGiven: number;
  readonly now: Date;
}

/** So many waiters are looked at in one go: nearly always the first one fits. */
const page = 20;

/**
 * Gives every free place of a (locked) agent to the waiter it fits: whose turn is the earliest. The place is reserved here; the
 * signal that the outbox carries only tells the ticket of it. Answers when the next portion comes, if some is held back.
 */
export async function fill(tx: Transaction, agent: string): Promise<Instant | null> {
  for (;;) {
    const { given, heldBackUntil } = await fillOne(tx, agent);
    if (!given) return heldBackUntil ?? (await drawOver(tx, agent));
  }
}

interface Filled {
  readonly given: boolean;
  readonly heldBackUntil: Instant | null;
}

async function fillOne(tx: Transaction, agent: string): Promise<Filled> {
  let heldBackUntil: Instant | null = null;
  let waiters = await waitersFor(tx, agent, null);
  while (waiters.length > 0) {
    for (const waiter of waiters) {
      const portion = portionOf(waiter);
      heldBackUntil ??= portion;
      const outcome = portion === null ? await offerTo(tx, agent, waiter) : "unfit";
      if (outcome === "taken") return { given: true, heldBackUntil };
      if (outcome === "never") return { given: false, heldBackUntil };
    }
    waiters = waiters.length < page ? [] : await waitersFor(tx, agent, waiters.at(-1) ?? null);
  }
  return { given: false, heldBackUntil };
}

function portionOf({ set, sought, pacedSince, pacedGiven, now }: Waiter): Instant | null {
  return nextPortion(rulesOf(set), sought.priority, { since: pacedSince?.getTime() ?? null, given: pacedGiven }, now.getTime());
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

async function take(tx: Transaction, { ticket, team, sought, pacedSince }: Waiter, { candidates, need, rules, at }: Figures): Promise<boolean> {
  const left = await tx.$executeRaw`
    DELETE FROM waiters WHERE ticket = (SELECT ticket FROM waiters WHERE ticket = ${ticket} FOR UPDATE SKIP LOCKED)`;
  const { agent, considered } = choose(candidates, need, rules, at);
  if (left === 0 || agent === null) return false;
  const offer = await termsFor(tx, agent, rules, at);
  const decision = { id: `${ticket}-${randomUUID()}`, ticket, team, asked: "one" as const, need, rules, considered, agent, offer };
  await reserve(tx, decision);
  if (pacedSince !== null && sought.priority !== "urgent") {
    await tx.$executeRaw`UPDATE agents SET paced_given = paced_given + 1 WHERE id = ${agent}`;
  }
  await tx.$queryRaw`
    WITH told AS (
      INSERT INTO outbox (kind, subject, payload)
      VALUES ('capacityFreed', ${String(ticket)}, ${JSON.stringify({ agent, team, decision: decision.id, ...(offer !== null && { offer }) })}::jsonb))
    SELECT pg_notify('perdura_outbox', '')::text`;
  return true;
}

/** In the order of their turns, after the one given. */
async function waitersFor(tx: Transaction, agent: string, after: Waiter | null): Promise<readonly Waiter[]> {
  const turn = after?.turn ?? null;
  return await tx.$queryRaw<Waiter[]>`
    SELECT w.ticket, w.team_id AS team, w.turn, w.sought, g.dispatch AS set, a.paced_since AS "pacedSince",
           a.paced_given AS "pacedGiven", clock_timestamp() AS now,
           (extract(epoch FROM clock_timestamp() - w.queued_at) * 1000)::float8 AS "waitedMs"
    FROM waiters w
    JOIN team_members m ON m.team_id = w.team_id AND m.agent_id = ${agent}
    JOIN agents a ON a.id = m.agent_id AND a.active
    JOIN teams g ON g.id = w.team_id
    WHERE (${turn}::timestamptz IS NULL OR (w.turn, w.ticket) > (${turn}, ${after?.ticket ?? 0}))
      -- Who is being asked is asked for nothing else meanwhile.
      AND (jsonb_typeof(coalesce(g.dispatch -> 'offers', 'null')) = 'null'
        OR NOT EXISTS (SELECT FROM reservations r WHERE r.agent_id = ${agent} AND r.offered))
    ORDER BY w.turn, w.ticket LIMIT ${page}`;
}
