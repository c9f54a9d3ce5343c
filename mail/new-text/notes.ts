// Recognises the header that Lotus Notes sets above a quoted mail: it looks unlike everybody else's.
import { anyOf } from "./languages";

/** Whether one begins at this line, in either of its two shapes. */
export function notesHeader(lines: readonly string[], at: number): boolean {
  return isColumn(lines, at) || isTable(lines, at);
}

/** How far below its first line it may end. */
const longest = 24;

const stamp = /^\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4},?\s+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,5})?\s*$/i;
const toAlone = new RegExp(`^\\s*${anyOf("to")}\\s*$`, "iu");
const subjectAlone = new RegExp(`^\\s*${anyOf("subject")}\\s*$`, "iu");

/** A name, below it the time, then "To" and "Subject" on lines of their own, their values below them. */
function isColumn(lines: readonly string[], at: number): boolean {
  const sent = [at + 1, at + 2].find((line) => stamp.test(lines[line] ?? ""));
  if (sent === undefined || (lines[at] ?? "").length > 100) return false;
  const below = lines.slice(sent + 1, at + longest);
  const to = below.findIndex((line) => toAlone.test(line));
  return to >= 0 && to <= 6 && below.slice(to).some((line) => subjectAlone.test(line));
}

const frame = /^\s*\|-{3,}\+-{3,}>?\s*$/;
const toFramed = new RegExp(`^[\\s|]*${anyOf("to")}\\s?[:：].*\\|\\s*$`, "iu");
const subjectFramed = new RegExp(`^[\\s|]*${anyOf("subject")}\\s?[:：].*\\|\\s*$`, "iu");

/** All of it drawn as a table of bars and dashes. */
function isTable(lines: readonly string[], at: number): boolean {
  if (!frame.test(lines[at] ?? "")) return false;
  const below = lines.slice(at + 1, at + longest);
  return below.some((line) => toFramed.test(line)) && below.some((line) => subjectFramed.test(line));
}
