// Choosing an assignee: Postgres picks, reserves and keeps the candidates' figures, in one transaction.
import { ApplicationFailure } from "@temporalio/common";
import { choose } from "../../domain/dispatch";
import type { Candidate } from "../../domain/dispatch";
import type { Instant } from "../../domain/ticket";
import type { PrismaClient } from "../../prisma/client";
import { fill, lockAgents, lockTeam, reserve } from "./places";
import type { Decision, Transaction } from "./places";

export interface ChooseInput {
  readonly number: number;
  readonly epoch: number;
  /** Names the decision: made again, it gives the same place. */
  readonly decision: string;
  readonly team: string;
  readonly priorityRank: number;
  /** The ticket's age in the queue, epoch ms. */
  readonly since: Instant;
}

/** The chosen agent, whose place is reserved; or nobody, and the ticket is in its team's queue. */
export function createChooseAssignee(prisma: PrismaClient) {
  return (input: ChooseInput): Promise<{ agent: string | null }> =>
    prisma.$transaction(async (tx) => {
      await lockTeam(tx, input.team);
      const { epoch, taken, held, candidates } = await situation(tx, input);
      if (epoch > input.epoch) throw ApplicationFailure.nonRetryable("Another run has this ticket now.", "superseded");
      if (taken) return { agent: null };
      if (held !== null) return { agent: await holdOn(tx, input, held) };
      const { agent, considered } = choose(candidates);
      const decision = { id: input.decision, ticket: input.number, team: input.team, considered };
      if (agent === null) await joinQueue(tx, input, decision);
      else await reserve(tx, { ...decision, agent });
      return { agent };
    });
}

export interface PassOnInput {
  readonly number: number;
  readonly decision: string;
}

/** A place that its ticket has no use for goes to the next waiter. A place that is taken, or gone, is left alone. */
export function createPassOn(prisma: PrismaClient) {
  return (input: PassOnInput): Promise<void> => prisma.$transaction((tx) => passOn(tx, input));
}

export async function passOn(tx: Transaction, { number, decision }: PassOnInput): Promise<void> {
  await tx.$executeRaw`DELETE FROM waiters WHERE ticket = ${number} AND decision = ${decision}`;
  const [held] = await tx.$queryRaw<{ agent: string }[]>`
    SELECT agent_id AS agent FROM reservations WHERE ticket = ${number} AND decision = ${decision} AND NOT confirmed`;
  if (held === undefined) return;
  await lockAgents(tx, [held.agent]);
  const freed = await tx.$executeRaw`
    DELETE FROM reservations WHERE ticket = ${number} AND decision = ${decision} AND NOT confirmed`;
  if (freed > 0) await fill(tx, held.agent);
}

interface Situation {
  readonly epoch: number;
  /** Somebody has the ticket: a run that seeks anybody is behind (it was reset), and learns so when it records. */
  readonly taken: boolean;
  /** Who of the team holds a place for this ticket already. */
  readonly held: string | null;
  readonly candidates: readonly Candidate[];
}

async function situation(tx: Transaction, { number, team }: ChooseInput): Promise<Situation> {
  const [found] = await tx.$queryRaw<[Situation]>`
    SELECT t.epoch, EXISTS (SELECT 1 FROM reservations r WHERE r.ticket = t.number AND r.confirmed) AS taken, (
        SELECT r.agent_id FROM reservations r JOIN team_members m ON m.agent_id = r.agent_id AND m.team_id = ${team}
        WHERE r.ticket = t.number) AS held, (
        SELECT coalesce(jsonb_agg(c), '[]') FROM (
          SELECT a.id AS agent, a.present, a.capacity, count(r.ticket)::int AS load,
                 extract(epoch FROM a.last_assigned_at) * 1000 AS "lastAssignedAt"
          FROM agents a JOIN team_members m ON m.agent_id = a.id LEFT JOIN reservations r ON r.agent_id = a.id
          WHERE m.team_id = ${team} AND a.active GROUP BY a.id) c) AS candidates
    FROM tickets t WHERE t.number = ${number}`;
  return found;
}

/** A place that an attempt reserved whose answer was lost, or one that became free in the meantime, now under this decision. */
async function holdOn(tx: Transaction, { number, decision }: ChooseInput, held: string): Promise<string> {
  await tx.$executeRaw`UPDATE reservations SET decision = ${decision} WHERE ticket = ${number}`;
  return held;
}

async function joinQueue(tx: Transaction, input: ChooseInput, { id, ticket, team, considered }: Decision): Promise<void> {
  await tx.$executeRaw`
    WITH noted AS (
      INSERT INTO dispatch_decisions (id, ticket, team_id, considered)
      VALUES (${id}, ${ticket}, ${team}, ${JSON.stringify(considered)}::jsonb)
      ON CONFLICT (id) DO UPDATE SET agent_id = NULL, considered = excluded.considered)
    INSERT INTO waiters (ticket, team_id, decision, priority_rank, since)
    VALUES (${ticket}, ${team}, ${id}, ${input.priorityRank}, ${new Date(input.since)})
    ON CONFLICT (ticket) DO UPDATE
    SET team_id = excluded.team_id, decision = excluded.decision, priority_rank = excluded.priority_rank`;
}
