// What raises a ticket's priority, on the wire (domain's `RaisingRules`), and who is a VIP.
import { z } from "zod";
import { priorities } from "../domain/words";
import { id, words } from "./text";

const dayMs = 86_400_000;
const to = z.enum(priorities);
const phrase = words(100);
const alarm = z.strictObject({ id, words: z.array(phrase).min(1, "At least one word.").max(200), to });
const age = z.strictObject({ afterMs: z.int().min(50, "At least 50 ms.").max(365 * dayMs, "At most a year."), to });

/** `PUT /priority-rules`: all of them. With `basedOn` refused when that is not the newest edition any more (0: there was none). */
export const newRaisingRules = z.strictObject({
  basedOn: z.int().min(0).optional(),
  vip: z.strictObject({ to }).nullable().default(null),
  alarms: z
    .array(alarm)
    .max(100)
    .default([])
    .refine((alarms) => new Set(alarms.map((one) => one.id)).size === alarms.length, "Two have the same id."),
  ages: z.array(age).max(10).default([]),
});
export type NewRaisingRules = z.infer<typeof newRaisingRules>;

/** An edition; 0: nothing was ever set. */
export interface RaisingView extends Omit<NewRaisingRules, "basedOn"> {
  readonly edition: number;
  readonly by: string | null;
  readonly at: string | null;
}

const whose = z.union([z.strictObject({ organisation: id }), z.strictObject({ requester: z.email().max(254) })]);

/** `PUT /vips`: marks one, or takes the mark away. */
export const newVip = z.strictObject({ of: whose, vip: z.boolean() });

export interface Vip {
  readonly of: z.infer<typeof whose>;
}
