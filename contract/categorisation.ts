// How tickets are categorised, on the wire: the rules, the models, and why a ticket has its category.
import { z } from "zod";
import { channels, ticketTypes } from "../domain/words";
import { id, storable, words } from "./text";

const conditions = {
  /** One of them in the subject or the text is enough; none: whatever the text. */
  words: z.array(words(200)).max(500).default([]),
  channel: z.enum(channels).nullable().default(null),
  /** What stands after the @ of the requester's address. */
  requesterDomain: storable(253).regex(/^[^\s@]+\.[^\s@]+$/u, "A domain, such as example.com.").nullable().default(null),
};

const outcome = {
  category: id,
  type: z.enum(ticketTypes).nullable().default(null),
  /** Left out: the category's own. */
  team: id.optional(),
};

const hasCondition = (rule: { words: unknown[]; channel: unknown; requesterDomain: unknown }): boolean =>
  rule.words.length > 0 || rule.channel !== null || rule.requesterDomain !== null;
const oneCondition = { message: "A rule needs a condition: words, channel or requesterDomain.", path: ["words"] };

const ruleId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, "Small letters, digits and hyphens; at most 60.");

/** `POST /rules`. Rules are tried by `position`, the lowest first; left out: after all others. */
export const newRule = z
  .strictObject({ id: ruleId, position: z.int().min(0).max(1_000_000).optional(), ...conditions, ...outcome })
  .refine(hasCondition, oneCondition);
export type NewRule = z.infer<typeof newRule>;

/** `PUT /rules/:id`: the next edition. `basedOn`: the edition that was read; 409 when there is a newer one. */
export const ruleChange = z
  .strictObject({ basedOn: z.int(), position: z.int().min(0).max(1_000_000).optional(), ...conditions, ...outcome })
  .refine(hasCondition, oneCondition);

/** `POST /rules/dry-run`: what a rule would have done to the newest tickets. With the id of another: in its place. */
export const dryRun = z
  .strictObject({ id: ruleId.optional(), position: z.int().min(0).max(1_000_000).optional(), last: z.int().min(1).max(1_000).default(200), ...conditions, ...outcome })
  .refine(hasCondition, oneCondition);

/** `hits`: tickets that any edition of it has categorised. */
export const ruleView = z.strictObject({
  id: z.string(),
  edition: z.int(),
  position: z.int(),
  words: z.array(z.string()),
  channel: z.enum(channels).nullable(),
  requesterDomain: z.string().nullable(),
  category: z.string(),
  type: z.enum(ticketTypes).nullable(),
  team: z.string(),
  hits: z.int(),
  lastHitAt: z.iso.datetime().nullable(),
});
export type RuleView = z.infer<typeof ruleView>;

/** `matches`: its conditions hold. `decides`: those of no rule before it do. `changes`: they have another category now. */
export const dryRunView = z.strictObject({
  tickets: z.int(),
  matches: z.int(),
  decides: z.int(),
  changes: z.array(z.strictObject({ number: z.int(), subject: z.string(), category: z.string(), wouldBe: z.string() })),
});
export type DryRunView = z.infer<typeof dryRunView>;

/** Figures on tickets that no model learns from; shares are 0 to 1. */
const quality = z.object({
  texts: z.int(),
  accuracy: z.number(),
  macroF1: z.number(),
  coverage: z.number(),
  precision: z.number(),
  coverageAt95: z.number(),
  calibrationError: z.number(),
});

/** `former`: the edition in use when this one was trained, with its figures on the same tickets. */
export const modelView = z.strictObject({
  edition: z.int(),
  inUse: z.boolean(),
  createdAt: z.iso.datetime(),
  examples: z.int(),
  bytes: z.int(),
  quality,
  former: z.strictObject({ edition: z.int(), quality: quality.nullable() }).nullable(),
});
export type ModelView = z.infer<typeof modelView>;

export const sources = ["staff", "rule", "model", "assistant", "triage"] as const;

/**
 * `GET /tickets/:number/category`. `source` is who decided what stands now; `proposed` is what was decided when the
 * ticket came, and why. `words` are parts of the customer's text, with their share of what spoke for the model's first thought.
 */
export const categoryReasons = z.strictObject({
  category: z.string(),
  type: z.enum(ticketTypes),
  source: z.enum(sources).nullable(),
  by: z.string().nullable(),
  at: z.iso.datetime().nullable(),
  proposed: z
    .strictObject({
      source: z.enum(sources),
      category: z.string(),
      type: z.enum(ticketTypes),
      team: z.string(),
      rule: z.string().nullable(),
      model: z.int().nullable(),
      confidence: z.number().nullable(),
      words: z.array(z.strictObject({ text: z.string(), share: z.number() })),
      others: z.array(z.strictObject({ category: z.string(), confidence: z.number() })),
      at: z.iso.datetime(),
    })
    .nullable(),
});
export type CategoryReasons = z.infer<typeof categoryReasons>;
