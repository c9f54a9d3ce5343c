// Looks at one person, or at a team's queue, and does what has become possible: waiting tickets find whoever is there now.
// Answers when to look next; refuses to know who asks.
import type { Instant } from "../../domain/ticket";
import { turnOf } from "../../domain/dispatch/queue";
import { rulesOf } from "../../domain/dispatch/rules";
import type { TeamRules } from "../../domain/dispatch/rules";
import type { Priority } from "../../domain/words";
import type { PrismaClient } from "../../prisma/client";
import { availabilityOf } from "./availability";
import type { Availability } from "./availability";
import { fill } from "./fill";
import { moveAway } from "./moves";
import { withdrawOffers } from "./offers";
import { overflowDue } from "./overflow";
import { lockAgents } from "./places";
import type { Transaction } from "./places";

export interface Reviewed {
  readonly kind: "agent" | "team";
  readonly id: string;
}

/** When something changes by itself, and what. */
export interface Next {
  readonly at: Instant;
  readonly what: string;
}

/** Null: nothing changes before somebody does something. */
export function createReview(prisma: PrismaClient) {
  return async ({ kind, id }: Reviewed): Promise<Next | null> =>
    kind === "agent" ? await prisma.$transaction((tx) => reviewAgent(tx, id)) : await reviewTeam(prisma, id);
}

/** Whoever has come on duty gets what waits, in portions where a team wants it so; whoever has left gets nothing more. */
async function reviewAgent(tx: Transaction, agent: string): Promise<Next | null> {
  await lockAgents(tx, [agent]);
  const found = await availabilityOf(tx, agent);
  if (found === null) return null;
  const { available, onDutySince, shiftBegan, isPaced } = found;
  // Nobody looks when a shift ends: whoever stayed present over night comes on duty with the next one.
  if (available && (onDutySince === null || (shiftBegan !== null && onDutySince.getTime() < shiftBegan))) {
    await tx.$executeRaw`
      UPDATE agents SET on_duty_since = clock_timestamp(), paced_since = CASE WHEN ${isPaced} THEN clock_timestamp() END, paced_given = 0
      WHERE id = ${agent}`;
  }
  if (!available && onDutySince !== null) {
    await tx.$executeRaw`UPDATE agents SET on_duty_since = NULL, paced_since = NULL, paced_given = 0 WHERE id = ${agent}`;
  }
  if (!available) await withdrawOffers(tx, agent);
  if (found.absence !== null) await moveAway(tx, { agent, ...found.absence });
  const portion = available ? await fillPaced(tx, agent, found) : null;
  return earliest([...found.nexts, portion]);
}

/** The next portion, while one is held back. Once all that fits has come, every place that becomes free is filled at once. */
async function fillPaced(tx: Transaction, agent: string, { isPaced, at }: Availability): Promise<Next | null> {
  const heldBack = await fill(tx, agent);
  if (heldBack !== null) return { at: Math.max(heldBack, at + 1), what: "the next waiting tickets" };
  if (isPaced) await tx.$executeRaw`UPDATE agents SET paced_since = NULL, paced_given = 0 WHERE id = ${agent}`;
  return null;
}

/** Everybody of the team is looked at, each in a transaction of their own; turns follow the team's rules as they are now. */
async function reviewTeam(prisma: PrismaClient, team: string): Promise<Next | null> {
  const row = await prisma.team.findUnique({ where: { id: team }, include: { members: { orderBy: { agentId: "asc" } } } });
  if (row === null) return null;
  const rules = rulesOf(row.dispatch as unknown as Partial<TeamRules>);
  await prisma.$transaction((tx) => keepTurns(tx, team, rules));
  for (const { agentId } of row.members) await prisma.$transaction((tx) => reviewAgent(tx, agentId));
  const overflowing = await prisma.$transaction((tx) => overflowDue(tx, team, rules));
  return earliest([overflowing, await nextRelaxed(prisma, team, rules)]);
}

async function keepTurns(tx: Transaction, team: string, { ageingMs }: TeamRules): Promise<void> {
  const waiters = await tx.$queryRaw<{ ticket: number; since: Date; turn: Date; priority: Priority }[]>`
    SELECT ticket, since, turn, sought ->> 'priority' AS priority FROM waiters WHERE team_id = ${team} ORDER BY ticket FOR UPDATE`;
  const moved = waiters
    .map(({ ticket, since, turn, priority }) => ({ ticket, before: turn.getTime(), turn: turnOf(since.getTime(), priority, ageingMs) }))
    .filter(({ before, turn }) => before !== turn);
  if (moved.length === 0) return;
  await tx.$executeRaw`
    UPDATE waiters w SET turn = to_timestamp(m.turn / 1000)
    FROM jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) AS m (ticket int, turn float8) WHERE w.ticket = m.ticket`;
}

/** When the skills that some waiter wants are relaxed. */
async function nextRelaxed(prisma: PrismaClient, team: string, { relaxSkillsAfterMs }: TeamRules): Promise<Next | null> {
  if (relaxSkillsAfterMs === null) return null;
  const [row] = await prisma.$queryRaw<{ at: Instant | null }[]>`
    SELECT (extract(epoch FROM min(w.queued_at + ${relaxSkillsAfterMs}::float8 * interval '1 millisecond')) * 1000)::float8 AS at
    FROM waiters w WHERE w.team_id = ${team}
      AND EXISTS (SELECT 1 FROM category_skills s WHERE s.category_id = w.sought ->> 'category')
      AND w.queued_at + ${relaxSkillsAfterMs}::float8 * interval '1 millisecond' > clock_timestamp()`;
  return row === undefined || row.at === null ? null : { at: row.at, what: "skills relaxed for whoever waits longest" };
}

export function earliest(nexts: readonly (Next | null)[]): Next | null {
  return nexts.reduce<Next | null>((first, next) => (next !== null && (first === null || next.at < first.at) ? next : first), null);
}
