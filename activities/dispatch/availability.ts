// Whether somebody is available (present, within working hours, not on leave), and when that changes by itself.
import { isOpen } from "../../domain/calendar";
import { rulesOf } from "../../domain/dispatch/rules";
import type { TeamRules } from "../../domain/dispatch/rules";
import type { Instant } from "../../domain/ticket";
import { hoursOf } from "./on-duty";
import type { Transaction } from "./places";
import type { Next } from "./review";

export interface Availability {
  readonly at: Instant;
  readonly available: boolean;
  /** As it was found when they were looked at last. */
  readonly onDutySince: Date | null;
  /** Whether a team of theirs hands out its queue in portions. */
  readonly isPaced: boolean;
  /** What changes by itself. */
  readonly nexts: readonly Next[];
}

interface Row {
  readonly at: Instant;
  readonly present: boolean;
  readonly active: boolean;
  readonly calendar: string | null;
  readonly onDutySince: Date | null;
  readonly leaves: readonly (readonly [since: Instant, until: Instant])[];
  readonly sets: readonly Partial<TeamRules>[];
}

/** Null: there is nobody of that id. */
export async function availabilityOf(tx: Transaction, agent: string): Promise<Availability | null> {
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS at, a.present, a.active, a.calendar_id AS calendar,
           a.on_duty_since AS "onDutySince",
           (SELECT coalesce(json_agg(json_build_array(
                (extract(epoch FROM l.since) * 1000)::float8, (extract(epoch FROM l.until) * 1000)::float8)), '[]')
              FROM leaves l WHERE l.agent_id = a.id AND l.until > clock_timestamp()) AS leaves,
           (SELECT coalesce(json_agg(g.dispatch), '[]')
              FROM teams g JOIN team_members m ON m.team_id = g.id WHERE m.agent_id = a.id) AS sets
    FROM agents a WHERE a.id = ${agent}`;
  if (row === undefined) return null;
  const { at, present, active, calendar, onDutySince, leaves, sets } = row;
  const hours = calendar === null ? null : await hoursOf(tx, calendar, at);
  const isOnLeave = leaves.some(([since, until]) => since <= at && until > at);
  const isOnDuty = hours === null || isOpen(hours, at) === true;
  const edges = leaves.flatMap(([since, until]): Next[] => [
    { at: since, what: "a leave begins" },
    { at: until, what: "a leave ends" },
  ]);
  const opening = hours === null || !present ? [] : [openingAfter(hours.intervals.map(([from]) => from), at, hours.until)];
  return {
    at,
    available: active && present && isOnDuty && !isOnLeave,
    onDutySince,
    isPaced: sets.some((set) => rulesOf(set).pacing !== null),
    nexts: active ? [...edges.filter((edge) => edge.at > at), ...opening] : [],
  };
}

/** A calendar that never opens as far as it is known is looked at again at its end. */
function openingAfter(openings: readonly Instant[], at: Instant, end: Instant): Next {
  return { at: openings.find((opening) => opening > at) ?? end, what: "working hours begin" };
}
