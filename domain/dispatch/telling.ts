// What a requester is told of the wait when their ticket is acknowledged, and once more when it gets later. Knows the ticket's
// calendar and target; refuses to know how a bound is found (expectation) and in which words it is told.
import { add, always, between, beyond, isOpen } from "../calendar";
import type { OpenIntervals } from "../calendar";
import type { CalendarKey } from "../coverage";
import { breachesAt } from "../cycle";
import { refuse } from "../refusal";
import type { Instant, Ticket } from "../ticket";
import { allowed } from "../verb";
import type { FoldOf, VerbOf } from "../verb";
import { categoryOfStatus } from "../words";
import { boundFor } from "./expectation";
import type { Crowding, Sample, Silence } from "./expectation";
import type { TeamRules } from "./rules";

/** How the team stands, and how it did with tickets of this kind, the newest first. */
export interface Standing extends Crowding {
  readonly tells: TeamRules["tells"];
  /** Until the first response, and until the solution. */
  readonly waits: readonly Sample[];
  readonly solutions: readonly Sample[];
}

export interface Told {
  /** In whose open time it counts; null: around the clock. */
  readonly calendar: CalendarKey | null;
  /** The first response is to be expected by then; null: nothing is told, since … */
  readonly until: Instant | null;
  readonly silence: Silence | null;
  /** When the team opens next; null: it is open. */
  readonly opensAt: Instant | null;
  /** From 1; null: not told. */
  readonly position: number | null;
  readonly solvedBy: Instant | null;
}

/** What is told of a ticket that nobody has answered, at `at`. */
export function toldOf(ticket: Ticket, standing: Standing, at: Instant): Told {
  const calendar = waitsIn(ticket);
  const { tells, waits, solutions, ahead } = standing;
  const wait = tells.wait ? expectedBy(ticket, waits, standing, at) : ("not-wanted" as const);
  const solved = tells.resolution ? solvedBy(ticket, solutions, standing, at) : null;
  const open = openTimes(ticket);
  const opensAt = isOpen(open, at) === false ? add(open, at, 0) : null;
  return {
    calendar,
    until: typeof wait === "number" ? wait : null,
    silence: typeof wait === "number" ? null : wait,
    opensAt: opensAt === beyond ? null : opensAt,
    position: tells.position ? ahead + 1 : null,
    solvedBy: solved,
  };
}

/** When a ticket that was not answered by then is to be answered after all; null: nobody can tell. */
export function laterThan(ticket: Ticket, standing: Standing, told: Instant, at: Instant): Instant | null {
  const later = expectedBy(ticket, standing.waits, standing, at);
  return typeof later === "number" && later > told ? later : null;
}

/** Open time from the ticket's coming, ms; null where its calendar is not known so far. */
export function openMs(ticket: Ticket, until: Instant): number | null {
  const ms = between(openTimes(ticket), ticket.createdAt, until);
  return ms === beyond ? null : ms;
}

/** It was told too early a time: once, while nobody has answered. `until`: null: nobody can tell any more. */
export const expectLater: VerbOf<{ until: Instant | null }> = (ticket, { until }) =>
  allowed(ticket, "expectLater", (status) =>
    ticket.answeredAt === null && ticket.toldLater !== true && ticket.acknowledgement === "sent"
      ? { kind: "expectedLater", facts: { until } }
      : refuse("not_allowed_now", "The requester is not to be told of another wait.", { status }),
  );

export const expectedLater: FoldOf<"expectedLater"> = (ticket) => ({ ...ticket, toldLater: true });

function expectedBy(ticket: Ticket, samples: readonly Sample[], now: Crowding, at: Instant): Instant | Silence {
  const bound = boundFor(samples, now, openMs(ticket, at) ?? 0);
  if (typeof bound === "string") return bound;
  const by = add(openTimes(ticket), ticket.createdAt, bound);
  const target = targetOf(ticket);
  return by === beyond || (target !== null && by > target) ? "beyond-target" : by;
}

function solvedBy(ticket: Ticket, samples: readonly Sample[], now: Crowding, at: Instant): Instant | null {
  const bound = boundFor(samples, now, openMs(ticket, at) ?? 0);
  const by = typeof bound === "string" ? beyond : add(openTimes(ticket), ticket.createdAt, bound);
  return by === beyond ? null : by;
}

function targetOf({ clocks, calendars }: Ticket): Instant | null {
  const { ongoing } = clocks.firstResponse;
  const at = ongoing === null ? null : breachesAt(ongoing, calendars);
  return typeof at === "number" ? at : null;
}

function openTimes(ticket: Ticket): OpenIntervals {
  const key = waitsIn(ticket);
  return (key === null ? undefined : ticket.calendars[key]) ?? always;
}

/** That of its first response; where that has none, that of the team's windows. */
function waitsIn({ policy, windowsIn }: Ticket): CalendarKey | null {
  return policy?.targets.firstResponse?.calendar ?? windowsIn;
}

/** Whether it may still be before others. */
export function awaitsAnswer({ answeredAt, status }: Ticket): boolean {
  return answeredAt === null && categoryOfStatus[status] !== "resolved";
}
