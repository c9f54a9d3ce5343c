// What a requester says of how they were helped.
import { z } from "zod";
import { storable } from "./text";

/** Characters. */
export const commentLimit = 2_000;

/** As the page sends it. */
export const newRating = z.strictObject({
  stars: z.coerce.number().pipe(z.int().min(1).max(5)),
  text: storable(commentLimit)
    .optional()
    .transform((text) => (text === undefined || text.trim() === "" ? null : text.trim())),
});
export type NewRating = z.infer<typeof newRating>;

/** `GET /tickets/:number/ratings`: one for each solution at most, oldest first. */
export const ratingView = z.strictObject({
  cycle: z.int(),
  stars: z.int(),
  comment: z.string().nullable(),
  agent: z.string().nullable(),
  at: z.iso.datetime(),
});
export type RatingView = z.infer<typeof ratingView>;
