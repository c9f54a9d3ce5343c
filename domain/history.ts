// The past of a ticket's clocks, told from its journal: every cycle there was, and the ledger of every change of every target.
// Derived whenever it is asked for, and stored nowhere: so it can't disagree with the journal.
import { beyond } from "./calendar";
import type { OpenInterval } from "./calendar";
import type { CalendarKey, Coverage, Coverages } from "./coverage";
import { breachesAt } from "./cycle";
import type { Cycle, Standstill } from "./cycle";
import { fold } from "./decide";
import { unopened } from "./opening";
import { learned } from "./known-calendars";
import type { KnownCalendars } from "./known-calendars";
import { metrics } from "./policy";
import type { Metric } from "./policy";
import type { Correction, EventOf, TicketEvent } from "./event";
import type { Instant, Intake, Ticket } from "./ticket";

/** One change of one target. */
export interface LedgerEntry {
  readonly metric: Metric;
  readonly cycle: number;
  readonly at: Instant;
  /** The event that brought it about. */
  readonly version: number;
  readonly kind: TicketEvent["kind"];
  readonly cause: string;
  /** When it was to fall due before and is from now on; null: it stands still, has ended, or has no target. */
  readonly from: Instant | null;
  readonly to: Instant | null;
  readonly state: "running" | "standing" | "met" | "cancelled";
  readonly breachedAt: Instant | null;
  /** The policy edition, and the calendar's, `id@edition`. */
  readonly under: string | null;
  readonly calendar: CalendarKey | null;
  readonly targetMs: number | null;
  /** Since the entry before: what counted as open time, and what stood still and why. */
  readonly counted: readonly OpenInterval[];
  readonly paused: readonly { readonly from: Instant; readonly to: Instant; readonly why: Standstill }[];
  /** Given back by this event, ms. */
  readonly creditMs: number;
}

export interface CycleStory {
  readonly metric: Metric;
  /** As it stood when it ended, or stands now. */
  readonly cycle: Cycle;
  /** Beside it, in order. */
  readonly corrections: readonly (Correction & { readonly at: Instant; readonly version: number; readonly by: string })[];
}

export interface History {
  /** As after the last event. */
  readonly ticket: Ticket;
  readonly cycles: readonly CycleStory[];
  readonly ledger: readonly LedgerEntry[];
  /** All that was ever known of the calendars. */
  readonly calendars: KnownCalendars;
}

/** The events of a ticket in order, from the first. */
export function historyOf(intake: Intake, events: readonly TicketEvent[]): History {
  const calendars = events.reduce(learned, {});
  const told = new Map<string, Told>();
  const ledger: LedgerEntry[] = [];
  let ticket = unopened(intake);
  for (const event of events) {
    const before = ticket;
    ticket = fold(ticket, event);
    for (const metric of metrics) {
      for (const cycle of changed(before, ticket, metric)) {
        ledger.push(...tell(told, metric, cycle, event, ticket, calendars));
      }
    }
    if (event.kind === "corrected") ledger.push(...correct(told, event));
  }
  return { ticket, cycles: [...told.values()].map(({ story }) => story), ledger, calendars };
}

interface Told {
  readonly story: CycleStory;
  /** As the last entry left it. */
  readonly entered: Cycle;
  /** When that was, and what it said. */
  readonly at: Instant;
  readonly to: Instant | null;
  /** What ran while no calendar was named. */
  readonly unnamed: readonly OpenInterval[];
  /** The standstill that it told of; null: none. */
  readonly stood: Cycle["stopped"];
}

/** The cycles of a metric that an event has touched: those that ended by it first. */
function changed(before: Ticket, after: Ticket, metric: Metric): readonly Cycle[] {
  const [was, is] = [before.clocks[metric], after.clocks[metric]];
  // Another view of a calendar may move a target although nothing else of the cycle changes.
  const known = new Set<Cycle | null>(before.calendars === after.calendars ? [...was.past, was.ongoing] : was.past);
  return [...is.past, is.ongoing].filter((cycle) => cycle !== null && !known.has(cycle)) as Cycle[];
}

/** Notes what a cycle has become; the entry for it, if any of its targets changed. */
function tell(
  told: Map<string, Told>,
  metric: Metric,
  is: Cycle,
  event: TicketEvent,
  after: Ticket,
  calendars: Coverages,
): readonly LedgerEntry[] {
  const name = `${metric} ${is.number}`;
  const known = told.get(name);
  const was = known?.entered ?? null;
  const story = { metric, cycle: is, corrections: known?.story.corrections ?? [] };
  const from = known?.to ?? null;
  const to = is.ended === null ? targetAt(is, after.calendars) : null;
  const creditMs = is.creditMs - (was?.creditMs ?? 0);
  if (was !== null && from === to && creditMs === 0 && !isOther(was, is)) {
    told.set(name, { story, entered: was, at: known?.at ?? was.startedAt, to, unnamed: known?.unnamed ?? [], stood: known?.stood ?? null });
    return [];
  }
  const { at, version, kind, cause } = event;
  const { under, calendar, targetMs, breach } = is;
  const ran =
    was?.ended !== null && was?.ended !== undefined && isResumed(event) && is.since !== null
      ? stretch(was.ended.at, was.ended.at, at)
      : stretch(was === null ? is.startedAt : was.since, known?.at ?? is.startedAt, at);
  const unnamed = [...(known?.unnamed ?? []), ...((was?.calendar ?? null) === null ? ran : [])];
  const named = was?.calendar ?? null;
  const counted = named === null ? (calendar === null ? [] : openIn(calendars[calendar], unnamed)) : openIn(calendars[named], ran);
  told.set(name, { story, entered: is, at, to, unnamed: named === null && calendar === null ? unnamed : [], stood: was?.stopped ?? null });
  const state = is.ended !== null ? is.ended.how : is.since === null ? "standing" : "running";
  const moment = { metric, cycle: is.number, at, version, kind, cause, from, to, state, breachedAt: breach?.at ?? null } as const;
  return [{ ...moment, under, calendar, targetMs, counted, paused: pausedBetween(known, is, event), creditMs }];
}

/** Whether it runs, has ended or is measured in another way. */
function isOther(was: Cycle, is: Cycle): boolean {
  return (
    (was.ended === null) !== (is.ended === null) ||
    (was.since === null) !== (is.since === null) ||
    was.under !== is.under ||
    was.targetMs !== is.targetMs ||
    was.stopped?.why !== is.stopped?.why
  );
}

function targetAt(cycle: Cycle, calendars: Coverages): Instant | null {
  const at = breachesAt(cycle, calendars);
  return at === beyond || (cycle.since === null && cycle.breach === null) ? null : at;
}

/** What it has run through since the entry before. */
function stretch(since: Instant | null, entered: Instant, at: Instant): readonly OpenInterval[] {
  return since === null || entered >= at ? [] : [[Math.max(since, entered), at]];
}

function openIn(coverage: Coverage | undefined, stretches: readonly OpenInterval[]): readonly OpenInterval[] {
  return stretches.flatMap(([since, until]) =>
    (coverage?.intervals ?? [])
      .map(([opens, closes]): OpenInterval => [Math.max(opens, since), Math.min(closes, until)])
      .filter(([opens, closes]) => opens < closes),
  );
}

function pausedBetween(known: Told | undefined, is: Cycle, event: TicketEvent): LedgerEntry["paused"] {
  if (known === undefined) return [];
  const { at } = event;
  const { entered: was, stood } = known;
  const stopped = was.stopped ?? (was.ended !== null && is.ended === null ? meanwhile(was.ended, is, event) : null);
  if (stopped === null) return [];
  const from = stopped === stood ? known.at : stopped.at;
  return from >= at ? [] : [{ from, to: at, why: stopped.why }];
}

/** Whether cycles that had ended go on by it as though they never had. */
function isResumed({ kind }: TicketEvent): boolean {
  return kind === "unmarkedSpam" || kind === "released";
}

/** Why a cycle that goes on after all stood still meanwhile; null: it did not. */
function meanwhile({ at, by }: NonNullable<Cycle["ended"]>, is: Cycle, event: TicketEvent): Cycle["stopped"] {
  if (isResumed(event)) return is.stopped;
  return { at, why: by === "merged" ? "merged" : "solved" };
}

/** Beside what was counted; on a cycle that has ended it changes no clock, and stands in the ledger all the same. */
function correct(told: Map<string, Told>, { facts, at, version, by, cause, kind }: EventOf<"corrected">): readonly LedgerEntry[] {
  const { metric, cycle: number, creditMs } = facts;
  const known = told.get(`${metric} ${number}`);
  if (known === undefined) return [];
  const { story } = known;
  told.set(`${metric} ${number}`, { ...known, story: { ...story, corrections: [...story.corrections, { ...facts, at, version, by: by.id }] } });
  const { under, calendar, targetMs, breach, ended } = story.cycle;
  if (ended === null) return [];
  const moment = { metric, cycle: number, at, version, kind, cause, from: null, to: null, state: ended.how } as const;
  return [{ ...moment, breachedAt: breach?.at ?? null, under, calendar, targetMs, counted: [], paused: [], creditMs }];
}
