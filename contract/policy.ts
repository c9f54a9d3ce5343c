// SLA policies on the wire, in the shape of domain/policy: api/policies/rows.ts doesn't compile when the two part.
import { z } from "zod";
import { policyFaults } from "../domain/policy-faults";
import { bases, metrics, occasions, pausing, shortestMs } from "../domain/policy";
import type { Policy } from "../domain/policy";
import { channels, degrees, priorities, ticketTypes } from "../domain/words";
import { id, instant, reasonLimit, words } from "./text";

/** Ten years, ms. */
const longestMs = 315_576_000_000;
const duration = z.int().min(shortestMs, `At least ${shortestMs} ms.`).max(longestMs, "At most ten years.");

const listener = z.union([
  z.strictObject({ to: z.enum(["assignee", "lead", "manager"]) }),
  z.strictObject({ to: z.literal("agent"), agent: id }),
  z.strictObject({ to: z.literal("team"), team: id.nullable().default(null) }),
  z.strictObject({ to: z.literal("contact"), contact: id }),
]);
const listeners = z.array(listener).min(1, "Somebody must be told.").max(20);

const reminder = z.strictObject({
  at: z.union([z.strictObject({ percent: z.int().min(1).max(99) }), z.strictObject({ beforeMs: duration })]),
  tell: listeners,
});

const action = z.union([
  z.strictObject({ do: z.literal("tell"), whom: listeners }),
  z.strictObject({ do: z.literal("raisePriority"), to: z.enum(priorities) }),
  z.strictObject({ do: z.literal("reassign"), team: id }),
  z.strictObject({ do: z.literal("reassign"), agent: id }),
  z.strictObject({ do: z.literal("webhook"), webhook: id }),
  z.strictObject({ do: z.literal("flag"), flag: id }),
]);

const level = z.strictObject({
  afterMs: z.int().min(0).max(longestMs),
  basis: z.enum(bases),
  actions: z.array(action).max(20),
  wake: z.boolean().default(false),
});

const occasionList = z.array(z.enum(occasions)).max(occasions.length);

const perPriority = <Value extends z.ZodType>(value: Value) =>
  z.strictObject(Object.fromEntries(priorities.map((priority) => [priority, value])) as Record<(typeof priorities)[number], Value>);

const target = z.strictObject({
  calendar: id,
  targetMs: perPriority(duration.nullable()),
  reminders: z.array(reminder).max(10).default([]),
  escalation: z.array(level).max(10).default([]),
  repeat: z.strictObject({ everyMs: duration, basis: z.enum(bases) }).nullable().default(null),
  startedBy: occasionList.optional(),
  metBy: occasionList.optional(),
  cancelledBy: occasionList.optional(),
  pausedIn: z.array(z.enum(pausing)).optional(),
});

const perDegree = <Value extends z.ZodType>(value: Value) =>
  z.strictObject(Object.fromEntries(degrees.map((degree) => [degree, value])) as Record<(typeof degrees)[number], Value>);

const promise = {
  targets: z.strictObject(
    Object.fromEntries(metrics.map((metric) => [metric, target.optional()])) as Record<(typeof metrics)[number], z.ZodOptional<typeof target>>,
  ),
  reopening: z.enum(["continue", "restart"]),
  autoCloseMs: duration,
  pending: z.strictObject({ remindAfterMs: duration, solveAfterMs: duration }).nullable().default(null),
  acknowledgeAfterMs: duration,
  matrix: perDegree(perDegree(z.enum(priorities))),
};

/** Which tickets it is for: a list left out is any. */
const match = z.strictObject({
  teams: z.array(id).max(100).optional(),
  organisations: z.array(id).max(1_000).optional(),
  types: z.array(z.enum(ticketTypes)).optional(),
  categories: z.array(id).max(100).optional(),
  channels: z.array(z.enum(channels)).optional(),
});

/** `POST /policies`: at the end of the list, unless `position` (from 1) says where. Without an id it gets one from its name. */
export const newPolicy = z
  .strictObject({ id: id.optional(), name: words(200), position: z.int().min(1).optional(), match: match.default({}), ...promise })
  .superRefine(tellFaults);

/** `POST /policies/:id/editions`: all that it says from now on. With `basedOn` refused when that is not the newest any more. */
export const newPolicyEdition = z
  .strictObject({ name: words(200).optional(), basedOn: z.int().optional(), match: match.default({}), ...promise })
  .superRefine(tellFaults);

export type NewPolicyEdition = z.infer<typeof newPolicyEdition>;

/** `PUT /policy-order`: every policy once. */
export const policyOrder = z.strictObject({ order: z.array(id).max(1_000) });

/**
 * `POST /policies/:id/application`: open tickets that it is the first to match get its newest edition. `preview`: only tells
 * what it would be.
 */
export const policyApplication = z.strictObject({
  preview: z.boolean().default(false),
  reason: words(reasonLimit).optional(),
  /** Tickets at most. */
  perSecond: z.int().min(1).max(50).default(10),
});

/** Which tickets, what they are measured by now, and what would breach at the moment of the change. */
export const applicationPreview = z.strictObject({
  policy: z.string(),
  edition: z.int(),
  tickets: z.int(),
  from: z.array(z.strictObject({ policy: z.string().nullable(), tickets: z.int() })),
  breaching: z.int(),
  /** At most a hundred. */
  breaches: z.array(z.strictObject({ number: z.int(), metrics: z.array(z.enum(metrics)) })),
  /** How long it takes. */
  seconds: z.int(),
});
export type ApplicationPreview = z.infer<typeof applicationPreview>;

/** An edition; `position` in the list, from 1, of the newest one. */
export const policyView = z.strictObject({
  id: z.string(),
  name: z.string(),
  edition: z.int(),
  position: z.int(),
  match,
  ...promise,
  by: z.string(),
  at: z.string(),
});
export type PolicyView = z.infer<typeof policyView>;

/** `GET /sla/preview`. `calendar` is used instead of those that the policy names; `at` is now unless said. */
export const previewQuery = z.strictObject({
  policy: id,
  edition: z.coerce.number().pipe(z.int()).optional(),
  calendar: id.optional(),
  priority: z.enum(priorities).default("normal"),
  at: instant.optional(),
});
export type PreviewQuery = z.infer<typeof previewQuery>;

/** An instant, and what the clock of the calendar's zone shows then. */
const moment = z.strictObject({ iso8601: z.string(), epochMillis: z.int(), local: z.string() });
export type Moment = z.infer<typeof moment>;

/** When things would happen to a cycle that starts at `at` and is never paused. `countsFrom`: the first open instant. */
export const previewView = z.strictObject({
  policy: z.string(),
  edition: z.int(),
  priority: z.enum(priorities),
  at: z.string(),
  metrics: z.array(
    z.strictObject({
      name: z.enum(metrics),
      calendar: z.strictObject({ id: z.string(), name: z.string(), edition: z.int(), timeZone: z.string() }),
      goalMs: z.int(),
      withinCalendarHours: z.boolean(),
      countsFrom: moment,
      breachTime: moment,
      reminders: z.array(z.strictObject({ at: reminder.shape.at, time: moment })),
      escalation: z.array(z.strictObject({ level: z.int(), time: moment })),
      /** In the caller's language: "Due Tue 10:30: 8 business hours from Mon 11:00 (Oslo office)." */
      sentence: z.string(),
    }),
  ),
});
export type PreviewView = z.infer<typeof previewView>;

function tellFaults(policy: Pick<Policy, "targets">, context: z.RefinementCtx): void {
  for (const { path, code, message } of policyFaults(policy)) {
    context.addIssue({ code: "custom", path: [...path], message, params: { code } });
  }
}
