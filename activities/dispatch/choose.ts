// Choosing an assignee: Postgres picks, reserves and keeps the candidates' figures, in one transaction.
import { ApplicationFailure } from "@temporalio/common";
import type { Instant } from "../../domain/ticket";
import type { PrismaClient } from "../../prisma/client";
import { fill, lockAgents, lockCandidates, noteDecision, reserve } from "./places";
import type { Transaction } from "./places";

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
      await refuseSuperseded(tx, input);
      const candidates = await lockCandidates(tx, input.team);
      const held = await heldPlace(tx, input);
      if (held !== null) return { agent: held };
      const agent = await noteDecision(tx, input.decision, input.number, input.team, candidates);
      if (agent === null) await joinQueue(tx, input);
      else await reserve(tx, input.number, agent, input.decision);
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

async function refuseSuperseded(tx: Transaction, { number, epoch }: ChooseInput): Promise<void> {
  const [row] = await tx.$queryRaw<{ epoch: number }[]>`SELECT epoch FROM tickets WHERE number = ${number}`;
  if (row !== undefined && row.epoch > epoch) {
    throw ApplicationFailure.nonRetryable("Another run has this ticket now.", "superseded");
  }
}

/** A place that an attempt reserved whose answer was lost, or one that became free in the meantime. */
async function heldPlace(tx: Transaction, { number, team, decision }: ChooseInput): Promise<string | null> {
  const [held] = await tx.$queryRaw<{ agent: string }[]>`
    UPDATE reservations r SET decision = ${decision}
    FROM team_members m WHERE r.ticket = ${number} AND m.agent_id = r.agent_id AND m.team_id = ${team}
    RETURNING r.agent_id AS agent`;
  return held?.agent ?? null;
}

async function joinQueue(tx: Transaction, { number, team, decision, priorityRank, since }: ChooseInput): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO waiters (ticket, team_id, decision, priority_rank, since)
    VALUES (${number}, ${team}, ${decision}, ${priorityRank}, ${new Date(since)})
    ON CONFLICT (ticket) DO UPDATE
    SET team_id = excluded.team_id, decision = excluded.decision, priority_rank = excluded.priority_rank`;
}
