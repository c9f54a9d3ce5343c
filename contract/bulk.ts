// One command for many tickets: what it is for, and how far it has come.
import { z } from "zod";

/**
 * `move`: somebody's tickets, to whom (null: whom dispatch chooses). `rebalancing`: a team's, as a preview had shown.
 * `policy`: open tickets under a policy's edition.
 */
const about = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("move"),
    agent: z.string(),
    to: z.string().nullable(),
    why: z.enum(["leave", "deactivated", "away", "asked"]),
  }),
  z.strictObject({ kind: z.literal("rebalancing"), team: z.string() }),
  z.strictObject({ kind: z.literal("policy"), policy: z.string(), edition: z.int() }),
]);

/**
 * `GET /bulk-commands/:id`. `finishedAt`: every ticket has answered. `stoppedAt`: somebody ended it; the rest stays as it is.
 */
export const bulkView = z.strictObject({
  id: z.string(),
  about,
  by: z.string(),
  reason: z.string().nullable(),
  /** Tickets at most. */
  perSecond: z.int(),
  total: z.int(),
  done: z.int(),
  refused: z.int(),
  waiting: z.int(),
  createdAt: z.string(),
  stoppedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  /** Tickets that refused, at most a hundred, each with the code. */
  refusals: z.array(z.strictObject({ number: z.int(), code: z.string() })),
});
export type BulkView = z.infer<typeof bulkView>;
