// The clocks of a ticket on the wire: cycles as users of Jira Service Management know them, the ledger, and corrections.
import { z } from "zod";
import { metrics } from "../domain/policy";
import { id, instant, reasonLimit, words } from "./text";

/** The same instant three times: for programs, for arithmetic, and for a person, where the calendar is. */
export const momentView = z.strictObject({ iso8601: z.iso.datetime(), epochMillis: z.int(), friendly: z.string() });
export type MomentView = z.infer<typeof momentView>;

export const durationView = z.strictObject({ millis: z.int(), friendly: z.string() });
export type DurationView = z.infer<typeof durationView>;

/** Beside the figures of its cycle, which stay as they were. */
export const correctionView = z.strictObject({
  at: momentView,
  by: z.string(),
  version: z.int(),
  credit: durationView,
  /** What was wrong: `{ from, to }` or `{ calendar }`. */
  of: z.record(z.string(), z.string()).nullable(),
  reason: z.string().nullable(),
});
export type CorrectionView = z.infer<typeof correctionView>;

const cycle = {
  number: z.int(),
  startTime: momentView,
  /** When the target fell or falls; null while it stands still, or without a target. */
  breachTime: momentView.nullable(),
  breached: z.boolean(),
  /** Null: no target at its priority. */
  goalDuration: durationView.nullable(),
  /** Null: the calendar is not known so far. */
  elapsedTime: durationView.nullable(),
  /** Negative once it is overdue. */
  remainingTime: durationView.nullable(),
  policy: z.string().nullable(),
  calendar: z.string().nullable(),
  /** With corrections taken into account; the figures above are those that were counted. */
  corrected: z.strictObject({ elapsedTime: durationView.nullable(), remainingTime: durationView.nullable(), breached: z.boolean() }).nullable(),
  corrections: z.array(correctionView),
  sentence: z.string(),
};

export const completedCycleView = z.strictObject({
  ...cycle,
  stopTime: momentView,
  /** `cancelled`: given up, as a first response by a solution without a word. */
  outcome: z.enum(["met", "cancelled"]),
});

export const ongoingCycleView = z.strictObject({
  ...cycle,
  paused: z.boolean(),
  withinCalendarHours: z.boolean(),
  /** The escalation level reached, and when somebody acknowledged it. */
  level: z.int(),
  acknowledgedAt: momentView.nullable(),
});

const interval = z.strictObject({ from: z.iso.datetime(), to: z.iso.datetime() });

export const ledgerEntryView = z.strictObject({
  metric: z.enum(metrics),
  cycle: z.int(),
  at: momentView,
  event: z.strictObject({ version: z.int(), kind: z.string(), cause: z.string() }),
  from: momentView.nullable(),
  to: momentView.nullable(),
  state: z.enum(["running", "paused", "met", "cancelled"]),
  policy: z.string().nullable(),
  calendar: z.string().nullable(),
  target: durationView.nullable(),
  counted: z.array(interval),
  paused: z.array(interval.extend({ because: z.enum(["pending", "on-hold", "solved", "merged"]) })),
  credit: durationView.nullable(),
});
export type LedgerEntryView = z.infer<typeof ledgerEntryView>;

/** `GET /tickets/:number/sla`. */
export const slaView = z.strictObject({
  ticket: z.int(),
  version: z.int(),
  policy: z.string().nullable(),
  /** Only what the policy measures, or has measured. */
  metrics: z.array(
    z.strictObject({
      id: z.enum(metrics),
      name: z.string(),
      completedCycles: z.array(completedCycleView),
      ongoingCycle: ongoingCycleView.nullable(),
    }),
  ),
  ledger: z.array(ledgerEntryView),
  /** The next deadline in one sentence; null while nothing is due. */
  sentence: z.string().nullable(),
});
export type SlaView = z.infer<typeof slaView>;

/**
 * `POST /tickets/:number/sla/corrections`: one of `credit` (ms of open time given back; negative: taken), `from` with `to` (an
 * interval that was wrongly counted), `calendar` (the one it should have counted in).
 */
export const correction = z
  .strictObject({
    metric: z.enum(metrics),
    /** By default the latest. */
    cycle: z.int().min(1).optional(),
    credit: z.int().min(-315_576_000_000).max(315_576_000_000).optional(),
    from: instant.optional(),
    to: instant.optional(),
    calendar: id.optional(),
    reason: words(reasonLimit),
    ifVersion: z.int().min(0).optional(),
  })
  .refine(({ credit, from, to, calendar }) => [credit, from, calendar].filter((one) => one !== undefined).length === 1 && (from === undefined) === (to === undefined), {
    path: ["credit"],
    message: "One of: a credit, an interval from … to, or a calendar.",
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, { path: ["to"], message: "It ends before it begins." });
export type NewCorrection = z.infer<typeof correction>;
