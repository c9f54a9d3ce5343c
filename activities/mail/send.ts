// Sends a ticket's notices to its requester, each at most once per attempt and in order. Knows rows, attempts and outcomes;
// refuses to let an address, a name or a text out into a failure, a log or Temporal.
import type { PrismaClient } from "../../prisma/client";
import { attempting, databaseUnavailable, mailServerUnavailable } from "./attempt";
import type { Attempt } from "./attempt";
import { compose } from "./compose";
import type { Sender } from "./compose";
import { claim, note, settled } from "./ledger";
import type { Result, Settled } from "./ledger";
import { load } from "./load";
import type { MailTransport } from "./transport";
import { troubleOf } from "./trouble";

/** A notice as the workflow knows it. */
export interface OwedMail {
  readonly id: string;
  readonly version: number;
  readonly template: string;
  readonly recipient: string;
}

export interface SendOutcome {
  readonly notice: string;
  readonly version: number;
  readonly template: string;
  readonly recipient: string;
  readonly state: "sent" | "failed";
  /** Epoch ms; null for one that failed. */
  readonly sentAt: number | null;
  /** How many there have been so far. */
  readonly attempts: number;
}

export interface MailDeps extends Sender {
  readonly prisma: PrismaClient;
  readonly transport: MailTransport;
}

export function createSend(deps: MailDeps) {
  /**
   * Settles notices, in the order given: sends what is queued, and merely reports what was sent or has failed. A later
   * notice waits for an earlier one: what meets with trouble, and all behind it, is left out of the answer, and is the
   * caller's to hand in again.
   * Throws a retryable failure `MailServerUnavailable` while none is settled, `DatabaseUnavailable` when the rows
   * can't be read or written. Cancelled, it ends after the mail at hand; in a worker that ends, at once.
   */
  return async ({ number, notices }: { number: number; notices: readonly OwedMail[] }): Promise<SendOutcome[]> =>
    await attempting((attempt) => settleAll(deps, number, notices, attempt));
}

async function settleAll(deps: MailDeps, number: number, notices: readonly OwedMail[], attempt: Attempt) {
  const outcomes: SendOutcome[] = [];
  for (const notice of notices) {
    await attempt.breathe();
    const outcome = await settle(deps, number, notice, attempt).catch(databaseUnavailable);
    if (outcome === null) break;
    outcomes.push(outcome);
  }
  if (outcomes.length > 0) return outcomes;
  throw mailServerUnavailable();
}

/** What has become of a notice after one attempt at it; null while it is still owed. */
async function settle(
  deps: MailDeps,
  number: number,
  notice: OwedMail,
  attempt: Attempt,
): Promise<SendOutcome | null> {
  const { prisma } = deps;
  const token = await claim(prisma, number, notice.id, attempt.activity);
  // The row decides: an attempt that came late, behind a newer one, notes nothing.
  const end =
    token === null
      ? await settled(prisma, notice.id)
      : await sendAndNote(deps, number, notice, { attempt, token });
  const { id, version, template, recipient } = notice;
  return end && { notice: id, version, template, recipient, ...end };
}

async function sendAndNote(
  deps: MailDeps,
  number: number,
  notice: OwedMail,
  { attempt, token }: { readonly attempt: Attempt; readonly token: string },
): Promise<Settled | null> {
  const result = await trySending(deps, number, notice, attempt);
  return await attempt.noted(result, () => note(deps.prisma, notice.id, token, result));
}

async function trySending(deps: MailDeps, number: number, notice: OwedMail, attempt: Attempt): Promise<Result> {
  try {
    const material = await load(deps.prisma, number, notice);
    if (material.address === null) return { state: "failed", error: "no address" };
    const mail = compose(deps, notice, { ...material, address: material.address }, Date.now());
    await deps.transport.sendMail({ ...mail, signal: attempt.signal() });
    return { state: "sent", sentAt: Date.now() };
  } catch (error) {
    return troubleOf(error);
  }
}
