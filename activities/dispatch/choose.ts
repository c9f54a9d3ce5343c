// Choosing an assignee: Postgres picks, reserves and keeps what decided, in one transaction.
import { ApplicationFailure } from "@temporalio/common";
import { choose } from "../../domain/dispatch/choose";
import { turnOf } from "../../domain/dispatch/queue";
import type { OfferTerms } from "../../domain/offers";
import type { Instant } from "../../domain/ticket";
import type { PrismaClient } from "../../prisma/client";
import { fill } from "./fill";
import { overflowAtOnce } from "./overflow";
import { figuresOf } from "./figures";
import { createKeptFigures } from "./kept";
import type { KeptFigures } from "./kept";
import type { Figures, Sought, Wish } from "./figures";
import { termsFor } from "./offers";
import { withPortions } from "./pacing";
import { lockAgents, lockMembers, noted, reserve, takeTurn } from "./places";
import type { Decision, Transaction } from "./places";

export interface ChooseInput extends Sought {
  readonly epoch: number;
  /** Names the decision: made again, it gives the same place. */
  readonly decision: string;
  /** Since when the ticket waits for somebody, epoch ms. */
  readonly since: Instant;
}

export interface Chosen {
  readonly agent: string | null;
  /** To be offered on these terms; left out where it is given. */
  readonly offer?: OfferTerms;
  /** Nobody, since everybody of the team has declined; left out otherwise. */
  readonly declinedByAll?: true;
}

/**
 * The chosen agent, whose place is reserved; or nobody, and the ticket is in its team's queue. Whoever is chosen is locked and
 * must be as they were seen for the place to be theirs; that nobody can have it is believed only while the whole team is locked.
 */
export function createChooseAssignee(prisma: PrismaClient) {
  const kept = createKeptFigures();
  return async (input: ChooseInput): Promise<Chosen> => {
    try {
      return await prisma.$transaction((tx) => chooseLightly(tx, input, kept));
    } catch (error) {
      if (!(error instanceof Unsure)) throw error;
      kept.forget(input);
      return await prisma.$transaction(async (tx) => {
        await takeTurn(tx, input.team);
        return await chooseSurely(tx, input);
      });
    }
  };
}

/** What was read without a lock holds no more. */
class Unsure extends Error {}

/** Locks nobody but whoever is chosen: a team of a thousand is as quick as its figures are read. */
async function chooseLightly(tx: Transaction, input: ChooseInput, kept: KeptFigures): Promise<Chosen> {
  const { isQueueing } = await takeTurn(tx, input.team);
  // Where others wait already nearly nobody finds anybody.
  if (isQueueing) return await chooseSurely(tx, input);
  const figures = await kept.figuresOf(tx, input);
  mustBeOfThisRun(figures, input);
  if (figures.unsought) return { agent: null };
  const { agent, considered } = choose(figures.candidates, figures.need, figures.rules, figures.at);
  if (agent === null || figures.held !== null) return await chooseSurely(tx, input);
  await lockAgents(tx, [agent]);
  const offer = await termsFor(tx, agent, figures.rules, figures.at);
  const decision = { ...decisionOf(input, { ...figures, considered }), agent, offer };
  if (!(await reserve(tx, decision, figures))) throw new Unsure();
  return { agent, ...(offer !== null && { offer }) };
}

/** With everybody locked: what is read holds until it is written. */
async function chooseSurely(tx: Transaction, input: ChooseInput): Promise<Chosen> {
  await lockMembers(tx, input.team);
  const figures = await figuresOf(tx, input);
  const { unsought, held, need, rules, at } = figures;
  mustBeOfThisRun(figures, input);
  if (unsought) return { agent: null };
  if (held !== null) return await holdOn(tx, input, { ...figures, held });
  const { agent, considered } = choose(await withPortions(tx, input, figures), need, rules, at);
  const offer = agent === null ? null : await termsFor(tx, agent, rules, at);
  const decision = { ...decisionOf(input, { ...figures, considered }), offer };
  if (agent !== null) {
    await reserve(tx, { ...decision, agent });
    return { agent, ...(offer !== null && { offer }) };
  }
  await joinQueue(tx, input, decision);
  return { agent, ...(haveAllDeclined(figures) && { declinedByAll: true }) };
}

function mustBeOfThisRun({ epoch }: Figures, input: ChooseInput): void {
  if (epoch > input.epoch) throw ApplicationFailure.nonRetryable("Another run has this ticket now.", "superseded");
}

function decisionOf(
  { decision, number, team }: ChooseInput,
  { need, rules, considered }: Pick<Decision, "need" | "rules" | "considered">,
): Omit<Decision, "offer"> {
  return { id: decision, ticket: number, team, asked: "all", need, rules, considered };
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

/** A place that an attempt reserved whose answer was lost, or one that became free in the meantime, now under this decision. */
async function holdOn(
  tx: Transaction,
  { number, decision }: ChooseInput,
  { held: { agent, offered }, rules, at }: Figures & { readonly held: NonNullable<Figures["held"]> },
): Promise<Chosen> {
  const offer = offered ? await termsFor(tx, agent, rules, at) : null;
  await tx.$executeRaw`UPDATE reservations SET decision = ${decision}, offered = ${offer !== null} WHERE ticket = ${number}`;
  return { agent, ...(offer !== null && { offer }) };
}

function haveAllDeclined({ candidates }: Figures): boolean {
  return candidates.length > 0 && candidates.every(({ declined }) => declined);
}

/** A run that asks anew may have lost what it was told: it may be told once more to go on to another team. */
async function joinQueue(tx: Transaction, input: ChooseInput, decision: Decision): Promise<void> {
  const { number, team, category, type, priority, declined, lapsed, relaxed, since } = input;
  const turn = new Date(turnOf(since, priority, decision.rules.ageingMs));
  const sought = JSON.stringify({ category, type, priority, declined, lapsed, relaxed } satisfies Wish);
  await tx.$executeRaw`
    WITH noted AS (${noted({ ...decision, agent: null })})
    INSERT INTO waiters (ticket, team_id, decision, since, turn, queued_at, sought)
    VALUES (${number}, ${team}, ${decision.id}, ${new Date(since)}, ${turn}, clock_timestamp(), ${sought}::jsonb)
    ON CONFLICT (ticket) DO UPDATE
    SET team_id = excluded.team_id, decision = excluded.decision, turn = excluded.turn, sought = excluded.sought, overflow_at = NULL`;
  await overflowAtOnce(tx, { ticket: number, team, since, sought: { category, type, priority, declined, lapsed, relaxed } }, decision.rules);
  const { relaxSkillsAfterMs, overflow } = decision.rules;
  const isRelaxedLater = relaxSkillsAfterMs !== null && !relaxed && Object.keys(decision.need.skills).length > 0;
  if (!isRelaxedLater && overflow === null) return;
  await tx.$queryRaw`
    WITH told AS (INSERT INTO outbox (kind, subject, payload) VALUES ('watch', ${team}, '{}'))
    SELECT pg_notify('perdura_outbox', '')::text`;
}
