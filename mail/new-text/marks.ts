// Characters of the private use area by which the HTML reader tells the line reader what the HTML knew.

/** This line introduces a quotation. */
export const attributionMark = "\uE010";
/** From here on: history. */
export const historyStart = "\uE011";
/** History ends. */
export const historyEnd = "\uE012";

const any = /[\uE010-\uE012]/g;

export function withoutMarks(text: string): string {
  return text.replace(any, "");
}
