// Measures what is new in a reply: exact, and, by itself, what was lost of the new text.
import { join } from "node:path";
import { readFileSync } from "node:fs";
import type { Reader } from "../../mail/reader";
import { filesAt } from "./files";
import { readFileAt } from "./read-file";

export interface ReplyScore {
  readonly total: number;
  readonly exact: number;
  /** Lines of the expected text that are missing, with their file. */
  readonly lost: readonly string[];
  /** Files whose text is not exactly the expected one. */
  readonly inexact: readonly string[];
}

/** @param folder with `emails/NAME` and `trimmed/NAME` */
export async function scoreReplies(folder: string, reader: Reader): Promise<ReplyScore> {
  const lost: string[] = [];
  const inexact: string[] = [];
  const files = filesAt(join(folder, "emails"));
  for (const file of files) {
    const name = file.slice(join(folder, "emails").length + 1);
    const got = linesOf((await readFileAt(file, reader)).newText);
    const expected = linesOf(readFileSync(join(folder, "trimmed", name), "utf8"));
    lost.push(...missing(expected, got).map((line) => `${name}: ${line}`));
    if (got.join("\n") !== expected.join("\n")) inexact.push(name);
  }
  return { total: files.length, exact: files.length - inexact.length, lost, inexact };
}

/** Blank lines and outer spaces don't count. */
function linesOf(text: string): string[] {
  return text.split(/\r\n?|\n/).map((line) => line.trim()).filter((line) => line !== "");
}

function missing(expected: readonly string[], got: readonly string[]): string[] {
  const left = [...got];
  return expected.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
