// Sends a ticket's notices to its requester, each at most once per attempt and in order. Knows rows, attempts and outcomes;
// refuses to let an address, a name or a text out into a failure, a log or Temporal.
import type { ApplicationFailure } from "@temporalio/activity";
import type { SendMailOptions } from "nodemailer";
import { attempting, databaseUnavailable, mailServerUnavailable } from "./attempt";
import type { Attempt } from "./attempt";
import { compose } from "./compose";
import type { MailDeps } from "./deps";
import { clockTime, waits, waitsUntil } from "./gate";
import { claim, note, standing } from "./ledger";
import type { Owed, Result, Settled } from "./ledger";
import { load } from "./load";
import type { Material } from "./material";
import { messageIdOf, senderAddress } from "./sender";
import { objection } from "./objection";
import { handOver } from "./transport";
import { cannotBeMade } from "./trouble";
import { usualWay } from "./way-out";

/** A notice as the workflow knows it. */
export interface OwedMail {
  readonly id: string;
  readonly version: number;
  readonly template: string;
  readonly recipient: string;
}

export interface SendOutcome extends Settled {
  readonly notice: string;
  readonly version: number;
  readonly template: string;
  readonly recipient: string;
}

/** `urgent`: they wait for no others. */
export interface Sending {
  readonly number: number;
  readonly notices: readonly OwedMail[];
  readonly urgent?: boolean;
}

export function createSend(deps: MailDeps) {
  /**
   * Settles notices, in the order given: sends what is queued, and merely reports what has come to its end. A later
   * notice waits for an earlier one: what meets with trouble, and all behind it, is left out of the answer, and is the
   * caller's to hand in again.
   * Throws a retryable failure `MailServerUnavailable` while none is settled, which says what it waits for and until when;
   * `DatabaseUnavailable` when the rows can't be read or written. Cancelled, it ends after the mail at hand; in a worker that
   * ends, at once.
   */
  return async (sending: Sending): Promise<SendOutcome[]> => await attempting((attempt) => settleAll(deps, sending, attempt));
}

async function settleAll(deps: MailDeps, sending: Sending, attempt: Attempt): Promise<SendOutcome[]> {
  const outcomes: SendOutcome[] = [];
  for (const notice of sending.notices) {
    await attempt.breathe();
    const end = await settle(deps, sending, notice, attempt).catch(databaseUnavailable);
    if ("wait" in end) {
      if (outcomes.length > 0) break;
      throw end.wait;
    }
    const { id, version, template, recipient } = notice;
    outcomes.push({ notice: id, version, template, recipient, ...end });
  }
  return outcomes;
}

/** What an owed notice waits for. */
interface Waits {
  readonly wait: ApplicationFailure;
}

/** What has become of a notice after one attempt at it, or why there was none. */
async function settle(deps: MailDeps, sending: Sending, notice: OwedMail, attempt: Attempt): Promise<Settled | Waits> {
  const material = await load(deps.prisma, sending.number, notice).catch((error: unknown) => ({ error }));
  const before = told("error" in material ? await standing(deps.prisma, notice.id) : material.standing);
  if ("wait" in before ? before.isPausing : true) return before;
  const from = "error" in material ? deps.from.address : senderAddress(deps, material.writtenTo);
  const way = "error" in material ? usualWay : material.way;
  const asking = { notice: notice.id, urgent: sending.urgent === true, from, way, holder: attempt.activity };
  const wait = await deps.gate.pass(asking, attempt.signal());
  if (wait !== null) return { wait: waits(wait) };
  const messageId = messageIdOf(deps, notice.id, from);
  const claimed = await claim(deps.prisma, sending.number, notice.id, { holder: attempt.activity, messageId });
  if (claimed === null) {
    await deps.gate.unasked(way);
    return told(await standing(deps.prisma, notice.id));
  }
  const result = "error" in material ? cannotBeMade(material.error) : await trySending(deps, notice, { ...material, messageId: claimed.messageId }, attempt);
  // The row decides: an attempt that came late, behind a newer one, notes nothing.
  const noted = await attempt.noted(result, () => note(deps.prisma, claimed.token, result));
  return told(noted ?? (await standing(deps.prisma, notice.id)));
}

/** `isPausing`: it is not to be tried before its time. */
function told(now: Settled | Owed): Settled | (Waits & { readonly isPausing: boolean }) {
  if (now.state !== "owed") return now;
  if (now.until === null || now.until <= Date.now()) return { wait: mailServerUnavailable(), isPausing: false };
  const why = now.inDoubt ? "Nobody knows whether the mail server has taken it" : "The mail server does not take it yet";
  return { wait: waitsUntil(now.until, `${why}: tried again at ${clockTime(now.until)}.`), isPausing: true };
}

type Made = Material & { readonly messageId: string };

async function trySending(deps: MailDeps, notice: OwedMail, material: Made, attempt: Attempt): Promise<Result> {
  const made = await make(deps, notice, material);
  if ("state" in made) {
    await deps.gate.unasked(material.way);
    return made;
  }
  const result = await handOver(deps.transport, { ...made, signal: attempt.signal() }, material.way.server);
  await deps.gate.heard(result, material.way);
  return result;
}

/** The mail, or why there is none. */
async function make(deps: MailDeps, notice: OwedMail, material: Made): Promise<SendMailOptions | Result> {
  const { address } = material;
  if (address === null) return { state: "failed", error: "no address" };
  try {
    const against = await objection(deps, notice, { ...material, address }, Date.now());
    return against ?? (await compose(deps, notice, { ...material, address }, Date.now()));
  } catch (error) {
    return cannotBeMade(error);
  }
}
