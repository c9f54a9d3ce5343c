// How tickets find somebody, on the wire: what a team sets, what people can do, when they are away, and why a decision fell.
import { z } from "zod";
import { redispatches, strategies, terms, usualOffers } from "../domain/dispatch/rules";
import type { Term } from "../domain/dispatch/rules";
import { languages, priorities } from "../domain/words";
import type { Priority } from "../domain/words";
import { id, instant, words } from "./text";

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;
const duration = (leastMs: number) => z.int().min(leastMs, `At least ${leastMs} ms.`).max(365 * dayMs, "At most a year.");
const places = z.int().min(1, "At least 1.").max(1_000, "At most 1,000.");
const percent = z.int().min(0, "At least 0.").max(100, "At most 100.");
const perPriority = z.strictObject(Object.fromEntries(priorities.map((one) => [one, places])) as Record<Priority, typeof places>);

/**
 * `PUT /teams/:id/dispatch`: the whole of what the team sets (domain's `TeamRules`); what is left out is as usual. Durations
 * in ms.
 */
export const teamRules = z.strictObject({
  strategy: z.enum(strategies).optional(),
  weights: z.strictObject(Object.fromEntries(terms.map((term) => [term, percent])) as Record<Term, typeof percent>).partial().optional(),
  learns: z.boolean().optional(),
  places: z.strictObject({ incident: perPriority, other: perPriority }).optional(),
  pendingPlaces: z.int().min(0).max(1_000).optional(),
  onHoldPlaces: z.int().min(0).max(1_000).optional(),
  language: z.enum(["required", "preferred", "ignored"]).optional(),
  relaxSkillsAfterMs: duration(50).nullable().optional(),
  ageingMs: duration(50).optional(),
  pacing: z.strictObject({ tickets: z.int().min(1).max(1_000), perMs: duration(50) }).nullable().optional(),
  offers: z
    .strictObject({
      answerWithinMs: duration(50).default(usualOffers.answerWithinMs),
      mostDeclines: z.int().min(1, "At least 1.").max(100, "At most 100.").default(usualOffers.mostDeclines),
    })
    .nullable()
    .optional(),
  tells: z.strictObject({ wait: z.boolean(), position: z.boolean(), resolution: z.boolean() }).partial().optional(),
  overflow: z.strictObject({ to: id, afterMs: duration(50) }).nullable().optional(),
  redispatch: z.enum(redispatches).optional(),
  graceMs: duration(50).optional(),
});

const degreesOf = (most: number) => z.number().min(-most, `At least ${-most}.`).max(most, `At most ${most}.`);
const point = { latitude: degreesOf(90), longitude: degreesOf(180) };
const region = words(100);

/** Where work is to be done: on a map, in a region, or both. */
export const site = z
  .strictObject({ point: z.strictObject(point).optional(), region: region.optional() })
  .refine((given) => given.point !== undefined || given.region !== undefined, "A point, a region, or both.")
  .transform((given) => ({ point: given.point ?? null, region: given.region ?? null }));

const level = z.int().min(1, "From 1 to 5.").max(5, "From 1 to 5.");

/** A level by skill; a skill left out is none. */
export const skillLevels = z.strictObject({
  skills: z.record(id, level).refine((skills) => Object.keys(skills).length <= 200, "At most 200 skills."),
});

export const skillName = z.strictObject({ name: words(200) });
export const skillView = z.strictObject({ id: z.string(), name: z.string() });
export type SkillView = z.infer<typeof skillView>;

/** `PUT /agents/:id/profile`: the whole of it. `calendar`: whose hours they keep; null: always. */
export const profile = z.strictObject({
  capacity: z.int().min(0).max(10_000),
  calendar: id.nullable(),
  languages: z.array(z.enum(languages)).max(languages.length),
  place: z.strictObject({ ...point, radiusKm: z.number().min(0).max(20_100) }).nullable(),
  regions: z.array(region).max(100),
  active: z.boolean(),
});
export type Profile = z.infer<typeof profile>;

/** `since` and `until` are instants with their offsets; `substitute` gets what comes back meanwhile. */
export const newLeave = z
  .strictObject({ since: instant, until: instant, substitute: id.nullable().default(null) })
  .refine(({ since, until }) => since < until, { path: ["until"], message: "Must be after `since`.", params: { code: "interval_order" } });

export const leaveView = z.strictObject({
  id: z.uuid(),
  agent: z.string(),
  since: z.iso.datetime(),
  until: z.iso.datetime(),
  substitute: z.string().nullable(),
  by: z.string(),
});
export type LeaveView = z.infer<typeof leaveView>;

/**
 * `GET /tickets/:number/candidates`: one decision of dispatch, who was considered, ranked first. What a colleague achieved is
 * for leads and admins: for others their `performance` is null, and their `score` where it holds any of it.
 */
export interface DecisionView {
  readonly id: string;
  readonly decidedAt: string;
  readonly team: string;
  /** `one`: only whose places became free was asked, for the ticket whose turn it was. */
  readonly asked: "all" | "one";
  /** Who was chosen; null: nobody, and it joined the queue. */
  readonly agent: string | null;
  readonly strategy: (typeof strategies)[number];
  /** As they counted: 0 for what counted nothing. */
  readonly weights: Readonly<Record<Term, number>>;
  readonly need: object;
  /** What became of the offer; null: it was given, or nobody was found. */
  readonly offer: OfferOutcome | null;
  readonly considered: readonly ConsideredView[];
}

/**
 * `reserved`: the place is kept and it is about to be made. `overtaken`: the ticket was given to somebody, passed to another
 * team, set to wait or solved meanwhile.
 */
export interface OfferOutcome {
  readonly state: "reserved" | "outstanding" | "accepted" | "declined" | "lapsed" | "withdrawn" | "overtaken";
  readonly until: string | null;
  readonly answeredAt: string | null;
  /** Why it was declined. */
  readonly reason: string | null;
}

export interface ConsideredView {
  readonly agent: string;
  readonly rank: number | null;
  readonly excluded: readonly { readonly reason: string; readonly what: string | null }[];
  readonly capacity: number;
  readonly load: number;
  readonly lastAssignedAt: string | null;
  /** Has let an offer of this ticket lapse: others come first. */
  readonly lapsed: boolean;
  readonly score: number | null;
  /** 0 to 1 each. */
  readonly terms: Readonly<Record<Term, number | null>>;
}

/** `GET /agents/me/offers`: what waits for the word of whoever asks, at most one. */
export interface OfferView {
  readonly ticket: number;
  readonly subject: string;
  readonly category: string | null;
  readonly priority: Priority;
  readonly team: string;
  readonly decision: string;
  readonly until: string;
}

/** `POST /agents/:id/moves`: to somebody, or (null) to whom dispatch chooses, ticket by ticket. */
export const newMove = z.strictObject({ to: id.nullable().default(null) });

/** `POST /teams/:id/rebalancing`: the plan that a preview has shown. */
export const rebalanceOrder = z.strictObject({ plan: z.string() });

/** `GET /teams/:id/rebalancing`: what would be moved; `plan` names just that. */
export interface RebalanceView {
  readonly plan: string;
  readonly moves: readonly { readonly ticket: number; readonly from: string; readonly to: string }[];
}
