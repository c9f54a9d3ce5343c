// Who changed what is configured, and when.
import { z } from "zod";

/** `edition`: the one that it made; null for what makes none. */
export const changeView = z.strictObject({
  action: z.enum(["created", "changed", "moved", "deleted", "promoted", "applied"]),
  edition: z.int().nullable(),
  by: z.string(),
  at: z.string(),
  facts: z.record(z.string(), z.unknown()),
});
export type ChangeView = z.infer<typeof changeView>;
