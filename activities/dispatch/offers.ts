// What an offer says to whom it is made: how long they have, and when their working hours end. Runs where the person is locked.
import { nextClosing } from "../../domain/calendar";
import type { TeamRules } from "../../domain/dispatch/rules";
import type { OfferTerms } from "../../domain/offers";
import type { Instant } from "../../domain/ticket";
import { hoursOf } from "./on-duty";
import type { Transaction } from "./places";

/** Null where the team gives its tickets. */
export async function termsFor(tx: Transaction, agent: string, { offers }: TeamRules, at: Instant): Promise<OfferTerms | null> {
  if (offers === null) return null;
  const [row] = await tx.$queryRaw<{ calendar: string | null }[]>`SELECT calendar_id AS calendar FROM agents WHERE id = ${agent}`;
  const calendar = row?.calendar ?? null;
  return { ...offers, closesAt: calendar === null ? null : nextClosing(await hoursOf(tx, calendar, at), at) };
}

/** Whoever is not there any more is not asked: their offers are to be withdrawn, which the ticket decides. */
export async function withdrawOffers(tx: Transaction, agent: string): Promise<void> {
  await tx.$queryRaw`
    WITH told AS (
      INSERT INTO outbox (kind, subject, payload)
      SELECT 'offerWithdrawn', ticket::text, jsonb_build_object('agent', agent_id, 'decision', decision)
      FROM reservations WHERE agent_id = ${agent} AND offered RETURNING id)
    SELECT pg_notify('perdura_outbox', '')::text FROM told`;
}
