// Windows that wait for the requester: from the moment their notice was really sent, in the calendar of the organisation or the
// team. A notice that can't be delivered stops its window. Knows instants; refuses to know what the notices say.
import { add, always, beyond } from "./calendar";
import type { Beyond } from "./calendar";
import { on } from "./coverage";
import type { Need } from "./coverage";
import type { Policy } from "./policy";
import { refuse } from "./refusal";
import type { Instant, TextRef, Ticket } from "./ticket";
import type { FoldOf, VerbOf } from "./verb";
import { allowed } from "./verb";

/** When a solved ticket is closed by itself; null while the mail that says so has not left. */
export function closesAt(ticket: Ticket): Instant | null {
  const { status, solution, policy } = ticket;
  if (status !== "solved" || policy === null || solution === null || solution.sentAt === null) return null;
  return spread(ticket, windowEnd(ticket, solution.sentAt, policy.autoCloseMs), policy.autoCloseMs);
}

/** When a requester who was asked is asked again; null: not by itself. */
export function remindsAt(ticket: Ticket): Instant | null {
  const pending = plainPending(ticket);
  const promised = promisedOf(ticket);
  if (pending?.stage !== "asked" || promised === null) return null;
  return known(windowEnd(ticket, pending.from, promised.remindAfterMs));
}

/** When a requester who was asked twice is taken not to answer; null: not by itself. */
export function givesUpAt(ticket: Ticket): Instant | null {
  const pending = plainPending(ticket);
  const promised = promisedOf(ticket);
  if (pending?.stage !== "reminded" || promised === null) return null;
  const { solveAfterMs } = promised;
  return spread(ticket, windowEnd(ticket, pending.from, solveAfterMs), solveAfterMs);
}

/** What the running window must know of its calendar. */
export function windowNeed(ticket: Ticket): Need | null {
  const { windowsIn: key, policy, status, solution } = ticket;
  if (key === null || policy === null) return null;
  if (status === "solved" && solution !== null && solution.sentAt !== null) {
    return { key, from: solution.sentAt, enoughMs: policy.autoCloseMs, until: solution.sentAt };
  }
  const pending = plainPending(ticket);
  if (pending === null || policy.pending === null) return null;
  const enoughMs = pending.stage === "asked" ? policy.pending.remindAfterMs : policy.pending.solveAfterMs;
  return { key, from: pending.from, enoughMs, until: pending.from };
}

/** A mail whose sending a window counts from has left. `of` is the version of the event that it told of. */
export const noteSent: VerbOf<{ of: number; notice: string; sentAt: Instant }> = (ticket, facts) =>
  allowed(ticket, "noteSent", (status) =>
    awaits(ticket, facts.of)
      ? { kind: "noticeSent", facts }
      : refuse("not_allowed_now", "Nothing waits for that mail to be sent.", { status }),
  );

export const noticeSent: FoldOf<"noticeSent"> = (ticket, { facts: { of, sentAt } }) => {
  const { solution, waiting } = ticket;
  if (solution?.version === of) return { ...ticket, solution: { ...solution, sentAt, undelivered: false } };
  return waiting?.version === of ? { ...ticket, waiting: { ...waiting, from: sentAt, undelivered: false } } : ticket;
};

/** A mail to the requester can't be delivered, and staff are told; a window that would count from it stands still. */
export const noteUndelivered: VerbOf<{ notice: string; of: number }> = (ticket, facts) =>
  allowed(ticket, "noteUndelivered", () => ({ kind: "undelivered", facts }));

export const undelivered: FoldOf<"undelivered"> = (ticket, { facts: { of } }) => {
  const { solution, waiting } = ticket;
  if (solution?.version === of) return { ...ticket, solution: { ...solution, sentAt: null, undelivered: true } };
  return waiting?.version === of ? { ...ticket, waiting: { ...waiting, from: null, undelivered: true } } : ticket;
};

export const remindRequester: VerbOf<object> = (ticket, _args, _by, at) =>
  allowed(ticket, "remindRequester", (status) => {
    const dueAt = remindsAt(ticket);
    return dueAt !== null && dueAt <= at
      ? { kind: "requesterReminded", facts: {} }
      : refuse("not_allowed_now", "The requester is not to be reminded yet.", { status, dueAt });
  });

export const requesterReminded: FoldOf<"requesterReminded"> = (ticket, { version }) => ({
  ...ticket,
  waiting: { stage: "reminded", version, from: null, undelivered: false },
});

/** Nobody has answered: solved, and the requester is told so. */
export const solveUnanswered: VerbOf<object> = (ticket, _args, _by, at) =>
  allowed(ticket, "solveUnanswered", (status) => {
    const dueAt = givesUpAt(ticket);
    return dueAt !== null && dueAt <= at
      ? { kind: "resolved", facts: { message: null, status, how: "no answer" } }
      : refuse("not_allowed_now", "The requester may still answer.", { status: ticket.status, dueAt });
  });

/** How waiting for the requester begins: with a question, from its sending; without one, at once. */
export function waitingFrom(version: number, message: TextRef | null, at: Instant): Ticket["waiting"] {
  return { stage: "asked", version, from: message === null ? at : null, undelivered: false };
}

/** What the policy says of plain waiting; null: nothing happens by itself. */
function promisedOf({ policy }: Ticket): Policy["pending"] {
  return policy === null ? null : policy.pending;
}

function awaits(ticket: Ticket, of: number): boolean {
  const { status, solution, waiting } = ticket;
  if (status === "solved") return solution?.version === of && solution.sentAt === null;
  // An answer to a question is waited for by the clock only where the policy says so.
  return promisedOf(ticket) !== null && waiting?.version === of && waiting.from === null;
}

/** Pending with no end of its own, or asked for what the form lacks; the window running. */
function plainPending({ status, askBack, waiting, resumeAt }: Ticket): { stage: "asked" | "reminded"; from: Instant } | null {
  if ((status !== "pending" && askBack !== "waiting") || waiting === null || waiting.from === null || resumeAt !== null) return null;
  return { stage: waiting.stage, from: waiting.from };
}

function windowEnd({ windowsIn, calendars }: Ticket, from: Instant, ms: number): Instant | Beyond {
  return windowsIn === null ? add(always, from, ms) : on(calendars, windowsIn, (open) => add(open, from, ms));
}

/**
 * Nobody feels whether this comes a minute later: so thousands that fall due at once (a holiday's end) come one after another.
 * Up to a minute, and a fiftieth of the window at most; the same for a ticket every time.
 */
function spread({ number }: Ticket, at: Instant | Beyond, windowMs: number): Instant | null {
  if (at === beyond) return null;
  const most = Math.min(60_000, Math.floor(windowMs / 50));
  return at + Math.floor((((number * 40_503) % 65_536) / 65_536) * most);
}

function known(at: Instant | Beyond): Instant | null {
  return at === beyond ? null : at;
}
