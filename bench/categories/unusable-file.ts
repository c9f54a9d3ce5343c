/** What can be wrong with a file of labelled texts. */
export type Fault = "unreadable" | "not_utf8" | "not_csv" | "empty" | "one_column" | "one_label" | "uneven_rows" | "no_examples" | "too_few";

/** A file that can't be used; the message says which, why and where, and ends in the code. */
export class UnusableFile extends Error {
  override readonly name = "UnusableFile";

  constructor(
    file: string,
    readonly code: Fault,
    reason: string,
  ) {
    super(`${file} ${reason} [${code}]`);
  }
}
