// What text is accepted, and how it is named when it is not. Text is stored as given, never trimmed or changed.
import { z } from "zod";

export const subjectLimit = 500;
export const textLimit = 200_000;
export const reasonLimit = 2_000;

/** Any text that Postgres and JSON can hold as given: no NUL character and no half of a surrogate pair. */
export function storable(limit: number) {
  return z
    .string()
    .max(limit, `At most ${limit} characters.`)
    .refine(isStorable, {
      message: "Holds a character that cannot be stored: NUL, or half of a surrogate pair.",
      params: { code: "text_unstorable" },
    });
}

/** A storable text with at least one visible character. */
export function words(limit: number) {
  return storable(limit).refine((text) => text.trim() !== "", {
    message: "Must not be blank.",
    params: { code: "text_blank" },
  });
}

/** An id in our own tables: agents, teams, categories. */
export const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, "Not an id.");

/** An e-mail address, kept as given and compared without regard to case. */
export const email = z.email("Not an e-mail address.").max(254, "At most 254 characters.");

/** An instant with its offset, such as `2030-01-31T09:00:00+01:00`; read as epoch milliseconds. */
export const instant = z.iso
  .datetime({ offset: true, error: "Not an instant with an offset, such as 2030-01-31T09:00:00Z." })
  .transform((text) => Date.parse(text));

/** Names a command or an intake for ever: 1 to 128 visible ASCII characters. */
export const idempotencyKey = z.string().regex(/^[\x21-\x7e]{1,128}$/, "1 to 128 visible ASCII characters.");

function isStorable(text: string): boolean {
  return !text.includes("\0") && !/\p{Surrogate}/u.test(text);
}
