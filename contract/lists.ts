// How lists are asked for and answered: pages by an opaque cursor, filters for tickets.
import { z } from "zod";
import { priorities, statuses } from "../domain/words";
import { email, id } from "./text";

const limit = z
  .string()
  .regex(/^\d{1,4}$/, "A number from 1 to 200.")
  .transform(Number)
  .pipe(z.int().min(1, "At least 1.").max(200, "At most 200."));
const cursor = z.string().max(500);

/** Any list without filters. `cursor` is the `next` of the page before. */
export const pageQuery = z.strictObject({ limit: limit.default(50), cursor: cursor.optional() });
export type PageQuery = z.infer<typeof pageQuery>;

export const sortFields = ["updatedAt", "createdAt", "deadline", "number", "priority"] as const;
export type SortField = (typeof sortFields)[number];

const sort = z
  .string()
  .regex(new RegExp(`^-?(${sortFields.join("|")})$`), `One of ${sortFields.join(", ")}; a leading "-" turns it round.`)
  .transform((text) => ({
    field: text.replace("-", "") as SortField,
    descending: text.startsWith("-"),
  }));

/** `GET /tickets`. `status` and `priority` may be repeated or hold several, with commas. */
export const ticketListQuery = z.strictObject({
  status: oneOrMore(statuses).optional(),
  priority: oneOrMore(priorities).optional(),
  team: z.union([z.literal("none"), id]).optional(),
  assignee: z.union([z.literal("me"), z.literal("none"), id]).optional(),
  /** Those that were merged or are spam are left out unless asked for. */
  aside: z.enum(["none", "merged", "spam", "any"]).default("none"),
  requester: z.union([z.uuid(), email], "An e-mail address or a requester's id.").optional(),
  sort: sort.default({ field: "updatedAt", descending: true }),
  limit: limit.default(50),
  cursor: cursor.optional(),
});
export type TicketListQuery = z.infer<typeof ticketListQuery>;

/** Every list: `next` is the cursor of the following page, or null. */
export interface List<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

export function oneOrMore<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z
    .union([z.string(), z.array(z.string())])
    .transform((given) => [given].flat().flatMap((text) => text.split(",")))
    .pipe(z.array(z.enum(values)).min(1));
}
