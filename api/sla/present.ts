// A ticket's clocks as they read: figures from its history, in the reader's words, in the local time of each calendar.
import type { CorrectionView, DurationView, LedgerEntryView, MomentView, SlaView } from "../../contract/sla";
import { beyond, isOpen } from "../../domain/calendar";
import type { OpenInterval } from "../../domain/calendar";
import type { Coverage } from "../../domain/coverage";
import { breachesAt, elapsed } from "../../domain/cycle";
import type { Cycle } from "../../domain/cycle";
import type { CycleStory, History, LedgerEntry } from "../../domain/history";
import { editionKey, metrics } from "../../domain/policy";
import type { Metric } from "../../domain/policy";
import { duration, moment, sentence } from "../../domain/sentence";
import { deadline } from "../../domain/deadline";
import type { Instant } from "../../domain/ticket";
import type { SlaWords } from "./words/shape";

/** Who reads it and when; `reasons` are the texts behind corrections, by id. */
export interface Reading {
  readonly now: Instant;
  readonly words: SlaWords;
  readonly reasons: ReadonlyMap<string, string>;
}

export function presentSla(history: History, reading: Reading): SlaView {
  const { ticket, ledger } = history;
  const due = deadline(ticket);
  const next = due === null ? undefined : ongoingOf(history.cycles.filter(({ metric }) => metric === due.metric))?.cycle;
  return {
    ticket: ticket.number,
    version: ticket.version,
    policy: ticket.policy === null ? null : editionKey(ticket.policy),
    metrics: metrics.flatMap((metric) => presentMetric(history, metric, reading)),
    ledger: ledger.map((entry) => presentEntry(history, entry, reading)),
    sentence: next === undefined ? null : sentence(next, history.calendars, reading.now, reading.words),
  };
}

function presentMetric(history: History, metric: Metric, reading: Reading): SlaView["metrics"] {
  const stories = history.cycles.filter((story) => story.metric === metric && story.cycle.targetMs !== null);
  if (stories.length === 0) return [];
  const completedCycles = stories.flatMap((story) => {
    const { ended } = story.cycle;
    if (ended === null) return [];
    const stopTime = momentOf(ended.at, calendarOf(history, story.cycle), reading);
    return [{ ...presentCycle(history, story, reading), stopTime, outcome: ended.how }];
  });
  const ongoing = ongoingOf(stories);
  return [{ id: metric, name: reading.words.metrics[metric], completedCycles, ongoingCycle: ongoing === undefined ? null : presentOngoing(history, ongoing, reading) }];
}

function ongoingOf(stories: readonly CycleStory[]): CycleStory | undefined {
  return stories.find(({ cycle }) => cycle.ended === null);
}

function presentOngoing(history: History, story: CycleStory, reading: Reading) {
  const { cycle } = story;
  const coverage = calendarOf(history, cycle);
  const within = coverage === undefined ? beyond : isOpen(coverage, reading.now);
  const { level, acknowledgedAt } = cycle.chain;
  return {
    ...presentCycle(history, story, reading),
    paused: cycle.since === null,
    withinCalendarHours: within === true,
    level,
    acknowledgedAt: acknowledgedAt === null ? null : momentOf(acknowledgedAt, coverage, reading),
  };
}

function presentCycle(history: History, { cycle, corrections }: CycleStory, reading: Reading) {
  const { calendars } = history;
  const { words, now } = reading;
  const coverage = calendarOf(history, cycle);
  const at = breachesAt(cycle, calendars);
  const until = cycle.ended?.at ?? now;
  const net = elapsed(cycle, until, calendars);
  const counted = net === null ? null : net + cycle.creditMs;
  const { targetMs } = cycle;
  const credit = corrections.reduce((sum, { creditMs }) => sum + creditMs, 0);
  const corrected = counted === null ? null : counted - credit;
  const breached = cycle.breach !== null || (at !== null && at !== beyond && at <= until);
  return {
    number: cycle.number,
    startTime: momentOf(cycle.startedAt, coverage, reading),
    breachTime: at === null || at === beyond || (cycle.ended !== null && cycle.breach === null) ? null : momentOf(at, coverage, reading),
    breached,
    goalDuration: durationOf(targetMs, words),
    elapsedTime: durationOf(counted, words),
    remainingTime: durationOf(counted === null || targetMs === null ? null : targetMs - counted, words),
    policy: cycle.under,
    calendar: cycle.calendar,
    corrected:
      corrections.length === 0
        ? null
        : { elapsedTime: durationOf(corrected, words), remainingTime: durationOf(corrected === null || targetMs === null ? null : targetMs - corrected, words), breached: corrected !== null && targetMs !== null ? corrected >= targetMs : breached },
    corrections: corrections.map((one) => presentCorrection(one, coverage, reading)),
    sentence: sentence(cycle, calendars, now, words),
  };
}

function presentCorrection(one: CycleStory["corrections"][number], coverage: Coverage | undefined, reading: Reading): CorrectionView {
  const { at, by, version, creditMs, of, reason } = one;
  const what: CorrectionView["of"] =
    of === null ? null : "calendar" in of ? { calendar: of.calendar } : { from: new Date(of.from).toISOString(), to: new Date(of.to).toISOString() };
  const credit = { millis: creditMs, friendly: friendly(creditMs, reading.words) };
  return { at: momentOf(at, coverage, reading), by, version, credit, of: what, reason: reading.reasons.get(reason.id) ?? null };
}

function presentEntry(history: History, entry: LedgerEntry, reading: Reading): LedgerEntryView {
  const { metric, cycle, at, version, kind, cause, from, to, state, under, calendar, targetMs, counted, paused, creditMs } = entry;
  const coverage = calendar === null ? placeOf(history) : history.calendars[calendar];
  const at3 = (instant: Instant | null): MomentView | null => (instant === null ? null : momentOf(instant, coverage, reading));
  return {
    metric,
    cycle,
    at: momentOf(at, coverage, reading),
    event: { version, kind, cause },
    from: at3(from),
    to: at3(to),
    state: state === "standing" ? "paused" : state,
    policy: under,
    calendar,
    target: durationOf(targetMs, reading.words),
    counted: counted.map(intervalOf),
    paused: paused.map((one) => ({ ...intervalOf([one.from, one.to]), because: one.why })),
    credit: creditMs === 0 ? null : durationOf(creditMs, reading.words),
  };
}

function calendarOf({ calendars }: History, { calendar }: Cycle): Coverage | undefined {
  return calendar === null ? undefined : calendars[calendar];
}

/** Before a metric has a calendar, and where it has no target: as the ticket's others tell it, so that one event has one time. */
function placeOf(history: History): Coverage | undefined {
  return history.cycles.map(({ cycle }) => calendarOf(history, cycle)).find((coverage) => coverage !== undefined);
}

function momentOf(at: Instant, coverage: Coverage | undefined, { now, words }: Reading): MomentView {
  return { iso8601: new Date(at).toISOString(), epochMillis: at, friendly: moment(at, now, coverage, words) };
}

function durationOf(ms: number, words: SlaWords): DurationView;
function durationOf(ms: number | null, words: SlaWords): DurationView | null;
function durationOf(ms: number | null, words: SlaWords): DurationView | null {
  return ms === null ? null : { millis: ms, friendly: friendly(ms, words) };
}

function friendly(ms: number, words: SlaWords): string {
  if (ms === 0) return `0 ${words.units.minute}`;
  return `${ms < 0 ? "−" : ""}${duration(Math.abs(ms), words)}`;
}

function intervalOf([from, to]: OpenInterval): { from: string; to: string } {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}
