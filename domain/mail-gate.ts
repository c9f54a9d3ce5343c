// When a mail may ask the mail server: a circuit that opens when it answers nobody, and a rate at which mails leave. Knows
// instants and counts; refuses to know where they are kept.
import type { Instant } from "./ticket";

export interface Circuit {
  /** In a row, since the server last answered. */
  readonly failures: number;
  /** Until then nobody asks; null: it is closed. */
  readonly openUntil: Instant | null;
  /** Somebody tries, and is to be waited for until then. */
  readonly trialUntil: Instant | null;
  /** Who tries. */
  readonly trialBy: string | null;
  /** While what has waited is let out, the older goes first; null: not now. */
  readonly drainedAt: Instant | null;
}

export interface Candidate {
  /** The same in all attempts at one sending, of which one at a time is alive. */
  readonly holder: string;
  readonly urgent: boolean;
  /** How many that may leave are older than it, of its own queue. */
  readonly ahead: number;
  /** How often it has been tried. */
  readonly attempts: number;
  /** Mails per second; 0: as fast as it goes. */
  readonly rate: number;
  /** When the next mail may leave. */
  readonly nextSlot: Instant;
}

export type Admission =
  /** `trial`: alone, to see whether the server answers again. `at`: not before. */
  | { readonly kind: "go"; readonly at: Instant; readonly trial: boolean }
  | { readonly kind: "wait"; readonly until: Instant; readonly because: "server away" | "trial" | "rate" };

export const unharmed: Circuit = { failures: 0, openUntil: null, trialUntil: null, trialBy: null, drainedAt: null };

/** So many failures in a row open the circuit: one alone may be one connection's. */
const failuresToOpen = 3;
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;
/** A trial is waited for this long, ms: one connection may hang where the next is answered. */
const trialMs = 30_000;
/** Those who come during a trial look again this much later, each in turn; ms. */
const afterTrialMs = 2_000;
/** A mail that was tried lets others try first, a second longer for each time up to so many. */
const asideAtMost = 10;
/** A slot that is no further away is waited for at once; ms. */
const patienceMs = 2_000;
/** After an outage mails leave at this pace where no rate is set; per second. */
const usualPace = 50;
/** By so much more than the rate alone says is the draining given to come to its end. */
const drainFactor = 1.5;

/**
 * Whether a mail may ask the server at `now`. Those who wait are told to come back one after another, at the rate and the
 * older first, so that a server that has come back meets no crowd.
 */
export function admit(circuit: Circuit, mail: Candidate, now: Instant): Admission {
  const { openUntil, trialUntil, trialBy } = circuit;
  const turnMs = Math.floor((mail.ahead * 1_000) / paceOf(mail.rate));
  const isTrying = trialUntil !== null && trialUntil > now;
  // Whoever tries and asks once more has died in between: nothing is to be waited for.
  if (isTrying && trialBy !== mail.holder) return { kind: "wait", until: now + afterTrialMs + turnMs, because: "trial" };
  const triableAt = openUntil === null || isTrying ? openUntil : openUntil + asideMs(mail.attempts);
  if (triableAt !== null && triableAt > now) return { kind: "wait", until: triableAt + turnMs, because: "server away" };
  if (openUntil !== null) return { kind: "go", at: now, trial: true };
  const slot = mail.rate === 0 ? now : Math.max(now, mail.nextSlot);
  const isTurn = circuit.drainedAt === null || circuit.drainedAt <= now || turnMs <= patienceMs;
  if (mail.urgent || (slot - now <= patienceMs && isTurn)) return { kind: "go", at: mail.urgent ? now : slot, trial: false };
  return { kind: "wait", until: now + patienceMs + turnMs, because: "rate" };
}

/**
 * It may be this mail alone that the server breaks off at: as the oldest it would try first for ever, and nobody else. So those
 * try first that have not.
 */
function asideMs(attempts: number): number {
  return Math.min(attempts, asideAtMost) * 1_000;
}

/** A trial is under way. */
export function tried(circuit: Circuit, holder: string, now: Instant): Circuit {
  return { ...circuit, trialUntil: now + trialMs, trialBy: holder };
}

/** The server has answered; `waiting` mails have gathered meanwhile. */
export function answered(circuit: Circuit, waiting: number, rate: number, now: Instant): Circuit {
  if (circuit.failures === 0) return circuit;
  const drainMs = circuit.openUntil === null ? 0 : ((waiting * 1_000) / paceOf(rate)) * drainFactor;
  return { ...unharmed, drainedAt: drainMs === 0 ? null : now + Math.ceil(drainMs) };
}

/** It has not answered, or refuses us. Attempts that were under way together count as they end. */
export function failed(circuit: Circuit, now: Instant): Circuit {
  const failures = circuit.failures + 1;
  const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures - failuresToOpen, 10));
  const isOpening = failures >= failuresToOpen && (circuit.openUntil === null || circuit.openUntil <= now);
  if (!isOpening) return { ...circuit, failures: circuit.openUntil === null ? failures : circuit.failures };
  return { failures, openUntil: now + pauseMs, trialUntil: null, trialBy: null, drainedAt: null };
}

/** When the mail after one that leaves at `at` may leave. */
export function slotAfter(at: Instant, nextSlot: Instant, rate: number): Instant {
  return rate === 0 ? nextSlot : Math.max(at, nextSlot) + 1_000 / rate;
}

function paceOf(rate: number): number {
  return rate === 0 ? usualPace : rate;
}
