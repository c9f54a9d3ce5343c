// Labelled texts from a CSV file. Knows how such files come; refuses to judge a text.
import { readFile } from "node:fs/promises";
import { CsvError, parse } from "csv-parse/sync";
import type { Example } from "../../learning/learn";

/** A file that can't be used; the message says which, why, and where. */
export class UnusableFile extends Error {
  override readonly name = "UnusableFile";
}

export interface Labelled {
  readonly examples: readonly Example[];
  /** Rows without a text or without a label. */
  readonly leftOut: number;
}

const names = {
  text: ["text", "message", "body", "question", "query", "utterance", "sentence", "content"],
  label: ["label", "category", "intent", "class", "target"],
};

/** UTF-8, with or without a heading, the columns in any order. Rejects with `UnusableFile`. */
export async function readLabelled(file: string): Promise<Labelled> {
  const rows = rowsOf(file, decode(file, await bytesOf(file))).filter((row) => row.some((cell) => cell.trim() !== ""));
  if (rows.length === 0) throw new UnusableFile(`${file} is empty.`);
  const heading = headingOf(rows[0] as string[]);
  const body = heading === null ? rows : rows.slice(1);
  const { text, label } = heading ?? guessColumns(file, rows);
  const examples = body
    .map((row) => ({ text: (row[text] ?? "").trim(), label: (row[label] ?? "").trim() }))
    .filter((example) => example.text !== "" && example.label !== "");
  if (examples.length === 0) throw new UnusableFile(`${file} has no row with both a text and a label.`);
  return { examples, leftOut: body.length - examples.length };
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new UnusableFile(`${file} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function decode(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UnusableFile(`${file} is not UTF-8.`);
  }
}

function rowsOf(file: string, text: string): string[][] {
  try {
    return parse(text, { delimiter: delimiterOf(text), relax_column_count: true, relax_quotes: true, skip_empty_lines: true });
  } catch (error) {
    if (error instanceof CsvError) throw new UnusableFile(`${file} is not CSV: ${error.message}`);
    throw error;
  }
}

function delimiterOf(text: string): string {
  const first = text.slice(0, text.search(/[\r\n]|$/u));
  return ["\t", ",", ";"].find((each) => first.includes(each)) ?? ",";
}

interface Columns {
  readonly text: number;
  readonly label: number;
}

/** Null when the first row names neither; of two columns one name is enough. */
function headingOf(row: readonly string[]): Columns | null {
  const cells = row.map((cell) => cell.trim().toLowerCase());
  const find = (known: readonly string[]): number => cells.findIndex((cell) => known.includes(cell));
  const [text, label] = [find(names.text), find(names.label)];
  if (text !== -1 && label !== -1) return { text, label };
  if (cells.length !== 2 || (text === -1 && label === -1)) return null;
  return text === -1 ? { text: 1 - label, label } : { text, label: 1 - text };
}

/** Without a heading: the label is the column with the fewest different values, the text the longest of the others. */
function guessColumns(file: string, rows: readonly string[][]): Columns {
  const count = (rows[0] as string[]).length;
  if (count < 2) throw new UnusableFile(`${file} has one column; a text and a label are needed.`);
  const columns = Array.from({ length: count }, (_, column) => rows.map((row) => row[column] ?? ""));
  const variety = columns.map((cells) => new Set(cells).size);
  const length = columns.map((cells) => cells.reduce((sum, cell) => sum + cell.length, 0));
  const text = length.indexOf(Math.max(...length));
  const candidates = [...columns.keys()].filter((column) => column !== text && (variety[column] as number) > 1);
  const [label] = candidates.sort((a, b) => (variety[a] as number) - (variety[b] as number));
  if (label === undefined) throw new UnusableFile(`${file} has no column with at least two labels.`);
  return { text, label };
}
