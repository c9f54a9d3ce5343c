// What mail programs write around a quotation: one row of phrases for each language.

/** Joined into one alternative of a regular expression: they are patterns, not only words. */
export interface Phrases {
  /** "wrote" in "On Monday Ada wrote:". */
  readonly wrote: readonly string[];
  /** What such a line may begin with, before its date. */
  readonly lead: readonly string[];
  /** The names of header fields above a quoted mail. */
  readonly from: readonly string[];
  readonly date: readonly string[];
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: readonly string[];
  /** Between dashes above a quoted or forwarded mail. */
  readonly original: readonly string[];
  /** Above a forwarded mail, without dashes. */
  readonly forwarded: readonly string[];
  /** A line that a telephone or program adds by itself. */
  readonly sentFrom: readonly string[];
}
