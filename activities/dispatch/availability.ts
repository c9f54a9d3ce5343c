// Whether somebody is available (present, within working hours, not on leave), and when that changes by itself.
import { add, always, between, isOpen } from "../../domain/calendar";
import type { OpenIntervals } from "../../domain/calendar";
import { rulesOf } from "../../domain/dispatch/rules";
import type { TeamRules } from "../../domain/dispatch/rules";
import type { Instant } from "../../domain/ticket";
import { hoursOf } from "./on-duty";
import type { Absent } from "./moves";
import type { Transaction } from "./places";
import type { Next } from "./review";

export interface Availability {
  readonly at: Instant;
  readonly available: boolean;
  /** As it was found when they were looked at last. */
  readonly onDutySince: Date | null;
  /** When the working hours that it is now began; null: long ago, or there are none. */
  readonly shiftBegan: Instant | null;
  /** Whether a team of theirs hands out its queue in portions. */
  readonly isPaced: boolean;
  /** Why their tickets may have to find somebody else; null: they are there, or their shift has ended. */
  readonly absence: Omit<Absent, "agent"> | null;
  /** What changes by itself. */
  readonly nexts: readonly Next[];
}

interface Row {
  readonly at: Instant;
  readonly present: boolean;
  readonly active: boolean;
  readonly calendar: string | null;
  readonly onDutySince: Date | null;
  readonly presentSince: Date | null;
  readonly leaves: readonly Leave[];
  readonly sets: readonly Partial<TeamRules>[];
}

type Leave = readonly [since: Instant, until: Instant, substitute: string | null];

/** Null: there is nobody of that id. */
export async function availabilityOf(tx: Transaction, agent: string): Promise<Availability | null> {
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS at, a.present, a.active, a.calendar_id AS calendar,
           a.on_duty_since AS "onDutySince", a.present_since AS "presentSince",
           (SELECT coalesce(json_agg(json_build_array(
                (extract(epoch FROM l.since) * 1000)::float8, (extract(epoch FROM l.until) * 1000)::float8, l.substitute_id)
                ORDER BY l.since), '[]')
              FROM leaves l WHERE l.agent_id = a.id AND l.until > clock_timestamp()) AS leaves,
           (SELECT coalesce(json_agg(g.dispatch), '[]')
              FROM teams g JOIN team_members m ON m.team_id = g.id WHERE m.agent_id = a.id) AS sets
    FROM agents a WHERE a.id = ${agent}`;
  if (row === undefined) return null;
  const { at, present, active, calendar, onDutySince, leaves, sets } = row;
  const hours = calendar === null ? null : await hoursOf(tx, calendar, at);
  const leave = leaves.find(([since, until]) => since <= at && until > at);
  const isOnDuty = hours === null || isOpen(hours, at) === true;
  const edges = leaves.flatMap(([since, until]): Next[] => [
    { at: since, what: "a leave begins" },
    { at: until, what: "a leave ends" },
  ]);
  const opening = hours === null || !present ? [] : [openingAfter(hours.intervals.map(([from]) => from), at, hours.until)];
  const away = active && !present && row.presentSince !== null ? row.presentSince.getTime() : null;
  const graces = away === null ? [] : sets.map((set) => graceEnd(hours ?? always, away, rulesOf(set).graceMs)).filter((end) => end > at);
  return {
    at,
    available: active && present && isOnDuty && leave === undefined,
    absence: absenceOf(row, leave, isOnDuty && away !== null ? { since: away, missedMs: missed(hours ?? always, away, at) } : null),
    onDutySince,
    shiftBegan: hours === null ? null : beginningBefore(hours, at),
    isPaced: sets.some((set) => rulesOf(set).pacing !== null),
    nexts: active ? [...edges.filter((edge) => edge.at > at), ...opening, ...graces.map((end) => ({ at: end, what: "away for too long" }))] : [],
  };
}

/** Of the interval that holds `at`; null: it began before the calendar is known, or it is closed. */
function beginningBefore({ intervals, since }: OpenIntervals, at: Instant): Instant | null {
  const [from] = intervals.find(([begins, ends]) => begins <= at && at < ends) ?? [since];
  return from > since ? from : null;
}

function absenceOf(
  { active, at }: Row,
  leave: Leave | undefined,
  away: { readonly since: Instant; readonly missedMs: number } | null,
): Availability["absence"] {
  if (!active) return { why: "deactivated", since: at, missedMs: 0, substitute: null };
  if (leave !== undefined) return { why: "leave", since: leave[0], missedMs: 0, substitute: leave[2] };
  return away === null ? null : { why: "away", ...away, substitute: null };
}

/** Only working hours count: the end of a shift is no absence. */
function missed(hours: OpenIntervals, since: Instant, at: Instant): number {
  const ms = between(hours, Math.max(since, hours.since), at);
  return ms === "beyond" ? 0 : ms;
}

function graceEnd(hours: OpenIntervals, since: Instant, graceMs: number): Instant {
  const end = add(hours, Math.max(since, hours.since), graceMs);
  return end === "beyond" ? hours.until : end;
}

/** A calendar that never opens as far as it is known is looked at again at its end. */
function openingAfter(openings: readonly Instant[], at: Instant, end: Instant): Next {
  return { at: openings.find((opening) => opening > at) ?? end, what: "working hours begin" };
}
